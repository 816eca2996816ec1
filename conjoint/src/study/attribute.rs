//! Attributes and their surveyed levels, and a product's value on one of them.

use std::collections::HashSet;
use std::fmt;

use super::error::StudyError;
use super::number_style::NumberStyle;
use super::text::{format_amount, quote_names};
use super::unit::Unit;
use super::value::{LARGEST_NUMBER, ValueError, remove_rounding_noise};
use crate::index_vec::{LevelIndex, Position};

/// An attribute of the products, with the levels that respondents were asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Its name, as the study spells it.
    pub name: String,
    /// Its levels.
    pub levels: Levels,
    /// Whether its values are prices: a cost by its role, or an attribute that is named as one.
    pub(crate) is_price: bool,
    /// The unit of numeric levels.
    pub unit: Unit,
    /// Whether the part-worth matrix has columns for its levels. Not so for the brand of a study
    /// without one, where each product is its own brand.
    pub(crate) has_part_worths: bool,
    /// The column of its first level in the part-worth matrix; those of the other levels follow.
    pub(crate) first_column: usize,
}

/// The values that an offer may have on a numeric attribute. A survey says nothing about values outside
/// its range; the model helps one width of the range farther, and no price is 0 or less unless it was
/// surveyed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AllowedRange {
    /// The lowest value.
    pub low: f64,
    /// The highest value.
    pub high: f64,
    /// Whether the lowest value itself is not allowed, because it is a price of 0.
    pub excludes_low: bool,
}

impl AllowedRange {
    /// Whether an offer may have the value.
    pub fn contains(&self, value: f64) -> bool {
        let is_above = if self.excludes_low {
            value > self.low
        } else {
            value >= self.low
        };
        is_above && value <= self.high
    }
}

impl fmt::Display for AllowedRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [low, high] = [self.low, self.high].map(format_amount);
        match self.excludes_low {
            true => write!(f, "above {low}, at most {high}"),
            false => write!(f, "from {low} to {high}"),
        }
    }
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
        match self.has_part_worths {
            true => self.first_column + self.levels.len(),
            false => self.first_column,
        }
    }

    /// Whether respondents were asked about it.
    pub fn is_surveyed(&self) -> bool {
        self.has_part_worths && !self.levels.is_empty()
    }

    /// The names of its levels, as the study writes them: numbers with their unit.
    pub fn level_names(&self) -> Vec<String> {
        match &self.levels {
            Levels::Numeric(levels) => levels.iter().map(|level| self.unit.write(*level)).collect(),
            Levels::Categorical(levels) => levels.clone(),
        }
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

    /// Whether its values are prices: monthly or upfront costs, or those of an attribute whose name
    /// contains the word price or cost. Outside the surveyed range utility never rises with a price.
    pub fn is_price(&self) -> bool {
        self.is_price
    }

    /// The values that an offer may have: up to one width of the surveyed range beyond it, and for a
    /// price above 0 unless lower ones were surveyed. `None` if the attribute was not surveyed or is not
    /// numeric.
    pub fn allowed_range(&self) -> Option<AllowedRange> {
        let (low, high) = self.range()?;
        let width = high - low;
        let lowest = remove_rounding_noise(low - width);
        let is_limited = self.is_price && lowest <= 0.0;
        Some(AllowedRange {
            low: match is_limited {
                true => low.min(0.0),
                false => lowest,
            },
            high: remove_rounding_noise(high + width),
            excludes_low: is_limited && low > 0.0,
        })
    }

    /// Checks that a number is near enough to the surveyed range to be simulated.
    ///
    /// # Errors
    /// The number is farther than one width of the range from it, or is a price of 0 or less that was
    /// not surveyed.
    pub fn check_distance(&self, value: f64) -> Result<(), ValueError> {
        let Some((allowed, (low, high))) = self.allowed_range().zip(self.range()) else {
            return match self.is_price && value < 0.0 {
                true => Err(ValueError::NegativePrice { value }),
                false => Ok(()),
            };
        };
        match allowed.contains(value) {
            true => Ok(()),
            false => Err(ValueError::TooFar {
                value,
                low,
                high,
                allowed,
            }),
        }
    }

    /// Reads a value as people write it in a cell: numbers with or without the unit, names of levels,
    /// or nothing for an attribute that does not apply. A level such as `0,5` may be written `0.5`.
    ///
    /// # Errors
    /// On a numeric attribute, text and numbers beyond ±1e12; on a categorical one, a name that is not
    /// a level.
    pub fn parse(&self, text: &str) -> Result<Cell, ValueError> {
        let text = text.trim();
        match &self.levels {
            _ if text.is_empty() => Ok(Cell::Empty),
            Levels::Numeric(_) => self.unit.parse(text).map(Cell::Number),
            Levels::Categorical(levels) => find_level(levels, text)
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

/// The level with this name, or else the only one that is the same number in another style: tables in which
/// commas are decimal marks are read as numbers, those in the names of levels included.
fn find_level(levels: &[String], text: &str) -> Option<usize> {
    const STYLES: [NumberStyle; 2] = [NumberStyle::DecimalPoint, NumberStyle::DecimalComma];
    if let Some(named) = levels.iter().position(|level| level == text) {
        return Some(named);
    }
    let number = STYLES.iter().find_map(|style| style.parse(text))?;
    let is_it = |level: &String| {
        STYLES
            .iter()
            .any(|style| style.parse(level) == Some(number))
    };
    let mut found = levels
        .iter()
        .enumerate()
        .filter(|(_, level)| is_it(level))
        .map(|(place, _)| place);
    found.next().filter(|_| found.next().is_none())
}
