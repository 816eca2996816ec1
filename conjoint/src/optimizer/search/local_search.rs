//! A search for plans with more candidates than can be computed.
//!
//! It starts with coordinate ascents, the first from the scenario's values and the others from
//! random ones: one attribute after another takes its best value while the others stay unchanged,
//! until none changes (the interchange heuristic of P. E. Green and A. M. Krieger, "Models and
//! heuristics for product line selection", 1985). The ends of the ascents and random candidates
//! are the first population of a genetic algorithm (P. V. Balakrishnan and V. S. Jacob, "Genetic
//! algorithms for product design", 1996): parents win tournaments, children take each value from
//! either parent (uniform crossover), some values mutate to a neighbor or to any value, and the
//! best candidates survive. The search ends after many generations without a better candidate.
//!
//! Values are cached, so that no candidate is computed twice. All randomness comes from the seed.

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::{Candidate, Ranking};
use crate::optimizer::evaluate::Evaluator;

/// The number of ascents.
const ASCENTS: usize = 8;
/// The most values that a line search tries at first; of more values it tries every second, third,
/// … one, and then halves the stride around the best.
const LINE_SEARCH_VALUES: usize = 64;
/// Candidates in a generation.
const POPULATION: usize = 60;
/// The number of best candidates that survive a generation.
const ELITE: usize = 4;
/// Candidates in a tournament.
const TOURNAMENT: u32 = 3;
/// The number of generations without a better candidate after which the search ends.
const PATIENCE: usize = 30;

/// The state of a search.
pub(in crate::optimizer) struct LocalSearch {
    random: ChaCha8Rng,
    /// The number of values of each varying attribute.
    value_counts: Vec<usize>,
    /// The objective values of all computed candidates.
    known: BTreeMap<Vec<usize>, f64>,
    max_candidates: usize,
    population: Vec<Candidate>,
    phase: Phase,
}

enum Phase {
    Ascent(Ascent),
    /// With the number of generations since the last better candidate.
    Genetic(usize),
    Done,
}

/// A coordinate ascent.
struct Ascent {
    current: Candidate,
    /// The attribute that takes its best value next.
    entry: usize,
    /// The number of attributes in a row that did not change.
    unchanged_count: usize,
}

impl Ascent {
    fn new(start: Vec<usize>) -> Self {
        Self {
            current: Candidate {
                positions: start,
                // Any candidate is better.
                objective_value: f64::NEG_INFINITY,
            },
            entry: 0,
            unchanged_count: 0,
        }
    }
}

impl LocalSearch {
    /// A search that starts at these positions.
    pub(in crate::optimizer) fn new(
        seed: u64,
        value_counts: Vec<usize>,
        start: Vec<usize>,
        max_candidates: usize,
    ) -> Self {
        Self {
            random: ChaCha8Rng::seed_from_u64(seed),
            value_counts,
            known: BTreeMap::new(),
            max_candidates,
            population: Vec::new(),
            phase: Phase::Ascent(Ascent::new(start)),
        }
    }

    /// The number of candidates computed so far.
    pub(in crate::optimizer) fn evaluated_count(&self) -> usize {
        self.known.len()
    }

    /// Does one step, which is one attribute of an ascent or one generation, and returns whether
    /// there are more.
    pub(in crate::optimizer) fn step(
        &mut self,
        evaluator: &mut Evaluator<'_>,
        ranking: &mut Ranking,
    ) -> bool {
        let mut scorer = Scorer { evaluator, ranking };
        self.phase = match std::mem::replace(&mut self.phase, Phase::Done) {
            _ if self.known.len() >= self.max_candidates => Phase::Done,
            Phase::Ascent(ascent) => self.ascend(&mut scorer, ascent),
            Phase::Genetic(idle) => self.breed(&mut scorer, idle),
            Phase::Done => Phase::Done,
        };
        !matches!(self.phase, Phase::Done)
    }

    fn ascend(&mut self, scorer: &mut Scorer<'_, '_>, mut ascent: Ascent) -> Phase {
        let better = self.search_line(scorer, &ascent.current, ascent.entry);
        ascent.unchanged_count = match better.positions == ascent.current.positions {
            true => ascent.unchanged_count + 1,
            false => 0,
        };
        ascent.current = better;
        ascent.entry = (ascent.entry + 1) % self.value_counts.len().max(1);
        if ascent.unchanged_count < self.value_counts.len() {
            return Phase::Ascent(ascent);
        }
        self.population.push(ascent.current);
        if self.population.len() < ASCENTS {
            return Phase::Ascent(Ascent::new(self.draw_positions()));
        }
        while self.population.len() < POPULATION {
            let positions = self.draw_positions();
            let candidate = self.score(scorer, positions);
            self.population.push(candidate);
        }
        Phase::Genetic(0)
    }

