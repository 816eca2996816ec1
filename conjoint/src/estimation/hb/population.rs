//! The move of the whole population: a Hamiltonian path of `μ` and of `Σ` with the respondents carried
//! along.
//!
//! With few tasks per respondent, `μ` and `Σ` given all `b_i` hardly move, because the `b_i` follow them. So
//! they also move in the non-centered form `b_i = μ + F z_i` with `z_i ~ N(0, I)` and `Σ = F Fᵀ`, given the `z_i`:
//! the two forms interwoven (Y. Yu and X.-L. Meng, "To center or not to center: that is not the question",
//! 2011). `F` is any square matrix with this product, all equally likely, so that `dF ∝ |Σ|^−½ dΣ` and the
//! log-density of `μ` and `F` is
//! `Σ_i ll_i(μ + F z_i) − (ν + K) log |det F| − tr(V Σ⁻¹) / 2`, and for `μ ~ N(0, Σ / a)` in addition
//! `−log |det F| − a μᵀ Σ⁻¹ μ / 2`. Its gradient costs one pass over the data, as a step of all respondents
//! does. As the `z_i` have covariance `I`, the curvature in each column of `F` is close to `Σ_i H_i` and the
//! prior's share, which is the metric.
//!
//! Parameters with sign constraints do not take part: their means and rows of `F` stay, so that no
//! respondent crosses a bound.

use super::metric::Metric;
use super::moves::Path;
use super::prior::Prior;
use super::state::State;
use crate::estimation::design::ChoiceDesign;
use crate::estimation::likelihood::Workspace;
use crate::estimation::matrix::{
    add_lower_transposed, add_square, cholesky, dot, gram, invert_lower, invert_square, multiply,
    multiply_lower, product, transposed,
};
use crate::stats::random::Draw;

/// What the move needs besides the state.
pub(super) struct PopulationMover<'c> {
    pub(super) design: &'c ChoiceDesign,
    pub(super) prior: &'c Prior,
    pub(super) metric: &'c Metric,
    /// The parameters that move.
    pub(super) free: &'c [usize],
}

/// Where the path is: the population, and the respondents' fixed `z_i`.
struct Position {
    n: usize,
    z: Vec<f64>,
    /// `F`, row after row.
    factor: Vec<f64>,
    inverse: Vec<f64>,
    log_determinant: f64,
}

