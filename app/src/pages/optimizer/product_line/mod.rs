//! "Product line": which of many offers to put on the market together.

mod form;
mod result;

use std::rc::Rc;

use conjoint::choice::{ChoiceModel, NoneOption};
use conjoint::optimizer::line::{LineAnalysis, LineRequest};
use conjoint::simulation::scenario::Scenario;
use worker::protocol::{Request, Response, SimulationInput};
use yew::prelude::*;

use super::best::differ_otherwise;
use super::run::{RunControls, search_section, use_search};
use crate::components::PageProps;
use crate::compute::simulation_input;
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
        let apply_best = |scenario: &Scenario| {
            let best = self.found.lines.best.first()?;
            Some(self.found.apply(state.study(), scenario, best))
        };
        self.request != request(state)
            || self.model != line_model(state, state.model())
            || differ_otherwise(&self.scenario, state.edits().scenario(), apply_best)
    }

    /// The outcome of a request, if the response is one.
    fn read(response: Response, input: &SimulationInput, request: &LineRequest) -> Option<Self> {
        let Response::Lines(found) = response else {
            return None;
        };
        Some(Self {
            request: request.clone(),
            scenario: input.scenario.clone(),
            model: input.model.clone(),
            found,
        })
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
    let search = use_search::<LineOutcome>();
    let result = use_result(search.outcome(), state, dispatch, live);
    let options = &state.view().line;
    let candidates = options.candidates(state.study(), state.edits().scenario());
    let on_start = {
        let search = search.clone();
        let (loaded, state, live) = (Rc::clone(loaded), state.clone(), live.clone());
        Callback::from(move |_: MouseEvent| {
            let input = simulation_input(&loaded, &live);
            let input = SimulationInput {
                model: line_model(&state, &input.model),
                ..input
            };
            let wanted = request(&state);
            let message = Request::SearchLines(input.clone(), wanted.clone());
            search.start(&loaded.source, message, move |response| {
                LineOutcome::read(response, &input, &wanted)
            });
        })
    };
    let controls = RunControls {
        start: "Search",
        cancel: Some("Cancel the search of lines"),
        progress: "Searching lines",
        is_possible: !candidates.is_empty(),
        on_start,
        on_cancel: search.on_cancel(),
    };
    let fields = html! {
        <>
            { form(state, dispatch, candidates.len()) }
            { controls.view(search.run_state()) }
        </>
    };
    search_section("line-title", "Product line", fields, result)
}
