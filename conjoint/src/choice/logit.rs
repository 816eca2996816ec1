//! The probabilities of the multinomial logit, updated column by column.
//!
//! `P[r,j] = exp(s·(U[r,j] − M[r])) / Σ_k exp(s·(U[r,k] − M[r]))` with s the scale factor, M the
//! respondent's highest utility and None among the k (D. McFadden, "Conditional logit analysis of
//! qualitative choice behavior", 1974). Subtracting M changes nothing but avoids overflow.

use nalgebra::DMatrix;

use super::Chooser;
use super::utility::WITHDRAWN;
use crate::index_vec::{Position, ProductIndex};

/// Probabilities, respondents × products.
#[derive(Clone, Debug)]
pub(super) struct Logit {
    /// `exp(s·(U − M))`; stored, because `exp` takes most of the time.
    weights: DMatrix<f64>,
    /// The probabilities; the share of None is missing from each row's sum.
    pub(super) probabilities: DMatrix<f64>,
}

impl Logit {
    pub(super) fn new(respondents: usize, products: usize) -> Self {
        Self {
            weights: DMatrix::zeros(respondents, products),
            probabilities: DMatrix::zeros(respondents, products),
        }
    }

    /// Computes the probabilities by utilities, of which the columns `changed` are new, and by the
    /// highest utility of every respondent, which is new for the respondents `moved`.
    pub(super) fn update(
        &mut self,
        chooser: &Chooser,
        utilities: &DMatrix<f64>,
        changed: &[ProductIndex],
        best: &[f64],
        moved: &[usize],
    ) {
        self.update_weights(chooser.scale, utilities, changed, best, moved);
        self.normalize(chooser, best);
    }

    fn update_weights(
        &mut self,
        scale: f64,
        utilities: &DMatrix<f64>,
        changed: &[ProductIndex],
        best: &[f64],
        moved: &[usize],
    ) {
        let respondents = best.len();
        let weights = self.weights.as_mut_slice().chunks_exact_mut(respondents);
        let utilities = utilities.as_slice().chunks_exact(respondents);
        for (product, (weights, utilities)) in weights.zip(utilities).enumerate() {
            if changed.contains(&ProductIndex::from_index(product)) {
                for ((weight, utility), best) in weights.iter_mut().zip(utilities).zip(best) {
                    *weight = compute_weight(*utility, *best, scale);
                }
            } else {
                for respondent in moved {
                    weights[*respondent] =
                        compute_weight(utilities[*respondent], best[*respondent], scale);
                }
            }
        }
    }

    fn normalize(&mut self, chooser: &Chooser, best: &[f64]) {
        let respondents = best.len();
        let none = chooser.none.iter().zip(best);
        let none = none.map(|(none, best)| compute_weight(*none, *best, chooser.scale));
        let mut factors: Vec<f64> = none.collect();
        for column in self.weights.as_slice().chunks_exact(respondents) {
            for (sum, weight) in factors.iter_mut().zip(column) {
                *sum += weight;
            }
        }
        for factor in &mut factors {
            // Where nothing is on offer, every probability is 0.
            *factor = if *factor > 0.0 { factor.recip() } else { 0.0 };
        }
        let weights = self.weights.as_slice().chunks_exact(respondents);
        let probabilities = self.probabilities.as_mut_slice();
        for (column, weights) in probabilities.chunks_exact_mut(respondents).zip(weights) {
            for ((probability, weight), factor) in column.iter_mut().zip(weights).zip(&factors) {
                *probability = weight * factor;
            }
        }
    }
}

fn compute_weight(utility: f64, best: f64, scale: f64) -> f64 {
    if utility == WITHDRAWN {
        0.0
    } else {
        (scale * (utility - best)).exp()
    }
}
