//! Which of several candidates is best once competitors answer.

use crate::simulation::Simulation;

use crate::optimizer::equilibrium::{PriceEquilibrium, PriceGame};
use crate::optimizer::plan::Plan;
use crate::optimizer::search::best::Candidate;

/// The games of prices of several candidates, to find out which is best once competitors answer.
/// As an iterator it goes a step at a time and tells which part is done, 0–1.
pub struct CandidateGames<'s> {
    plan: &'s Plan,
    simulation: &'s Simulation,
    candidates: &'s [Candidate],
    /// How many games are over.
    over: usize,
    playing: Option<PriceGame>,
    best: Option<(usize, PriceEquilibrium)>,
}

impl Plan {
    /// Starts the games of candidates.
    pub fn answers<'s>(
        &'s self,
        simulation: &'s Simulation,
        candidates: &'s [Candidate],
    ) -> CandidateGames<'s> {
        CandidateGames {
            plan: self,
            simulation,
            candidates,
            over: 0,
            playing: None,
            best: None,
        }
    }
}

impl CandidateGames<'_> {
    /// Which candidate ends best, of those whose games are over, and how; of several that end as
    /// well the first.
    pub fn best(self) -> Option<(usize, PriceEquilibrium)> {
        self.best
    }
}

impl Iterator for CandidateGames<'_> {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        let candidate = self.candidates.get(self.over)?;
        let start = || self.plan.answer(self.simulation, candidate);
        let playing = self.playing.get_or_insert_with(start);
        if playing.next().is_none() {
            let answer = playing.answer();
            let best = self.best.as_ref();
            let highest = best.map_or(f64::NEG_INFINITY, |(_, best)| best.after.objective);
            if answer.after.objective > highest {
                self.best = Some((self.over, answer));
            }
            self.playing = None;
            self.over += 1;
        }
        Some(self.over as f64 / self.candidates.len() as f64)
    }
}
