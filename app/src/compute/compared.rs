//! The results of the scenarios that are compared with the offers now, each by its own choice model, with
//! their intervals.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::analysis::interval::Intervals;
use conjoint::choice::ChoiceModel;
use conjoint::simulation::scenario::{SavedScenario, Scenario};
use conjoint::study::Study;
use worker::protocol::{Analysis, AnalysisResult, Progress, Request, Response, SimulationInput};
use yew::prelude::*;

use super::client::{PendingRequest, WorkerEvent, send_about};
use super::load::Loaded;
use super::session::Kind;
use super::{Live, Shared, SimulatedMarket};
use crate::state::State;

/// A compared scenario.
#[derive(Clone)]
pub struct ComparedScenario {
    /// Its name.
    pub name: String,
    /// Its results; `None` while a worker computes them.
    pub market: Option<Rc<SimulatedMarket>>,
    /// The intervals of its shares; `None` while a worker computes them, or if it cannot.
    pub intervals: Option<Shared<Intervals>>,
}

impl PartialEq for ComparedScenario {
    fn eq(&self, other: &Self) -> bool {
        let market = |compared: &Self| compared.market.as_ref().map(Rc::as_ptr);
        self.name == other.name
            && market(self) == market(other)
            && self.intervals == other.intervals
    }
}

/// What the results of a scenario follow from.
#[derive(Clone, PartialEq)]
struct Inputs {
    name: String,
    scenario: Scenario,
    model: ChoiceModel,
}

/// The compared scenarios, in the order in which they were selected.
#[hook]
pub fn use_compared(loaded: &Rc<Loaded>, live: &Live, state: &State) -> Rc<[ComparedScenario]> {
    // Reading applies every edit and goes through all respondents.
    let wanted = (state.view().compared.clone(), state.model().clone());
    let inputs = use_memo(wanted, |(compared, model)| {
        let inputs = compared.iter();
        let inputs = inputs.filter_map(|saved| read(saved, state.study(), model));
        inputs.collect::<Vec<Inputs>>()
    });
    let is_local = live.is_local();
    let local = use_memo(
        (loaded.clone(), (*inputs).clone(), is_local),
        |(loaded, inputs, is_local)| {
            let local = inputs.iter().filter(|_| *is_local);
            local
                .map(|inputs| compute(loaded, inputs))
                .collect::<Vec<_>>()
        },
    );
    let remote = use_state(Vec::<(Inputs, Rc<SimulatedMarket>)>::new);
    {
        let (live, remote) = (live.clone(), remote.clone());
        let study = Arc::clone(loaded.simulation.full_study());
        let needed = ((*inputs).clone(), is_local, remote.len());
        use_effect_with(needed, move |(inputs, is_local, _)| {
            let mut missing = inputs
                .iter()
                .filter(|inputs| remote.iter().all(|(known, _)| known != *inputs));
            let Some(inputs) = missing.next().filter(|_| !is_local).cloned() else {
                return;
            };
            let request = Request::Simulate(SimulationInput {
                study: live.session().digest().to_owned(),
                scenario: inputs.scenario.clone(),
                model: inputs.model.clone(),
            });
            let listen = move |event| {
                if let WorkerEvent::Response(Response::Simulated(results), _) = event {
                    let market = Rc::new(SimulatedMarket {
                        study: Arc::clone(&study),
                        scenario: inputs.scenario.clone(),
                        model: inputs.model.clone(),
                        results: *results,
                    });
                    let mut known = (*remote).clone();
                    known.push((inputs.clone(), market));
                    remote.set(known);
                }
            };
            live.session().submit(Kind::Compared, request, listen);
        });
    }
    let intervals = use_intervals(loaded, &inputs);
    let find = |(place, inputs): (usize, &Inputs)| {
        let computed = local.get(place).cloned();
        let arrived = || remote.iter().find(|(known, _)| known == inputs);
        let known = intervals.iter().find(|(known, _)| known == inputs);
        ComparedScenario {
            market: computed.or_else(|| arrived().map(|(_, market)| Rc::clone(market))),
            name: inputs.name.clone(),
            intervals: known.and_then(|(_, intervals)| intervals.clone()),
        }
    };
    inputs.iter().enumerate().map(find).collect()
}

/// Inputs, and their intervals if a worker could compute them.
type KnownIntervals = Vec<(Inputs, Option<Shared<Intervals>>)>;

/// Has a worker compute the intervals of one scenario after another.
#[hook]
fn use_intervals(loaded: &Rc<Loaded>, inputs: &Rc<Vec<Inputs>>) -> UseStateHandle<KnownIntervals> {
    let known = use_state(KnownIntervals::new);
    let (source, found) = (loaded.source.clone(), known.clone());
    let needed = (Rc::clone(inputs), known.len());
    use_effect_with(needed, move |(wanted, _)| {
        let is_missing = |inputs: &&Inputs| found.iter().all(|(known, _)| known != *inputs);
        let missing = wanted.iter().find(is_missing).cloned();
        let pending = missing.map(|inputs| {
            let input = SimulationInput {
                study: source.digest.to_string(),
                scenario: inputs.scenario.clone(),
                model: inputs.model.clone(),
            };
            let request = Request::Analyze(input, vec![Analysis::Intervals]);
            send_about(&source, request, move |event| {
                let intervals = match event {
                    WorkerEvent::Progress(Progress::Analyzed(AnalysisResult::Intervals(it))) => {
                        Some(Shared::new(it))
                    }
                    WorkerEvent::Failed(_) => None,
                    WorkerEvent::Progress(_) | WorkerEvent::Response(..) => return,
                };
                let mut known = (*found).clone();
                known.push((inputs.clone(), intervals));
                found.set(known);
            })
        });
        // A computation that is not done ends with what it is for.
        move || drop::<Option<PendingRequest>>(pending)
    });
    known
}

/// A saved scenario as inputs; files of earlier versions have no choice model, so that the one of the
/// page applies. One that does not fit the study cannot be selected.
fn read(saved: &SavedScenario, study: &Study, model: &ChoiceModel) -> Option<Inputs> {
    let applied = saved.apply(study).ok()?;
    let model = applied.model.unwrap_or_else(|| model.clone());
    // A selection that includes nobody has no results.
    model.check(study).ok()?;
    Some(Inputs {
        name: saved.name.clone(),
        scenario: applied.scenario,
        model,
    })
}

fn compute(loaded: &Loaded, inputs: &Inputs) -> Rc<SimulatedMarket> {
    let mut simulation = loaded.simulation.clone();
    // Checked by `read`.
    let _ = simulation.set_model(inputs.model.clone());
    simulation.set_scenario(inputs.scenario.clone());
    Rc::new(SimulatedMarket::compute(&simulation))
}
