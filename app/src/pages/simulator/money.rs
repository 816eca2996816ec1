//! A brand's money, now and at the baseline, with the intervals of a worker.

use conjoint::analysis::interval::{Intervals, PairedIntervals};
use conjoint::index_vec::BrandIndex;
use conjoint::market::Measure;
use conjoint::stats::bootstrap::Interval;
use yew::prelude::*;

use crate::compute::SimulatedMarket;

/// A measure of a brand after the period.
#[derive(Clone, Copy)]
pub(super) struct BrandMoney {
    /// At the edited offers.
    pub(super) live: f64,
    /// Minus the same at the study's own offers.
    pub(super) change: f64,
}

/// A measure of a brand; `None` in a study without money.
pub(super) fn brand_money(
    market: &SimulatedMarket,
    brand: BrandIndex,
    measure: Measure,
) -> Option<BrandMoney> {
    let live = market.results.brands.as_ref()?.get(brand)?.new;
    let baseline = market.results.baseline_brands.as_ref()?.get(brand)?.new;
    Some(BrandMoney {
        live: live.get(measure),
        change: live.minus(baseline).get(measure),
    })
}

/// The intervals of a measure of a brand, once they are computed.
pub(super) fn money_intervals(
    intervals: Option<&Intervals>,
    brand: BrandIndex,
    measure: Measure,
) -> Option<PairedIntervals> {
    let place = Measure::ALL.iter().position(|other| *other == measure)?;
    let measures = intervals?.money.as_ref()?.get(brand)?;
    measures.get(place).copied()
}

/// Both ends of an interval, each of which stays on one line; an ellipsis until it is computed.
pub(super) fn interval_view(interval: Option<Interval>, write: impl Fn(f64) -> String) -> Html {
    let Some(Interval { low, high }) = interval else {
        return html! { "…" };
    };
    html! { <><span>{ write(low) }</span>{ " to " }<span>{ write(high) }</span></> }
}
