//! The shapes of posteriors, by which the sampler scales its moves: computed a few times during the
//! burn-in and fixed afterwards, so that the draws that count come from one Markov chain.

use crate::estimation::design::ChoiceDesign;
use crate::estimation::likelihood::Workspace;
use crate::estimation::matrix::{cholesky, invert_lower};

/// The inverse Cholesky factors of the respondents' precisions `H_i + Σ⁻¹`, and of those of the
/// population's moves: `Σ_i H_i`, and `Σ_i H_i` with a multiple of `Σ⁻¹`.
#[derive(Clone, Debug)]
pub(super) struct Metric {
    n: usize,
    /// `K × K` per respondent.
    respondents: Vec<f64>,
    /// Of the population's shift, and of its transformation, over the free parameters.
    pub(super) shift: Vec<f64>,
    pub(super) transformation: Vec<f64>,
}

impl Metric {
    /// The inverse factor of a respondent.
    pub(super) fn respondent(&self, place: usize) -> &[f64] {
        let size = self.n * self.n;
        self.respondents
            .get(place * size..(place + 1) * size)
            .unwrap_or_default()
    }

    /// Computes the metric at part-worths `centers`. `precision` is `Σ⁻¹`, `free` are the parameters that
    /// the population's move changes, and `prior_weight` is how many respondents the prior of `Σ` is worth.
    pub(super) fn compute(
        design: &ChoiceDesign,
        centers: &[f64],
        precision: &[f64],
        free: &[usize],
        prior_weight: f64,
    ) -> Self {
        let n = design.width;
        let mut respondents = Vec::with_capacity(design.len() * n * n);
        let mut sum = vec![0.0; n * n];
        let mut workspace = Workspace::default();
        let mut information = vec![0.0; n * n];
        for (block, center) in design.blocks().zip(centers.chunks_exact(n)) {
            information.fill(0.0);
            workspace.add_information(block, center, 1.0, &mut information);
            for (sum, entry) in sum.iter_mut().zip(&information) {
                *sum += entry;
            }
            for (entry, prior) in information.iter_mut().zip(precision) {
                *entry += prior;
            }
            respondents.extend(inverse_factor(&information, n));
        }
        let with_prior = sum.iter().zip(precision);
        let with_prior: Vec<f64> = with_prior
            .map(|(sum, prior)| sum + prior_weight * prior)
            .collect();
        let among_free = |a: &[f64]| {
            let rows = free
                .iter()
                .flat_map(|row| free.iter().map(move |column| row * n + column));
            let block: Vec<f64> = rows.filter_map(|place| a.get(place).copied()).collect();
            inverse_factor(&block, free.len())
        };
        Self {
            n,
            respondents,
            shift: among_free(&sum),
            transformation: among_free(&with_prior),
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