    /// The best candidate with another value of one attribute, or `from` if none is better.
    fn search_line(
        &mut self,
        scorer: &mut Scorer<'_, '_>,
        from: &Candidate,
        entry: usize,
    ) -> Candidate {
        let count = self.value_counts.get(entry).copied().unwrap_or(0);
        let mut best = self.score(scorer, from.positions.clone());
        let mut stride = count.div_ceil(LINE_SEARCH_VALUES).max(1);
        let mut trials: Vec<usize> = (0..count).step_by(stride).collect();
        loop {
            for trial in trials {
                let mut positions = best.positions.clone();
                if let Some(position) = positions.get_mut(entry) {
                    *position = trial;
                }
                let other = self.score(scorer, positions);
                if other.objective_value > best.objective_value {
                    best = other;
                }
            }
            if stride == 1 {
                return best;
            }
            stride = stride.div_ceil(2);
            let middle = best.positions.get(entry).copied().unwrap_or(0);
            let around = [middle.checked_sub(stride), Some(middle + stride)];
            let around = around.into_iter().flatten();
            trials = around.filter(|trial| *trial < count).collect();
        }
    }

    /// Replaces the population by the next generation.
    fn breed(&mut self, scorer: &mut Scorer<'_, '_>, idle: usize) -> Phase {
        let before = self
            .select_elite(1)
            .first()
            .map(|best| best.objective_value);
        let mut next = self.select_elite(ELITE);
        while next.len() < POPULATION {
            let positions = self.draw_child();
            next.push(self.score(scorer, positions));
        }
        self.population = next;
        let after = self
            .select_elite(1)
            .first()
            .map(|best| best.objective_value);
        match idle + 1 {
            _ if after > before => Phase::Genetic(0),
            idle if idle < PATIENCE => Phase::Genetic(idle),
            _ => Phase::Done,
        }
    }

    /// The best distinct candidates of the population, at most `limit`.
    fn select_elite(&self, limit: usize) -> Vec<Candidate> {
        let mut ranking = Ranking::new(limit);
        for candidate in &self.population {
            let is_same = |other: &Candidate| other.positions == candidate.positions;
            if !ranking.candidates().iter().any(is_same) {
                ranking.enter(&candidate.positions, candidate.objective_value);
            }
        }
        ranking.into_candidates()
    }

    /// A child of two tournament winners.
    fn draw_child(&mut self) -> Vec<usize> {
        let (mother, father) = (self.draw_winner(), self.draw_winner());
        let pairs = mother.into_iter().zip(father);
        let mut child: Vec<usize> = pairs
            .map(|(mother, father)| match self.draw_below(2) {
                0 => mother,
                _ => father,
            })
            .collect();
        let entries = child.len() as u32;
        for (entry, position) in child.iter_mut().enumerate() {
            let count = self.value_counts.get(entry).copied().unwrap_or(1);
            // One value of a child mutates on average.
            if self.draw_below(entries) > 0 {
                continue;
            }
            *position = match self.draw_below(4) {
                0 => position.saturating_sub(1),
                1 => (*position + 1).min(count - 1),
                _ => self.draw_below(count as u32) as usize,
            };
        }
        child
    }

    /// The positions of a tournament's winner.
    fn draw_winner(&mut self) -> Vec<usize> {
        let size = self.population.len() as u32;
        let places: Vec<usize> = (0..TOURNAMENT)
            .map(|_| self.draw_below(size) as usize)
            .collect();
        let places = places.into_iter();
        let entrants = places.filter_map(|place| self.population.get(place));
        let best =
            entrants.reduce(
                |best, other| match other.objective_value > best.objective_value {
                    true => other,
                    false => best,
                },
            );
        best.map(|best| best.positions.clone()).unwrap_or_default()
    }

    /// The positions of a random candidate.
    fn draw_positions(&mut self) -> Vec<usize> {
        let counts = self.value_counts.clone();
        let counts = counts.into_iter();
        counts
            .map(|count| self.draw_below(count as u32) as usize)
            .collect()
    }

    /// A random number from 0 to below `bound`; probabilities are equal to within 2⁻³².
    fn draw_below(&mut self, bound: u32) -> u32 {
        ((u64::from(self.random.next_u32()) * u64::from(bound)) >> 32) as u32
    }

    /// The candidate with these positions, computed unless its value is known.
    fn score(&mut self, scorer: &mut Scorer<'_, '_>, positions: Vec<usize>) -> Candidate {
        let objective_value = match self.known.get(&positions) {
            Some(value) => *value,
            // The search is about to end, and computes no more.
            None if self.known.len() >= self.max_candidates => f64::NEG_INFINITY,
            None => {
                let value = scorer.evaluator.evaluate(&positions);
                scorer.ranking.enter(&positions, value);
                self.known.insert(positions.clone(), value);
                value
            }
        };
        Candidate {
            positions,
            objective_value,
        }
    }
}

/// Computes candidates and ranks them.
struct Scorer<'v, 's> {
    evaluator: &'v mut Evaluator<'s>,
    ranking: &'v mut Ranking,
}
