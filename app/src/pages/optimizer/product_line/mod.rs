//! "Product line": which of many offers to put on the market together.

mod form;
mod result;

use std::cell::RefCell;
use std::rc::Rc;

use conjoint::choice::{ChoiceModel, NoneOption};
use conjoint::optimizer::line::{LineAnalysis, LineRequest};
use conjoint::simulation::scenario::Scenario;
use worker::protocol::{Progress, Request, Response, SimulationInput};
use yew::prelude::*;

use super::run::{RunControls, RunState};
use crate::components::PageProps;
use crate::compute::client::send_about;
use crate::compute::{PendingRequest, WorkerEvent, simulation_input};
use crate::state::State;
use form::form;
use result::use_result;

/// Lines, with everything that they were searched in.
struct LineOutcome {
    request: LineRequest,
    scenario: Scenario,
    model: ChoiceModel,
    found: LineAnalysis,
}

impl LineOutcome {
    /// Whether the request, the choice model or the offers have changed since. Whether candidates are
    /// on the market does not count: applying a line changes that.
    fn is_stale(&self, state: &State) -> bool {
        let scenario = state.edits().scenario();
        let with_best_line = |scenario: &Scenario| {
            let best = self.found.lines.best.first();
            best.map(|best| self.found.apply(state.study(), scenario, best))
        };
        self.request != request(state)
            || self.model != line_model(state, state.model())
            || scenario.offers().len() != self.scenario.offers().len()
            || with_best_line(scenario) != with_best_line(&self.scenario)
    }
}

/// What the state asks for.
fn request(state: &State) -> LineRequest {
    let options = &state.view().line;
    options.request(state.study(), state.edits().scenario())
}

/// Whether respondents may choose None.
fn includes_none(state: &State) -> bool {
    let included = state.view().line.includes_none;
    included.unwrap_or(state.model().none != NoneOption::Off)
}

/// A choice model, with or without None as the form says.
fn line_model(state: &State, model: &ChoiceModel) -> ChoiceModel {
    let is_surveyed = state.study().respondents().none().is_some();
    let none = match (includes_none(state), model.none) {
        (false, _) => NoneOption::Off,
        (true, NoneOption::Off) if is_surveyed => NoneOption::Surveyed,
        (true, NoneOption::Off) => NoneOption::Utility(0.0),
        (true, none) => none,
    };
    ChoiceModel {
        none,
        ..model.clone()
    }
}

/// A form with "Search" and "Cancel", and the best lines.
#[hook]
pub(super) fn use_product_line(props: &PageProps) -> Html {
    let PageProps {
        loaded,
        state,
        dispatch,
        live,
    } = props;
    let run_state = use_state_eq(|| RunState::Idle);
    let outcome = use_state(|| None::<Rc<LineOutcome>>);
    // Dropping a request cancels it.
    let pending = use_mut_ref(|| None::<PendingRequest>);
    let result = use_result(outcome.as_ref(), state, dispatch, live);
    let options = &state.view().line;
    let candidates = options.candidates(state.study(), state.edits().scenario());
    let on_start = {
        let (run_state, outcome) = (run_state.setter(), outcome.setter());
        let (loaded, state, live) = (Rc::clone(loaded), state.clone(), live.clone());
        let pending = Rc::clone(&pending);
        Callback::from(move |_: MouseEvent| {
            let input = simulation_input(&loaded, &live);
            let input = SimulationInput {
                model: line_model(&state, &input.model),
                ..input
            };
            let wanted = Request::SearchLines(input.clone(), request(&state));
            let listen = record_outcome(&state, input, run_state.clone(), outcome.clone());
            run_state.set(RunState::Running(0.0));
            pending.replace(Some(send_about(&loaded.source, wanted, listen)));
        })
    };
    let on_cancel = cancel(&pending, run_state.setter());
    let controls = RunControls {
        start: "Search",
        cancel: Some("Cancel the search of lines"),
        progress: "Searching lines",
        is_possible: !candidates.is_empty(),
        on_start,
        on_cancel,
    };
    html! {
        <section aria-labelledby="line-title" class="optimizer">
            <h2 id="line-title">{ "Product line" }</h2>
            <form
                aria-label="Product line"
                onsubmit={|event: SubmitEvent| event.prevent_default()}
            >
                { form(state, dispatch, candidates.len()) }
                { controls.view(&run_state) }
            </form>
            { result }
        </section>
    }
}

fn cancel(
    pending: &Rc<RefCell<Option<PendingRequest>>>,
    run_state: UseStateSetter<RunState>,
) -> Callback<MouseEvent> {
    let pending = Rc::clone(pending);
    Callback::from(move |_: MouseEvent| {
        pending.take();
        run_state.set(RunState::Cancelled);
    })
}

/// Records progress and result of a search.
fn record_outcome(
    state: &State,
    input: SimulationInput,
    run_state: UseStateSetter<RunState>,
    outcome: UseStateSetter<Option<Rc<LineOutcome>>>,
) -> impl Fn(WorkerEvent) + 'static {
    let request = request(state);
    move |event| match event {
        WorkerEvent::Progress(Progress::Fraction(done)) => run_state.set(RunState::Running(done)),
        WorkerEvent::Response(Response::Lines(found), _) => {
            outcome.set(Some(Rc::new(LineOutcome {
                request: request.clone(),
                scenario: input.scenario.clone(),
                model: input.model.clone(),
                found,
            })));
            run_state.set(RunState::Idle);
        }
        WorkerEvent::Failed(error) => run_state.set(RunState::Failed(error.to_string())),
        WorkerEvent::Progress(_) | WorkerEvent::Response(..) => {}
    }
}
