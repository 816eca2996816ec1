//! Attributes and their surveyed levels, and a product's value on one of them.

use std::collections::HashSet;

use super::error::StudyError;
use super::text::quote_names;
use super::value::{LARGEST_NUMBER, ValueError, parse_number};
use crate::index_vec::{LevelIndex, Position};

/// An attribute of the products, with the levels that respondents were asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Its name, as the study spells it.
    pub name: String,
    /// Its levels.
    pub levels: Levels,
    /// The column of its first level in the part-worth matrix; those of the other levels follow.
    pub(crate) first_column: usize,
}

/// The surveyed levels of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Levels {
    /// Numbers in ascending order: at least two, or none if the attribute was not surveyed.
    Numeric(Vec<f64>),
    /// Names, in the study's order.
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

    /// Their names, as a study writes them.
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

    /// Whether they are in order and unique.
    fn are_valid(&self) -> bool {
        match self {
            Self::Numeric(levels) => {
                levels.len() != 1
                    && levels.iter().all(|level| level.abs() <= LARGEST_NUMBER)
                    && levels.is_sorted_by(|low, high| low < high)
            }
            Self::Categorical(levels) => {
                let mut seen = HashSet::new();
                !levels.is_empty() && levels.iter().all(|level| seen.insert(level))
            }
        }
    }
}

/// A product's value on an attribute.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Cell {
    /// A number, on a numeric attribute.
    Number(f64),
    /// A level, on a categorical attribute.
    Level(LevelIndex),
    /// No value, which contributes 0 to the utility.
    Empty,
}

impl Cell {
    /// The number of a numeric value.
    pub(crate) fn number(self) -> Option<f64> {
        match self {
            Self::Number(value) => Some(value),
            Self::Level(_) | Self::Empty => None,
        }
    }

    /// The number of a numeric value, otherwise 0.
    pub(crate) fn amount(self) -> f64 {
        self.number().unwrap_or(0.0)
    }
}

impl Attribute {
    /// The column after that of its last level in the part-worth matrix.
    pub(crate) fn end_column(&self) -> usize {
        self.first_column + self.levels.len()
    }

    /// Whether its values are numbers, whose utility is interpolated between the levels.
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
        self.range_warning(cell).is_some()
    }

    /// The warning about a value outside the surveyed range.
    pub fn range_warning(&self, cell: Cell) -> Option<ValueError> {
        match (cell, self.range()) {
            (Cell::Number(value), Some((low, high))) if value < low || value > high => {
                Some(ValueError::OutsideRange { value, low, high })
            }
            _ => None,
        }
    }

    /// Reads a value as people write it in a cell.
    ///
    /// # Errors
    /// On a numeric attribute, text and numbers beyond ±1e12; on a categorical one, an empty text
    /// and a name that is not a level.
    pub fn parse(&self, text: &str) -> Result<Cell, ValueError> {
        let text = text.trim();
        match &self.levels {
            Levels::Numeric(_) if text.is_empty() => Ok(Cell::Empty),
            Levels::Numeric(_) => parse_number(text).map(Cell::Number),
            Levels::Categorical(levels) if text.is_empty() => Err(ValueError::Empty {
                wanted: format!("write one of {}", quote_names(levels)).into(),
            }),
            Levels::Categorical(levels) => levels
                .iter()
                .position(|level| level == text)
                .map(|index| Cell::Level(LevelIndex::from_index(index)))
                .ok_or_else(|| ValueError::UnknownLevel {
                    value: text.to_owned(),
                    known: quote_names(levels),
                }),
        }
    }

    /// Writes a value so that [`Attribute::parse`] reads it back.
    pub fn write(&self, cell: Cell) -> String {
        match (cell, &self.levels) {
            (Cell::Number(value), _) => value.to_string(),
            (Cell::Level(level), Levels::Categorical(names)) => {
                names.get(level.index()).cloned().unwrap_or_default()
            }
            _ => String::new(),
        }
    }

    /// Checks the name and the levels.
    pub(super) fn check(&self, position: usize) -> Result<(), StudyError> {
        match !self.name.is_empty() && self.levels.are_valid() {
            true => Ok(()),
            false => Err(StudyError::Value {
                part: "attributes",
                position,
            }),
        }
    }

    /// Whether a product can have the value: an empty one is allowed.
    pub(super) fn allows(&self, cell: Cell) -> bool {
        match (cell, &self.levels) {
            (Cell::Number(value), Levels::Numeric(_)) => value.abs() <= LARGEST_NUMBER,
            (Cell::Level(level), Levels::Categorical(levels)) => level.index() < levels.len(),
            (Cell::Empty, _) => true,
            _ => false,
        }
    }
}
