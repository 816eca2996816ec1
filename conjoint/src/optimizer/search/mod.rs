//! From a plan to its best candidates, step by step.

pub(in crate::optimizer) mod best;
mod exhaustive;
pub(in crate::optimizer) mod local;

use crate::choice::ChanceSource;
use crate::simulation::Simulation;
use crate::study::{Cell, Schema};

use crate::optimizer::evaluate::Evaluator;
use crate::optimizer::plan::{Plan, Varied};
use crate::optimizer::search::best::{Best, Candidate};
use crate::optimizer::search::exhaustive::Exhaustive;
use crate::optimizer::search::local::Search;

/// How many candidates are computed at most, however few respondents there are.
const MOST: u64 = 250_000;
/// How many are computed at least, where there are as many, however long each takes.
const LEAST: u64 = 500;
/// How many a search computes at most.
const MOST_OF_SEARCH: u64 = 60_000;
/// Choices of a respondent that are computed at most, which is some seconds.
const MOST_WORK: u64 = 4_000_000_000;
/// Choices of a step, which is some hundredths of a second.
const STEP: u64 = 10_000_000;

/// How the best were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum SearchStrategy {
    /// All candidates were computed.
    Exhaustive,
    /// A search computed the most promising: coordinate ascents, and a genetic algorithm.
    Search,
}

impl SearchStrategy {
    /// Its word in results.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exhaustive => "exhaustive",
            Self::Search => "search",
        }
    }
}

/// How many of the best are kept, and the seed of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How many of the best are kept.
    pub top: usize,
    /// The seed.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { top: 10, seed: 1 }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct OptimizationResult {
    /// How.
    pub strategy: SearchStrategy,
    /// How many candidates were computed.
    pub evaluated: u64,
    /// The best, best first; those that are as good in the order of the candidates.
    pub best: Vec<Candidate>,
}

/// An optimizer at work. As an iterator it goes a step at a time and tells which part is done,
/// 0–1; [`Optimization::found`] tells what is known by then.
pub struct Optimization<'s> {
    evaluator: Evaluator<'s>,
    counts: Vec<usize>,
    best: Best,
    /// Candidates to compute, and those of a step.
    most: u64,
    step: usize,
    way: Evaluation,
    done: bool,
}

enum Evaluation {
    Exhaustive(Exhaustive, u64),
    Search(Box<Search>),
}

impl Plan {
    /// Starts the optimizer. The simulation is the one that the request was checked against.
    pub fn start<'s>(&'s self, simulation: &'s Simulation, settings: Settings) -> Optimization<'s> {
        let counts: Vec<usize> = self.varied.iter().map(|v| v.values.len()).collect();
        let work = self.work(simulation);
        let room = (MOST_WORK / work).clamp(LEAST, MOST);
        let candidates = self.candidates();
        let (way, most) = if candidates <= room {
            (
                Evaluation::Exhaustive(Exhaustive::new(counts.len()), 0),
                candidates,
            )
        } else {
            let most = room.min(MOST_OF_SEARCH);
            let present = self.present(simulation);
            let search = Search::new(settings.seed, counts.clone(), present, most as usize);
            (Evaluation::Search(Box::new(search)), most)
        };
        Optimization {
            evaluator: Evaluator::new(simulation, self),
            counts,
            best: Best::new(settings.top),
            most,
            step: (STEP / work).max(1) as usize,
            way,
            done: false,
        }
    }

    /// Runs the optimizer to its end.
    pub fn run(&self, simulation: &Simulation, settings: Settings) -> OptimizationResult {
        let mut optimization = self.start(simulation, settings);
        optimization.by_ref().for_each(drop);
        optimization.found()
    }

    /// Choices to compute for one candidate.
    fn work(&self, simulation: &Simulation) -> u64 {
        let study = simulation.selected();
        let offers = simulation.scenario().offers();
        let own = offers
            .iter()
            .filter_map(|offer| study.schema.brand_of(offer));
        let own = own.filter(|brand| self.goal.counts(study, *brand)).count();
        let model = simulation.model();
        let products = match model.rule.chance_source() {
            ChanceSource::FirstChoices | ChanceSource::Logit => {
                (self.varied.len() + own + 1) as u64
            }
            ChanceSource::Computed(_) | ChanceSource::Drawn(_) => {
                offers.len() as u64 * model.rule.cost(model.draws)
            }
        };
        (study.respondents.len() as u64 * products).max(1)
    }

    /// The positions nearest to the offers as they stand.
    fn present(&self, simulation: &Simulation) -> Vec<usize> {
        let offers = simulation.scenario().offers();
        let nearest = |varied: &Varied| {
            let present = Schema::cell(&offers[varied.product], Some(varied.attribute));
            let distance = |cell: &Cell| match (cell, present) {
                (Cell::Number(value), Cell::Number(present)) => (value - present).abs(),
                (cell, present) if *cell == present => 0.0,
                _ => f64::MAX,
            };
            let values = varied.values.iter().enumerate();
            let nearest =
                values.min_by(|(_, one), (_, other)| distance(one).total_cmp(&distance(other)));
            nearest.map_or(0, |(position, _)| position)
        };
        self.varied.iter().map(nearest).collect()
    }
}

impl Optimization<'_> {
    /// How many candidates were computed so far.
    pub fn evaluated(&self) -> u64 {
        match &self.way {
            Evaluation::Exhaustive(_, evaluated) => *evaluated,
            Evaluation::Search(search) => search.evaluated() as u64,
        }
    }

    /// What was found so far.
    pub fn found(self) -> OptimizationResult {
        OptimizationResult {
            evaluated: self.evaluated(),
            strategy: match self.way {
                Evaluation::Exhaustive(..) => SearchStrategy::Exhaustive,
                Evaluation::Search(_) => SearchStrategy::Search,
            },
            best: self.best.into_candidates(),
        }
    }
}

impl Iterator for Optimization<'_> {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        if self.done {
            return None;
        }
        let Self {
            evaluator,
            counts,
            best,
            step,
            way,
            ..
        } = self;
        self.done = match way {
            Evaluation::Exhaustive(exhaustive, evaluated) => {
                let done = exhaustive.step(evaluator, counts, *step, best);
                *evaluated += done as u64;
                done < *step
            }
            Evaluation::Search(search) => !search.step(evaluator, best),
        };
        Some(match self.done {
            true => 1.0,
            false => self.evaluated() as f64 / self.most as f64,
        })
    }
}
