//! The value of a typed cell: how its text is read, and what can be wrong with it.

use std::borrow::Cow;

use super::attribute::AllowedRange;
use super::schema::{LONGEST_TERM, SHORTEST_TERM};
use super::text::{format_amount, show_text};

/// The largest number allowed. Larger ones are never intended, and sums of their products would
/// overflow.
pub(crate) const LARGEST_NUMBER: f64 = 1e12;

/// Removes the rounding noise of a sum, such as the last digits of `0.1 + 0.2`.
pub(crate) fn remove_rounding_noise(value: f64) -> f64 {
    const DECIMALS: f64 = 1e6;
    let rounded = (value * DECIMALS).round() / DECIMALS;
    if (rounded - value).abs() <= 1e-12 * value.abs().max(1.0) {
        rounded
    } else {
        value
    }
}

/// What is wrong with the value of a cell, and what would be right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ValueError {
    /// A cell is empty that must not be.
    #[error("the cell is empty; {wanted}")]
    Empty {
        /// What belongs there.
        wanted: Cow<'static, str>,
    },
    /// Text, NaN or an infinity instead of a number.
    #[error(
        "`{}` is not a number; write digits with a decimal point, for example 399 or 0.25",
        show_text(text)
    )]
    NotANumber {
        /// The cell's text.
        text: String,
    },
    /// A number that would overflow the computation.
    #[error("{} is too large; numbers must lie between -1e12 and 1e12", format_amount(*value))]
    TooLarge {
        /// The number.
        value: f64,
    },
    /// A name that is not a level of its categorical attribute.
    #[error(
        "`{}` is not a level of this attribute; levels are {known}",
        show_text(value)
    )]
    UnknownLevel {
        /// The cell's text.
        value: String,
        /// The attribute's levels.
        known: String,
    },
    /// A term of zero or less, or too short or too long for a price.
    #[error(
        "a term of {} months is not possible; write a number of months between {SHORTEST_TERM} and {LONGEST_TERM}",
        format_amount(*value)
    )]
    TermOutside {
        /// The number.
        value: f64,
    },
    /// A value so far outside the surveyed range that its utility would be a guess, or a price of 0 or
    /// less that was not surveyed.
    #[error(
        "{} is too far outside the surveyed range {low}–{high}; write a value {allowed}",
        format_amount(*value)
    )]
    TooFar {
        /// The value.
        value: f64,
        /// Lowest level.
        low: f64,
        /// Highest level.
        high: f64,
        /// The values that are possible.
        allowed: AllowedRange,
    },
    /// A price below 0 on an attribute that was not surveyed.
    #[error("a price of {} is not possible; write 0 or more", format_amount(*value))]
    NegativePrice {
        /// The value.
        value: f64,
    },
    /// A value outside the surveyed range: the only warning among these.
    #[error("{} is outside the surveyed range {low}–{high}; its utility is extrapolated", format_amount(*value))]
    OutsideRange {
        /// The value.
        value: f64,
        /// Lowest level.
        low: f64,
        /// Highest level.
        high: f64,
    },
}

impl ValueError {
    /// Whether the value can be used all the same.
    pub fn is_warning(&self) -> bool {
        matches!(self, Self::OutsideRange { .. })
    }
}

/// Reads a number as people write it in a cell.
///
/// # Errors
/// An empty cell, text, NaN, infinities and numbers beyond ±1e12.
pub fn parse_number(text: &str) -> Result<f64, ValueError> {
    match text.parse::<f64>() {
        Ok(value) if value.abs() > LARGEST_NUMBER && value.is_finite() => {
            Err(ValueError::TooLarge { value })
        }
        Ok(value) if value.is_finite() => Ok(value),
        _ if text.is_empty() => Err(ValueError::Empty {
            wanted: "write a number, for example 399 or 0.25".into(),
        }),
        _ => Err(ValueError::NotANumber {
            text: text.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_finite_and_bounded() {
        assert_eq!(parse_number("-1.5e3"), Ok(-1500.0));
        for text in ["NaN", "inf", "-Infinity", "1,5", "12 000", "x", "0x10", ""] {
            assert!(parse_number(text).is_err(), "{text}");
        }
        assert_eq!(
            parse_number("1e13"),
            Err(ValueError::TooLarge { value: 1e13 })
        );
    }
}
