//! Export and import of all scenarios as one file.

use std::rc::Rc;

use conjoint::simulation::scenario::{SavedError, SavedScenarios};
use web_sys::HtmlInputElement;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::browser::{download, file_picker};
use crate::components::scenarios::{SavedState, ScenarioAction, ScenarioDispatch};
use crate::state::State;
use crate::text::messages;

/// A button that exports all scenarios, and a file input that imports them.
pub(super) fn exchange_controls(
    state: &State,
    saved: &SavedState,
    dispatch: &ScenarioDispatch,
) -> Html {
    let export = {
        let (list, dispatch) = (Rc::clone(&saved.list), dispatch.clone());
        Callback::from(move |_: MouseEvent| {
            if let Err(reason) = download::json("scenarios.json", &list.write()) {
                let message = messages::save_error(&reason);
                dispatch.dispatch(ScenarioAction::Notify(Err(message)));
            }
        })
    };
    let import = {
        let (state, dispatch) = (state.clone(), dispatch.clone());
        Callback::from(move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else {
                return;
            };
            let (state, dispatch) = (state.clone(), dispatch.clone());
            spawn_local(async move {
                if let Some((name, text)) = file_picker::take_text(&input).await {
                    let read = |text: String| {
                        read_scenarios(&state, &text).map_err(|error| error.to_string())
                    };
                    let reject = |reason| ScenarioAction::Notify(Err(format!("{name}: {reason}")));
                    dispatch.dispatch(text.and_then(read).unwrap_or_else(reject));
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

/// The action that imports a file's scenarios, if all of them fit the study.
fn read_scenarios(state: &State, text: &str) -> Result<ScenarioAction, SavedError> {
    let SavedScenarios { study, scenarios } = SavedScenarios::read(text)?;
    for scenario in &scenarios {
        scenario.apply(state.study())?;
    }
    let other_study = (study.digest != state.digest()).then_some(study.title);
    Ok(ScenarioAction::Import(scenarios, other_study))
}
