//! The figures of the page: results to what the chart builders take, a file a figure.
//!
//! A figure of an analysis takes [`MarketProps`]; its plan is there once the analysis is
//! ([`planned`]), and [`use_last`] keeps the last one drawn until then.

mod attributes;
mod changes;
mod money;
mod prices;
mod segments;
mod share;

use conjoint::simulation::Simulation;
use yew::prelude::*;

use crate::charts::Graphic;
use crate::components::Plan;
use crate::compute::{Analyses, Live, Shared};
use crate::pages::Dispatch;
use crate::state::State;
use attributes::AttributesFigure;
use changes::ChangesFigure;
use money::MoneyFigure;
use prices::{Kind, PricesFigure};
use segments::SegmentsFigure;
use share::ShareFigure;

/// Properties of a figure.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct MarketProps {
    /// What the user did so far.
    pub(super) state: State,
    /// Where to send what the user does next.
    pub(super) dispatch: Dispatch,
    /// What follows from it at once.
    pub(super) live: Live,
    /// What follows from it later.
    pub(super) analyses: Analyses,
}

/// All figures of the page.
pub(super) fn figures(
    state: &State,
    dispatch: &Dispatch,
    live: &Live,
    analyses: &Analyses,
) -> Html {
    let of = MarketProps {
        state: state.clone(),
        dispatch: dispatch.clone(),
        live: live.clone(),
        analyses: analyses.clone(),
    };
    let prices = |kind| html! { <PricesFigure {kind} of={of.clone()} /> };
    macro_rules! figure {
        ($figure:ident) => {
            html! {
                <$figure ..of.clone() />
            }
        };
    }
    html! {
        <div class="figures">
            { figure!(ShareFigure) }
            { figure!(ChangesFigure) }
            if state.study().has_money() {
                { figure!(MoneyFigure) }
            }
            { figure!(SegmentsFigure) }
            <AttributesFigure is_of_levels={false} of={of.clone()} />
            <AttributesFigure is_of_levels={true} of={of.clone()} />
            { prices(Kind::Worth) }
            { prices(Kind::Elasticity) }
            { prices(Kind::Demand) }
            { prices(Kind::Diversion) }
        </div>
    }
}

/// A graphic of an analysis, drawn when its turn comes; `None` before the analysis is there.
fn planned<T: 'static>(
    live: &Live,
    result: Option<&Shared<T>>,
    draw: impl FnOnce(&Simulation, &T) -> Graphic + 'static,
) -> Option<Plan> {
    let (live, result) = (live.clone(), result?.clone());
    Some(Plan::new(move || {
        live.ask(|simulation| draw(simulation, &result))
    }))
}

/// The plan, or the last one there was, and the class of a figure that is older than its page.
#[hook]
fn use_last(plan: Option<Plan>) -> Option<(Plan, Option<&'static str>)> {
    let last = use_mut_ref(|| None::<Plan>);
    let is_older = plan.is_none();
    let mut last = last.borrow_mut();
    if let Some(plan) = plan {
        *last = Some(plan);
    }
    let last = last.clone()?;
    Some((last, is_older.then_some("older")))
}

/// The place of a figure that there is nothing of yet.
fn waiting(title: &str, class: &'static str) -> Html {
    html! {
        <figure
            role="figure"
            aria-label={title.to_owned()}
            aria-busy="true"
            class={classes!("waiting", class)}
        >
            <header><h2>{ title }</h2></header>
            <p class="lead">{ "Computing …" }</p>
        </figure>
    }
}
