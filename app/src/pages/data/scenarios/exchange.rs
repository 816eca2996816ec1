//! The scenarios as one file, out and in.

use std::rc::Rc;

use conjoint::simulation::scenario::{SavedError, SavedScenarios};
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::Acting;
use super::desk::{Act, Desk};
use crate::browser::{download, file_picker};
use crate::state::State;
use crate::text::messages;

/// A button that saves all scenarios as a file, and an input that takes such a file.
pub(super) fn exchange(state: &State, desk: &Desk, act: &Acting) -> Html {
    let export = {
        let (list, act) = (Rc::clone(&desk.list), act.clone());
        Callback::from(move |_: MouseEvent| {
            if let Err(reason) = download::json("scenarios.json", &list.write()) {
                act.dispatch(Act::Tell(Err(messages::save_error(&reason))));
            }
        })
    };
    let import = {
        let (state, act) = (state.clone(), act.clone());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let (state, act) = (state.clone(), act.clone());
            spawn_local(async move {
                if let Some((name, text)) = file_picker::take_text(&input).await {
                    let taken =
                        |text: String| taken(&state, &text).map_err(|error| error.to_string());
                    let refused = |reason| Act::Tell(Err(format!("{name}: {reason}")));
                    act.dispatch(text.and_then(taken).unwrap_or_else(refused));
                }
            });
        })
    };
    html! {
        <div class="actions">
            <button type="button" class="quiet" onclick={export}>{ "Export scenarios" }</button>
            <label class="choice">
                <span>{ "Import scenarios" }</span>
                <input
                    type="file"
                    aria-label="Import scenarios"
                    accept=".json,application/json"
                    onchange={import}
                />
            </label>
        </div>
    }
}

/// Takes the scenarios of a file in, all or none.
fn taken(state: &State, text: &str) -> Result<Act, SavedError> {
    let SavedScenarios { study, scenarios } = SavedScenarios::read(text)?;
    for saved in &scenarios {
        saved.apply(state.study())?;
    }
    let other = (study.digest != state.digest()).then_some(study.title);
    Ok(Act::Take(scenarios, other))
}
