//! Hierarchical Bayes: `y ~ MNL(X b_i)`, `b_i ~ N(μ, Σ)`, `μ` flat or normal, `Σ` inverse Wishart
//! (G. M. Allenby and P. E. Rossi, "Marketing models of consumer heterogeneity", 1999).
//!
//! An iteration of a [`Chain`] moves every respondent, draws `Σ` and `μ`, and moves the whole population;
//! `moves` has the details. Chains are independent: natively they run in parallel threads, on a page each
//! can run in a worker of its own, and [`run`] puts their results together.

mod chain;
mod constraints;
mod metric;
mod moves;
mod population;
mod prior;
mod state;
mod trace;

use std::sync::Arc;

pub use chain::{Chain, ChainInputs, ChainSummary};
pub use constraints::{Constraints, Direction};
pub use prior::Prior;
pub(crate) use trace::null_log_likelihood;
pub use trace::{ChainResult, Recorder};

use super::diagnostics::Diagnostics;

/// R-hat up to which chains count as converged.
pub const CONVERGED_RHAT: f64 = 1.01;
/// Effective draws of each population mean from which chains count as converged.
pub const CONVERGED_DRAWS: f64 = 400.0;

/// How long chains run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopping {
    /// This many iterations, the burn-in included.
    Iterations(usize),
    /// Until every population mean has converged, but at most this many iterations.
    Converged(usize),
}

/// Iterations between two looks at whether chains have converged.
const BATCH: usize = 100;

/// Runs chains and returns their results. `report` gets the summaries after each batch; it returns false
/// to stop early.
pub fn run(
    inputs: &Arc<ChainInputs>,
    chains: usize,
    stopping: Stopping,
    report: &mut dyn FnMut(&[ChainSummary]) -> bool,
) -> Vec<ChainResult> {
    let numbers = 0..chains.max(1) as u64;
    let mut chains: Vec<Chain> = numbers
        .map(|number| Chain::new(Arc::clone(inputs), number))
        .collect();
    let most = match stopping {
        Stopping::Iterations(iterations) | Stopping::Converged(iterations) => iterations,
    };
    let mut done = 0;
    while done < most {
        // The first batch ends with the burn-in.
        let batch = match done {
            0 => inputs.burn_in.max(1),
            _ => BATCH,
        };
        let batch = batch.min(most - done);
        step_all(&mut chains, batch);
        done += batch;
        let summaries: Vec<ChainSummary> = chains.iter().map(Chain::summary).collect();
        let is_stopped = !report(&summaries);
        let means: Vec<&[Vec<f64>]> = chains
            .iter()
            .map(|chain| chain.recorded().means())
            .collect();
        if is_stopped || (matches!(stopping, Stopping::Converged(_)) && have_converged(&means)) {
            break;
        }
    }
    chains.into_iter().map(Chain::into_result).collect()
}

/// Whether all quantities of all chains have converged: `traces` has per chain a trace per quantity.
pub fn have_converged(traces: &[&[Vec<f64>]]) -> bool {
    let count = traces.first().map_or(0, |chain| chain.len());
    (0..count).all(|place| {
        let chains: Vec<&[f64]> = traces
            .iter()
            .filter_map(|chain| Some(chain.get(place)?.as_slice()))
            .collect();
        let diagnostics = Diagnostics::compute(&chains);
        let has_draws = chains.iter().all(|chain| chain.len() >= 4);
        // A part-worth that is 0 by definition has no spread.
        let is_fixed = diagnostics.deviation == 0.0;
        has_draws
            && (is_fixed
                || (diagnostics.rhat <= CONVERGED_RHAT && diagnostics.ess >= CONVERGED_DRAWS))
    })
}

/// Runs all chains in threads of their own.
#[cfg(not(target_family = "wasm"))]
fn step_all(chains: &mut [Chain], iterations: usize) {
    std::thread::scope(|scope| {
        for chain in chains {
            scope.spawn(move || chain.step(iterations));
        }
    });
}

/// Runs one chain after another.
#[cfg(target_family = "wasm")]
fn step_all(chains: &mut [Chain], iterations: usize) {
    for chain in chains {
        chain.step(iterations);
    }
}
