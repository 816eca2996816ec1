//! The list of saved scenarios.

use conjoint::simulation::scenario::{EditList, SavedScenario};
use yew::prelude::*;

use super::saved_state::{SavedState, ScenarioAction};
use super::{NAME_INPUT, ScenarioDispatch};
use crate::browser::page;
use crate::components::Dispatch;
use crate::state::{Action, State};
use crate::text::scenarios as texts;

/// An operation on a scenario of the list.
#[derive(Clone, Copy)]
enum Operation {
    Load,
    Duplicate,
    Delete,
    Compare,
}

/// Every scenario with its buttons.
pub(super) fn scenario_list(
    state: &State,
    saved: &SavedState,
    dispatch: &Dispatch,
    scenario_dispatch: &ScenarioDispatch,
) -> Html {
    if saved.list.scenarios.is_empty() {
        return html! { <p class="lead">{ texts::NO_SCENARIOS }</p> };
    }
    let current_edits = EditList::from_scenario(state.study(), state.edits().scenario());
    let item = |scenario: &SavedScenario| {
        let name = &scenario.name;
        let run = |operation: Operation| {
            let (state, dispatch) = (state.clone(), dispatch.clone());
            let (scenario, scenario_dispatch) = (scenario.clone(), scenario_dispatch.clone());
            move || {
                let action = perform(&state, &dispatch, &scenario, operation);
                scenario_dispatch.dispatch(action);
            }
        };
        let button = |text: &'static str, operation: Operation| {
            let run = run(operation);
            html! {
                <button
                    type="button"
                    class="quiet"
                    aria-label={format!("{text} {name}")}
                    onclick={Callback::from(move |_: MouseEvent| run())}
                >
                    { text }
                </button>
            }
        };
        let compare = run(Operation::Compare);
        let is_current = scenario.edits == current_edits;
        html! {
            <li key={name.clone()} aria-current={is_current.then_some("true")}>
                <label>
                    <input
                        type="checkbox"
                        aria-label={format!("Compare {name}")}
                        checked={saved.compared.contains(name)}
                        onchange={Callback::from(move |_: Event| compare())}
                    />
                    <strong>{ name }</strong>
                </label>
                <small>
                    { texts::scenario_summary(scenario.edits.entries().count(), is_current) }
                </small>
                { button("Load", Operation::Load) }
                { button("Duplicate", Operation::Duplicate) }
                { button("Delete", Operation::Delete) }
            </li>
        }
    };
    html! { <ul>{ for saved.list.scenarios.iter().map(item) }</ul> }
}

/// Performs the part of an operation outside the saved scenarios; returns the action for these.
fn perform(
    state: &State,
    dispatch: &Dispatch,
    scenario: &SavedScenario,
    operation: Operation,
) -> ScenarioAction {
    // Fails if the edits do not fit the study, for example after an import from another study.
    let applied = || {
        scenario
            .apply(state.study())
            .map_err(|error| error.to_string())
    };
    let name = &scenario.name;
    match operation {
        Operation::Load => ScenarioAction::Notify(applied().map(|applied| {
            dispatch.dispatch(Action::Load(applied.scenario));
            texts::scenario_loaded(name)
        })),
        Operation::Compare => match applied() {
            Ok(_) => ScenarioAction::ToggleCompared(name.clone()),
            Err(reason) => ScenarioAction::Notify(Err(reason)),
        },
        Operation::Duplicate => ScenarioAction::Duplicate(scenario.clone()),
        Operation::Delete => {
            // The focused button disappears with its row.
            page::focus(NAME_INPUT);
            ScenarioAction::Delete(name.clone())
        }
    }
}
