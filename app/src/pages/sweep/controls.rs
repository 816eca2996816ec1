//! What is swept, and how it is shown.

use conjoint::study::Study;
use conjoint::sweep::Cost;
use yew::prelude::*;

use crate::charts::capitalized;
use crate::components::{choice, radios};
use crate::format::column_label;
use crate::pages::Dispatch;
use crate::state::{Action, Analysis, LockstepView, RELATIVES, State, Sweep, SweepAction};

const ANALYSES: [(Analysis, &str); 2] = [
    (Analysis::Lockstep, "Lockstep"),
    (Analysis::Grid, "Attribute grid"),
];

/// The analysis, a lockstep's attribute, and the view.
pub fn controls(state: &State, dispatch: &Dispatch) -> Html {
    let (study, sweep) = (state.study(), state.sweep());
    let views = LockstepView::ALL.map(|view| (view, view.label()));
    html! {
        <div class="controls">
            { radios(
                "Analysis",
                &labels(&ANALYSES),
                place(&ANALYSES, &sweep.analysis),
                &choosing(dispatch, ANALYSES, SweepAction::Analyse),
            ) }
            { match sweep.analysis {
                Analysis::Lockstep => html! {
                    <>
                        { costs(study, sweep, dispatch) }
                        if study.has_money() {
                            { choice(
                                "View",
                                labels(&views),
                                place(&views, &sweep.view),
                                choosing(dispatch, views, SweepAction::View),
                            ) }
                        }
                    </>
                },
                Analysis::Grid if study.has_money() => choice(
                    "View",
                    labels(&RELATIVES),
                    place(&RELATIVES, &sweep.relative),
                    choosing(dispatch, RELATIVES, SweepAction::ChangeUnit),
                ),
                Analysis::Grid => html! {},
            } }
        </div>
    }
}

/// The costs that the study has, in its own words.
fn costs(study: &Study, sweep: &Sweep, dispatch: &Dispatch) -> Html {
    let costs: Vec<Cost> = Cost::available_in(study).collect();
    let label = |cost: &Cost| AttrValue::from(capitalized(&column_label(cost.name(study))));
    let options: Vec<AttrValue> = costs.iter().map(label).collect();
    let selected = costs.iter().position(|cost| *cost == sweep.cost);
    let dispatch = dispatch.clone();
    let on_choose = Callback::from(move |place: usize| {
        if let Some(cost) = costs.get(place) {
            dispatch.dispatch(Action::Sweep(SweepAction::Attribute(*cost)));
        }
    });
    radios(
        "Attribute",
        &options,
        selected.unwrap_or_default(),
        &on_choose,
    )
}

fn labels<T>(options: &[(T, &'static str)]) -> Vec<AttrValue> {
    options
        .iter()
        .map(|(_, label)| AttrValue::from(*label))
        .collect()
}

fn place<T: PartialEq>(options: &[(T, &str)], chosen: &T) -> usize {
    let place = options.iter().position(|(option, _)| option == chosen);
    place.unwrap_or_default()
}

/// Sends the option at the place that was chosen.
fn choosing<T: Copy + 'static, const N: usize>(
    dispatch: &Dispatch,
    options: [(T, &'static str); N],
    action: fn(T) -> SweepAction,
) -> Callback<usize> {
    let dispatch = dispatch.clone();
    Callback::from(move |place: usize| {
        if let Some((option, _)) = options.get(place) {
            dispatch.dispatch(Action::Sweep(action(*option)));
        }
    })
}
