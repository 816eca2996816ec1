//! What is swept, and how it is shown.

use conjoint::study::Study;
use conjoint::sweep::Cost;
use yew::prelude::*;

use crate::charts::upper;
use crate::components::{Choice, Radios};
use crate::format::words;
use crate::pages::Dispatch;
use crate::state::{Action, Analysis, LockstepView, RELATIVES, State, Sweep, SweepAction};

const ANALYSES: [(Analysis, &str); 2] = [
    (Analysis::Lockstep, "Lockstep"),
    (Analysis::Grid, "Attribute grid"),
];

/// Properties of [`Controls`].
#[derive(Properties, PartialEq)]
pub struct ControlsProps {
    /// What was chosen so far.
    pub state: State,
    /// Where choices go.
    pub dispatch: Dispatch,
}

/// The analysis, a lockstep's attribute, and the view.
#[component]
pub fn Controls(props: &ControlsProps) -> Html {
    let ControlsProps { state, dispatch } = props;
    let (study, sweep) = (state.study(), state.sweep());
    let views = LockstepView::ALL.map(|view| (view, view.label()));
    html! {
        <div class="controls">
            <Radios
                legend="Analysis"
                options={labels(&ANALYSES)}
                selected={place(&ANALYSES, &sweep.analysis)}
                on_choose={choosing(dispatch, ANALYSES, SweepAction::Analyse)}
            />
            { match sweep.analysis {
                Analysis::Lockstep => html! {
                    <>
                        { costs(study, sweep, dispatch) }
                        if study.has_money() {
                            <Choice
                                label="View"
                                options={labels(&views)}
                                selected={place(&views, &sweep.view)}
                                on_choose={choosing(dispatch, views, SweepAction::View)}
                            />
                        }
                    </>
                },
                Analysis::Grid if study.has_money() => html! {
                    <Choice
                        label="View"
                        options={labels(&RELATIVES)}
                        selected={place(&RELATIVES, &sweep.relative)}
                        on_choose={choosing(dispatch, RELATIVES, SweepAction::Relative)}
                    />
                },
                Analysis::Grid => html! {},
            } }
        </div>
    }
}

/// The costs that the study has, in its own words.
fn costs(study: &Study, sweep: &Sweep, dispatch: &Dispatch) -> Html {
    let costs: Vec<Cost> = Cost::of(study).collect();
    let label = |cost: &Cost| AttrValue::from(upper(&words(cost.name(study))));
    let options: Vec<AttrValue> = costs.iter().map(label).collect();
    let selected = costs.iter().position(|cost| *cost == sweep.cost);
    let dispatch = dispatch.clone();
    let on_choose = Callback::from(move |place: usize| {
        if let Some(cost) = costs.get(place) {
            dispatch.dispatch(Action::Sweep(SweepAction::Attribute(*cost)));
        }
    });
    html! {
        <Radios
            legend="Attribute"
            {options}
            selected={selected.unwrap_or_default()}
            {on_choose}
        />
    }
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
