//! Optimizer: the best price of one offer, and the search for the best offers: its request, its progress,
//! and its result.

mod bounds;
mod form;
mod price_finder;
mod product_line;
mod result;
mod run;
mod variation_table;

use std::cell::RefCell;
use std::rc::Rc;

use conjoint::choice::ChoiceModel;
use conjoint::optimizer::{Gain, OptimizationResult, OptimizerRequest, Plan, PriceEquilibrium};
use conjoint::simulation::scenario::Scenario;
use worker::protocol::{Optimized, Progress, Request, Response};
use yew::prelude::*;

use crate::components::{AnalysisFigureProps, PageProps, analysis_status};
use crate::compute::client::send_about;
use crate::compute::{
    PendingRequest, WorkerEvent, optimization_request, simulation_input, use_analyses,
};
use crate::state::State;
use crate::text::model::model_line_at_means;
use form::settings;
use price_finder::use_price_finder;
use product_line::use_product_line;
use result::result;
use run::{RunControls, RunState};
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
        let with_best_candidate = |scenario: &Scenario| {
            let best = self.found.best.first();
            best.map(|best| self.plan.apply_candidate(state.study(), scenario, best))
        };
        let scenario = state.edits().scenario();
        self.request != optimization_request(state)
            || self.model != *state.model()
            || scenario.offers().len() != self.scenario.offers().len()
            || with_best_candidate(scenario) != with_best_candidate(&self.scenario)
    }
}

/// The best price, then a form with "Run" and "Cancel", and the result.
#[component]
pub fn Optimizer(props: &PageProps) -> Html {
    let PageProps {
        loaded,
        state,
        dispatch,
        live,
    } = props;
    let analyses = use_analyses(loaded, live, state);
    let price_finder = use_price_finder(&AnalysisFigureProps::new(props, &analyses));
    let product_line = use_product_line(props);
    let run_state = use_state_eq(|| RunState::Idle);
    let outcome = use_mut_ref(|| None::<Rc<Outcome>>);
    // Dropping a request cancels it.
    let pending = use_mut_ref(|| None::<PendingRequest>);
    let request = optimization_request(state);
    let (plan, errors) = match live.check(|simulation| Plan::read(simulation, &request)) {
        Ok(plan) => (Some(plan), Vec::new()),
        Err(errors) => (None, errors),
    };
    let run = {
        let (run_state, outcome) = (run_state.setter(), Rc::clone(&outcome));
        let (pending, plan) = (Rc::clone(&pending), plan.clone());
        let (loaded, state, live) = (Rc::clone(loaded), state.clone(), live.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(plan) = plan.clone() else { return };
            let model_line = model_line_at_means(&live).to_string();
            let input = simulation_input(&loaded, &live);
            let request = Request::Optimize(input, optimization_request(&state));
            let listen = record_outcome(&state, plan, model_line, run_state.clone(), &outcome);
            run_state.set(RunState::Running(0.0));
            pending.replace(Some(send_about(&loaded.source, request, listen)));
        })
    };
    let cancel = {
        let (run_state, pending) = (run_state.setter(), Rc::clone(&pending));
        Callback::from(move |_: MouseEvent| {
            pending.take();
            run_state.set(RunState::Cancelled);
        })
    };
    let outcome = outcome.borrow().clone();
    let controls = RunControls {
        start: "Run",
        cancel: None,
        progress: "Optimizing",
        is_possible: plan.is_some(),
        on_start: run,
        on_cancel: cancel,
    };
    html! {
        <>
        { analysis_status(&analyses) }
        { price_finder }
        <section aria-labelledby="search-title" class="optimizer">
            <h2 id="search-title">{ "Search" }</h2>
            <form
                aria-label="Search"
                onsubmit={|event: SubmitEvent| event.prevent_default()}
            >
                { settings(state, dispatch, &errors) }
                { variation_table(state, dispatch, &errors, plan.as_ref()) }
                { controls.view(&run_state) }
            </form>
            if let Some(outcome) = outcome {
                { result(&outcome, state, dispatch) }
            }
        </section>
        { product_line }
        </>
    }
}

/// Records progress and result of a run.
fn record_outcome(
    state: &State,
    plan: Plan,
    model_line: String,
    run_state: UseStateSetter<RunState>,
    outcome: &Rc<RefCell<Option<Rc<Outcome>>>>,
) -> impl Fn(WorkerEvent) + 'static {
    let (state, outcome) = (state.clone(), Rc::clone(outcome));
    move |event| match event {
        WorkerEvent::Progress(Progress::Fraction(done)) => run_state.set(RunState::Running(done)),
        WorkerEvent::Response(Response::Optimized(optimized), _) => {
            let Optimized {
                result,
                gains,
                equilibrium,
            } = optimized;
            outcome.replace(Some(Rc::new(Outcome {
                request: optimization_request(&state),
                plan: plan.clone(),
                scenario: state.edits().scenario().clone(),
                model: state.model().clone(),
                model_line: model_line.clone(),
                found: result,
                gains,
                equilibrium,
            })));
            run_state.set(RunState::Idle);
        }
        WorkerEvent::Failed(error) => run_state.set(RunState::Failed(error.to_string())),
        WorkerEvent::Progress(_) | WorkerEvent::Response(..) => {}
    }
}
