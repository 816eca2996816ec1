//! The best candidates so far.

/// A candidate with its objective value.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Candidate {
    /// For each varying attribute, the position of its value among all its values.
    pub positions: Vec<usize>,
    /// The value of the objective, in the unit of its measure.
    pub objective_value: f64,
}

/// The best candidates up to a limit, best first; equally good ones in candidate order.
#[derive(Clone, Debug)]
pub(in crate::optimizer) struct Ranking {
    limit: usize,
    candidates: Vec<Candidate>,
}

impl Ranking {
    pub(in crate::optimizer) fn new(limit: usize) -> Self {
        Self {
            limit,
            candidates: Vec::new(),
        }
    }

    /// Enters a candidate, which must not have been entered before; none whose objective value is −∞.
    pub(super) fn enter(&mut self, positions: &[usize], objective_value: f64) {
        let is_better = |other: &Candidate| {
            other.objective_value > objective_value
                || other.objective_value == objective_value
                    && other.positions.as_slice() < positions
        };
        // A candidate that must not be proposed.
        if objective_value == f64::NEG_INFINITY {
            return;
        }
        // Most candidates are worse than the last one.
        if self.candidates.len() == self.limit && self.candidates.last().is_none_or(is_better) {
            return;
        }
        let place = self.candidates.partition_point(is_better);
        let candidate = Candidate {
            positions: positions.to_vec(),
            objective_value,
        };
        self.candidates.insert(place, candidate);
        self.candidates.truncate(self.limit);
    }

    pub(super) fn candidates(&self) -> &[Candidate] {
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
    fn candidates_are_ranked_by_value_and_then_by_position() {
        let mut ranking = Ranking::new(3);
        for (position, value) in [(4, 1.0), (1, 2.0), (3, 2.0), (0, 1.0), (2, 2.0), (5, 0.0)] {
            ranking.enter(&[position], value);
        }
        let kept = ranking.candidates().iter().map(|c| c.positions[0]);
        assert_eq!(kept.collect::<Vec<usize>>(), [1, 2, 3]);
        let mut empty = Ranking::new(0);
        empty.enter(&[1], 1.0);
        assert!(empty.candidates().is_empty());
    }
}
