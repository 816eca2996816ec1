//! The shapes of posteriors, by which the sampler scales its moves: computed a few times during the
//! burn-in and fixed afterwards, so that the draws that count come from one Markov chain.

use crate::estimation::design::ChoiceDesign;
use crate::estimation::likelihood::Workspace;
use crate::estimation::matrix::{cholesky, invert_lower};

/// The inverse Cholesky factors of the respondents' precisions `H_i + Σ⁻¹`, and of that of the
/// population's shift and scales.
#[derive(Clone, Debug)]
pub(super) struct Metric {
    n: usize,
    /// `K × K` per respondent.
    respondents: Vec<f64>,
    /// Over the free coordinates of the population's move.
    pub(super) population: Vec<f64>,
}

impl Metric {
    /// The inverse factor of a respondent.
    pub(super) fn respondent(&self, place: usize) -> &[f64] {
        let size = self.n * self.n;
        self.respondents
            .get(place * size..(place + 1) * size)
            .unwrap_or_default()
    }

    /// Computes the metric at part-worths `centers`, where `deviations` are the respondents' distances
    /// from the population mean, `precision` is `Σ⁻¹`, and `free` are the parameters whose mean and
    /// scale move. `scale_prior` is the curvature that the prior gives the scales.
    pub(super) fn compute(
        design: &ChoiceDesign,
        centers: &[f64],
        deviations: &[f64],
        precision: &[f64],
        free: &[usize],
        scale_prior: &[f64],
    ) -> Self {
        let n = design.width;
        let mut respondents = Vec::with_capacity(design.len() * n * n);
        let mut sum = PopulationCurvature::new(free);
        let mut workspace = Workspace::default();
        let mut information = vec![0.0; n * n];
        let people = centers.chunks_exact(n).zip(deviations.chunks_exact(n));
        for (block, (center, deviation)) in design.blocks().zip(people) {
            information.fill(0.0);
            workspace.add_information(block, center, 1.0, &mut information);
            sum.add(&information, deviation, n);
            for (entry, prior) in information.iter_mut().zip(precision) {
                *entry += prior;
            }
            respondents.extend(inverse_factor(&information, n));
        }
        Self {
            n,
            respondents,
            population: sum.finish(scale_prior),
        }
    }
}

/// `L⁻¹` with `L Lᵀ` the matrix; of its diagonal if it is not positive definite.
fn inverse_factor(a: &[f64], n: usize) -> Vec<f64> {
    let factor = cholesky(a, n).unwrap_or_else(|| {
        let mut diagonal = vec![0.0; n * n];
        for i in 0..n {
            diagonal[i * n + i] = a[i * n + i].max(1e-8).sqrt();
        }
        diagonal
    });
    invert_lower(&factor, n)
}

/// The curvature of the likelihood in the shift `δ` and the logarithms `θ` of the scales, with
/// `b_i = μ + δ + exp(θ)(b_i − μ)`.
struct PopulationCurvature<'f> {
    free: &'f [usize],
    sum: Vec<f64>,
}

impl<'f> PopulationCurvature<'f> {
    fn new(free: &'f [usize]) -> Self {
        let size = 2 * free.len();
        Self {
            free,
            sum: vec![0.0; size * size],
        }
    }

    fn add(&mut self, information: &[f64], deviation: &[f64], n: usize) {
        let count = self.free.len();
        let size = 2 * count;
        for (i, row) in self.free.iter().enumerate() {
            for (j, column) in self.free.iter().enumerate() {
                let entry = information[row * n + column];
                let (one, other) = (deviation[*row], deviation[*column]);
                self.sum[i * size + j] += entry;
                self.sum[(count + i) * size + j] += one * entry;
                self.sum[i * size + count + j] += entry * other;
                self.sum[(count + i) * size + count + j] += one * entry * other;
            }
        }
    }

    fn finish(mut self, scale_prior: &[f64]) -> Vec<f64> {
        let count = self.free.len();
        let size = 2 * count;
        for i in 0..count {
            self.sum[(count + i) * (size + 1)] += scale_prior[i].max(1e-3);
        }
        for i in 0..size {
            self.sum[i * (size + 1)] *= 1.0 + 1e-9;
        }
        inverse_factor(&self.sum, size)
    }
}
