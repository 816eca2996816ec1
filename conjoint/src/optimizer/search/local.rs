//! A search among more candidates than can be computed.
//!
//! Coordinate ascents, from the present values and from random ones: one attribute after the other
//! takes its best value while the others stay, until none moves (as the interchange heuristic of
//! P. E. Green and A. M. Krieger, "Models and heuristics for product line selection", 1985). Their
//! ends, with random candidates, are the first population of a genetic algorithm (P. V. Balakrishnan
//! and V. S. Jacob, "Genetic algorithms for product design", 1996): parents win tournaments, children
//! take each value of either (uniform crossover), some values mutate to a neighbour or to any, and
//! the best live on. It ends when many generations found nothing better.
//!
//! What was computed is remembered, so that no candidate is computed twice. All that is random
//! comes from the seed.

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::optimizer::evaluate::Evaluator;
use crate::optimizer::search::best::{Best, Candidate};

/// How many ascents there are, the one from the present values among them.
const ASCENTS: usize = 8;
/// Of a longer range every so many values are tried, then the best one's surroundings, ever closer.
const LINE: usize = 64;
/// Candidates of a generation.
const POPULATION: usize = 60;
/// Of these, how many live on.
const ELITE: usize = 4;
/// How many candidates a tournament is among.
const TOURNAMENT: u32 = 3;
/// The search ends when so many generations found nothing better.
const PATIENCE: usize = 30;

/// The state of a search.
pub(in crate::optimizer) struct Search {
    random: ChaCha8Rng,
    /// How many values each that varies has.
    counts: Vec<usize>,
    known: BTreeMap<Vec<usize>, f64>,
    /// How many candidates are computed at most.
    most: usize,
    population: Vec<Candidate>,
    phase: Phase,
}

enum Phase {
    Ascent(Ascent),
    /// With the generations since the last that found anything better.
    Genetic(usize),
    Done,
}

/// An ascent, and where it is.
struct Ascent {
    at: Candidate,
    /// What takes its best value next.
    entry: usize,
    /// How many in a row stayed as they were.
    stayed: usize,
}

impl Ascent {
    fn from(positions: Vec<usize>) -> Self {
        let at = Candidate {
            positions,
            // Every candidate is better.
            objective: f64::NEG_INFINITY,
        };
        Self {
            at,
            entry: 0,
            stayed: 0,
        }
    }
}

impl Search {
    /// A search from the present positions of what varies.
    pub(in crate::optimizer) fn new(
        seed: u64,
        counts: Vec<usize>,
        present: Vec<usize>,
        most: usize,
    ) -> Self {
        Self {
            random: ChaCha8Rng::seed_from_u64(seed),
            counts,
            known: BTreeMap::new(),
            most,
            population: Vec::new(),
            phase: Phase::Ascent(Ascent::from(present)),
        }
    }

    /// How many candidates were computed.
    pub(in crate::optimizer) fn evaluated(&self) -> usize {
        self.known.len()
    }

    /// Goes one step: one attribute of an ascent, or one generation. Tells whether there is more.
    pub(in crate::optimizer) fn step(
        &mut self,
        evaluator: &mut Evaluator<'_>,
        best: &mut Best,
    ) -> bool {
        let mut value = Value { evaluator, best };
        self.phase = match std::mem::replace(&mut self.phase, Phase::Done) {
            _ if self.known.len() >= self.most => Phase::Done,
            Phase::Ascent(ascent) => self.ascend(&mut value, ascent),
            Phase::Genetic(idle) => self.breed(&mut value, idle),
            Phase::Done => Phase::Done,
        };
        !matches!(self.phase, Phase::Done)
    }

    fn ascend(&mut self, value: &mut Value<'_, '_>, mut ascent: Ascent) -> Phase {
        let better = self.line(value, &ascent.at, ascent.entry);
        ascent.stayed = match better.positions == ascent.at.positions {
            true => ascent.stayed + 1,
            false => 0,
        };
        ascent.at = better;
        ascent.entry = (ascent.entry + 1) % self.counts.len().max(1);
        if ascent.stayed < self.counts.len() {
            return Phase::Ascent(ascent);
        }
        self.population.push(ascent.at);
        if self.population.len() < ASCENTS {
            return Phase::Ascent(Ascent::from(self.anywhere()));
        }
        while self.population.len() < POPULATION {
            let positions = self.anywhere();
            let candidate = self.candidate(value, positions);
            self.population.push(candidate);
        }
        Phase::Genetic(0)
    }

