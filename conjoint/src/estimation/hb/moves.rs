//! The moves of the respondents: a Hamiltonian path each.
//!
//! Given `μ` and `Σ`, each `b_i` moves along a Hamiltonian path (S. Duane and others,
//! "Hybrid Monte Carlo", 1987) in the metric `H_i + Σ⁻¹`. In that metric the posterior is close to a
//! standard normal, and a path of length π/2 ends at a nearly independent point, so two or three
//! gradients buy one effective draw.

use super::constraints::Constraints;
use super::metric::Metric;
use super::state::State;
use crate::estimation::design::ChoiceDesign;
use crate::estimation::likelihood::Workspace;
use crate::estimation::matrix::{add_lower_transposed, dot, multiply, multiply_lower};
use crate::stats::random::Draw;

/// What the moves need besides the state.
pub(super) struct Mover<'c> {
    pub(super) design: &'c ChoiceDesign,
    pub(super) constraints: &'c Constraints,
    pub(super) metric: &'c Metric,
}

/// The length and the number of steps of a path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Path {
    pub(super) step: f64,
    pub(super) steps: usize,
}

/// Working memory for one respondent's path.
#[derive(Default)]
struct PathMemory {
    b: Vec<f64>,
    gradient: Vec<f64>,
    momentum: Vec<f64>,
    force: Vec<f64>,
    pull: Vec<f64>,
    deviation: Vec<f64>,
}

impl Mover<'_> {
    /// Moves every respondent. Returns the mean acceptance probability.
    pub(super) fn move_respondents(
        &self,
        state: &mut State,
        path: Path,
        draw: &mut Draw,
        workspace: &mut Workspace,
    ) -> f64 {
        let n = state.n;
        let mut memory = PathMemory {
            b: vec![0.0; n],
            gradient: vec![0.0; n],
            momentum: vec![0.0; n],
            force: vec![0.0; n],
            pull: vec![0.0; n],
            deviation: vec![0.0; n],
        };
        let mut accepted = 0.0;
        for place in 0..state.len() {
            accepted += self.move_respondent(state, place, path, draw, workspace, &mut memory);
        }
        accepted / state.len().max(1) as f64
    }

    fn move_respondent(
        &self,
        state: &mut State,
        place: usize,
        path: Path,
        draw: &mut Draw,
        workspace: &mut Workspace,
        memory: &mut PathMemory,
    ) -> f64 {
        let n = state.n;
        let own = place * n..(place + 1) * n;
        let block = self.design.block(place);
        let factor = self.metric.respondent(place);
        let (Some(b), Some(gradient)) = (state.b.get(own.clone()), state.gradient.get(own.clone()))
        else {
            return 0.0;
        };
        memory.b.copy_from_slice(b);
        memory.gradient.copy_from_slice(gradient);
        memory
            .momentum
            .iter_mut()
            .for_each(|entry| *entry = draw.standard_normal());
        let mut log_likelihood = state.log_likelihood.get(place).copied().unwrap_or(0.0);
        let penalty = pull_to_mean(state, memory);
        let before = log_likelihood - 0.5 * (penalty + dot(&memory.momentum, &memory.momentum));
        let mut penalty = penalty;
        let mut is_inside = true;
        add_force(factor, memory, 0.5 * path.step);
        for step in 1..=path.steps {
            if self.constraints.is_empty() {
                add_lower_transposed(factor, &memory.momentum, path.step, &mut memory.b);
            } else {
                is_inside &=
                    self.constraints
                        .drift(factor, &mut memory.momentum, path.step, &mut memory.b);
            }
            if !is_inside {
                break;
            }
            log_likelihood = workspace.evaluate(block, &memory.b, &mut memory.gradient);
            penalty = pull_to_mean(state, memory);
            let is_last = step == path.steps;
            add_force(
                factor,
                memory,
                if is_last { 0.5 * path.step } else { path.step },
            );
        }
        let after = log_likelihood - 0.5 * (penalty + dot(&memory.momentum, &memory.momentum));
        // Drawn whatever happens, so that the stream of random numbers does not depend on it.
        let threshold = draw.between(0.0, 1.0);
        let probability = match is_inside && after.is_finite() {
            true => libm::exp((after - before).min(0.0)),
            false => 0.0,
        };
        if threshold < probability {
            if let Some(target) = state.b.get_mut(own.clone()) {
                target.copy_from_slice(&memory.b);
            }
            if let Some(target) = state.gradient.get_mut(own) {
                target.copy_from_slice(&memory.gradient);
            }
            if let Some(target) = state.log_likelihood.get_mut(place) {
                *target = log_likelihood;
            }
        }
        probability
    }
}

/// Fills `Σ⁻¹ (b − μ)` and gives `(b − μ)ᵀ Σ⁻¹ (b − μ)`.
fn pull_to_mean(state: &State, memory: &mut PathMemory) -> f64 {
    for ((entry, b), mean) in memory.deviation.iter_mut().zip(&memory.b).zip(&state.mean) {
        *entry = b - mean;
    }
    multiply(&state.precision, &memory.deviation, &mut memory.pull);
    dot(&memory.pull, &memory.deviation)
}

/// Adds the force, in the metric's coordinates, to the momentum.
fn add_force(factor: &[f64], memory: &mut PathMemory, time: f64) {
    for ((force, gradient), pull) in memory
        .force
        .iter_mut()
        .zip(&memory.gradient)
        .zip(&memory.pull)
    {
        *force = gradient - pull;
    }
    // `deviation` is free until the next pull is computed.
    multiply_lower(factor, &memory.force, &mut memory.deviation);
    for (entry, force) in memory.momentum.iter_mut().zip(&memory.deviation) {
        *entry += time * force;
    }
}
