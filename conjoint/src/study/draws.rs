//! Posterior draws of the respondents' part-worths, and a study in which each of them counts.

use std::sync::Arc;

use nalgebra::DMatrix;

use super::error::StudyError;
use super::value::LARGEST_NUMBER;
use super::{Respondents, Study};
use crate::index_vec::{IndexVec, Position, RespondentIndex};

/// Posterior draws of each respondent's part-worths, as an estimator with respondents leaves them.
///
/// There are equally many of each respondent. Draws with the same number are of the same iteration: they
/// belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Draws {
    /// How many of each respondent.
    count: usize,
    /// Where the values of each column of the part-worths are among those of a draw.
    order: Vec<usize>,
    /// The respondents' places among those of `values`.
    places: Vec<usize>,
    /// Respondents × draws × columns, in utility units.
    values: Arc<[f32]>,
}

impl Draws {
    /// Draws of as many respondents as `values` has room for: respondents × `count` draws × columns, where
    /// `order` says at which place of a draw the value of each column of the part-worths is.
    ///
    /// # Errors
    /// No draw, a number of values that does not fit, or a value that is not finite or is too large.
    pub(crate) fn new(
        count: usize,
        order: Vec<usize>,
        respondents: usize,
        values: Vec<f32>,
    ) -> Result<Self, StudyError> {
        let part = "draws";
        if count == 0 {
            return Err(StudyError::Empty { part });
        }
        let expected = respondents
            .saturating_mul(count)
            .saturating_mul(order.len());
        StudyError::check_length(part, values.len(), expected)?;
        StudyError::check_values(part, &values, |value| {
            f64::from(value.abs()) <= LARGEST_NUMBER
        })?;
        Ok(Self {
            count,
            order,
            places: (0..respondents).collect(),
            values: values.into(),
        })
    }

    /// How many there are of each respondent; at least 1.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The draws of some respondents.
    pub(super) fn select(&self, respondents: &[RespondentIndex]) -> Self {
        let places = respondents.iter();
        let places = places.filter_map(|respondent| self.places.get(respondent.index()).copied());
        Self {
            places: places.collect(),
            ..self.clone()
        }
    }

    /// The numbers of the draws that are used if at most `most` are: all, or some at equal distances.
    fn used(&self, most: usize) -> Vec<usize> {
        let used = self.count.min(most.max(1));
        (0..used).map(|place| place * self.count / used).collect()
    }

    /// One value, in utility units.
    fn value(&self, respondent: usize, draw: usize, column: usize) -> f64 {
        let place = self.places.get(respondent).zip(self.order.get(column));
        let value = place.and_then(|(place, column)| {
            let first = (place * self.count + draw) * self.order.len();
            self.values.get(first + column)
        });
        value.copied().map_or(0.0, f64::from)
    }
}

impl Study {
    /// Whether the study has posterior draws of the part-worths.
    pub fn has_draws(&self) -> bool {
        self.respondents.draws.is_some()
    }

    /// A study with a row for every draw of every respondent instead of the mean part-worths. A
    /// respondent's rows follow each other, have the same id, and share the respondent's weight, so that
    /// every weighted sum is the mean over draws.
    ///
    /// Of more than `most_rows` rows, only draws at equal distances are used, but at least one. `None` if
    /// the study has no draws.
    #[must_use]
    pub(crate) fn over_draws(&self, most_rows: usize) -> Option<Self> {
        let people = &self.respondents;
        let draws = people.draws.as_ref()?;
        let used = draws.used(most_rows / people.len().max(1));
        let each = used.len();
        let rows = people.len() * each;
        let part_worths = DMatrix::from_fn(rows, people.part_worths.ncols(), |row, column| {
            let draw = used.get(row % each).copied().unwrap_or_default();
            draws.value(row / each, draw, column)
        });
        let share = 1.0 / each as f64;
        let respondents = Respondents {
            ids: repeated(&people.ids, each),
            segments: repeated(&people.segments, each),
            owners: repeated(&people.owners, each),
            weights: repeated(&people.weights, each)
                .into_iter()
                .map(|weight| weight * share)
                .collect(),
            part_worths,
            none_column: people.none_column,
            excluded: people
                .excluded
                .iter()
                .map(|(product, marks)| {
                    let marks = marks
                        .iter()
                        .flat_map(|mark| std::iter::repeat_n(*mark, each));
                    (product.clone(), marks.collect())
                })
                .collect(),
            draws: None,
            rows_each: each,
        };
        Some(self.with_respondents(respondents))
    }
}

/// Every entry several times in a row.
fn repeated<T: Clone>(
    values: &IndexVec<RespondentIndex, T>,
    times: usize,
) -> IndexVec<RespondentIndex, T> {
    let values = values.iter();
    values
        .flat_map(|value| std::iter::repeat_n(value.clone(), times))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_column_and_respondent() {
        // Two respondents, two draws, three values of each in another order than the columns.
        let values = (0_u8..12).map(f32::from).collect();
        let draws = Draws::new(2, vec![2, 0, 1], 2, values).unwrap();
        assert_eq!(draws.count(), 2);
        assert_eq!(
            [0, 1, 2].map(|column| draws.value(1, 0, column)),
            [8.0, 6.0, 7.0]
        );
        let second = draws.select(&[RespondentIndex::from_index(1)]);
        assert_eq!(second.value(0, 1, 1), 9.0);
    }

    #[test]
    fn values_that_do_not_fit_are_refused() {
        assert!(Draws::new(0, vec![0], 1, Vec::new()).is_err());
        assert!(Draws::new(2, vec![0], 1, vec![0.0]).is_err());
        assert!(Draws::new(1, vec![0], 1, vec![f32::NAN]).is_err());
    }

    #[test]
    fn of_many_draws_some_at_equal_distances_are_used() {
        let draws = Draws::new(10, vec![0], 1, vec![0.0; 10]).unwrap();
        assert_eq!(draws.used(4), [0, 2, 5, 7]);
        assert_eq!(draws.used(20).len(), 10);
        assert_eq!(draws.used(0), [0]);
    }
}
