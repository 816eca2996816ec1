//! The results at the edited offers: computed at once on the page for a small study, and in a worker
//! for a large one, where the last results stay until the newest arrive.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use conjoint::choice::ChoiceModel;
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::Scenario;
use conjoint::study::Study;
use worker::protocol::{ComparedScenarios, Request, Response, Results, SimulationInput};
use worker::results::edit_work;
use yew::prelude::*;

use super::client::WorkerEvent;
use super::load::Loaded;
use super::session::{Kind, Session};
use super::use_analyses::Shared;
use crate::browser::timing;
use crate::state::State;

/// The work of an edit that the page does itself, as [`edit_work`] counts it: some 25 ms on a desktop
/// computer.
const ON_THE_PAGE: u64 = 30_000;

/// Results, and what they follow from.
#[derive(Debug)]
pub struct SimulatedMarket {
    /// The study. Of its respondents figures know only what the results say.
    pub study: Arc<Study>,
    /// The offers.
    pub scenario: Scenario,
    /// How respondents choose.
    pub model: ChoiceModel,
    /// The results.
    pub results: Results,
}

/// The offers and the choice model that results are wanted for.
#[derive(Clone, PartialEq)]
struct Inputs {
    model: ChoiceModel,
    scenario: Scenario,
}

impl Inputs {
    fn are_of(&self, market: &SimulatedMarket) -> bool {
        self.model == market.model && self.scenario == market.scenario
    }
}

/// The newest results.
#[derive(Clone)]
pub struct Live {
    /// The results, and what they follow from.
    pub market: Rc<SimulatedMarket>,
    /// Whether newer results are being computed.
    pub is_updating: bool,
    /// Why there will be no newer ones.
    pub failure: Option<Rc<str>>,
    /// A simulation at the market's offers: of the study, or of its outline where a worker computes.
    pub(super) simulation: Rc<RefCell<Simulation>>,
    /// Whether the page computes results itself.
    is_local: bool,
    /// The requests to the worker.
    session: Rc<Session>,
}

impl PartialEq for Live {
    /// Every edit of an offer and every change of the choice model leads to new results.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.market, &other.market)
    }
}

impl Live {
    /// Checks an input against a simulation at the market's offers. It may have few of the study's
    /// respondents, so that it says what is valid, and nothing about figures.
    pub fn check<T>(&self, check: impl FnOnce(&Simulation) -> T) -> T {
        check(&self.simulation.borrow())
    }

    /// Whether the page computes results itself.
    pub fn is_local(&self) -> bool {
        self.is_local
    }

    /// The requests about the study.
    pub(super) fn session(&self) -> &Rc<Session> {
        &self.session
    }

    /// The market, as a request names it.
    pub(super) fn input(&self) -> SimulationInput {
        SimulationInput {
            study: self.session.digest().to_owned(),
            scenario: self.market.scenario.clone(),
            model: self.market.model.clone(),
        }
    }
}

/// A market in the dependencies of a hook; equal to itself only.
#[derive(Clone)]
struct Same(Option<Rc<SimulatedMarket>>);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_ref().map(Rc::as_ptr) == other.0.as_ref().map(Rc::as_ptr)
    }
}

/// The newest results at the edited offers.
#[hook]
pub fn use_live(loaded: &Rc<Loaded>, state: &State) -> Live {
    let inputs = Inputs {
        model: state.model().clone(),
        scenario: state.edits().scenario().clone(),
    };
    let products = inputs.scenario.offers().len();
    let work = edit_work(loaded.simulation.full_study(), &inputs.model, products);
    let is_local = work <= ON_THE_PAGE;
    let simulation = use_memo((loaded.clone(), is_local), |(loaded, is_local)| {
        RefCell::new(match is_local {
            true => loaded.simulation.clone(),
            false => Simulation::new(Arc::new(loaded.simulation.full_study().outline())),
        })
    });
    let local = {
        let simulation = Rc::clone(&simulation);
        use_memo((inputs.clone(), is_local), move |(inputs, is_local)| {
            is_local.then(|| timing::measure("recompute", || recompute(&simulation, inputs)))
        })
    };
    let remote = use_remote(loaded, &inputs, !is_local);
    let baseline = use_memo(loaded.clone(), |_| OnceCell::<Rc<SimulatedMarket>>::new());
    let newest = (*local).clone().or(remote.newest);
    let market = newest.unwrap_or_else(|| {
        let baseline =
            baseline.get_or_init(|| Rc::new(SimulatedMarket::compute(&loaded.simulation)));
        Rc::clone(baseline)
    });
    {
        let simulation = Rc::clone(&simulation);
        let shown = Same((!is_local).then(|| Rc::clone(&market)));
        use_memo(shown, move |Same(shown)| {
            if let Some(shown) = shown {
                set(&mut simulation.borrow_mut(), &shown.model, &shown.scenario);
            }
        });
    }
    Live {
        is_updating: !inputs.are_of(&market),
        market,
        failure: remote.failure,
        simulation,
        is_local,
        session: remote.session,
    }
}

