//! The scenarios as one file, out and in.

use conjoint::scenario::{SavedError, SavedScenario, SavedScenarios};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::save::SaveProps;
use super::{Keeper, Notice};
use crate::format::count;
use crate::js::{chosen, download};
use crate::state::State;
use crate::words::faults;

/// A button that saves all scenarios as a file, and an input that takes such a file.
#[component]
pub(super) fn Exchange(props: &SaveProps) -> Html {
    let SaveProps {
        state,
        keeper,
        tell,
    } = props;
    let export = {
        let (keeper, tell) = (keeper.clone(), tell.clone());
        move |_: MouseEvent| {
            let saved = download::json("scenarios.json", &keeper.kept().list.write());
            tell.emit(
                saved
                    .err()
                    .map(|reason| Notice::Fault(faults::unsaved(&reason))),
            );
        }
    };
    let import = {
        let (state, keeper, tell) = (state.clone(), keeper.clone(), tell.clone());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let (state, keeper, tell) = (state.clone(), keeper.clone(), tell.clone());
            spawn_local(async move {
                if let Some((name, text)) = chosen::text(&input).await {
                    let told = text.and_then(|text| {
                        take(&state, &keeper, &text).map_err(|error| error.to_string())
                    });
                    tell.emit(Some(match told {
                        Ok(words) => Notice::Done(words),
                        Err(reason) => Notice::Fault(format!("{name}: {reason}")),
                    }));
                }
            });
        })
    };
    html! {
        <div class="actions">
            <button type="button" class="quiet" onclick={export}>{ "Export scenarios" }</button>
            <label class="choice">
                <span>{ "Import scenarios" }</span>
                <input type="file" accept=".json,application/json" onchange={import} />
            </label>
        </div>
    }
}

/// Adds the scenarios of a file to those that there are, all or none; says how many.
fn take(state: &State, keeper: &Keeper, text: &str) -> Result<String, SavedError> {
    let file = SavedScenarios::read(text)?;
    for saved in &file.scenarios {
        saved.apply(state.study())?;
    }
    let SavedScenarios { study, scenarios } = file;
    let all = scenarios.len();
    keeper.change(|list| {
        for saved in scenarios {
            if !list.scenarios.contains(&saved) {
                let name = list.free_name(&saved.name);
                list.scenarios.push(SavedScenario { name, ..saved });
            }
        }
    });
    let told = match all {
        1 => "1 scenario was taken in.".to_owned(),
        _ => format!("{} scenarios were taken in.", count(all)),
    };
    Ok(if study.digest == state.digest() {
        told
    } else {
        format!(
            "{told} They are of another study, “{}”; check that the ids mean the same offers.",
            study.title
        )
    })
}
