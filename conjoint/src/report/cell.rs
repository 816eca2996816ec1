//! A cell: a value and how a text shows it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Significant digits of a number that has no rule of its own.
const SIGNIFICANT: u8 = 10;

/// How many digits of a number a text shows. CSV and JSON carry all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Digits {
    /// As many as identify the number.
    All,
    /// This many after the decimal point.
    Decimals(u8),
    /// This many in all, at least one, without trailing zeros.
    Significant(u8),
}

/// What a table has in a row and a column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// No value: empty in a text and in CSV, `null` in JSON.
    #[default]
    Empty,
    /// A word or a sentence.
    Text(String),
    /// Several words: joined by commas in a text and in CSV, an array in JSON.
    List(Vec<String>),
    /// A count, or an id that is a number.
    Integer(i64),
    /// A number in the column's unit.
    Number {
        /// The number.
        value: f64,
        /// How a text shows it.
        digits: Digits,
    },
    /// A share or a ratio: a percentage in a text, the fraction in CSV and JSON.
    Percent {
        /// 0.125 for 12.5 %.
        fraction: f64,
        /// Decimals of the percentage in a text.
        decimals: u8,
    },
}

impl Cell {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A count.
    pub fn count(count: usize) -> Self {
        Self::Integer(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A number that a text shows with ten significant digits: enough to read, without the noise of
    /// the last bits. NaN and infinities become an empty cell.
    pub fn number(value: f64) -> Self {
        Self::new_number(value, Digits::Significant(SIGNIFICANT))
    }

    /// A number that a text shows with this many decimals. NaN and infinities become an empty cell.
    pub fn decimal(value: f64, decimals: u8) -> Self {
        Self::new_number(value, Digits::Decimals(decimals))
    }

    /// A number of which a text shows all digits. NaN and infinities become an empty cell.
    pub fn exact(value: f64) -> Self {
        Self::new_number(value, Digits::All)
    }

    /// A fraction that a text shows as a percentage with this many decimals. NaN and infinities
    /// become an empty cell.
    pub fn percent(fraction: f64, decimals: u8) -> Self {
        match fraction.is_finite() {
            true => Self::Percent { fraction, decimals },
            false => Self::Empty,
        }
    }

    fn new_number(value: f64, digits: Digits) -> Self {
        match value.is_finite() {
            true => Self::Number { value, digits },
            false => Self::Empty,
        }
    }

    /// The cell of a value that may be missing.
    pub fn optional<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }

    /// The number in the cell; a percentage as its fraction.
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Integer(value) => Some(*value as f64),
            Self::Number { value, .. } => Some(*value),
            Self::Percent { fraction, .. } => Some(*fraction),
            Self::Empty | Self::Text(_) | Self::List(_) => None,
        }
    }

    /// The cell as people read it: rounded, with a decimal point.
    ///
    /// # Examples
    /// ```
    /// use conjoint::report::Cell;
    ///
    /// assert_eq!(Cell::number(100.0 / 3.0).to_text(), "33.33333333");
    /// assert_eq!(Cell::decimal(100.0 / 3.0, 2).to_text(), "33.33");
    /// assert_eq!(Cell::percent(0.125, 0).to_text(), "12 %");
    /// assert_eq!(Cell::Empty.to_text(), "");
    /// ```
    pub fn to_text(&self) -> Cow<'_, str> {
        match self {
            Self::Number { value, digits } => round(*value, *digits).into(),
            Self::Percent { fraction, decimals } => {
                format!("{} %", fixed(fraction * 100.0, *decimals)).into()
            }
            _ => self.to_data(),
        }
    }

    /// The cell as programs read it: every digit, a percentage as its fraction.
    pub fn to_data(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => "".into(),
            Self::Text(text) => text.into(),
            Self::List(texts) => texts.join(", ").into(),
            Self::Integer(value) => value.to_string().into(),
            Self::Number { value, .. } => value.to_string().into(),
            Self::Percent { fraction, .. } => fraction.to_string().into(),
        }
    }
}

fn round(value: f64, digits: Digits) -> String {
    match digits {
        Digits::All => value.to_string(),
        Digits::Decimals(decimals) => fixed(value, decimals),
        Digits::Significant(digits) => {
            let decimals = usize::from(digits.saturating_sub(1));
            let rounded = format!("{value:.decimals$e}").parse().unwrap_or(value);
            // Adding 0 turns -0 into 0.
            (rounded + 0.0).to_string()
        }
    }
}

/// With this many decimals. What rounds to 0 has no sign.
fn fixed(value: f64, decimals: u8) -> String {
    let text = format!("{value:.*}", usize::from(decimals));
    match text.strip_prefix('-') {
        Some(digits) if !digits.contains(|digit| matches!(digit, '1'..='9')) => digits.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rounds_to_zero_has_no_sign() {
        assert_eq!(Cell::percent(-1e-17, 1).to_text(), "0.0 %");
        assert_eq!(Cell::percent(-0.0004, 1).to_text(), "0.0 %");
        assert_eq!(Cell::percent(-0.0006, 1).to_text(), "-0.1 %");
        assert_eq!(Cell::decimal(-0.001, 2).to_text(), "0.00");
        assert_eq!(Cell::decimal(-10.0, 0).to_text(), "-10");
    }

    #[test]
    fn significant_digits_are_plain_and_without_noise() {
        let text = |value: f64| Cell::number(value).to_text().into_owned();
        assert_eq!(text(100.0 / 3.0), "33.33333333");
        assert_eq!(text(0.1 + 0.2), "0.3");
        assert_eq!(text(1_234_567.0), "1234567");
        assert_eq!(text(-0.0), "0");
        assert_eq!(round(0.06, Digits::Significant(0)), "0.06");
    }

    #[test]
    fn a_text_rounds_and_data_does_not() {
        let third = 1.0 / 3.0;
        for (cell, text, data) in [
            (Cell::decimal(third, 2), "0.33", "0.3333333333333333"),
            (Cell::percent(third, 1), "33.3 %", "0.3333333333333333"),
            (
                Cell::exact(0.1 + 0.2),
                "0.30000000000000004",
                "0.30000000000000004",
            ),
            (Cell::count(560), "560", "560"),
            (
                Cell::List(vec!["Kia".to_owned(), "Audi".to_owned()]),
                "Kia, Audi",
                "Kia, Audi",
            ),
            (Cell::optional(None, Cell::count), "", ""),
        ] {
            assert_eq!((&*cell.to_text(), &*cell.to_data()), (text, data));
        }
    }

    #[test]
    fn what_is_no_number_is_empty() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(Cell::number(value), Cell::Empty);
            assert_eq!(Cell::exact(value), Cell::Empty);
            assert_eq!(Cell::percent(value, 1), Cell::Empty);
        }
    }

    #[test]
    fn numbers_of_all_kinds_have_a_value() {
        assert_eq!(Cell::count(3).value(), Some(3.0));
        assert_eq!(Cell::decimal(0.25, 1).value(), Some(0.25));
        assert_eq!(Cell::percent(0.25, 1).value(), Some(0.25));
        assert_eq!(Cell::text("3").value(), None);
    }
}
