//! The state of a chain, and the draw of the population given the part-worths.

use super::prior::Prior;
use crate::estimation::design::ChoiceDesign;
use crate::estimation::likelihood::Workspace;
use crate::estimation::matrix::{
    add_square, cholesky, gram, gram_of_lower, invert_lower, multiply_lower, product, transposed,
};
use crate::stats::random::Draw;

/// Everything that a chain moves.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// How many parameters.
    pub(super) n: usize,
    /// The part-worths, respondents × parameters.
    pub(super) b: Vec<f64>,
    /// The gradients of the respondents' log-likelihoods there.
    pub(super) gradient: Vec<f64>,
    /// The respondents' log-likelihoods.
    pub(super) log_likelihood: Vec<f64>,
    /// The population's means.
    pub(super) mean: Vec<f64>,
    /// The population's covariance `Σ`, and `Σ⁻¹`.
    pub(super) covariance: Vec<f64>,
    pub(super) precision: Vec<f64>,
}

impl State {
    /// A state with these part-worths and this covariance.
    pub(super) fn new(
        design: &ChoiceDesign,
        b: Vec<f64>,
        mean: Vec<f64>,
        covariance: Vec<f64>,
        precision: Vec<f64>,
    ) -> Self {
        let mut state = Self {
            n: design.width,
            gradient: vec![0.0; b.len()],
            log_likelihood: vec![0.0; design.len()],
            b,
            mean,
            covariance,
            precision,
        };
        state.evaluate(design, &mut Workspace::default());
        state
    }

    /// Computes likelihoods and gradients of all respondents.
    pub(super) fn evaluate(&mut self, design: &ChoiceDesign, workspace: &mut Workspace) {
        let people = self
            .b
            .chunks_exact(self.n)
            .zip(self.gradient.chunks_exact_mut(self.n));
        for ((block, (b, gradient)), log_likelihood) in
            design.blocks().zip(people).zip(&mut self.log_likelihood)
        {
            *log_likelihood = workspace.evaluate(block, b, gradient);
        }
    }

    /// How many respondents.
    pub(super) fn len(&self) -> usize {
        self.log_likelihood.len()
    }

    /// Draws `Σ` and `μ` together, given the part-worths: `Σ` with `μ` integrated out, then `μ`.
    pub(super) fn draw_population(&mut self, prior: &Prior, draw: &mut Draw) {
        let n = self.n;
        let count = self.len() as f64;
        let mut sample_mean = vec![0.0; n];
        for b in self.b.chunks_exact(n) {
            for (sum, b) in sample_mean.iter_mut().zip(b) {
                *sum += b;
            }
        }
        sample_mean.iter_mut().for_each(|sum| *sum /= count);
        let mut scale = prior.scale.clone();
        let mut deviation = vec![0.0; n];
        for b in self.b.chunks_exact(n) {
            for ((entry, b), mean) in deviation.iter_mut().zip(b).zip(&sample_mean) {
                *entry = b - mean;
            }
            add_square(&mut scale, &deviation, 1.0);
        }
        let a = prior.mean_precision;
        let freedom = match a > 0.0 {
            true => {
                add_square(&mut scale, &sample_mean, a * count / (a + count));
                prior.degrees_of_freedom + count
            }
            false => prior.degrees_of_freedom + count - 1.0,
        };
        let Some(factor) = draw_inverse_wishart(&scale, freedom, n, draw) else {
            return;
        };
        self.covariance = factor.covariance;
        self.precision = factor.precision;
        let noise: Vec<f64> = (0..n).map(|_| draw.standard_normal()).collect();
        let mut shift = vec![0.0; n];
        if let Some(lower) = cholesky(&self.covariance, n) {
            multiply_lower(&lower, &noise, &mut shift);
        }
        let deviation = 1.0 / (count + a).sqrt();
        for ((mean, sample), shift) in self.mean.iter_mut().zip(&sample_mean).zip(&shift) {
            *mean = sample * count / (count + a) + deviation * shift;
        }
    }
}

/// A draw of a covariance, and its inverse.
struct CovarianceDraw {
    covariance: Vec<f64>,
    precision: Vec<f64>,
}

/// Draws from `IW(freedom, scale)` by the decomposition of M. S. Bartlett (1933): with `S = C Cᵀ` and `A`
/// lower triangular with chi variates on its diagonal and normals below it, `Σ⁻¹ = C⁻ᵀ A Aᵀ C⁻¹`.
fn draw_inverse_wishart(
    scale: &[f64],
    freedom: f64,
    n: usize,
    draw: &mut Draw,
) -> Option<CovarianceDraw> {
    let c = cholesky(scale, n)?;
    let mut a = vec![0.0; n * n];
    for (i, row) in a.chunks_exact_mut(n).enumerate() {
        for (j, entry) in row.iter_mut().enumerate().take(i + 1) {
            *entry = match i == j {
                true => draw.gamma(0.5 * (freedom - i as f64), 2.0).sqrt(),
                false => draw.standard_normal(),
            };
        }
    }
    let (inverse_a, inverse_c) = (invert_lower(&a, n), invert_lower(&c, n));
    // Σ = Gᵀ G with G = A⁻¹ Cᵀ, and Σ⁻¹ = Fᵀ F with F = Aᵀ C⁻¹.
    let g = product(&inverse_a, &transposed(&c, n), n);
    let f = product(&transposed(&a, n), &inverse_c, n);
    Some(CovarianceDraw {
        covariance: gram(&g, n),
        precision: gram(&f, n),
    })
}

/// A covariance to start from: the prior's mean, or its scale if it has none.
pub(super) fn initial_covariance(prior: &Prior, n: usize) -> (Vec<f64>, Vec<f64>) {
    let divisor = (prior.degrees_of_freedom - n as f64 - 1.0).max(1.0);
    let covariance: Vec<f64> = prior.scale.iter().map(|entry| entry / divisor).collect();
    let precision = cholesky(&covariance, n).map(|l| gram_of_lower(&invert_lower(&l, n), n));
    let precision = precision.unwrap_or_else(|| covariance.clone());
    (covariance, precision)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverse_wishart_draws_have_their_mean() {
        let scale = [6.0, 2.0, -1.0, 2.0, 5.0, 0.5, -1.0, 0.5, 4.0];
        let mut draw = Draw::stream(3, 0);
        let mut sum = [0.0; 9];
        let count = 20_000;
        for _ in 0..count {
            let drawn = draw_inverse_wishart(&scale, 12.0, 3, &mut draw).unwrap();
            let one = product(&drawn.covariance, &drawn.precision, 3);
            assert!((one[0] - 1.0).abs() < 1e-9 && one[1].abs() < 1e-9);
            for (sum, entry) in sum.iter_mut().zip(&drawn.covariance) {
                *sum += entry;
            }
        }
        // V / (ν − K − 1).
        for (sum, entry) in sum.iter().zip(scale) {
            assert!((sum / f64::from(count) - entry / 8.0).abs() < 0.02);
        }
    }
}
