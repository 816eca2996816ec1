//! Finds a plan's best candidates step by step: all candidates if they can be computed in time,
//! otherwise a search.

mod exhaustive;
mod local_search;
mod ranking;

use crate::choice::ChanceSource;
use crate::simulation::Simulation;
use crate::study::{Cell, Schema};

use super::evaluate::Evaluator;
use super::plan::{Plan, VaryingAttribute};
use exhaustive::ExhaustiveSearch;
pub(super) use local_search::LocalSearch;
pub use ranking::Candidate;
pub(super) use ranking::Ranking;

/// The most candidates that are computed, however few respondents there are.
const MAX_CANDIDATES: u64 = 250_000;
/// The number of candidates that are computed at least, if there are as many, however long each
/// takes.
const MIN_CANDIDATES: u64 = 500;
/// The most candidates that a search computes.
const MAX_SEARCH_CANDIDATES: u64 = 60_000;
/// The most respondents' choices that are computed, some seconds' work.
const MAX_WORK: u64 = 4_000_000_000;
/// The respondents' choices of one step, some hundredths of a second's work.
const STEP_WORK: u64 = 10_000_000;

/// How the best candidates were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum SearchStrategy {
    /// All candidates were computed.
    Exhaustive,
    /// A search computed the most promising candidates: coordinate ascents, then a genetic
    /// algorithm.
    Search,
}

impl SearchStrategy {
    /// The identifier in results.
    pub fn id(self) -> &'static str {
        match self {
            Self::Exhaustive => "exhaustive",
            Self::Search => "search",
        }
    }
}

/// Settings of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchSettings {
    /// The number of best candidates to keep.
    pub top: usize,
    /// The seed of all randomness.
    pub seed: u64,
}

impl Default for SearchSettings {
    fn default() -> Self {
        Self { top: 10, seed: 1 }
    }
}

/// The best candidates, and how they were found.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct OptimizationResult {
    /// How the candidates were found.
    pub strategy: SearchStrategy,
    /// The number of computed candidates.
    pub evaluated_count: u64,
    /// The best candidates, best first; equally good ones in candidate order.
    pub best: Vec<Candidate>,
}

/// An optimization in progress. As an iterator, every step yields the fraction done, 0–1;
/// [`Optimization::into_result`] gives the result so far.
pub struct Optimization<'s> {
    evaluator: Evaluator<'s>,
    /// The number of values of each varying attribute.
    value_counts: Vec<usize>,
    ranking: Ranking,
    max_candidates: u64,
    step_candidates: usize,
    progress: SearchProgress,
    is_done: bool,
}

/// How far the search is.
enum SearchProgress {
    /// With the number of computed candidates.
    Exhaustive(ExhaustiveSearch, u64),
    Local(Box<LocalSearch>),
}

impl Plan {
    /// Starts the optimization in the simulation that the request was checked against.
    pub fn start<'s>(
        &'s self,
        simulation: &'s Simulation,
        settings: SearchSettings,
    ) -> Optimization<'s> {
        let value_counts = self.value_counts();
        let work = self.estimate_work(simulation);
        let affordable = (MAX_WORK / work).clamp(MIN_CANDIDATES, MAX_CANDIDATES);
        let candidates = self.candidate_count();
        let (progress, max_candidates) = if candidates <= affordable {
            let search = ExhaustiveSearch::new(value_counts.len());
            (SearchProgress::Exhaustive(search, 0), candidates)
        } else {
            let max = affordable.min(MAX_SEARCH_CANDIDATES);
            let start = self.find_nearest_positions(simulation);
            let search = LocalSearch::new(settings.seed, value_counts.clone(), start, max as usize);
            (SearchProgress::Local(Box::new(search)), max)
        };
        Optimization {
            evaluator: Evaluator::new(simulation, self),
            value_counts,
            ranking: Ranking::new(settings.top),
            max_candidates,
            step_candidates: (STEP_WORK / work).max(1) as usize,
            progress,
            is_done: false,
        }
    }

    /// Runs the optimization to its end.
    pub fn run(&self, simulation: &Simulation, settings: SearchSettings) -> OptimizationResult {
        let mut optimization = self.start(simulation, settings);
        optimization.by_ref().for_each(drop);
        optimization.into_result()
    }

    /// The work for one candidate, in respondents' choices.
    fn estimate_work(&self, simulation: &Simulation) -> u64 {
        let study = simulation.selected();
        let offers = simulation.scenario().offers();
        let brands = offers
            .iter()
            .filter_map(|offer| study.schema.brand_of(offer));
        let beneficiary = self.objective.beneficiary;
        let gaining = brands
            .filter(|brand| beneficiary.includes_brand(study, *brand))
            .count();
        let model = simulation.model();
        let products = match model.rule.chance_source() {
            ChanceSource::FirstChoices | ChanceSource::Logit => {
                (self.varying.len() + gaining + 1) as u64
            }
            ChanceSource::Computed(_) | ChanceSource::Drawn(_) => {
                offers.len() as u64 * model.rule.cost(model.draws)
            }
        };
        (study.respondents.len() as u64 * products).max(1)
    }

    /// The positions of the values nearest to the scenario's.
    fn find_nearest_positions(&self, simulation: &Simulation) -> Vec<usize> {
        let offers = simulation.scenario().offers();
        let nearest = |varying: &VaryingAttribute| {
            let current = Schema::cell(&offers[varying.product], Some(varying.attribute));
            let distance = |cell: &Cell| match (cell, current) {
                (Cell::Number(value), Cell::Number(current)) => (value - current).abs(),
                (cell, current) if *cell == current => 0.0,
                _ => f64::MAX,
            };
            let values = varying.values.iter().enumerate();
            let nearest =
                values.min_by(|(_, one), (_, other)| distance(one).total_cmp(&distance(other)));
            nearest.map_or(0, |(position, _)| position)
        };
        self.varying.iter().map(nearest).collect()
    }
}

impl Optimization<'_> {
    /// The number of candidates computed so far.
    pub fn evaluated_count(&self) -> u64 {
        match &self.progress {
            SearchProgress::Exhaustive(_, count) => *count,
            SearchProgress::Local(search) => search.evaluated_count() as u64,
        }
    }

    /// The result so far.
    pub fn into_result(self) -> OptimizationResult {
        OptimizationResult {
            evaluated_count: self.evaluated_count(),
            strategy: match self.progress {
                SearchProgress::Exhaustive(..) => SearchStrategy::Exhaustive,
                SearchProgress::Local(_) => SearchStrategy::Search,
            },
            best: self.ranking.into_candidates(),
        }
    }
}

impl Iterator for Optimization<'_> {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        if self.is_done {
            return None;
        }
        let (evaluator, ranking) = (&mut self.evaluator, &mut self.ranking);
        self.is_done = match &mut self.progress {
            SearchProgress::Exhaustive(search, count) => {
                let (counts, limit) = (&self.value_counts, self.step_candidates);
                let done = search.step(evaluator, counts, limit, ranking);
                *count += done as u64;
                done < limit
            }
            SearchProgress::Local(search) => !search.step(evaluator, ranking),
        };
        Some(match self.is_done {
            true => 1.0,
            false => self.evaluated_count() as f64 / self.max_candidates as f64,
        })
    }
}
