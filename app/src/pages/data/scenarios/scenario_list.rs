//! The list of saved scenarios.

use conjoint::simulation::scenario::{EditList, SavedScenario};
use yew::prelude::*;

use crate::browser::page;
use crate::components::Dispatch;
use crate::components::scenarios::{
    NAME_INPUT, SavedState, ScenarioAction, ScenarioDispatch, load_scenario, toggle_compared,
};
use crate::state::{MAX_COMPARED, State};
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
                if let Some(action) = perform(&state, &dispatch, &scenario, operation) {
                    scenario_dispatch.dispatch(action);
                }
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
                        checked={state.view().compared.contains(scenario)}
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
) -> Option<ScenarioAction> {
    let name = &scenario.name;
    match operation {
        Operation::Load => {
            let loaded = load_scenario(state, dispatch, scenario);
            Some(ScenarioAction::Notify(loaded))
        }
        Operation::Compare => {
            let compared = &state.view().compared;
            let refused = match scenario.apply(state.study()) {
                Err(error) => Some(error.to_string()),
                Ok(_) if compared.len() >= MAX_COMPARED && !compared.contains(scenario) => {
                    Some(texts::comparison_full(MAX_COMPARED, name))
                }
                Ok(_) => None,
            };
            if refused.is_none() {
                dispatch.dispatch(toggle_compared(state, scenario));
            }
            refused.map(|reason| ScenarioAction::Notify(Err(reason)))
        }
        Operation::Duplicate => Some(ScenarioAction::Duplicate(scenario.clone())),
        Operation::Delete => {
            // The focused button disappears with its row.
            page::focus(NAME_INPUT);
            if state.view().compared.contains(scenario) {
                dispatch.dispatch(toggle_compared(state, scenario));
            }
            Some(ScenarioAction::Delete(name.clone()))
        }
    }
}
