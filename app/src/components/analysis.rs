//! What figures of analyses have in common: a worker computes them, and the last graphic stays until
//! the newest result arrives.

use std::rc::Rc;

use conjoint::stats::bootstrap::Interval;
use yew::prelude::*;

use super::{Dispatch, LazyGraphic, PageProps};
use crate::charts::Graphic;
use crate::compute::{Analyses, ComparedScenario, Live, Shared, SimulatedMarket};
use crate::state::State;
use crate::text::messages;

/// Properties of a figure of an analysis.
#[derive(Clone, Properties, PartialEq)]
pub struct AnalysisFigureProps {
    /// The dashboard's state.
    pub state: State,
    /// Where actions are sent.
    pub dispatch: Dispatch,
    /// The results at the edited offers.
    pub live: Live,
    /// The analyses that a worker has computed so far.
    pub analyses: Analyses,
    /// The scenarios that are compared, where the figure shows them.
    pub compared: Rc<[ComparedScenario]>,
}

impl AnalysisFigureProps {
    /// The properties of a page's figures.
    pub fn new(page: &PageProps, analyses: &Analyses) -> Self {
        Self {
            state: page.state.clone(),
            dispatch: page.dispatch.clone(),
            live: page.live.clone(),
            analyses: analyses.clone(),
            compared: Rc::default(),
        }
    }
}

/// A graphic of an analysis; `None` before the analysis is computed.
pub fn analysis_graphic<T: 'static>(
    live: &Live,
    result: Option<&Shared<T>>,
    draw: impl FnOnce(&SimulatedMarket, &T) -> Graphic + 'static,
) -> Option<LazyGraphic> {
    let (market, result) = (Rc::clone(&live.market), result?.clone());
    Some(LazyGraphic::new(move || draw(&market, &result)))
}

/// An interval of shares, in percent.
pub fn percent_interval(interval: Option<Interval>) -> Option<Interval> {
    interval.map(|it| Interval {
        low: it.low * 100.0,
        high: it.high * 100.0,
    })
}

/// How many analyses are done, or why they stopped, with a button that restarts them.
pub fn analysis_status(analyses: &Analyses) -> Html {
    let (done, all) = analyses.progress;
    let message = match &analyses.failure {
        Some(reason) => messages::analysis_error(reason),
        None if done < all => format!("Computing: {done} of {all} analyses are done."),
        None => String::new(),
    };
    let compute = analyses.compute.reform(|_: MouseEvent| ());
    html! {
        <p class="analysis-status">
            <small role="status">{ message }</small>
            if analyses.failure.is_some() {
                <button type="button" class="quiet" onclick={compute}>{ "Compute" }</button>
            }
        </p>
    }
}
