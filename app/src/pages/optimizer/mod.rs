//! Optimizer: the best price of one offer, and the search for the best offers: its request, its progress,
//! and its result.

mod best;
mod bounds;
mod form;
mod price_finder;
mod product_line;
mod result;
mod run;
mod variation_table;

use std::rc::Rc;

use conjoint::choice::ChoiceModel;
use conjoint::optimizer::{Gain, OptimizationResult, OptimizerRequest, Plan, PriceEquilibrium};
use conjoint::simulation::scenario::Scenario;
use worker::protocol::{Optimized, Request, Response};
use yew::prelude::*;

use crate::components::{AnalysisFigureProps, PageProps, analysis_status};
use crate::compute::{optimization_request, simulation_input, use_analyses};
use crate::state::State;
use crate::text::model::model_line_at_means;
use best::differ_otherwise;
use form::settings;
use price_finder::use_price_finder;
use product_line::use_product_line;
use result::result;
use run::{RunControls, search_section, use_search};
use variation_table::variation_table;

/// A result, with everything that it was computed from.
struct Outcome {
    request: OptimizerRequest,
    plan: Plan,
    scenario: Scenario,
    model: ChoiceModel,
    /// The choice model in one line.
    model_line: String,
    found: OptimizationResult,
    /// What each of the best candidates brings; empty if values have costs.
    gains: Vec<Gain>,
    /// The index of the best candidate after competitors respond, and the prices then.
    equilibrium: Option<(usize, PriceEquilibrium)>,
}

impl Outcome {
    /// Whether the request, the choice model or the offers have changed since. Changes of the cells
    /// that the optimizer varies do not count: loading a candidate makes them.
    fn is_stale(&self, state: &State) -> bool {
        let apply_best = |scenario: &Scenario| {
            let best = self.found.best.first()?;
            Some(self.plan.apply_candidate(state.study(), scenario, best))
        };
        self.request != optimization_request(state)
            || self.model != *state.model()
            || differ_otherwise(&self.scenario, state.edits().scenario(), apply_best)
    }

    /// The outcome of a request from the state, if the response is one.
    fn read(response: Response, state: &State, plan: &Plan, model_line: &str) -> Option<Self> {
        let Response::Optimized(optimized) = response else {
            return None;
        };
        let Optimized {
            result,
            gains,
            equilibrium,
        } = optimized;
        Some(Self {
            request: optimization_request(state),
            plan: plan.clone(),
            scenario: state.edits().scenario().clone(),
            model: state.model().clone(),
            model_line: model_line.to_owned(),
            found: result,
            gains,
            equilibrium,
        })
    }
}

/// The best price, the search, and the product line.
#[component]
pub fn Optimizer(props: &PageProps) -> Html {
    let analyses = use_analyses(&props.loaded, &props.live, &props.state);
    let price_finder = use_price_finder(&AnalysisFigureProps::new(props, &analyses));
    let search = use_candidate_search(props);
    let product_line = use_product_line(props);
    html! {
        <>
            { analysis_status(&analyses) }
            { price_finder }
            { search }
            { product_line }
        </>
    }
}

/// A form with "Run" and "Cancel", and the best candidates.
#[hook]
fn use_candidate_search(props: &PageProps) -> Html {
    let PageProps {
        loaded,
        state,
        dispatch,
        live,
    } = props;
    let search = use_search::<Outcome>();
    let request = optimization_request(state);
    let (plan, errors) = match live.check(|simulation| Plan::read(simulation, &request)) {
        Ok(plan) => (Some(plan), Vec::new()),
        Err(errors) => (None, errors),
    };
    let on_start = {
        let (search, plan) = (search.clone(), plan.clone());
        let (loaded, state, live) = (Rc::clone(loaded), state.clone(), live.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(plan) = plan.clone() else { return };
            let model_line = model_line_at_means(&live);
            let input = simulation_input(&loaded, &live);
            let request = Request::Optimize(input, optimization_request(&state));
            let state = state.clone();
            search.start(&loaded.source, request, move |response| {
                Outcome::read(response, &state, &plan, &model_line)
            });
        })
    };
    let controls = RunControls {
        start: "Run",
        cancel: None,
        progress: "Optimizing",
        is_possible: plan.is_some(),
        on_start,
        on_cancel: search.on_cancel(),
    };
    let fields = html! {
        <>
            { settings(state, dispatch, &errors) }
            { variation_table(state, dispatch, &errors, plan.as_ref()) }
            { controls.view(search.run_state()) }
        </>
    };
    let outcome = search.outcome();
    let result = outcome.map(|outcome| result(outcome, state, dispatch));
    search_section("search-title", "Search", fields, result.unwrap_or_default())
}
