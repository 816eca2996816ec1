//! Errors of a sweep's table: the cell, the problem and the remedy, all errors at once.

use super::range::{MAX_PAIRS, MAX_POINTS};
use crate::study::{ValueError, format_amount, quote_names};

/// A cell of a row, in the order of the columns.
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

    /// The name in tables and messages.
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

/// What is wrong with a cell, and how to correct it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SweepError {
    /// The table has no row.
    #[error("there is no row; add a product to sweep")]
    NoRow,
    /// The study does not have the cost.
    #[error("the offers have no column `{column}`; {}", suggest_costs(known))]
    NoCost {
        /// The column that the cost would have.
        column: String,
        /// The columns of the study's costs.
        known: Vec<String>,
    },
    /// The table is a grid, and the study has no money figures.
    #[error(
        "a grid shows only money figures, and the study has no money files; add them to use a grid"
    )]
    NoMoney,
    /// The cell is empty, its text is not a number, or an offer may not have the number.
    #[error(transparent)]
    Text(#[from] ValueError),
    /// No offer has this id.
    #[error("no offer has the id `{id}`; ids are {known}")]
    UnknownProduct {
        /// The id in the cell.
        id: String,
        /// The ids of the offers.
        known: String,
    },
    /// An earlier row has the same id.
    #[error("the offer `{id}` is in row {first} too; list each offer once")]
    DuplicateProduct {
        /// The id.
        id: String,
        /// The earlier row, from 1.
        first: usize,
    },
    /// The offer has no brand that could gain or lose.
    #[error("the offer `{id}` has no brand; sweep an offer that has one")]
    NoBrand {
        /// The id.
        id: String,
    },
    /// The number is NaN or too large.
    #[error("{} is not a number between -1e12 and 1e12; write an amount, for example 399", format_amount(*value))]
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
        /// The first value.
        begin: f64,
        /// The last value.
        end: f64,
        /// The step with the other sign.
        right: f64,
    },
    /// The range is not a multiple of the step.
    #[error(
        "the step {step} does not divide the range from {begin} to {end}; the nearest that does is {nearest}, or end at {below} or {above}"
    )]
    StepUneven {
        /// The step.
        step: f64,
        /// The first value.
        begin: f64,
        /// The last value.
        end: f64,
        /// The last point before the end.
        below: f64,
        /// The first point beyond it.
        above: f64,
        /// The step closest to it that divides the range, with at most two decimals if there is one.
        nearest: f64,
    },
    /// The range has too many points.
    #[error(
        "the range has {} points, and at most {MAX_POINTS} can be computed; use a larger step",
        format_count(*points)
    )]
    TooManyPoints {
        /// The number of points; infinite if it is beyond the range of floating-point numbers.
        points: f64,
    },
    /// The grid has too many pairs of points.
    #[error(
        "the grid has {x} × {y} pairs of points, and at most {MAX_PAIRS} can be computed; use larger steps"
    )]
    TooManyPairs {
        /// Points along x.
        x: usize,
        /// Points along y.
        y: usize,
    },
    /// The row has another number of points than the first row.
    #[error(
        "the row has {points} points and row {first_row} has {wanted}; all rows need the same number"
    )]
    UnequalPoints {
        /// Points of this row.
        points: usize,
        /// Points of the first row.
        wanted: usize,
        /// The number of the first row, from 1.
        first_row: usize,
    },
    /// The baseline is not one of the points.
    #[error("the baseline {baseline} is not one of the points; the nearest is {nearest}")]
    BaselineOffGrid {
        /// The baseline.
        baseline: f64,
        /// The point nearest to it.
        nearest: f64,
    },
    /// The row has its baseline at another point than the first row.
    #[error(
        "the baseline is point {point} of this row and point {wanted} of row {first_row}; all rows need the same point, here {right}"
    )]
    UnequalBaselines {
        /// The number of its point in this row, from 1.
        point: usize,
        /// The number of the baseline point in the first row, from 1.
        wanted: usize,
        /// The number of the first row, from 1.
        first_row: usize,
        /// The value that would be right.
        right: f64,
    },
}

/// A number of points in words; beyond a million, the digits would not help.
fn format_count(points: f64) -> String {
    if points <= 1e6 {
        points.to_string()
    } else {
        format!("more than {MAX_POINTS}")
    }
}

/// What to sweep instead of a missing cost.
fn suggest_costs(known: &[String]) -> String {
    if known.is_empty() {
        "add one, or there is nothing to sweep".to_owned()
    } else {
        format!("sweep {}", quote_names(known))
    }
}

/// An error and the cell that it is about.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{error}")]
pub struct RowError {
    /// The row, from 1.
    pub row: usize,
    /// The row's range: 0 for a lockstep's, 0 (x) or 1 (y) for a grid's.
    pub axis: usize,
    /// The cell.
    pub field: Field,
    /// What is wrong with it.
    #[source]
    pub error: SweepError,
}
