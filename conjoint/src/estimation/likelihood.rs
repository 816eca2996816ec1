//! The multinomial logit of a respondent's observations: log-likelihood, gradient, information.
//!
//! With utilities `u = X b` and `p` their softmax within each observation, and `y` the shares of the
//! answers: `ll = Σ y·u − Σ_t log Σ_j exp(u_tj)`, gradient `Xᵀ (y − p)`, Fisher information
//! `Σ_t Σ_j p_tj (x_tj − x̄_t)(x_tj − x̄_t)ᵀ` with `x̄_t = Σ_j p_tj x_tj`.

use super::design::Block;
use super::matrix::{dot, mirror};

/// Up to this size, exponentials of utilities neither overflow nor vanish.
const LARGE_UTILITY: f64 = 100.0;
/// Products of sums of exponentials are turned into logarithms outside of this range, before they could overflow
/// or vanish.
const SAFE_PRODUCTS: std::ops::Range<f64> = 1e-250..1e250;

/// Working memory for one respondent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Workspace {
    /// Probabilities of all rows.
    pub(crate) probabilities: Vec<f64>,
}

impl Workspace {
    /// The probabilities of all rows at parameters `b`, and the log-likelihood.
    pub(crate) fn predict(&mut self, block: Block<'_>, b: &[f64]) -> f64 {
        let u = &mut self.probabilities;
        u.clear();
        u.resize(block.rows(), 0.0);
        block.add_utilities(b, u);
        let mut log_likelihood = dot(u, block.answer);
        // A count, which the compiler can compute several at a time.
        if u.iter().filter(|u| u.abs() > LARGE_UTILITY).count() > 0 {
            log_likelihood -= subtract_largest(block, u);
        }
        for utility in u.iter_mut() {
            *utility = exp(*utility);
        }
        let mut product = 1.0;
        for range in block.observations() {
            let Some(task) = u.get_mut(range) else {
                continue;
            };
            let sum: f64 = task.iter().sum();
            let inverse = 1.0 / sum;
            for weight in task {
                *weight *= inverse;
            }
            product *= sum;
            if !SAFE_PRODUCTS.contains(&product) {
                log_likelihood -= libm::log(product);
                product = 1.0;
            }
        }
        log_likelihood - libm::log(product)
    }

    /// The log-likelihood at parameters `b`, and its gradient.
    pub(crate) fn evaluate(&mut self, block: Block<'_>, b: &[f64], gradient: &mut [f64]) -> f64 {
        let log_likelihood = self.predict(block, b);
        let residual = &mut self.probabilities;
        for (value, answer) in residual.iter_mut().zip(block.answer) {
            *value = answer - *value;
        }
        for (entry, column) in gradient.iter_mut().zip(block.columns()) {
            *entry = dot(residual, column);
        }
        log_likelihood
    }

    /// Adds `weight` times the Fisher information at parameters `b` to `information`, and gives the
    /// log-likelihood.
    pub(crate) fn add_information(
        &mut self,
        block: Block<'_>,
        b: &[f64],
        weight: f64,
        information: &mut [f64],
    ) -> f64 {
        let log_likelihood = self.predict(block, b);
        let n = b.len();
        let p = &self.probabilities;
        let columns: Vec<&[f64]> = block.columns().collect();
        let mut weighted = vec![0.0; p.len()];
        for (i, x) in columns.iter().enumerate() {
            for ((value, p), x) in weighted.iter_mut().zip(p).zip(*x) {
                *value = weight * p * x;
            }
            // Centered within each observation, so that products need no second pass.
            for range in block.observations() {
                let (Some(value), Some(p)) = (weighted.get_mut(range.clone()), p.get(range)) else {
                    continue;
                };
                let mean: f64 = value.iter().sum();
                for (value, p) in value.iter_mut().zip(p) {
                    *value -= mean * p;
                }
            }
            for (j, other) in columns.iter().take(i + 1).enumerate() {
                information[i * n + j] += dot(&weighted, other);
            }
        }
        mirror(information, n);
        log_likelihood
    }
}

/// Subtracts the largest utility of each observation from its utilities, and gives the sum of those.
fn subtract_largest(block: Block<'_>, utilities: &mut [f64]) -> f64 {
    let mut sum = 0.0;
    for range in block.observations() {
        let Some(task) = utilities.get_mut(range) else {
            continue;
        };
        let largest = task.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        sum += largest;
        for utility in task {
            *utility -= largest;
        }
    }
    sum
}

/// `exp(x)` for `x` up to 700, within 2 units in the last place; 0 below −708.
///
/// Additions, products and shifts only, so that it is the same to the bit on every machine, and that
/// the compiler can compute several at a time: `x = n ln 2 + r`, a polynomial in `r`, and `n` added to
/// the exponent.
#[inline]
pub(crate) fn exp(x: f64) -> f64 {
    const LOG2_E: f64 = std::f64::consts::LOG2_E;
    // ln 2 in two parts, the first with zeros at its end.
    const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    // Adding it rounds to a whole number, which is then in the last bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    let clamped = x.max(-708.0);
    let shifted = clamped * LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (clamped - n * LN2_HIGH) - n * LN2_LOW;
    // The Taylor series, |r| ≤ ln 2 / 2, in parts that do not wait for each other (G. Estrin, 1960). Its two
    // largest terms come last.
    let (r2, r4) = (r * r, (r * r) * (r * r));
    let first = r2 * (0.5 + r * (1.0 / 6.0));
    let second = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5_040.0));
    let third = (1.0 / 40_320.0 + r * (1.0 / 362_880.0))
        + r2 * (1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0));
    let rest = (first + r4 * second) + (r4 * r4) * (third + r4 * (1.0 / 479_001_600.0));
    let value = (rest + r) + 1.0;
    let power = f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52);
    value * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_utilities_have_the_probabilities_of_their_differences() {
        let (answer, ends) = ([1.0, 0.0, 0.0, 1.0, 0.0, 0.0], [3, 6]);
        let predict = |utilities: &[f64]| {
            let block = Block {
                x: utilities,
                answer: &answer,
                ends: &ends,
                weight: 1.0,
            };
            let mut workspace = Workspace::default();
            let log_likelihood = workspace.predict(block, &[1.0]);
            (log_likelihood, workspace.probabilities)
        };
        let small = [3.0, 1.0, 2.0, -1.0, 0.5, 0.0];
        for shift in [99.0, 1e4, -1e4] {
            let (log_likelihood, probabilities) = predict(&small.map(|utility| utility + shift));
            let (expected, shares) = predict(&small);
            assert!((log_likelihood - expected).abs() < 1e-8);
            let pairs = probabilities.iter().zip(&shares);
            assert!(pairs.into_iter().all(|(a, b)| (a - b).abs() < 1e-11));
        }
        // Alternatives that nobody would choose.
        let (log_likelihood, _) = predict(&[0.0, -5e3, 5e3, 0.0, 0.0, 0.0]);
        assert_eq!(log_likelihood, -5e3 - libm::log(3.0));
    }

    #[test]
    fn exponentials_are_those_of_libm() {
        for step in -70_000..70_000 {
            let x = f64::from(step) * 0.01;
            let (value, expected) = (exp(x), libm::exp(x));
            assert!(
                (value - expected).abs() <= 4e-16 * expected,
                "{x}: {value} {expected}"
            );
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(f64::NEG_INFINITY) < 1e-300);
    }
}