impl SimulatedMarket {
    /// The results of a simulation.
    pub(super) fn compute(simulation: &Simulation) -> Self {
        Self {
            study: Arc::clone(simulation.full_study()),
            scenario: simulation.scenario().clone(),
            model: simulation.model().clone(),
            results: Results::compute(simulation),
        }
    }
}

fn recompute(simulation: &RefCell<Simulation>, inputs: &Inputs) -> Rc<SimulatedMarket> {
    let mut simulation = simulation.borrow_mut();
    set(&mut simulation, &inputs.model, &inputs.scenario);
    Rc::new(SimulatedMarket::compute(&simulation))
}

fn set(simulation: &mut Simulation, model: &ChoiceModel, scenario: &Scenario) {
    // The state has checked it against the same study.
    let _ = simulation.set_model(model.clone());
    simulation.set_scenario(scenario.clone());
}

/// Results that a worker computes.
struct Remote {
    session: Rc<Session>,
    /// The newest results that have arrived.
    newest: Option<Rc<SimulatedMarket>>,
    /// Why there are none at these inputs.
    failure: Option<Rc<str>>,
}

/// Has a worker compute the results at these inputs. Results of older inputs are dropped.
#[hook]
fn use_remote(loaded: &Rc<Loaded>, inputs: &Inputs, is_wanted: bool) -> Remote {
    let session = use_memo(loaded.clone(), |loaded| {
        Rc::new(Session::new(loaded.source.clone()))
    });
    let newest = use_state(|| None::<Rc<SimulatedMarket>>);
    let failure = use_state(|| None::<(Inputs, Rc<str>)>);
    // The inputs of the last request.
    let requested = use_mut_ref(|| None::<Inputs>);
    {
        let session = Rc::clone(&session);
        let study = Arc::clone(loaded.simulation.full_study());
        let (newest, failure) = (newest.clone(), failure.setter());
        use_effect_with((inputs.clone(), is_wanted), move |(inputs, is_wanted)| {
            requested.replace(is_wanted.then(|| inputs.clone()));
            let is_known = newest.as_ref().is_some_and(|newest| inputs.are_of(newest));
            if !is_wanted || is_known {
                session.withdraw(Kind::Results);
                return;
            }
            let request = Request::Simulate(SimulationInput {
                study: session.digest().to_owned(),
                scenario: inputs.scenario.clone(),
                model: inputs.model.clone(),
            });
            let (inputs, newest) = (inputs.clone(), newest.setter());
            session.submit(Kind::Results, request, move |event| {
                if requested.borrow().as_ref() != Some(&inputs) {
                    return;
                }
                match event {
                    WorkerEvent::Response(Response::Simulated(results), _) => {
                        newest.set(Some(Rc::new(SimulatedMarket {
                            study: Arc::clone(&study),
                            scenario: inputs.scenario.clone(),
                            model: inputs.model.clone(),
                            results: *results,
                        })));
                    }
                    WorkerEvent::Failed(error) => {
                        failure.set(Some((inputs.clone(), error.to_string().into())));
                    }
                    WorkerEvent::Progress(_) | WorkerEvent::Response(..) => {}
                }
            });
        });
    }
    let failure = failure.as_ref().filter(|(of, _)| of == inputs);
    Remote {
        session: Rc::clone(&session),
        newest: (*newest).clone().filter(|_| is_wanted),
        failure: failure.map(|(_, reason)| Rc::clone(reason)),
    }
}

/// Scenarios side by side, by a choice model; `None` while a worker computes them.
#[hook]
pub fn use_comparison(
    live: &Live,
    model: &ChoiceModel,
    scenarios: &[Scenario],
) -> Option<Shared<ComparedScenarios>> {
    let inputs = (model.clone(), scenarios.to_vec());
    let found = use_state(|| None::<((ChoiceModel, Vec<Scenario>), Shared<ComparedScenarios>)>);
    {
        let (live, found) = (live.clone(), found.setter());
        use_effect_with(inputs.clone(), move |inputs| {
            let (model, scenarios) = inputs.clone();
            let input = SimulationInput {
                model,
                ..live.input()
            };
            let inputs = inputs.clone();
            let request = Request::Compare(input, scenarios);
            live.session
                .submit(Kind::Comparison, request, move |event| {
                    if let WorkerEvent::Response(Response::Compared(comparison), _) = event {
                        found.set(Some((inputs.clone(), Shared::new(comparison))));
                    }
                });
        });
    }
    let found = found.as_ref().filter(|(of, _)| *of == inputs);
    found.map(|(_, comparison)| comparison.clone())
}
