//! Random draws that are the same to the bit on every machine, natively and in Wasm.
//!
//! The samplers are our own because those of libraries use the system's logarithms and powers,
//! which differ in the last bit between machines. These use `libm`. Additions, products, quotients
//! and square roots are the same everywhere (IEEE 754).

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::normal::normal_quantile;

/// A random number generator: one stream of a seed.
#[derive(Clone)]
pub(crate) struct Draw(ChaCha12Rng);

impl Draw {
    /// The stream with a given number, independent of all other streams of the seed.
    pub(crate) fn stream(seed: u64, stream: u64) -> Self {
        let mut generator = ChaCha12Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        Self(generator)
    }

    /// Uniform on the open interval (0, 1), in steps of 2⁻⁵³.
    fn uniform(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
        ((self.0.next_u64() >> 11) as f64 + 0.5) * STEP
    }

    /// True with the given probability.
    pub(crate) fn bernoulli(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// Draws one of the positions, with the given probabilities.
    pub(crate) fn pick(&mut self, probabilities: &[f64]) -> usize {
        let mut left = self.uniform() * probabilities.iter().sum::<f64>();
        let last = probabilities.len().saturating_sub(1);
        let picked = probabilities.iter().position(|probability| {
            left -= probability;
            left < 0.0
        });
        picked.unwrap_or(last)
    }

    /// Normal, with the transform of G. E. P. Box and M. E. Muller (1958).
    pub(crate) fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let radius = (-2.0 * libm::log(self.uniform())).sqrt();
        let angle = 2.0 * std::f64::consts::PI * self.uniform();
        mean + deviation * radius * libm::cos(angle)
    }

    /// Standard normal, as the quantile at a uniform draw: one uniform each, and no rejection.
    pub(crate) fn standard_normal(&mut self) -> f64 {
        normal_quantile(self.uniform())
    }

    /// Uniform between two bounds.
    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Gamma, after G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables"
    /// (2000), with their boost for shapes below 1.
    pub(crate) fn gamma(&mut self, shape: f64, scale: f64) -> f64 {
        if shape < 1.0 {
            let boost = libm::pow(self.uniform(), 1.0 / shape);
            return self.gamma(shape + 1.0, scale) * boost;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal(0.0, 1.0);
            let v = 1.0 + c * x;
            if v > 0.0 {
                let v = v * v * v;
                let accepted = 0.5 * x * x + d - d * v + d * libm::log(v);
                if libm::log(self.uniform()) < accepted {
                    return d * v * scale;
                }
            }
        }
    }

    /// Beta, as the share of one gamma draw in the sum of two.
    pub(crate) fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a, 1.0), self.gamma(b, 1.0));
        x / (x + y)
    }

    /// Dirichlet, as the shares of gamma draws in their sum.
    pub(crate) fn dirichlet<const N: usize>(&mut self, weights: [f64; N]) -> [f64; N] {
        let draws = weights.map(|weight| self.gamma(weight, 1.0));
        let sum: f64 = draws.iter().sum();
        draws.map(|draw| draw / sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNT: usize = 40_000;

    /// Mean and variance of many draws.
    fn moments(mut draw: impl FnMut(&mut Draw) -> f64) -> (f64, f64) {
        let mut source = Draw::stream(7, 0);
        let values: Vec<f64> = (0..COUNT).map(|_| draw(&mut source)).collect();
        let mean = values.iter().sum::<f64>() / COUNT as f64;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        (mean, squares / (COUNT - 1) as f64)
    }

    fn assert_near((mean, variance): (f64, f64), expected: (f64, f64)) {
        // Four standard errors of the mean; the variance's error is of the same order.
        let error = 4.0 * (expected.1 / COUNT as f64).sqrt();
        assert!((mean - expected.0).abs() < error, "mean {mean}");
        assert!(
            (variance / expected.1 - 1.0).abs() < 0.1,
            "variance {variance}"
        );
    }

    #[test]
    fn draws_have_the_moments_of_their_distributions() {
        assert_near(moments(|d| d.normal(0.9, 0.1)), (0.9, 0.01));
        assert_near(moments(Draw::standard_normal), (0.0, 1.0));
        assert_near(moments(|d| d.between(1.0, 4.0)), (2.5, 0.75));
        assert_near(moments(|d| d.gamma(6.0, 0.5)), (3.0, 1.5));
        assert_near(moments(|d| d.gamma(0.1, 2.0)), (0.2, 0.4));
        assert_near(
            moments(|d| d.beta(4.5, 2.0)),
            (4.5 / 6.5, 9.0 / (42.25 * 7.5)),
        );
        assert_near(moments(|d| d.dirichlet([1.0, 3.0])[0]), (0.25, 0.0375));
        assert_near(
            moments(|d| f64::from(u8::from(d.bernoulli(0.4)))),
            (0.4, 0.24),
        );
        assert_near(
            moments(|d| d.pick(&[0.5, 0.25, 0.25]) as f64),
            (0.75, 0.6875),
        );
    }

    #[test]
    fn streams_of_a_seed_differ() {
        let first = Draw::stream(1, 0).uniform();
        assert_eq!(first, Draw::stream(1, 0).uniform());
        assert_ne!(first, Draw::stream(1, 1).uniform());
        assert_ne!(first, Draw::stream(2, 0).uniform());
    }
}
