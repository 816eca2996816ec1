//! The scenario bar: the study's own offers, the offers now, and every saved scenario.

use conjoint::simulation::scenario::{SavedScenario, Scenario};
use yew::prelude::*;

use super::{NAME_INPUT, SavedState, ScenarioAction, naming_form, notice_view, save_scenario};
use crate::browser::page;
use crate::components::{Dispatch, change_view};
use crate::state::{Action, MAX_COMPARED, State};
use crate::text::scenarios as texts;

/// Properties of [`ScenarioBar`].
#[derive(Properties, PartialEq)]
pub struct ScenarioBarProps {
    /// The dashboard's state.
    pub state: State,
    /// Where actions are sent.
    pub dispatch: Dispatch,
    /// The saved scenarios of the study.
    pub saved: UseReducerHandle<SavedState>,
}

/// The bar. "Baseline" shows the study's own offers, and "Now" returns to the edits.
#[component]
pub fn ScenarioBar(props: &ScenarioBarProps) -> Html {
    let ScenarioBarProps {
        state,
        dispatch,
        saved,
    } = props;
    let is_naming = use_state_eq(|| false);
    let name = use_node_ref();
    let now = state.save_as("");
    let own_offers = use_baseline_switch(state, dispatch);
    let onsubmit = {
        let (is_naming, save) = (is_naming.setter(), save_scenario(state, saved, &name));
        Callback::from(move |event: SubmitEvent| {
            save.emit(event);
            is_naming.set(false);
        })
    };
    let start_naming = {
        let is_naming = is_naming.clone();
        Callback::from(move |_: MouseEvent| is_naming.set(!*is_naming))
    };
    // The input exists only after the rendering.
    use_effect_with(*is_naming, |is_naming| {
        if *is_naming {
            page::focus(NAME_INPUT);
        }
    });
    html! {
        <div role="group" aria-label="Scenarios" class="scenario-bar">
            { own_offers }
            { for listed(state, saved).iter().map(|scenario| entry(props, scenario, &now)) }
            <button
                type="button"
                class="quiet"
                aria-expanded={is_naming.to_string()}
                onclick={start_naming}
            >
                { "Save scenario" }
            </button>
            if *is_naming {
                { naming_form(&name, None, "Save", onsubmit) }
            }
            if let Some(notice) = &saved.notice {
                { notice_view(notice, &saved.dispatcher()) }
            }
            if let Some(reason) = &saved.storage_error {
                <p class="error" role="alert">{ texts::scenarios_not_stored(reason) }</p>
            }
        </div>
    }
}

/// "Baseline", which puts the edits aside, and "Now", which returns to them.
#[hook]
fn use_baseline_switch(state: &State, dispatch: &Dispatch) -> Html {
    let put_aside = use_mut_ref(|| None::<Scenario>);
    let is_baseline = state.edits().are_baseline(state.study());
    let show_baseline = {
        let (state, dispatch, put_aside) = (state.clone(), dispatch.clone(), put_aside.clone());
        Callback::from(move |_: MouseEvent| {
            if !is_baseline {
                put_aside.replace(Some(state.edits().scenario().clone()));
                dispatch.dispatch(Action::ResetAll);
            }
        })
    };
    let show_now = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(scenario) = put_aside.take().filter(|_| is_baseline) {
                dispatch.dispatch(Action::Load(scenario, None));
            }
        })
    };
    html! {
        <>
            { scenario_button("Baseline", is_baseline, show_baseline) }
            { scenario_button("Now", !is_baseline, show_now) }
        </>
    }
}

/// The compared scenarios in the order of the list.
pub fn compared_scenarios(state: &State, saved: &SavedState) -> Vec<SavedScenario> {
    let listed = listed(state, saved).into_iter();
    let compared = &state.view().compared;
    listed
        .filter(|scenario| compared.contains(scenario))
        .collect()
}

/// The saved scenarios, and those that only a link brought for comparison.
fn listed(state: &State, saved: &SavedState) -> Vec<SavedScenario> {
    let saved = saved.list.scenarios.clone();
    let compared = state.view().compared.iter();
    let further: Vec<SavedScenario> = compared
        .filter(|scenario| !saved.contains(scenario))
        .cloned()
        .collect();
    saved.into_iter().chain(further).collect()
}

fn scenario_button(
    text: impl Into<AttrValue>,
    is_shown: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    let text: AttrValue = text.into();
    html! {
        <button type="button" class="quiet" aria-pressed={is_shown.to_string()} {onclick}>
            { text }
        </button>
    }
}

/// A saved scenario: a button that shows it, and a checkbox that compares it. `now` is what the pages
/// show.
fn entry(props: &ScenarioBarProps, scenario: &SavedScenario, now: &SavedScenario) -> Html {
    let ScenarioBarProps {
        state,
        dispatch,
        saved,
    } = props;
    let load = {
        let (state, dispatch) = (state.clone(), dispatch.clone());
        let (saved, scenario) = (saved.dispatcher(), scenario.clone());
        Callback::from(move |_: MouseEvent| {
            let loaded = load_scenario(&state, &dispatch, &scenario);
            saved.dispatch(ScenarioAction::Notify(loaded));
        })
    };
    let is_shown =
        now.edits == scenario.edits && (scenario.model.is_none() || now.model == scenario.model);
    let compared = &state.view().compared;
    let is_compared = compared.contains(scenario);
    let is_full = !is_compared && compared.len() >= MAX_COMPARED;
    let on_compare = {
        let (state, dispatch, scenario) = (state.clone(), dispatch.clone(), scenario.clone());
        Callback::from(move |_: Event| {
            dispatch.dispatch(toggle_compared(&state, &scenario));
        })
    };
    html! {
        <span key={scenario.name.clone()} class="scenario">
            { scenario_button(scenario.name.clone(), is_shown, load) }
            <label title={is_full.then(|| texts::comparison_full(MAX_COMPARED, &scenario.name))}>
                <input
                    type="checkbox"
                    aria-label={format!("Compare {}", scenario.name)}
                    checked={is_compared}
                    disabled={is_full}
                    onchange={on_compare}
                />
                { "Compare" }
            </label>
        </span>
    }
}

/// Shows a saved scenario on all pages; the message says so.
///
/// # Errors
/// Why the scenario does not fit the study, for example after an import from another study.
pub fn load_scenario(
    state: &State,
    dispatch: &Dispatch,
    scenario: &SavedScenario,
) -> Result<String, String> {
    let applied = scenario.apply(state.study());
    let applied = applied.map_err(|error| error.to_string())?;
    dispatch.dispatch(Action::Load(applied.scenario, applied.model));
    Ok(texts::scenario_loaded(&scenario.name))
}

/// Starts or stops to compare a scenario.
pub fn toggle_compared(state: &State, scenario: &SavedScenario) -> Action {
    change_view(state, |view| {
        let before = view.compared.len();
        view.compared.retain(|other| other != scenario);
        if view.compared.len() == before && before < MAX_COMPARED {
            view.compared.push(scenario.clone());
        }
    })
}
