//! First choices when only a few products vary: each is compared with the best of all others.

use super::Choices;
use super::first_choices::{max_in_place, tie_threshold};
use crate::index_vec::{Position, ProductIndex};

/// Every respondent's best choice among the products that stay the same, and None.
#[derive(Clone, Debug)]
pub(crate) struct StaticBest {
    /// The highest utility.
    pub(crate) best: Vec<f64>,
    /// The first product in file order that ties with it; `None` if only None does.
    products: Vec<Option<ProductIndex>>,
}

impl StaticBest {
    /// The best of the products that are not in `varying`.
    pub(crate) fn new(choices: &Choices, varying: &[ProductIndex]) -> Self {
        // None is always on offer, and chosen if no product is as good.
        let mut best = choices.chooser.none.clone();
        let mut products = vec![None; best.len()];
        let columns = choices.utilities.as_slice().chunks_exact(best.len().max(1));
        let columns = columns.enumerate();
        let columns = columns.map(|(product, column)| (ProductIndex::from_index(product), column));
        let columns: Vec<(ProductIndex, &[f64])> = columns
            .filter(|(product, _)| !varying.contains(product))
            .collect();
        for (_, column) in &columns {
            max_in_place(&mut best, column);
        }
        for (product, column) in &columns {
            for ((first, best), utility) in products.iter_mut().zip(&best).zip(*column) {
                if first.is_none() && *utility >= tie_threshold(*best) {
                    *first = Some(*product);
                }
            }
        }
        Self { best, products }
    }

    /// Whether each respondent would choose a product, of these utilities, rather than everything static.
    pub(crate) fn find_wins(&self, product: ProductIndex, utilities: &[f64]) -> Vec<bool> {
        let others = self.best.iter().zip(&self.products);
        let wins = utilities
            .iter()
            .zip(others)
            .map(|(utility, (best, first))| {
                let threshold = tie_threshold(best.max(*utility));
                let ties = *best >= threshold && first.is_some_and(|first| first < product);
                *utility >= threshold && !ties
            });
        wins.collect()
    }

    /// Writes the first choices among the static products and the varying ones, which come with their
    /// utilities, into `first_choices`. `thresholds` is scratch space of the same length.
    ///
    /// Works by column, because sweeps and the optimizer spend most of their time here.
    pub(crate) fn choose(
        &self,
        choices: &Choices,
        varying: &[(ProductIndex, &[f64])],
        thresholds: &mut [f64],
        first_choices: &mut [Option<ProductIndex>],
    ) {
        thresholds.copy_from_slice(&self.best);
        for (_, column) in varying {
            max_in_place(thresholds, column);
        }
        let static_best = self.best.iter().zip(&self.products);
        let respondents = first_choices.iter_mut().zip(thresholds.iter_mut());
        for (respondent, ((choice, threshold), (static_best, product))) in
            respondents.zip(static_best).enumerate()
        {
            let best = *threshold;
            *threshold = tie_threshold(best);
            *choice = if *static_best == best {
                *product
            } else if static_best >= threshold {
                choices.first_static(respondent, *threshold, varying)
            } else {
                None
            };
        }
        for (product, column) in varying {
            let respondents = first_choices.iter_mut().zip(thresholds.iter());
            for ((choice, threshold), utility) in respondents.zip(*column) {
                if utility >= threshold && choice.is_none_or(|choice| *product < choice) {
                    *choice = Some(*product);
                }
            }
        }
    }
}

impl Choices {
    /// The first static product in file order whose utility reaches the threshold.
    ///
    /// Needed only where a varying product leads by less than a tie, which is rare.
    fn first_static(
        &self,
        respondent: usize,
        threshold: f64,
        varying: &[(ProductIndex, &[f64])],
    ) -> Option<ProductIndex> {
        let is_static = |product| varying.iter().all(|(varying, _)| *varying != product);
        let row = self.utilities.row(respondent);
        let mut row = row.iter().enumerate();
        let found = row.find(|(product, utility)| {
            **utility >= threshold && is_static(ProductIndex::from_index(*product))
        });
        found.map(|(product, _)| ProductIndex::from_index(product))
    }
}
