//! When chains are compared, and when they stop: the same for chains in threads and in programs of
//! their own, so that both end with the same draws.

use crate::estimation::diagnostics::Diagnostics;

/// R-hat up to which chains count as converged.
pub const CONVERGED_RHAT: f64 = 1.01;
/// Effective draws of each population mean from which chains count as converged.
pub const CONVERGED_DRAWS: f64 = 400.0;

/// Iterations between two looks at whether chains have converged.
const BATCH: usize = 100;
/// Draws of each chain without which nothing can be said.
const FEWEST_DRAWS: usize = 4;

/// How long chains run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Stopping {
    /// This many iterations, the burn-in included.
    Iterations(usize),
    /// Until every population mean has converged, but at most this many iterations.
    Converged(usize),
}

impl Stopping {
    /// The most iterations of a chain.
    pub fn most_iterations(self) -> usize {
        match self {
            Self::Iterations(iterations) | Self::Converged(iterations) => iterations,
        }
    }

    /// How many iterations every chain runs next, after `done`; `None` if the chains are done.
    /// `has_converged` is asked only if the answer matters.
    pub fn next_batch(
        self,
        burn_in: usize,
        done: usize,
        has_converged: impl FnOnce() -> bool,
    ) -> Option<usize> {
        let left = self
            .most_iterations()
            .checked_sub(done)
            .filter(|left| *left > 0)?;
        if done == 0 {
            // The first batch ends with the burn-in.
            return Some(burn_in.max(1).min(left));
        }
        match matches!(self, Self::Converged(_)) && has_converged() {
            true => None,
            false => Some(BATCH.min(left)),
        }
    }
}

/// The diagnostics of every quantity: `traces` has per chain a trace per quantity. With fewer than four
/// draws, R-hat is infinite.
pub fn diagnose_traces<'t>(
    traces: &'t [&'t [Vec<f64>]],
) -> impl Iterator<Item = Diagnostics> + use<'t> {
    let count = traces.first().map_or(0, |chain| chain.len());
    (0..count).map(|place| {
        let chains = traces.iter().filter_map(|chain| chain.get(place));
        let chains: Vec<&[f64]> = chains.map(Vec::as_slice).collect();
        let mut quantity = Diagnostics::compute(&chains);
        if chains.iter().any(|chain| chain.len() < FEWEST_DRAWS) {
            quantity.rhat = f64::INFINITY;
        }
        quantity
    })
}

/// Whether all quantities of all chains have converged.
pub fn have_converged(traces: &[&[Vec<f64>]]) -> bool {
    diagnose_traces(traces).all(|quantity| is_converged(&quantity))
}

/// Whether a quantity has converged. A part-worth that is 0 by definition has no spread, and no
/// effective draws are needed.
pub fn is_converged(quantity: &Diagnostics) -> bool {
    let is_fixed = quantity.deviation == 0.0;
    quantity.rhat <= CONVERGED_RHAT && (is_fixed || quantity.ess >= CONVERGED_DRAWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_stop_at_the_number_or_once_they_have_converged() {
        let batches = |stopping: Stopping, converged_at: usize| {
            let mut done = 0;
            let mut batches = Vec::new();
            while let Some(batch) = stopping.next_batch(250, done, || done >= converged_at) {
                batches.push(batch);
                done += batch;
            }
            batches
        };
        assert_eq!(batches(Stopping::Iterations(400), 0), [250, 100, 50]);
        assert_eq!(batches(Stopping::Iterations(100), 0), [100]);
        assert_eq!(batches(Stopping::Converged(1000), 400), [250, 100, 100]);
        assert_eq!(batches(Stopping::Converged(300), 400), [250, 50]);
    }

    #[test]
    fn too_few_draws_have_not_converged() {
        let [short, long] = [3, 4].map(|length| vec![vec![1.0; length]]);
        assert!(!have_converged(&[&short, &short]));
        assert!(have_converged(&[&long, &long]));
    }
}
