//! Attributes and their surveyed levels, and the value that a product has on one.

use crate::format::error::StudyError;
use crate::format::number::number;
use crate::format::text::quoted;
use crate::index_vec::{LevelIndex, Position};

/// An attribute of the products, with the levels that respondents were asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Its name, as the files' headers spell it.
    pub name: String,
    /// Its levels.
    pub levels: Levels,
    /// The column of the part-worth matrix that its first level has; the others follow.
    pub(crate) first_column: usize,
}

/// The surveyed levels of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Levels {
    /// Numbers, ascending; at least two, or none where the attribute was not surveyed.
    Numeric(Vec<f64>),
    /// Names, in file order.
    Categorical(Vec<String>),
}

impl Levels {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Numeric(levels) => levels.len(),
            Self::Categorical(levels) => levels.len(),
        }
    }

    /// Their names, as the files write them.
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::Numeric(levels) => levels.iter().map(f64::to_string).collect(),
            Self::Categorical(levels) => levels.clone(),
        }
    }

    /// Whether the attribute was not surveyed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The value that a product has on an attribute.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Cell {
    /// A number, on a numeric attribute.
    Number(f64),
    /// A level, on a categorical attribute.
    Level(LevelIndex),
    /// Nothing: contributes 0 to the utility.
    Empty,
}

impl Cell {
    /// Its number.
    pub(crate) fn number(self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(value),
            Self::Level(_) | Self::Empty => None,
        }
    }

    /// Its number, 0 where it has none.
    pub(crate) fn amount(self) -> f64 {
        self.number().unwrap_or(0.0)
    }
}

impl Attribute {
    /// The column behind that of its last level.
    pub(crate) fn end_column(&self) -> usize {
        self.first_column + self.levels.len()
    }

    /// Whether values are numbers, and interpolated between the levels.
    pub fn is_numeric(&self) -> bool {
        matches!(self.levels, Levels::Numeric(_))
    }

    /// Lowest and highest surveyed level of a numeric attribute.
    pub fn range(&self) -> Option<(f64, f64)> {
        match &self.levels {
            Levels::Numeric(levels) => Some((*levels.first()?, *levels.last()?)),
            Levels::Categorical(_) => None,
        }
    }

    /// Whether the value lies outside the surveyed range, so that its utility is extrapolated.
    pub fn is_outside(&self, cell: Cell) -> bool {
        self.outside_range(cell).is_some()
    }

    /// The warning about a value outside the surveyed range.
    pub fn outside_range(&self, cell: Cell) -> Option<StudyError> {
        match (cell, self.range()) {
            (Cell::Number(value), Some((low, high))) if value < low || value > high => {
                Some(StudyError::OutsideRange { value, low, high })
            }
            _ => None,
        }
    }

    /// Reads a value as people write it in a cell.
    ///
    /// # Errors
    /// Text where a number belongs, a number beyond 1e12, and a name that is no level, nothing
    /// among them.
    pub fn parse(&self, text: &str) -> Result<Cell, StudyError> {
        let text = text.trim();
        match &self.levels {
            Levels::Numeric(_) if text.is_empty() => Ok(Cell::Empty),
            Levels::Numeric(_) => number(text).map(Cell::Number),
            Levels::Categorical(levels) if text.is_empty() => Err(StudyError::CellEmpty {
                wanted: format!("write one of {}", quoted(levels)).into(),
            }),
            Levels::Categorical(levels) => levels
                .iter()
                .position(|level| level == text)
                .map(|index| Cell::Level(LevelIndex::from_index(index)))
                .ok_or_else(|| StudyError::UnknownLevel {
                    value: text.to_owned(),
                    known: quoted(levels),
                }),
        }
    }

    /// Writes a value as [`Attribute::parse`] reads it.
    pub fn write(&self, cell: Cell) -> String {
        match (cell, &self.levels) {
            (Cell::Number(value), _) => value.to_string(),
            (Cell::Level(level), Levels::Categorical(names)) => {
                names.get(level.index()).cloned().unwrap_or_default()
            }
            _ => String::new(),
        }
    }
}
