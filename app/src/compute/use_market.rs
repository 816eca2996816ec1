//! The analyses of the page "Market Simulator", in a worker's hands.

use std::ops::Deref;
use std::rc::Rc;

use conjoint::choice::ChoiceModel;
use conjoint::simulation::scenario::Scenario;
use yew::prelude::*;

use crate::browser::timing;
use crate::compute::analyses::Analysis;
use crate::compute::load::Loaded;
use crate::compute::request;
use crate::compute::thread::Running;
use crate::compute::worker::{self, Answer};
use crate::state::State;

/// The numbers of an analysis.
#[derive(Debug, Clone)]
pub struct Numbers(Rc<[f64]>);

impl PartialEq for Numbers {
    /// Whether they came in one block.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Numbers {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.0
    }
}

/// What analyses follow from: the offers, the method, and the options of each.
#[derive(Clone, PartialEq)]
struct Origin {
    scenario: Scenario,
    model: ChoiceModel,
    options: Vec<String>,
}

impl Origin {
    /// Whether an analysis comes to the same from another.
    fn is_same_to(&self, analysis: Analysis, other: &Self) -> bool {
        let tag = analysis.tag();
        self.options.get(tag) == other.options.get(tag)
            && self.model == other.model
            && self.scenario == other.scenario
    }
}

/// A block that came.
struct Known {
    analysis: Analysis,
    origin: Rc<Origin>,
    numbers: Numbers,
}

/// The analyses of the state, as far as they are there.
#[derive(Clone, PartialEq)]
pub struct Market {
    numbers: Vec<Option<Numbers>>,
    /// Why there are no more.
    pub failure: Option<String>,
    /// Begins again.
    pub compute: Callback<()>,
}

impl Market {
    /// The numbers of an analysis, once they are there.
    pub fn numbers(&self, analysis: Analysis) -> Option<Numbers> {
        self.numbers.get(analysis.tag()).cloned().flatten()
    }

    /// How many analyses are there, of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.numbers.iter().flatten().count(), self.numbers.len())
    }
}

/// Computes the analyses of the state; those of another state are given up for it, and those that
/// are known stay.
#[hook]
pub fn use_market(loaded: &Rc<Loaded>, state: &State) -> Market {
    let known = use_mut_ref(Vec::<Known>::new);
    let failure = use_state(|| None::<(Rc<Origin>, String)>);
    let attempt = use_state(|| 0_usize);
    let update = use_force_update();
    let options = Analysis::ALL.map(|analysis| analysis.options(state));
    let origin = Origin {
        scenario: state.edits().scenario().clone(),
        model: state.model().clone(),
        options: options.to_vec(),
    };
    let origin = use_memo(origin, Origin::clone);
    let numbers = {
        let known = known.borrow();
        let numbers = Analysis::ALL.map(|analysis| {
            let mut known = known.iter();
            let found =
                known.find(|it| it.analysis == analysis && it.origin.is_same_to(analysis, &origin));
            found.map(|it| it.numbers.clone())
        });
        numbers.to_vec()
    };
    {
        let (files, state, numbers) = (Rc::clone(&loaded.files), state.clone(), numbers.clone());
        let failure = failure.setter();
        use_effect_with((Rc::clone(&origin), *attempt), {
            move |(origin, _)| {
                let missing = numbers.iter().enumerate().filter(|(_, it)| it.is_none());
                let missing: Vec<usize> = missing.map(|(tag, _)| tag).collect();
                let running = (!missing.is_empty()).then(|| {
                    let tell = {
                        let origin = Rc::clone(origin);
                        move |reason| failure.set(Some((Rc::clone(&origin), reason)))
                    };
                    let answered = {
                        let (origin, tell) = (Rc::clone(origin), tell.clone());
                        move |answer| match answer {
                            Answer::Numbers(block) => {
                                keep(&mut known.borrow_mut(), &origin, &block);
                                if let Some(tag) = block.first() {
                                    timing::part(&format!("market {tag}"));
                                }
                                update.force_update();
                            }
                            Answer::Done => {}
                            Answer::Failed(reason) => tell(reason),
                        }
                    };
                    timing::begin();
                    let asked = request::of_market(&state, &missing);
                    let began = worker::request(&files, &asked, answered);
                    began.map_err(tell).ok()
                });
                // A computation that is not done ends with what it is for.
                move || drop::<Option<Option<Running>>>(running)
            }
        });
    }
    let failure = failure.as_ref().filter(|(of, _)| Rc::ptr_eq(of, &origin));
    Market {
        numbers,
        failure: failure.map(|(_, reason)| reason.clone()),
        compute: Callback::from(move |()| attempt.set(*attempt + 1)),
    }
}

/// Keeps a block, which begins with its tag, in place of the analysis' last one.
fn keep(known: &mut Vec<Known>, origin: &Rc<Origin>, block: &[f64]) {
    let Some((tag, numbers)) = block.split_first() else {
        return;
    };
    let Some(analysis) = Analysis::ALL.get(*tag as usize) else {
        return;
    };
    known.retain(|it| it.analysis != *analysis);
    known.push(Known {
        analysis: *analysis,
        origin: Rc::clone(origin),
        numbers: Numbers(Rc::from(numbers)),
    });
}
