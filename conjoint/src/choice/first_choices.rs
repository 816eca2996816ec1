//! Every respondent's first choice: the product of highest utility.
//!
//! Ties go to the first product in file order, where utilities that differ only by rounding tie. None
//! loses every tie.

use nalgebra::DMatrix;

use super::utility::WITHDRAWN;
use crate::index_vec::{IndexVec, Position, ProductIndex, RespondentIndex};

/// How far below the highest utility a product still ties with it, relative to the larger of 1 and that
/// utility. Part-worths with few decimals tie exactly on paper; in floating point their sums differ in
/// the last bits with the order of the attributes, and no survey distinguishes preferences that finely.
const TIE: f64 = 1e-9;

/// The lowest utility that ties with the highest one; nothing ties if no product is on offer.
#[inline]
pub(super) fn tie_threshold(best: f64) -> f64 {
    if best == WITHDRAWN {
        f64::INFINITY
    } else {
        best - TIE * best.abs().max(1.0)
    }
}

/// Raises each respondent's highest utility to that of a product, if the product's is higher.
pub(crate) fn max_in_place(best: &mut [f64], column: &[f64]) {
    for (best, utility) in best.iter_mut().zip(column) {
        if utility > best {
            *best = *utility;
        }
    }
}

/// The number of respondents with several first choices: products of utilities that tie with the highest
/// one. Respondents with a weight of 0 do not count.
pub(super) fn count_ties(best: &[f64], utilities: &DMatrix<f64>, weights: &[f64]) -> usize {
    let rows = utilities.row_iter().zip(best).zip(weights);
    let ties = rows.filter(|((row, best), weight)| {
        let threshold = tie_threshold(**best);
        **weight > 0.0 && row.iter().filter(|utility| **utility >= threshold).count() > 1
    });
    ties.count()
}

/// The first choices of all respondents and their highest utilities.
#[derive(Clone, Debug)]
pub(super) struct FirstChoices {
    /// The highest utility, including that of None.
    pub(super) best: Vec<f64>,
    /// The products; `None` for a respondent who chooses none of them.
    pub(super) products: IndexVec<RespondentIndex, Option<ProductIndex>>,
}

impl FirstChoices {
    pub(super) fn new(respondents: usize) -> Self {
        Self {
            // NaN differs from every utility, so that the first update moves every respondent.
            best: vec![f64::NAN; respondents],
            products: vec![None; respondents].into(),
        }
    }

    /// Finds the first choices by utilities of the products (respondents × products) and of None.
    /// Returns the respondents whose highest utility moved.
    pub(super) fn update(&mut self, none: &[f64], utilities: &DMatrix<f64>) -> Vec<usize> {
        let respondents = none.len();
        let mut best = none.to_vec();
        for column in utilities.as_slice().chunks_exact(respondents) {
            for (best, utility) in best.iter_mut().zip(column) {
                *best = best.max(*utility);
            }
        }
        let thresholds: Vec<f64> = best.iter().map(|best| tie_threshold(*best)).collect();
        let mut products: Vec<Option<ProductIndex>> = vec![None; respondents];
        // In reverse, so that the first product in file order overwrites the others.
        let columns = utilities.as_slice().chunks_exact(respondents);
        for (product, column) in columns.enumerate().rev() {
            for ((choice, threshold), utility) in products.iter_mut().zip(&thresholds).zip(column) {
                if utility >= threshold {
                    *choice = Some(ProductIndex::from_index(product));
                }
            }
        }
        let pairs = best.iter().zip(&self.best).enumerate();
        let moved = pairs.filter(|(_, (new, old))| new != old);
        let moved = moved.map(|(respondent, _)| respondent).collect();
        self.best = best;
        self.products = products.into();
        moved
    }
}
