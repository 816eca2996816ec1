//! The optimizer: what it is asked for, how far it is, and what it found.

mod best;
mod form;
mod rows;

use std::cell::RefCell;
use std::rc::Rc;

use conjoint::choice::ChoiceModel;
use conjoint::optimizer::{OptimizationResult, OptimizerRequest, Plan, PriceEquilibrium};
use conjoint::simulation::scenario::Scenario;
use worker::protocol::{Optimized, Progress, Response};
use yew::prelude::*;

use super::MarketSimulatorProps;
use crate::components::idle_button;
use crate::compute::client::send_about;
use crate::compute::{PendingRequest, WorkerEvent, optimization_request, simulation_input};
use crate::format::percent;
use crate::state::State;
use crate::text::messages;
use crate::text::model::{self, FigureBasis};
use best::outcome_of;
use form::settings;
use rows::table;

/// How far the optimizer is.
#[derive(Clone, PartialEq)]
enum Stand {
    Idle,
    /// Which part of the search is done, or once it is over, of the answers.
    Working(f64),
    Cancelled,
    Failed(String),
}

/// What was found, and what it was found from.
struct Outcome {
    request: OptimizerRequest,
    plan: Plan,
    scenario: Scenario,
    model: ChoiceModel,
    /// The line that names the method.
    by: String,
    found: OptimizationResult,
    answer: Option<(usize, PriceEquilibrium)>,
}

impl Outcome {
    /// Whether the form, the method or the offers beside what varies are others by now.
    fn is_older(&self, state: &State) -> bool {
        let with_best = |scenario: &Scenario| {
            let best = self.found.best.first();
            best.map(|best| self.plan.apply_candidate(state.study(), scenario, best))
        };
        let now = state.edits().scenario();
        self.request != optimization_request(state)
            || self.model != *state.model()
            || now.offers().len() != self.scenario.offers().len()
            || with_best(now) != with_best(&self.scenario)
    }
}

/// A form with "Run" and "Cancel", and the best candidates.
#[component]
pub(super) fn Optimizer(props: &MarketSimulatorProps) -> Html {
    let MarketSimulatorProps {
        state,
        dispatch,
        live,
        ..
    } = props;
    let stand = use_state_eq(|| Stand::Idle);
    let outcome = use_mut_ref(|| None::<Rc<Outcome>>);
    let running = use_mut_ref(|| None::<PendingRequest>);
    let request = optimization_request(state);
    let plan = live.ask(|simulation| Plan::read(simulation, &request));
    let (plan, misfits) = match plan {
        Ok(plan) => (Some(plan), Vec::new()),
        Err(misfits) => (None, misfits),
    };
    let is_working = matches!(*stand, Stand::Working(_));
    let run = {
        let (stand, outcome) = (stand.setter(), Rc::clone(&outcome));
        let (running, plan) = (Rc::clone(&running), plan.clone());
        let (loaded, state, live) = (Rc::clone(&props.loaded), state.clone(), live.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(plan) = plan.clone() else { return };
            let by = live.ask(|simulation| model::basis_line(simulation, FigureBasis::Rule));
            let request = worker::protocol::Request::Optimize(
                simulation_input(&loaded, &state),
                optimization_request(&state),
            );
            let listen = listen(&state, plan, by, stand.clone(), &outcome);
            stand.set(Stand::Working(0.0));
            running.replace(Some(send_about(&loaded.source, request, listen)));
        })
    };
    let cancel = {
        let (stand, running) = (stand.setter(), Rc::clone(&running));
        Callback::from(move |_: MouseEvent| {
            running.take();
            stand.set(Stand::Cancelled);
        })
    };
    let outcome = outcome.borrow().clone();
    html! {
        <section aria-labelledby="optimizer-title" class="optimizer">
            <h2 id="optimizer-title">{ "Optimizer" }</h2>
            <form
                aria-label="Optimizer"
                onsubmit={|event: SubmitEvent| event.prevent_default()}
            >
                { settings(state, dispatch, &misfits) }
                { table(state, dispatch, live, &misfits, plan.as_ref()) }
                <div class="actions">
                    { idle_button(None, "Run", plan.is_some() && !is_working, run) }
                    { idle_button(None, "Cancel", is_working, cancel) }
                    if let Stand::Working(done) = *stand {
                        <progress aria-label="Optimizing" value={done.to_string()} max="1" />
                    }
                    <span role="status" class="message">{ said(&stand) }</span>
                </div>
            </form>
            if let Some(outcome) = outcome {
                { outcome_of(&outcome, state, dispatch) }
            }
        </section>
    }
}

/// What is done with what comes of the search.
fn listen(
    state: &State,
    plan: Plan,
    by: String,
    stand: UseStateSetter<Stand>,
    outcome: &Rc<RefCell<Option<Rc<Outcome>>>>,
) -> impl Fn(WorkerEvent) + 'static {
    let (state, outcome) = (state.clone(), Rc::clone(outcome));
    move |event| match event {
        WorkerEvent::Progress(Progress::Fraction(done)) => stand.set(Stand::Working(done)),
        WorkerEvent::Response(Response::Optimized(found), _) => {
            let Optimized {
                result,
                equilibrium,
            } = found;
            outcome.replace(Some(Rc::new(Outcome {
                request: optimization_request(&state),
                plan: plan.clone(),
                scenario: state.edits().scenario().clone(),
                model: state.model().clone(),
                by: by.clone(),
                found: result,
                answer: equilibrium,
            })));
            stand.set(Stand::Idle);
        }
        WorkerEvent::Failed(error) => stand.set(Stand::Failed(error.to_string())),
        WorkerEvent::Progress(_) | WorkerEvent::Response(..) => {}
    }
}

fn said(stand: &Stand) -> Html {
    match stand {
        Stand::Idle => html! {},
        // What changes all the time is no message.
        Stand::Working(done) => html! {
            <>{ "Searching: " }<span aria-hidden="true">{ percent(*done) }</span></>
        },
        Stand::Cancelled => html! { "The search was cancelled." },
        Stand::Failed(reason) => html! {
            <span class="fault">{ messages::optimizer_error(reason) }</span>
        },
    }
}
