//! The best candidates so far.

/// A candidate, and how good it is.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Candidate {
    /// The position of its value among those of each that varies.
    pub positions: Vec<usize>,
    /// What it brings, in the objective's unit.
    pub objective: f64,
}

/// So many candidates at most, best first; those that are as good stand in their order.
#[derive(Clone, Debug)]
pub(in crate::optimizer) struct Best {
    room: usize,
    candidates: Vec<Candidate>,
}

impl Best {
    pub(in crate::optimizer) fn new(room: usize) -> Self {
        Self {
            room,
            candidates: Vec::new(),
        }
    }

    /// Enters a candidate that was not entered before.
    pub(in crate::optimizer) fn enter(&mut self, positions: &[usize], objective: f64) {
        let is_behind = |other: &Candidate| {
            other.objective > objective
                || other.objective == objective && other.positions.as_slice() < positions
        };
        // Most candidates are behind the last.
        if self.candidates.len() == self.room && self.candidates.last().is_none_or(is_behind) {
            return;
        }
        let place = self.candidates.partition_point(is_behind);
        let positions = positions.to_vec();
        let candidate = Candidate {
            positions,
            objective,
        };
        self.candidates.insert(place, candidate);
        self.candidates.truncate(self.room);
    }

    pub(in crate::optimizer) fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    pub(in crate::optimizer) fn into_candidates(self) -> Vec<Candidate> {
        self.candidates
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_stand_first_and_equals_in_their_order() {
        let mut best = Best::new(3);
        for (position, objective) in [(4, 1.0), (1, 2.0), (3, 2.0), (0, 1.0), (2, 2.0), (5, 0.0)] {
            best.enter(&[position], objective);
        }
        let kept = best.candidates().iter().map(|c| c.positions[0]);
        assert_eq!(kept.collect::<Vec<usize>>(), [1, 2, 3]);
        let mut none = Best::new(0);
        none.enter(&[1], 1.0);
        assert!(none.candidates().is_empty());
    }
}
