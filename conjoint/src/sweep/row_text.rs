//! A sweep's table as typed, and how its cells are read.

use super::error::{Field, RowError, SweepError};
use super::grid::GridRow;
use super::lockstep::LockstepRow;
use super::range::{CellError, Range, list_values};
use crate::stats::sort::stable_sort;
use crate::study::parse_number;

/// A row of a lockstep's table as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct LockstepRowText {
    /// The product's id.
    pub product: String,
    /// Begin, end, step and baseline.
    pub range: [String; 4],
}

/// A row of a grid's table as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct GridRowText {
    /// The product's id.
    pub product: String,
    /// Begin, end, step and baseline along x.
    pub x: [String; 4],
    /// Begin, end, step and baseline along y.
    pub y: [String; 4],
}

impl From<LockstepRow> for LockstepRowText {
    fn from(row: LockstepRow) -> Self {
        Self {
            range: format_range(&row.range),
            product: row.product,
        }
    }
}

impl From<GridRow> for GridRowText {
    fn from(row: GridRow) -> Self {
        Self {
            x: format_range(&row.x),
            y: format_range(&row.y),
            product: row.product,
        }
    }
}

fn format_range(range: &Range) -> [String; 4] {
    range.cells().map(|value| value.to_string())
}

/// The id in a cell; `None` if the cell is empty.
pub(super) fn parse_id(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|id| !id.is_empty())
}

/// The range in four cells.
///
/// # Errors
/// All cells that are not numbers, and what is wrong with the other cells in any case.
pub(super) fn parse_range(texts: &[String; 4]) -> Result<Range, Vec<CellError>> {
    let cells = texts.each_ref().map(|text| parse_number(text.trim()));
    let others = match &cells {
        [Ok(begin), Ok(end), Ok(step), Ok(baseline)] => {
            return Ok([*begin, *end, *step, *baseline].into());
        }
        [Ok(begin), Ok(end), Ok(step), _] => list_values(*begin, *end, *step).err(),
        [_, _, Ok(0.0), _] => Some((Field::Step, SweepError::StepZero)),
        _ => None,
    };
    let cells = Field::RANGE.into_iter().zip(cells);
    let unreadable = cells.filter_map(|(field, cell)| Some((field, cell.err()?.into())));
    Err(unreadable.chain(others).collect())
}

/// Sorts errors in the table's order.
pub(super) fn sort_errors(errors: Vec<RowError>) -> Vec<RowError> {
    let place = |error: &RowError| (error.row, error.axis, error.field);
    stable_sort(errors, |one, other| place(one).cmp(&place(other)))
}
