//! The figures of the page, one file each.
//!
//! A figure of an analysis takes [`MarketFigureProps`]. Its graphic exists once the analysis is
//! computed ([`analysis_graphic`]); until then [`use_last_graphic`] keeps the previous one.

mod attributes;
mod money_intervals;
mod prices;
mod segment_shares;
mod share_changes;
mod share_intervals;

use std::rc::Rc;

use conjoint::stats::bootstrap::Interval;
use yew::prelude::*;

use crate::charts::Graphic;
use crate::components::{Dispatch, LazyGraphic};
use crate::compute::{Analyses, Live, Shared, SimulatedMarket};
use crate::state::State;
use attributes::{AttributesFigure, Subject};
use money_intervals::MoneyIntervalsFigure;
use prices::{PriceAnalysis, PricesFigure};
use segment_shares::SegmentSharesFigure;
use share_changes::ShareChangesFigure;
use share_intervals::ShareIntervalsFigure;

/// Properties of a figure.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct MarketFigureProps {
    /// The dashboard's state.
    pub(super) state: State,
    /// Where actions are sent.
    pub(super) dispatch: Dispatch,
    /// The results at the edited offers.
    pub(super) live: Live,
    /// The analyses that a worker has computed so far.
    pub(super) analyses: Analyses,
}

/// All figures of the page.
pub(super) fn figures(
    state: &State,
    dispatch: &Dispatch,
    live: &Live,
    analyses: &Analyses,
) -> Html {
    let props = MarketFigureProps {
        state: state.clone(),
        dispatch: dispatch.clone(),
        live: live.clone(),
        analyses: analyses.clone(),
    };
    let attributes = |subject| html! { <AttributesFigure {subject} inputs={props.clone()} /> };
    let prices = |analysis| html! { <PricesFigure {analysis} inputs={props.clone()} /> };
    html! {
        <div class="figures">
            <ShareIntervalsFigure ..props.clone() />
            <ShareChangesFigure ..props.clone() />
            if state.study().has_money() {
                <MoneyIntervalsFigure ..props.clone() />
            }
            <SegmentSharesFigure ..props.clone() />
            { attributes(Subject::Importance) }
            { attributes(Subject::PartWorths) }
            { prices(PriceAnalysis::WillingnessToPay) }
            { prices(PriceAnalysis::Elasticity) }
            { prices(PriceAnalysis::DemandCurve) }
            { prices(PriceAnalysis::Diversion) }
        </div>
    }
}

/// A graphic of an analysis; `None` before the analysis is computed.
fn analysis_graphic<T: 'static>(
    live: &Live,
    result: Option<&Shared<T>>,
    draw: impl FnOnce(&SimulatedMarket, &T) -> Graphic + 'static,
) -> Option<LazyGraphic> {
    let (market, result) = (Rc::clone(&live.market), result?.clone());
    Some(LazyGraphic::new(move || draw(&market, &result)))
}

/// An interval of shares, in percent.
fn percent_interval(interval: Option<Interval>) -> Option<Interval> {
    interval.map(|it| Interval {
        low: it.low * 100.0,
        high: it.high * 100.0,
    })
}