    /// The best candidate with another value of one entry, or the same where none is better.
    fn line(&mut self, value: &mut Value<'_, '_>, from: &Candidate, entry: usize) -> Candidate {
        let count = self.counts.get(entry).copied().unwrap_or(0);
        let mut best = self.candidate(value, from.positions.clone());
        let mut stride = count.div_ceil(LINE).max(1);
        let mut places: Vec<usize> = (0..count).step_by(stride).collect();
        loop {
            for place in places {
                let mut positions = best.positions.clone();
                if let Some(position) = positions.get_mut(entry) {
                    *position = place;
                }
                let other = self.candidate(value, positions);
                if other.objective > best.objective {
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
            places = around.filter(|place| *place < count).collect();
        }
    }

    /// The next generation.
    fn breed(&mut self, value: &mut Value<'_, '_>, idle: usize) -> Phase {
        let before = self.elite(1).first().map(|best| best.objective);
        let mut next = self.elite(ELITE);
        while next.len() < POPULATION {
            let positions = self.child();
            next.push(self.candidate(value, positions));
        }
        self.population = next;
        let after = self.elite(1).first().map(|best| best.objective);
        match idle + 1 {
            _ if after > before => Phase::Genetic(0),
            idle if idle < PATIENCE => Phase::Genetic(idle),
            _ => Phase::Done,
        }
    }

    /// The best of the population, each once.
    fn elite(&self, room: usize) -> Vec<Candidate> {
        let mut best = Best::new(room);
        for candidate in &self.population {
            let is_same = |other: &Candidate| other.positions == candidate.positions;
            if !best.candidates().iter().any(is_same) {
                best.enter(&candidate.positions, candidate.objective);
            }
        }
        best.into_candidates()
    }

    /// A child of two winners of tournaments.
    fn child(&mut self) -> Vec<usize> {
        let (mother, father) = (self.winner(), self.winner());
        let pairs = mother.into_iter().zip(father);
        let mut child: Vec<usize> = pairs
            .map(|(mother, father)| if self.below(2) == 0 { mother } else { father })
            .collect();
        let entries = child.len() as u32;
        for (entry, position) in child.iter_mut().enumerate() {
            let count = self.counts.get(entry).copied().unwrap_or(1);
            // One value of a child mutates on average.
            if self.below(entries) > 0 {
                continue;
            }
            *position = match self.below(4) {
                0 => position.saturating_sub(1),
                1 => (*position + 1).min(count - 1),
                _ => self.below(count as u32) as usize,
            };
        }
        child
    }

    /// The positions of the best of a few of the population.
    fn winner(&mut self) -> Vec<usize> {
        let size = self.population.len() as u32;
        let places: Vec<usize> = (0..TOURNAMENT).map(|_| self.below(size) as usize).collect();
        let places = places.into_iter();
        let entrants = places.filter_map(|place| self.population.get(place));
        let best = entrants.reduce(|best, other| match other.objective > best.objective {
            true => other,
            false => best,
        });
        best.map(|best| best.positions.clone()).unwrap_or_default()
    }

    fn anywhere(&mut self) -> Vec<usize> {
        let counts = self.counts.clone();
        let counts = counts.into_iter();
        counts
            .map(|count| self.below(count as u32) as usize)
            .collect()
    }

    /// A number from 0 to below `bound`, each as probable but for 2⁻³².
    fn below(&mut self, bound: u32) -> u32 {
        ((u64::from(self.random.next_u32()) * u64::from(bound)) >> 32) as u32
    }

    /// The candidate at these positions, computed unless it was before.
    fn candidate(&mut self, value: &mut Value<'_, '_>, positions: Vec<usize>) -> Candidate {
        let objective = match self.known.get(&positions) {
            Some(objective) => *objective,
            // The search is about to end, and no more is computed.
            None if self.known.len() >= self.most => f64::NEG_INFINITY,
            None => {
                let objective = value.evaluator.evaluate(&positions);
                value.best.enter(&positions, objective);
                self.known.insert(positions.clone(), objective);
                objective
            }
        };
        Candidate {
            positions,
            objective,
        }
    }
}

/// What computes candidates, and what keeps the best of them.
struct Value<'v, 's> {
    evaluator: &'v mut Evaluator<'s>,
    best: &'v mut Best,
}
