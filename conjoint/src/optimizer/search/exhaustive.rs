//! All candidates, one after the other.

use crate::optimizer::evaluate::Evaluator;
use crate::optimizer::search::best::Best;

/// The candidates that are still to come.
pub(in crate::optimizer) struct Exhaustive {
    /// The next one; `None` when all have come.
    next: Option<Vec<usize>>,
}

impl Exhaustive {
    /// Before the first candidate.
    pub(in crate::optimizer) fn new(varied: usize) -> Self {
        Self {
            next: Some(vec![0; varied]),
        }
    }

    /// Computes at most so many candidates and tells how many there were. `counts` says how many
    /// values each that varies has.
    pub(in crate::optimizer) fn step(
        &mut self,
        evaluator: &mut Evaluator<'_>,
        counts: &[usize],
        most: usize,
        best: &mut Best,
    ) -> usize {
        let mut done = 0;
        while let Some(positions) = self.next.as_mut().filter(|_| done < most) {
            best.enter(positions, evaluator.evaluate(positions));
            done += 1;
            if !advance(positions, counts) {
                self.next = None;
            }
        }
        done
    }
}

/// Goes on to the next candidate, the last position fastest; tells whether there is one.
fn advance(positions: &mut [usize], counts: &[usize]) -> bool {
    for (position, count) in positions.iter_mut().zip(counts).rev() {
        *position += 1;
        if *position < *count {
            return true;
        }
        *position = 0;
    }
    false
}
