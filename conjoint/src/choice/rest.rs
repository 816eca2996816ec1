//! First choices where a few products move: they are held against the best of those that stay.

use super::{Choices, lowest_tied};
use crate::indexed::{Position, ProductIndex};

/// What the products that stay, and None, offer a respondent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rest {
    /// The highest utility.
    pub(crate) best: f64,
    /// The first in file order that ties with it.
    first: Option<ProductIndex>,
}

impl Rest {
    /// For every respondent: the best of the products that are not in `moving`.
    pub(crate) fn of(choices: &Choices, moving: &[ProductIndex]) -> Vec<Self> {
        // None is there whatever moves, and is chosen where no product is as good.
        let none = choices.chooser.none.iter();
        let mut rest: Vec<Self> = none
            .map(|none| Self {
                best: *none,
                first: None,
            })
            .collect();
        let columns = choices.utilities.as_slice().chunks_exact(rest.len().max(1));
        let columns = columns.enumerate();
        let columns = columns.map(|(product, column)| (ProductIndex::at(product), column));
        let columns: Vec<(ProductIndex, &[f64])> = columns
            .filter(|(product, _)| !moving.contains(product))
            .collect();
        for (_, column) in &columns {
            for (rest, utility) in rest.iter_mut().zip(*column) {
                rest.best = rest.best.max(*utility);
            }
        }
        for (product, column) in &columns {
            for (rest, utility) in rest.iter_mut().zip(*column) {
                if rest.first.is_none() && *utility >= lowest_tied(rest.best) {
                    rest.first = Some(*product);
                }
            }
        }
        rest
    }

    /// The first choice among these and the products that move, which come in file order with
    /// their utilities.
    ///
    /// `first_that_stays` finds the first of the others that has a utility at least. It is asked
    /// only where a product that moves leads by less than a tie, which is rare.
    #[inline]
    pub(crate) fn first_choice(
        &self,
        moving: impl Iterator<Item = (ProductIndex, f64)> + Clone,
        first_that_stays: impl FnOnce(f64) -> Option<ProductIndex>,
    ) -> Option<ProductIndex> {
        let utilities = moving.clone();
        let best = utilities.fold(self.best, |best, (_, utility)| best.max(utility));
        let lowest = lowest_tied(best);
        let mut choice = if self.best == best {
            self.first
        } else if self.best >= lowest {
            first_that_stays(lowest)
        } else {
            None
        };
        for (product, utility) in moving {
            if utility >= lowest && choice.is_none_or(|first| product < first) {
                choice = Some(product);
            }
        }
        choice
    }
}

impl Choices {
    /// The first in file order of the products asked for whose utility is `lowest` at least.
    pub(crate) fn first_of(
        &self,
        respondent: usize,
        lowest: f64,
        asked: impl Fn(ProductIndex) -> bool,
    ) -> Option<ProductIndex> {
        let row = self.utilities.row(respondent);
        let mut row = row.iter().enumerate();
        let found =
            row.find(|(product, utility)| **utility >= lowest && asked(ProductIndex::at(*product)));
        found.map(|(product, _)| ProductIndex::at(product))
    }
}
