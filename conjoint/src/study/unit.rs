//! The unit in which an attribute's numeric levels are written: `$1,099`, `1.5 l`, `90%`.

use super::number_style::NumberStyle;
use super::numeral::{Numeral, find_style, is_currency};
use super::value::{ValueError, parse_number};

/// What surrounds the numbers of an attribute's levels, and how these are written.
///
/// # Examples
/// ```
/// use conjoint::study::Unit;
///
/// let (prices, unit) = Unit::read_levels(&["$299", "$1,099"]).expect("prices are numbers");
/// assert_eq!(prices, [299.0, 1099.0]);
/// assert_eq!(unit.write(1500.0), "$1,500");
/// assert_eq!(unit.parse("$1,500"), Ok(1500.0));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// A currency sign or code before the number, with the space between them.
    prefix: String,
    /// A unit of measure, a percent sign or a currency after the number, with the space between them.
    suffix: String,
    style: NumberStyle,
    /// Whether thousands are separated.
    is_grouped: bool,
}

/// Units of measure, in lower case.
const MEASURES: [&str; 76] = [
    "%", "‰", "°", "°c", "°f", "\"", "″", "'", "′", "mm", "cm", "dm", "m", "km", "in", "inch",
    "inches", "ft", "feet", "yd", "mile", "miles", "mi", "m²", "sqm", "sqft", "ha", "ml", "cl",
    "dl", "l", "liter", "liters", "litre", "litres", "oz", "lb", "lbs", "mg", "g", "kg", "t", "ms",
    "s", "sec", "min", "minutes", "h", "hr", "hour", "hours", "day", "days", "week", "weeks",
    "month", "months", "year", "years", "yr", "yrs", "w", "kw", "wh", "kwh", "v", "a", "mah", "ps",
    "hp", "kb", "mb", "gb", "tb", "per", "mbps",
];

impl Unit {
    /// The numbers of an attribute's levels, in the order of the labels, and their unit.
    ///
    /// `None` unless every label is a number, after one currency sign or code, one unit common to
    /// all, and thousands separators are removed, and no two numbers are equal.
    pub fn read_levels<S: AsRef<str>>(labels: &[S]) -> Option<(Vec<f64>, Self)> {
        let labels = labels.iter().map(|label| label.as_ref().trim());
        let numerals: Vec<Numeral<'_>> = labels.map(Numeral::split).collect::<Option<_>>()?;
        let (first, others) = numerals.split_first()?;
        let has_common_unit = others.iter().all(|other| {
            other.prefix == first.prefix && other.suffix.trim() == first.suffix.trim()
        });
        if !has_common_unit || !first.has_unit() {
            return None;
        }
        let (style, is_grouped) = find_style(&numerals)?;
        let unit = Self {
            prefix: first.prefix.to_owned(),
            suffix: first.suffix.to_owned(),
            style,
            is_grouped,
        };
        let numbers = numerals.iter().map(|numeral| numeral.number(style));
        let numbers: Vec<f64> = numbers.collect::<Option<_>>()?;
        let mut sorted = numbers.clone();
        sorted.sort_by(f64::total_cmp);
        let are_distinct = sorted.is_sorted_by(|low, high| low < high);
        are_distinct.then_some((numbers, unit))
    }

    /// What precedes the numbers: a currency sign or code, or nothing.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether the levels are amounts of money.
    pub fn is_money(&self) -> bool {
        is_currency(self.prefix.trim()) || is_currency(self.suffix.trim())
    }

    /// Whether the unit is a usual one: a currency, a percent sign or a unit of measure. Any other text common to
    /// all levels is a unit as well, but a single number with it may be a name.
    pub fn is_known(&self) -> bool {
        let suffix = self.suffix.trim();
        let parts = || suffix.split(['/', ' ']).filter(|part| !part.is_empty());
        let is_known =
            |part: &str| is_currency(part) || MEASURES.contains(&part.to_lowercase().as_str());
        parts().all(is_known)
    }