impl PopulationMover<'_> {
    /// Moves the population. Returns the acceptance probability.
    pub(super) fn run(
        &self,
        state: &mut State,
        path: Path,
        draw: &mut Draw,
        workspace: &mut Workspace,
    ) -> f64 {
        let (n, count) = (state.n, self.free.len());
        // A column for μ, and one for each column of F.
        let mut momentum: Vec<f64> = (0..count * (n + 1))
            .map(|_| draw.standard_normal())
            .collect();
        // Drawn whatever happens, so that the stream of random numbers does not depend on it.
        let threshold = draw.between(0.0, 1.0);
        let Some(mut position) = Position::new(state).filter(|_| count > 0) else {
            return 1.0;
        };
        let start = state.clone();
        let mut force = vec![0.0; momentum.len()];
        let before = self.density(state, &position, &mut force) - 0.5 * dot(&momentum, &momentum);
        self.push(&mut momentum, &force, 0.5 * path.step);
        let mut density = f64::NEG_INFINITY;
        for step in 1..=path.steps {
            self.drift(state, &mut position, &momentum, path.step);
            if !position.apply(state) {
                density = f64::NEG_INFINITY;
                break;
            }
            state.evaluate(self.design, workspace);
            density = self.density(state, &position, &mut force);
            let is_last = step == path.steps;
            self.push(
                &mut momentum,
                &force,
                if is_last { 0.5 * path.step } else { path.step },
            );
        }
        let after = density - 0.5 * dot(&momentum, &momentum);
        let probability = match after.is_finite() {
            true => libm::exp((after - before).min(0.0)),
            false => 0.0,
        };
        if threshold >= probability {
            *state = start;
        }
        probability
    }

    /// The metric's inverse factor of a column.
    fn scale_of(&self, column: usize) -> &[f64] {
        match column {
            0 => &self.metric.shift,
            _ => &self.metric.transformation,
        }
    }

    /// Adds the force, in the metric's coordinates, to the momentum.
    fn push(&self, momentum: &mut [f64], force: &[f64], time: f64) {
        let count = self.free.len();
        let mut pushed = vec![0.0; count];
        let columns = momentum
            .chunks_exact_mut(count)
            .zip(force.chunks_exact(count));
        for (column, (momentum, force)) in columns.enumerate() {
            multiply_lower(self.scale_of(column), force, &mut pushed);
            for (entry, pushed) in momentum.iter_mut().zip(&pushed) {
                *entry += time * pushed;
            }
        }
    }

    /// Moves `μ` and `F` along the momentum.
    fn drift(&self, state: &mut State, position: &mut Position, momentum: &[f64], time: f64) {
        let (n, count) = (position.n, self.free.len());
        let mut moved = vec![0.0; count];
        for (column, momentum) in momentum.chunks_exact(count).enumerate() {
            moved.fill(0.0);
            add_lower_transposed(self.scale_of(column), momentum, time, &mut moved);
            for (parameter, moved) in self.free.iter().zip(&moved) {
                let entry = match column {
                    0 => state.mean.get_mut(*parameter),
                    _ => position.factor.get_mut(parameter * n + column - 1),
                };
                if let Some(entry) = entry {
                    *entry += moved;
                }
            }
        }
    }

    /// The log-density, and its gradient in the free rows: a column for `μ`, and those of `F`.
    fn density(&self, state: &State, position: &Position, force: &mut [f64]) -> f64 {
        let n = position.n;
        let a = self.prior.mean_precision;
        let mut shift = vec![0.0; n];
        let mut slope = vec![0.0; n * n];
        for (gradient, z) in state
            .gradient
            .chunks_exact(n)
            .zip(position.z.chunks_exact(n))
        {
            for ((sum, row), gradient) in shift
                .iter_mut()
                .zip(slope.chunks_exact_mut(n))
                .zip(gradient)
            {
                *sum += gradient;
                for (entry, z) in row.iter_mut().zip(z) {
                    *entry += gradient * z;
                }
            }
        }
        let mut pull = vec![0.0; n];
        multiply(&state.precision, &state.mean, &mut pull);
        let mut scale = self.prior.scale.clone();
        add_square(&mut scale, &state.mean, a);
        // d/dF of −κ log|det F| − tr((V + a μ μᵀ) F⁻ᵀ F⁻¹) / 2.
        let kappa = self.prior.degrees_of_freedom + n as f64 + if a > 0.0 { 1.0 } else { 0.0 };
        let inverse_transposed = transposed(&position.inverse, n);
        let weighted = product(
            &product(&state.precision, &scale, n),
            &inverse_transposed,
            n,
        );
        let count = self.free.len();
        for (column, force) in force.chunks_exact_mut(count).enumerate() {
            for (entry, k) in force.iter_mut().zip(self.free) {
                *entry = match column {
                    0 => shift[*k] - a * pull[*k],
                    _ => {
                        let place = k * n + column - 1;
                        slope[place] - kappa * inverse_transposed[place] + weighted[place]
                    }
                };
            }
        }
        let likelihood: f64 = state.log_likelihood.iter().sum();
        likelihood - kappa * position.log_determinant - 0.5 * dot(&scale, &state.precision)
    }
}

impl Position {
    /// The position of a state: `F` the Cholesky factor of `Σ`. `None` if rounding has made `Σ` singular.
    fn new(state: &State) -> Option<Self> {
        let n = state.n;
        let factor = cholesky(&state.covariance, n)?;
        let inverse = invert_lower(&factor, n);
        let mut z = vec![0.0; state.b.len()];
        let mut deviation = vec![0.0; n];
        for (z, b) in z.chunks_exact_mut(n).zip(state.b.chunks_exact(n)) {
            for ((entry, b), mean) in deviation.iter_mut().zip(b).zip(&state.mean) {
                *entry = b - mean;
            }
            multiply_lower(&inverse, &deviation, z);
        }
        let diagonal = factor.iter().step_by(n + 1);
        Some(Self {
            n,
            z,
            log_determinant: diagonal.map(|entry| libm::log(*entry)).sum(),
            factor,
            inverse,
        })
    }

    /// Writes the part-worths, `Σ` and `Σ⁻¹` of the position into the state. False if `F` is singular.
    fn apply(&mut self, state: &mut State) -> bool {
        let n = self.n;
        let Some((inverse, log_determinant)) = invert_square(&self.factor, n) else {
            return false;
        };
        self.log_determinant = log_determinant;
        state.covariance = gram(&transposed(&self.factor, n), n);
        state.precision = gram(&inverse, n);
        self.inverse = inverse;
        for (b, z) in state.b.chunks_exact_mut(n).zip(self.z.chunks_exact(n)) {
            multiply(&self.factor, z, b);
            for (b, mean) in b.iter_mut().zip(&state.mean) {
                *b += mean;
            }
        }
        true
    }
}
