//! The moves of a chain besides the draw of the population: a Hamiltonian path per respondent, and one of
//! the whole population's location and scale.
//!
//! **Respondents.** Given `μ` and `Σ`, each `b_i` moves along a Hamiltonian path (S. Duane and others,
//! "Hybrid Monte Carlo", 1987) in the metric `H_i + Σ⁻¹`. In that metric the posterior is close to a
//! standard normal, and a path of length π/2 ends at a nearly independent point, so two or three
//! gradients buy one effective draw.
//!
//! **Population.** With few tasks per respondent, `μ` given all `b_i` hardly moves, because the `b_i` follow
//! it. So the whole population moves as well: `μ ← μ + δ`, `b_i ← μ + δ + D (b_i − μ)`, `Σ ← D Σ D` with
//! `D = diag(exp θ)`. This is a generalized Gibbs step (J. S. Liu and C. Sabatti, "Generalised Gibbs
//! sampler and multigrid Monte Carlo for Bayesian computation", 2000): shifts and scales form a group whose
//! invariant measure is `dδ dθ`, so that the log-density of a move is
//! `Σ_i ll_i − ν Σ_k θ_k − tr(V D⁻¹ Σ⁻¹ D⁻¹) / 2`, with the Jacobians of `b` and `Σ` included. In the terms
//! of Y. Yu and X.-L. Meng (2011) it interweaves the centred with the non-centred form.

use super::constraints::Constraints;
use super::metric::Metric;
use super::prior::Prior;
use super::state::State;
use crate::estimation::design::ChoiceDesign;
use crate::estimation::likelihood::Workspace;
use crate::estimation::matrix::{add_lower_transposed, dot, multiply, multiply_lower};
use crate::stats::random::Draw;

/// What the moves need besides the state.
pub(super) struct Mover<'c> {
    pub(super) design: &'c ChoiceDesign,
    pub(super) prior: &'c Prior,
    pub(super) constraints: &'c Constraints,
    pub(super) metric: &'c Metric,
    /// The parameters whose mean and scale move.
    pub(super) free: &'c [usize],
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

    /// Moves the population's location and scale. Returns the acceptance probability.
    pub(super) fn move_population(
        &self,
        state: &mut State,
        path: Path,
        draw: &mut Draw,
        workspace: &mut Workspace,
    ) -> f64 {
        let size = 2 * self.free.len();
        if size == 0 {
            return 1.0;
        }
        let start = state.clone();
        let mut position = vec![0.0; size];
        let mut momentum: Vec<f64> = (0..size).map(|_| draw.standard_normal()).collect();
        let mut force = vec![0.0; size];
        let mut pushed = vec![0.0; size];
        let factor = &self.metric.population;
        let before = self.population_density(&start, &start, &position, &mut force)
            - 0.5 * dot(&momentum, &momentum);
        let push = |momentum: &mut [f64], force: &[f64], pushed: &mut [f64], step: f64| {
            multiply_lower(factor, force, pushed);
            for (entry, pushed) in momentum.iter_mut().zip(pushed.iter()) {
                *entry += step * pushed;
            }
        };
        push(&mut momentum, &force, &mut pushed, 0.5 * path.step);
        let mut density = f64::NEG_INFINITY;
        for step in 1..=path.steps {
            add_lower_transposed(factor, &momentum, path.step, &mut position);
            self.transform(&start, state, &position);
            state.evaluate(self.design, workspace);
            density = self.population_density(&start, state, &position, &mut force);
            let is_last = step == path.steps;
            push(
                &mut momentum,
                &force,
                &mut pushed,
                if is_last { 0.5 * path.step } else { path.step },
            );
        }
        let after = density - 0.5 * dot(&momentum, &momentum);
        let threshold = draw.between(0.0, 1.0);
        let probability = match after.is_finite() {
            true => libm::exp((after - before).min(0.0)),
            false => 0.0,
        };
        if threshold >= probability {
            *state = start;
        }
        probability
    }

    /// Applies a shift and scales to the state at the start of a path.
    fn transform(&self, start: &State, state: &mut State, position: &[f64]) {
        let n = start.n;
        let count = self.free.len();
        let (shifts, scales) = position.split_at(count);
        let mut factors = vec![1.0; n];
        let mut shift = vec![0.0; n];
        for ((column, delta), theta) in self.free.iter().zip(shifts).zip(scales) {
            shift[*column] = *delta;
            factors[*column] = libm::exp(*theta);
        }
        for k in 0..n {
            state.mean[k] = start.mean[k] + shift[k];
        }
        for (target, origin) in state.b.chunks_exact_mut(n).zip(start.b.chunks_exact(n)) {
            for k in 0..n {
                target[k] = state.mean[k] + factors[k] * (origin[k] - start.mean[k]);
            }
        }
        for i in 0..n {
            for j in 0..n {
                let scale = factors[i] * factors[j];
                state.covariance[i * n + j] = start.covariance[i * n + j] * scale;
                state.precision[i * n + j] = start.precision[i * n + j] / scale;
            }
        }
    }

    /// The log-density of a shift and scales, and its gradient. `state` is the transformed state.
    fn population_density(
        &self,
        start: &State,
        state: &State,
        position: &[f64],
        force: &mut [f64],
    ) -> f64 {
        let n = state.n;
        let count = self.free.len();
        let mut sum = vec![0.0; n];
        let mut scaled = vec![0.0; n];
        for (b, gradient) in state.b.chunks_exact(n).zip(state.gradient.chunks_exact(n)) {
            for k in 0..n {
                sum[k] += gradient[k];
                scaled[k] += gradient[k] * (b[k] - state.mean[k]);
            }
        }
        let likelihood: f64 = state.log_likelihood.iter().sum();
        let theta_sum: f64 = position.iter().skip(count).sum();
        let a = self.prior.mean_precision;
        let mut weighted_mean = vec![0.0; n];
        multiply(&state.precision, &state.mean, &mut weighted_mean);
        // Σ_l V_kl P_kl of the transformed precision; its sum over k is the trace.
        let pull = |k: usize| {
            dot(
                &self.prior.scale[k * n..(k + 1) * n],
                &state.precision[k * n..(k + 1) * n],
            )
        };
        let trace: f64 = (0..n).map(pull).sum();
        let nu = self.prior.degrees_of_freedom;
        let (mut log_density, mut theta_factor) = (likelihood - 0.5 * trace, nu);
        if a > 0.0 {
            log_density -= 0.5 * a * dot(&weighted_mean, &state.mean);
            theta_factor += 1.0;
        }
        for (place, column) in self.free.iter().enumerate() {
            let k = *column;
            force[place] = sum[k] - a * weighted_mean[k];
            force[count + place] =
                scaled[k] - theta_factor + pull(k) + a * weighted_mean[k] * state.mean[k];
        }
        debug_assert_eq!(start.n, n);
        log_density - theta_factor * theta_sum
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