    /// Whether the levels are plain numbers.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Reads a number with or without the unit.
    ///
    /// # Errors
    /// As [`parse_number`].
    pub fn parse(&self, text: &str) -> Result<f64, ValueError> {
        let text = text.trim();
        let plain = parse_number(text);
        if plain.is_ok() || self.is_plain() {
            return plain;
        }
        let (is_negative, rest) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text),
        };
        let rest = rest.strip_prefix(self.prefix.trim()).unwrap_or(rest);
        let rest = rest.strip_suffix(self.suffix.trim()).unwrap_or(rest);
        let number = self
            .style
            .parse(rest.trim())
            .filter(|_| !rest.contains('%'));
        match number {
            Some(number) => parse_number(&if is_negative { -number } else { number }.to_string()),
            None => plain,
        }
    }

    /// Writes a number with its unit, so that [`Unit::parse`] reads it back.
    pub fn write(&self, number: f64) -> String {
        if self.is_plain() {
            return number.to_string();
        }
        let (group, decimal) = match self.style {
            NumberStyle::DecimalPoint => (',', '.'),
            NumberStyle::DecimalComma => ('.', ','),
        };
        let digits = number.abs().to_string();
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut text = String::new();
        if number < 0.0 {
            text.push('-');
        }
        text.push_str(&self.prefix);
        for (place, digit) in whole.char_indices() {
            if self.is_grouped && place > 0 && (whole.len() - place) % 3 == 0 {
                text.push(group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(decimal);
            text.push_str(fraction);
        }
        text + &self.suffix
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(labels: &[&str]) -> Option<Vec<f64>> {
        Unit::read_levels(labels).map(|(numbers, _)| numbers)
    }

    #[test]
    fn levels_with_a_common_unit_are_numbers() {
        for (labels, expected) in [
            (
                &["$299", "$499", "$799", "$1,099"][..],
                &[299.0, 499.0, 799.0, 1099.0][..],
            ),
            (&["299 €", "1.099 €"], &[299.0, 1099.0]),
            (&["1.000 €", "2.500 €"], &[1000.0, 2500.0]),
            (&["$1,000", "$2,500"], &[1000.0, 2500.0]),
            (&["1 l", "1.5 l", "2 l"], &[1.0, 1.5, 2.0]),
            (&["1 l", "1,5 l", "2 l"], &[1.0, 1.5, 2.0]),
            (&["80%", "100%"], &[80.0, 100.0]),
            (&["19,90", "29,90"], &[19.9, 29.9]),
            (&["299", "499", "1.099"], &[299.0, 499.0, 1099.0]),
            (&["2.093", "27.287"], &[2.093, 27.287]),
            (&["CHF 1'000", "CHF 2'500.50"], &[1000.0, 2500.5]),
            (&["1.234,5 km", "10 km"], &[1234.5, 10.0]),
            (&["-5 °C", "20 °C"], &[-5.0, 20.0]),
        ] {
            assert_eq!(numbers(labels).as_deref(), Some(expected), "{labels:?}");
        }
    }

    #[test]
    fn names_with_digits_stay_names() {
        for labels in [
            &["3 days", "1 week", "2 weeks"][..],
            &["Level 1", "Level 2"],
            &["1-2 people", "3-4 people"],
            &["BMW 3", "BMW 5"],
            &["$5", "5 €"],
            &["No", "Yes"],
            &["10 l", "10.0 l"],
            &["1.5 l", "1,5 kg"],
            &[],
        ] {
            assert_eq!(numbers(labels), None, "{labels:?}");
        }
    }

    #[test]
    fn a_number_is_written_and_read_in_its_unit() {
        for (labels, number, expected) in [
            (["$299", "$1,099"], 1500.25, "$1,500.25"),
            (["299 €", "1.099 €"], 1500.25, "1.500,25 €"),
            (["1 l", "1.5 l"], 1.25, "1.25 l"),
            (["80%", "100%"], 90.0, "90%"),
            (["-5 °C", "20 °C"], -2.5, "-2.5 °C"),
        ] {
            let (_, unit) = Unit::read_levels(&labels).unwrap();
            assert_eq!(unit.write(number), expected);
            assert_eq!(unit.parse(expected), Ok(number));
            assert_eq!(unit.parse(&number.to_string()), Ok(number));
            assert!(unit.parse("x").is_err() && unit.parse("").is_err());
        }
        assert!(Unit::default().parse("90%").is_err());
    }
}
