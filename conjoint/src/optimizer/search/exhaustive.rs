//! Computes all candidates, one after another.

use super::Ranking;
use crate::optimizer::evaluate::Evaluator;

/// An enumeration of all candidates, in candidate order.
pub(super) struct ExhaustiveSearch {
    /// The next candidate; `None` after the last.
    next: Option<Vec<usize>>,
}

impl ExhaustiveSearch {
    /// Starts with the first candidate.
    pub(super) fn new(attribute_count: usize) -> Self {
        Self {
            next: Some(vec![0; attribute_count]),
        }
    }

    /// Computes the next candidates, at most `limit`, and returns how many there were.
    /// `value_counts` has the number of values of each varying attribute.
    pub(super) fn step(
        &mut self,
        evaluator: &mut Evaluator<'_>,
        value_counts: &[usize],
        limit: usize,
        ranking: &mut Ranking,
    ) -> usize {
        let mut done = 0;
        while let Some(positions) = self.next.as_mut().filter(|_| done < limit) {
            ranking.enter(positions, evaluator.evaluate(positions));
            done += 1;
            if !advance(positions, value_counts) {
                self.next = None;
            }
        }
        done
    }
}

/// Advances to the next candidate, the last position fastest; returns whether there is one.
fn advance(positions: &mut [usize], value_counts: &[usize]) -> bool {
    for (position, count) in positions.iter_mut().zip(value_counts).rev() {
        *position += 1;
        if *position < *count {
            return true;
        }
        *position = 0;
    }
    false
}
