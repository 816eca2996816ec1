//! The people who were surveyed.

use nalgebra::DMatrix;

use super::draws::Draws;
use super::error::StudyError;
use super::offer::ProductId;
use super::value::LARGEST_NUMBER;
use crate::index_vec::{BrandIndex, IndexVec, Position, RespondentIndex, SegmentIndex};
use crate::stats::bootstrap::{count_included, effective_sample_size};

/// The people who were surveyed.
#[derive(Clone, Debug, PartialEq)]
pub struct Respondents {
    pub(crate) ids: IndexVec<RespondentIndex, String>,
    pub(crate) segments: IndexVec<RespondentIndex, SegmentIndex>,
    /// Empty if the study does not know them.
    pub(crate) owners: IndexVec<RespondentIndex, BrandIndex>,
    /// How many people each represents: finite, 0 or above, and at least one above 0.
    pub(crate) weights: IndexVec<RespondentIndex, f64>,
    /// Respondents × levels, in utility units. Levels are in the order of the attributes; the
    /// option to choose nothing, if it was surveyed, is the last column.
    pub(crate) part_worths: DMatrix<f64>,
    /// The column of `part_worths` for choosing nothing.
    pub(crate) none_column: Option<usize>,
    /// The offers that some respondents cannot choose, each with a mark for every respondent who cannot.
    pub(crate) excluded: Vec<(ProductId, Vec<bool>)>,
    /// Posterior draws of the part-worths, whose means these usually are.
    pub(crate) draws: Option<Draws>,
    /// How many rows each respondent has: 1, or in a study over draws one per draw.
    pub(crate) rows_each: usize,
}

impl Respondents {
    /// Their ids.
    pub fn ids(&self) -> &IndexVec<RespondentIndex, String> {
        &self.ids
    }

    /// The segment of each.
    pub fn segments(&self) -> &IndexVec<RespondentIndex, SegmentIndex> {
        &self.segments
    }

    /// The brand that each has today; empty if the study does not know it.
    pub fn owners(&self) -> &IndexVec<RespondentIndex, BrandIndex> {
        &self.owners
    }

    /// How many people each represents: finite, 0 or above, and at least one above 0. All are 1 if
    /// the study has no weights.
    pub fn weights(&self) -> &IndexVec<RespondentIndex, f64> {
        &self.weights
    }

    /// The sum of all weights.
    pub(crate) fn total_weight(&self) -> f64 {
        self.weights.iter().sum()
    }

    /// Whether any weight differs from 1.
    pub fn are_weighted(&self) -> bool {
        self.weights.iter().any(|weight| *weight != 1.0)
    }

    /// The utility of choosing none of the offers, one per respondent, in utility units; `None` if
    /// it was not surveyed.
    pub fn none(&self) -> Option<&[f64]> {
        let start = self.none_column? * self.len();
        self.part_worths.as_slice().get(start..start + self.len())
    }

    /// Posterior draws of the part-worths; `None` if the study has none.
    pub fn draws(&self) -> Option<&Draws> {
        self.draws.as_ref()
    }

    /// How many people they are: in a study over draws, one has a row for each draw.
    pub fn count(&self) -> usize {
        self.count_people(self.len())
    }

    /// How many people a number of rows are.
    pub fn count_people(&self, rows: usize) -> usize {
        rows / self.rows_each.max(1)
    }

    /// How many people have a weight above 0, if these are the weights of the rows.
    pub fn count_included(&self, weights: &IndexVec<RespondentIndex, f64>) -> usize {
        self.count_people(count_included(weights.as_slice()))
    }

    /// The number of equally weighted respondents who would give the same precision.
    pub fn effective_sample_size(&self) -> f64 {
        self.effective_size(&self.weights)
    }

    /// The same if these are the weights of the rows.
    pub fn effective_size(&self, weights: &IndexVec<RespondentIndex, f64>) -> f64 {
        effective_sample_size(weights.as_slice()) / self.rows_each.max(1) as f64
    }

    /// The number of rows, one for each respondent, or in a study over draws for each draw.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none. A study has at least one.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Checks shapes and ranges against the number of brands, segments and columns of levels.
    ///
    /// # Errors
    /// The first part that is wrong.
    pub(super) fn check(
        &self,
        brands: usize,
        segments: usize,
        columns: usize,
    ) -> Result<(), StudyError> {
        let count = self.len();
        if count == 0 {
            return Err(StudyError::Empty {
                part: "respondents",
            });
        }
        let part = "segments of respondents";
        StudyError::check_length(part, self.segments.len(), count)?;
        StudyError::check_values(part, &self.segments, |it| it.index() < segments)?;
        if !self.owners.is_empty() {
            let part = "current brands of respondents";
            StudyError::check_length(part, self.owners.len(), count)?;
            StudyError::check_values(part, &self.owners, |it| it.index() < brands)?;
        }
        self.check_weights()?;
        for (_, marks) in &self.excluded {
            StudyError::check_length("availability", marks.len(), count)?;
        }
        let part = "part-worths";
        let columns_with_none = columns + usize::from(self.none_column.is_some());
        StudyError::check_length(part, self.part_worths.nrows(), count)?;
        StudyError::check_length(part, self.part_worths.ncols(), columns_with_none)?;
        if self.none_column.is_some_and(|column| column != columns) {
            let position = columns;
            return Err(StudyError::Value { part, position });
        }
        StudyError::check_values(part, &self.part_worths, |value| {
            value.abs() <= LARGEST_NUMBER
        })
    }

    fn check_weights(&self) -> Result<(), StudyError> {
        let part = "weights";
        StudyError::check_length(part, self.weights.len(), self.len())?;
        StudyError::check_values(part, &self.weights, |weight| {
            (0.0..=LARGEST_NUMBER).contains(weight)
        })?;
        match self.weights.iter().any(|weight| *weight > 0.0) {
            true => Ok(()),
            false => Err(StudyError::Value { part, position: 0 }),
        }
    }
}
