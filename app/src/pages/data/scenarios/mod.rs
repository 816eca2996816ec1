//! Saved scenarios: saving, loading, comparing, and moving them to another browser.

mod comparison;
mod exchange;
mod scenario_list;

use yew::prelude::*;

use crate::components::Dispatch;
use crate::components::scenarios::{
    SavedState, compared_scenarios, naming_form, notice_view, save_scenario,
};
use crate::compute::Live;
use crate::state::State;
use crate::text::scenarios as texts;
use comparison::ScenarioComparison;
use exchange::exchange_controls;
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
    /// The saved scenarios of the study.
    pub saved: UseReducerHandle<SavedState>,
}

/// The saved scenarios of the study.
#[component]
pub fn Scenarios(props: &ScenariosProps) -> Html {
    let ScenariosProps {
        state,
        dispatch,
        live,
        saved,
    } = props;
    let scenario_dispatch = saved.dispatcher();
    let name = use_node_ref();
    html! {
        <section aria-label="Scenarios" class="scenarios wide">
            <h2>{ "Scenarios" }</h2>
            { naming_form(
                &name,
                Some("actions"),
                "Save scenario",
                save_scenario(state, saved, &name),
            ) }
            // `if` is a node even when false, so the siblings keep their DOM elements.
            if let Some(notice) = &saved.notice {
                { notice_view(notice, &scenario_dispatch) }
            }
            if let Some(reason) = &saved.storage_error {
                <p class="error" role="alert">{ texts::scenarios_not_stored(reason) }</p>
            }
            { scenario_list(state, saved, dispatch, &scenario_dispatch) }
            { exchange_controls(state, saved, &scenario_dispatch) }
            <ScenarioComparison
                study={state.study().clone()}
                live={live.clone()}
                model={state.model().clone()}
                scenarios={compared_scenarios(state, saved)}
            />
        </section>
    }
}
