//! What is swept, and how it is shown.

use std::rc::Rc;

use conjoint::sweep::Cost;
use yew::prelude::*;

use crate::components::{Choice, Radios};
use crate::pages::Dispatch;
use crate::state::{Action, Analysis, LockstepView, RELATIVES, Sweep, SweepAction};

const ANALYSES: [(Analysis, &str); 2] = [
    (Analysis::Lockstep, "Lockstep"),
    (Analysis::Grid, "Attribute grid"),
];

const COSTS: [(Cost, &str); 2] = [
    (Cost::Monthly, "Monthly cost"),
    (Cost::Upfront, "Upfront cost"),
];

/// Properties of [`Controls`].
#[derive(Properties, PartialEq)]
pub struct ControlsProps {
    /// What was chosen so far.
    pub sweep: Rc<Sweep>,
    /// Where choices go.
    pub dispatch: Dispatch,
}

/// The analysis, a lockstep's attribute, and the view.
#[component]
pub fn Controls(props: &ControlsProps) -> Html {
    let ControlsProps { sweep, dispatch } = props;
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
                        <Radios
                            legend="Attribute"
                            options={labels(&COSTS)}
                            selected={place(&COSTS, &sweep.cost)}
                            on_choose={choosing(dispatch, COSTS, SweepAction::Attribute)}
                        />
                        <Choice
                            label="View"
                            options={labels(&views)}
                            selected={place(&views, &sweep.view)}
                            on_choose={choosing(dispatch, views, SweepAction::View)}
                        />
                    </>
                },
                Analysis::Grid => html! {
                    <Choice
                        label="View"
                        options={labels(&RELATIVES)}
                        selected={place(&RELATIVES, &sweep.relative)}
                        on_choose={choosing(dispatch, RELATIVES, SweepAction::Relative)}
                    />
                },
            } }
        </div>
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
