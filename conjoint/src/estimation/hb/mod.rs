//! Hierarchical Bayes: `y ~ MNL(X b_i)`, `b_i ~ N(μ, Σ)`, `μ` flat or normal, `Σ` inverse Wishart
//! (G. M. Allenby and P. E. Rossi, "Marketing models of consumer heterogeneity", 1999).
//!
//! An iteration of a [`Chain`] moves every respondent, draws `Σ` and `μ`, and moves the whole population;
//! `moves` has the details. Chains are independent: [`run`] runs them in parallel threads; where each runs
//! in a program of its own, [`Stopping`] says how far they go before their draws are compared again.

mod chain;
mod constraints;
mod metric;
mod moves;
mod population;
mod prior;
mod state;
mod stopping;
mod trace;

use std::sync::Arc;

pub use chain::{Chain, ChainInputs, ChainSummary};
pub use constraints::{Constraints, Direction};
pub use prior::Prior;
pub use stopping::{
    CONVERGED_DRAWS, CONVERGED_RHAT, Stopping, diagnose_traces, have_converged, is_converged,
};
pub(crate) use trace::null_log_likelihood;
pub use trace::{ChainResult, Recorder};

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
    let mut done = 0;
    loop {
        let batch = stopping.next_batch(inputs.burn_in, done, || {
            let means = chains.iter().map(|chain| chain.recorded().means());
            have_converged(&means.collect::<Vec<_>>())
        });
        let Some(batch) = batch else { break };
        step_all(&mut chains, batch);
        done += batch;
        let summaries: Vec<ChainSummary> = chains.iter().map(Chain::summary).collect();
        if !report(&summaries) {
            break;
        }
    }
    chains.into_iter().map(Chain::into_result).collect()
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
