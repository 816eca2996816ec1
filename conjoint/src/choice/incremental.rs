//! First choices where a few products move: they are held against the best of those that stay.

use super::{Choices, tie_threshold};
use crate::index_vec::{Position, ProductIndex};

/// What the products that stay, and None, offer every respondent.
#[derive(Clone, Debug)]
pub(crate) struct StaticBest {
    /// The highest utility.
    pub(crate) best: Vec<f64>,
    /// The first in file order that ties with it.
    first: Vec<Option<ProductIndex>>,
}

impl StaticBest {
    /// The best of the products that are not in `moving`.
    pub(crate) fn new(choices: &Choices, moving: &[ProductIndex]) -> Self {
        // None is there whatever moves, and is chosen where no product is as good.
        let mut best = choices.chooser.none.clone();
        let mut first = vec![None; best.len()];
        let columns = choices.utilities.as_slice().chunks_exact(best.len().max(1));
        let columns = columns.enumerate();
        let columns = columns.map(|(product, column)| (ProductIndex::from_index(product), column));
        let columns: Vec<(ProductIndex, &[f64])> = columns
            .filter(|(product, _)| !moving.contains(product))
            .collect();
        for (_, column) in &columns {
            max_in_place(&mut best, column);
        }
        for (product, column) in &columns {
            for ((first, best), utility) in first.iter_mut().zip(&best).zip(*column) {
                if first.is_none() && *utility >= tie_threshold(*best) {
                    *first = Some(*product);
                }
            }
        }
        Self { best, first }
    }

    /// Writes the first choices among these and the products that move, which come with their
    /// utilities, into `first`; `lowest` is room for as many numbers.
    ///
    /// Column by column, which is what a sweep and an optimizer spend their time on.
    pub(crate) fn choose(
        &self,
        choices: &Choices,
        moving: &[(ProductIndex, &[f64])],
        lowest: &mut [f64],
        first: &mut [Option<ProductIndex>],
    ) {
        lowest.copy_from_slice(&self.best);
        for (_, column) in moving {
            max_in_place(lowest, column);
        }
        let rest = self.best.iter().zip(&self.first);
        let chosen = first.iter_mut().zip(lowest.iter_mut()).zip(rest);
        for (respondent, ((first, lowest), (rest, of_rest))) in chosen.enumerate() {
            let best = *lowest;
            *lowest = tie_threshold(best);
            *first = if *rest == best {
                *of_rest
            } else if rest >= lowest {
                choices.first_that_stays(respondent, *lowest, moving)
            } else {
                None
            };
        }
        for (product, column) in moving {
            for ((first, lowest), utility) in first.iter_mut().zip(lowest.iter()).zip(*column) {
                if utility >= lowest && first.is_none_or(|first| *product < first) {
                    *first = Some(*product);
                }
            }
        }
    }
}

/// Makes of the best of each respondent those of a product that is better.
pub(crate) fn max_in_place(best: &mut [f64], column: &[f64]) {
    for (best, utility) in best.iter_mut().zip(column) {
        if utility > best {
            *best = *utility;
        }
    }
}

impl Choices {
    /// The first in file order of the products that stay whose utility is `lowest` at least.
    ///
    /// Asked only where a product that moves leads by less than a tie, which is rare.
    fn first_that_stays(
        &self,
        respondent: usize,
        lowest: f64,
        moving: &[(ProductIndex, &[f64])],
    ) -> Option<ProductIndex> {
        let stays = |product| moving.iter().all(|(moving, _)| *moving != product);
        let row = self.utilities.row(respondent);
        let mut row = row.iter().enumerate();
        let found = row.find(|(product, utility)| {
            **utility >= lowest && stays(ProductIndex::from_index(*product))
        });
        found.map(|(product, _)| ProductIndex::from_index(product))
    }
}
