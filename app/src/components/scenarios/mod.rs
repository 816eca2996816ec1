//! Saved scenarios: their list, which every page shows and the page "Data" edits.

mod bar;
mod saved_state;

use std::rc::Rc;

use conjoint::simulation::scenario::{SavedScenario, SavedScenarios, StudyName};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::browser::{page, storage};
use crate::state::State;
use crate::text::scenarios as texts;

pub use bar::{ScenarioBar, compared_scenarios, load_scenario, toggle_compared};
pub use saved_state::{Notice, SavedState, ScenarioAction};

/// Sends actions to the saved scenarios.
pub type ScenarioDispatch = UseReducerDispatcher<SavedState>;

/// The id of the input of a scenario's name, which takes the focus when the focused button
/// disappears.
pub const NAME_INPUT: &str = "scenario-name";

/// The scenarios stored in this browser. Every change is stored; changes of other windows are
/// loaded.
#[hook]
pub fn use_saved_scenarios(state: &State) -> UseReducerHandle<SavedState> {
    let study = StudyName {
        title: state.study().settings().title.clone(),
        digest: state.digest().to_owned(),
    };
    let key = format!("scenarios-{}", study.digest);
    let saved = {
        let key = key.clone();
        use_reducer(move || {
            let (list, read_error) = match read(&key) {
                Ok(list) => (list, None),
                Err(reason) => (SavedScenarios::default(), Some(reason)),
            };
            SavedState {
                list: Rc::new(SavedScenarios { study, ..list }),
                storage_error: read_error.clone(),
                read_error,
                ..SavedState::default()
            }
        })
    };
    {
        let (saved, key) = (saved.clone(), key.clone());
        use_effect(move || {
            if saved.is_changed {
                let error = match &saved.read_error {
                    Some(reason) => Some(reason.clone()),
                    None => storage::write(&key, &saved.list.write()).err(),
                };
                saved.dispatch(ScenarioAction::SetStored(error));
            }
        });
    }
    let dispatch = saved.dispatcher();
    use_effect_with((), move |()| {
        let stored_key = key.clone();
        let listener = storage::on_change(&key, move || {
            // Unreadable data of another window is ignored.
            if let Ok(list) = read(&stored_key) {
                dispatch.dispatch(ScenarioAction::Reload(list));
            }
        });
        move || drop(listener)
    });
    saved
}

fn read(key: &str) -> Result<SavedScenarios, String> {
    match storage::read(key)? {
        Some(text) => SavedScenarios::read(&text).map_err(|error| error.to_string()),
        None => Ok(SavedScenarios::default()),
    }
}

/// Saves what the figures follow from under the name in the input.
pub fn save_scenario(
    state: &State,
    saved: &UseReducerHandle<SavedState>,
    input: &NodeRef,
) -> Callback<SubmitEvent> {
    let (state, saved, input) = (state.clone(), saved.clone(), input.clone());
    Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.cast::<HtmlInputElement>() else {
            return;
        };
        let name = input.value().trim().to_owned();
        if name.is_empty() {
            let message = texts::NAME_MISSING.to_owned();
            saved.dispatch(ScenarioAction::Notify(Err(message)));
            return;
        }
        if saved.list.position(&name).is_none() {
            input.set_value("");
        }
        saved.dispatch(ScenarioAction::Save(state.save_as(&name)));
    })
}

/// Asks for the name of the scenario that is saved.
pub fn naming_form(
    name: &NodeRef,
    class: Option<&'static str>,
    button: &'static str,
    onsubmit: Callback<SubmitEvent>,
) -> Html {
    html! {
        <form {class} {onsubmit}>
            <input
                ref={name}
                id={NAME_INPUT}
                type="text"
                autocomplete="off"
                aria-label="Scenario name"
                placeholder="Scenario name"
            />
            <button type="submit" class="quiet">{ button }</button>
        </form>
    }
}

/// A notice, with a button if it offers an action.
pub fn notice_view(notice: &Notice, dispatch: &ScenarioDispatch) -> Html {
    let (message, button) = match notice {
        Notice::Message(Ok(message)) => (message.clone(), None),
        Notice::Message(Err(message)) => {
            return html! { <p class="error" role="alert">{ message }</p> };
        }
        Notice::NameExists(SavedScenario { name, .. }) => {
            (texts::name_exists(name), Some(format!("Replace {name}")))
        }
        Notice::Deleted(_, SavedScenario { name, .. }) => (
            texts::scenario_deleted(name),
            Some(format!("Bring back {name}")),
        ),
    };
    let on_click = {
        let dispatch = dispatch.clone();
        move |_: MouseEvent| {
            // The focused button disappears with the notice.
            page::focus(NAME_INPUT);
            dispatch.dispatch(ScenarioAction::AcceptOffer);
        }
    };
    html! {
        <p role="status">
            { message }{ " " }
            if let Some(button) = button {
                <button type="button" class="quiet" onclick={on_click}>{ button }</button>
            }
        </p>
    }
}
