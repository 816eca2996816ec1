//! Which of several candidates is best once the competitors respond.

use super::{PriceEquilibrium, PriceGame};
use crate::optimizer::plan::Plan;
use crate::optimizer::search::Candidate;
use crate::simulation::Simulation;

/// The price games of several candidates, played one after another to find the candidate that is
/// best at the end of its game. As an iterator, every step yields the fraction done, 0–1.
pub struct CandidateGames<'s> {
    plan: &'s Plan,
    simulation: &'s Simulation,
    candidates: &'s [Candidate],
    finished_count: usize,
    current: Option<PriceGame>,
    best: Option<(usize, PriceEquilibrium)>,
}

impl Plan {
    /// Starts the price games of these candidates.
    pub fn start_candidate_games<'s>(
        &'s self,
        simulation: &'s Simulation,
        candidates: &'s [Candidate],
    ) -> CandidateGames<'s> {
        CandidateGames {
            plan: self,
            simulation,
            candidates,
            finished_count: 0,
            current: None,
            best: None,
        }
    }
}

impl CandidateGames<'_> {
    /// The position of the candidate whose finished game ends with the highest objective value, and
    /// the result of that game; the first of several that are equally good.
    pub fn into_best(self) -> Option<(usize, PriceEquilibrium)> {
        self.best
    }
}

impl Iterator for CandidateGames<'_> {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        let candidate = self.candidates.get(self.finished_count)?;
        let start = || self.plan.start_price_game(self.simulation, candidate);
        let game = self.current.get_or_insert_with(start);
        if game.next().is_none() {
            let equilibrium = game.equilibrium();
            let best = self.best.as_ref();
            let highest = best.map_or(f64::NEG_INFINITY, |(_, best)| {
                best.outcome_after.objective_value
            });
            if equilibrium.outcome_after.objective_value > highest {
                self.best = Some((self.finished_count, equilibrium));
            }
            self.current = None;
            self.finished_count += 1;
        }
        Some(self.finished_count as f64 / self.candidates.len() as f64)
    }
}
