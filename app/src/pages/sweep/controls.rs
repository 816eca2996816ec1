//! The controls above the table: analysis, attribute and view.

use conjoint::study::Study;
use conjoint::sweep::Cost;
use yew::prelude::*;

use crate::components::{Dispatch, labelled_select, radio_group};
use crate::format::{capitalize, column_label};
use crate::state::{Action, Analysis, CHANGE_UNITS, LockstepView, State, Sweep, SweepAction};

const ANALYSES: [(Analysis, &str); 2] = [
    (Analysis::Lockstep, "Lockstep"),
    (Analysis::Grid, "Attribute grid"),
];

/// The analysis, the attribute of a lockstep, and the view.
pub fn controls(state: &State, dispatch: &Dispatch) -> Html {
    let (study, sweep) = (state.study(), state.sweep());
    let views = LockstepView::ALL.map(|view| (view, view.label()));
    html! {
        <div class="controls">
            { radio_group(
                "Analysis",
                &labels(&ANALYSES),
                index_of(&ANALYSES, &sweep.analysis),
                &dispatch_option(dispatch, ANALYSES, SweepAction::Analyze),
            ) }
            { match sweep.analysis {
                Analysis::Lockstep => html! {
                    <>
                        { cost_radios(study, sweep, dispatch) }
                        if study.has_money() {
                            { labelled_select(
                                "View",
                                labels(&views),
                                index_of(&views, &sweep.view),
                                dispatch_option(dispatch, views, SweepAction::View),
                            ) }
                        }
                    </>
                },
                Analysis::Grid if study.has_money() => labelled_select(
                    "View",
                    labels(&CHANGE_UNITS),
                    index_of(&CHANGE_UNITS, &sweep.change_unit),
                    dispatch_option(dispatch, CHANGE_UNITS, SweepAction::ChangeUnit),
                ),
                Analysis::Grid => html! {},
            } }
        </div>
    }
}

/// The study's costs, under its own names.
fn cost_radios(study: &Study, sweep: &Sweep, dispatch: &Dispatch) -> Html {
    let costs: Vec<Cost> = Cost::available_in(study).collect();
    let label = |cost: &Cost| AttrValue::from(capitalize(&column_label(cost.name(study))));
    let options: Vec<AttrValue> = costs.iter().map(label).collect();
    let selected = costs.iter().position(|cost| *cost == sweep.cost);
    let dispatch = dispatch.clone();
    let on_select = Callback::from(move |index: usize| {
        if let Some(cost) = costs.get(index) {
            dispatch.dispatch(Action::Sweep(SweepAction::Attribute(*cost)));
        }
    });
    radio_group(
        "Attribute",
        &options,
        selected.unwrap_or_default(),
        &on_select,
    )
}

fn labels<T>(options: &[(T, &'static str)]) -> Vec<AttrValue> {
    options
        .iter()
        .map(|(_, label)| AttrValue::from(*label))
        .collect()
}

fn index_of<T: PartialEq>(options: &[(T, &str)], selected: &T) -> usize {
    let index = options.iter().position(|(option, _)| option == selected);
    index.unwrap_or_default()
}

/// Sends an action with the option whose index was selected.
fn dispatch_option<T: Copy + 'static, const N: usize>(
    dispatch: &Dispatch,
    options: [(T, &'static str); N],
    action: fn(T) -> SweepAction,
) -> Callback<usize> {
    let dispatch = dispatch.clone();
    Callback::from(move |index: usize| {
        if let Some((option, _)) = options.get(index) {
            dispatch.dispatch(Action::Sweep(action(*option)));
        }
    })
}
