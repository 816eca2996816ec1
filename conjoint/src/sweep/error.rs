//! What can be wrong with a sweep's table: a cell, and a error that says what would be right.

use super::range::{MAX_PAIRS, MAX_POINTS};
use crate::study::{ValueError, format_amount, quote_names};

/// A cell of a row of a sweep's table, in the order of the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The product.
    Product,
    /// The first value.
    Begin,
    /// The last value.
    End,
    /// The step.
    Step,
    /// The baseline.
    Baseline,
}

impl Field {
    /// The cells of a range.
    pub const RANGE: [Self; 4] = [Self::Begin, Self::End, Self::Step, Self::Baseline];

    /// Its name in tables and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Begin => "begin",
            Self::End => "end",
            Self::Step => "step",
            Self::Baseline => "baseline",
        }
    }
}

/// What is wrong with a sweep's table, and what would be right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SweepError {
    /// The table has no row.
    #[error("there is no row; add a product to sweep")]
    NoRow,
    /// The study has no such cost.
    #[error("the offers have no column `{column}`; {}", others(known))]
    NoCost {
        /// The column that the cost would have.
        column: String,
        /// The columns of the costs that there are.
        known: Vec<String>,
    },
    /// A grid of a study without money.
    #[error(
        "a grid shows money figures alone, and the study has no money files; add them to use a grid"
    )]
    NoMoney,
    /// A cell is empty, or its text is no number.
    #[error(transparent)]
    Text(#[from] ValueError),
    /// No offer has the id.
    #[error("no offer has the id `{id}`; ids are {known}")]
    UnknownProduct {
        /// The id.
        id: String,
        /// The offers' ids.
        known: String,
    },
    /// The id stands in two rows.
    #[error("the offer `{id}` stands in row {first} too; list each offer once")]
    DuplicateProduct {
        /// The id.
        id: String,
        /// The row where it stands first, from 1.
        first: usize,
    },
    /// The offer has no brand that could win or lose.
    #[error("the offer `{id}` has no brand; sweep an offer that has one")]
    NoBrand {
        /// The id.
        id: String,
    },
    /// A number that is none, or too large.
    #[error("{} is not a number between -1e12 and 1e12; write an amount, as 399", format_amount(*value))]
    NotFinite {
        /// The number.
        value: f64,
    },
    /// The step is 0.
    #[error("the step must not be 0; write the distance between two points")]
    StepZero,
    /// The step has the wrong sign.
    #[error("a step of {} does not lead from {begin} to {end}; write {right}", -right)]
    StepAway {
        /// First value.
        begin: f64,
        /// Last value.
        end: f64,
        /// The step with the other sign.
        right: f64,
    },
    /// The range is no multiple of the step.
    #[error(
        "the step {step} does not divide the range from {begin} to {end}; end at {below} or {above}"
    )]
    StepUneven {
        /// The step.
        step: f64,
        /// First value.
        begin: f64,
        /// Last value.
        end: f64,
        /// The last point before the end.
        below: f64,
        /// The first point beyond it.
        above: f64,
    },
    /// The range has too many points.
    #[error(
        "the range has {} points; at most {MAX_POINTS} are computed, so take a larger step",
        counted(*points)
    )]
    TooManyPoints {
        /// How many it has; infinite where nothing can count them.
        points: f64,
    },
    /// The grid has too many pairs of points.
    #[error(
        "the grid has {x} × {y} pairs of points; at most {MAX_PAIRS} are computed, so take larger steps"
    )]
    TooManyPairs {
        /// Points along x.
        x: usize,
        /// Points along y.
        y: usize,
    },
    /// The rows have different numbers of points.
    #[error(
        "the row has {points} points and row {first_row} has {wanted}; all rows need the same number"
    )]
    UnequalPoints {
        /// Points of this row.
        points: usize,
        /// Points of the row that it must match.
        wanted: usize,
        /// That row, from 1.
        first_row: usize,
    },
    /// The baseline is none of the points.
    #[error("the baseline {baseline} is none of the points; the nearest is {nearest}")]
    BaselineOffGrid {
        /// The baseline.
        baseline: f64,
        /// The point nearest to it.
        nearest: f64,
    },
    /// The rows have their baselines at different points.
    #[error(
        "the baseline is point {point} of this row and point {wanted} of row {first_row}; all rows need the same point, here {right}"
    )]
    UnequalBaselines {
        /// Its point in this row, from 1.
        point: usize,
        /// Its point in the row that it must match, from 1.
        wanted: usize,
        /// That row, from 1.
        first_row: usize,
        /// The value that would be right.
        right: f64,
    },
}

/// A number of points as people read it: beyond a million, digits say no more.
fn counted(points: f64) -> String {
    if points <= 1e6 {
        points.to_string()
    } else {
        format!("more than {MAX_POINTS}")
    }
}

/// What can be swept instead.
fn others(known: &[String]) -> String {
    if known.is_empty() {
        "add one, or there is nothing to sweep".to_owned()
    } else {
        format!("sweep {}", quote_names(known))
    }
}

/// A error and the cell that it is in.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{error}")]
pub struct RowError {
    /// The row, from 1.
    pub row: usize,
    /// Which of the row's ranges: 0 for a lockstep's, 0 and 1 for a grid's.
    pub axis: usize,
    /// The cell.
    pub field: Field,
    /// What is wrong there.
    #[source]
    pub error: SweepError,
}
