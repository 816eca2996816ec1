//! Saved scenarios: saving, loading, comparing, and moving them to another browser.

mod comparison;
mod exchange;
mod saved_state;
mod scenario_list;

use std::rc::Rc;

use conjoint::simulation::scenario::{EditList, SavedScenario, SavedScenarios, StudyName};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::browser::{page, storage};
use crate::components::Dispatch;
use crate::compute::Live;
use crate::state::State;
use crate::text::scenarios as texts;
use comparison::ScenarioComparison;
use exchange::exchange_controls;
use saved_state::{Notice, SavedState, ScenarioAction};
use scenario_list::scenario_list;

/// Properties of [`Scenarios`].
#[derive(Properties, PartialEq)]
pub struct ScenariosProps {
    /// The dashboard's state.
    pub state: State,
    /// Where actions are sent.
    pub dispatch: Dispatch,
    /// The results at the edited offers.
    pub live: Live,
}

/// Sends actions to the saved scenarios.
type ScenarioDispatch = UseReducerDispatcher<SavedState>;

/// The id of the input of a scenario's name, which takes the focus when the focused button
/// disappears.
const NAME_INPUT: &str = "scenario-name";

/// The saved scenarios of the study. Use the study's digest as the key: each study has its own.
#[component]
pub fn Scenarios(props: &ScenariosProps) -> Html {
    let ScenariosProps {
        state,
        dispatch,
        live,
    } = props;
    let saved = use_saved_scenarios(state);
    let scenario_dispatch = saved.dispatcher();
    let name = use_node_ref();
    let scenarios = saved.list.scenarios.iter();
    let compared = scenarios.filter(|scenario| saved.compared.contains(&scenario.name));
    html! {
        <section aria-label="Scenarios" class="scenarios wide">
            <h2>{ "Scenarios" }</h2>
            <form class="actions" onsubmit={save(state, &saved, &name)}>
                <input
                    ref={name}
                    id={NAME_INPUT}
                    type="text"
                    autocomplete="off"
                    aria-label="Scenario name"
                    placeholder="Scenario name"
                />
                <button type="submit" class="quiet">{ "Save scenario" }</button>
            </form>
            // `if` is a node even when false, so the siblings keep their DOM elements.
            if let Some(notice) = &saved.notice {
                { notice_view(notice, &scenario_dispatch) }
            }
            if let Some(reason) = &saved.storage_error {
                <p class="error" role="alert">{ texts::scenarios_not_stored(reason) }</p>
            }
            { scenario_list(state, &saved, dispatch, &scenario_dispatch) }
            { exchange_controls(state, &saved, &scenario_dispatch) }
            <ScenarioComparison
                study={state.study().clone()}
                live={live.clone()}
                model={state.model().clone()}
                scenarios={compared.cloned().collect::<Vec<_>>()}
            />
        </section>
    }
}

/// The scenarios stored in this browser. Every change is stored; changes of other windows are
/// loaded.
#[hook]
fn use_saved_scenarios(state: &State) -> UseReducerHandle<SavedState> {
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

/// Saves the current edits under the name in the input.
fn save(
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
        let edits = EditList::from_scenario(state.study(), state.edits().scenario());
        saved.dispatch(ScenarioAction::Save(SavedScenario {
            name,
            edits,
            model: None,
        }));
    })
}

/// A notice, with a button if it offers an action.
fn notice_view(notice: &Notice, dispatch: &ScenarioDispatch) -> Html {
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
