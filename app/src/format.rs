//! Numbers in sentences: rounded for reading, with a sign where they are a difference.

use std::cell;

use conjoint::index_vec::AttributeIndex;
use conjoint::market::Measure;
use conjoint::study::{Attribute, Cell, Schema, Settings};
use conjoint::sweep::Cost;

use crate::charts::decimals;
use crate::text::messages;

/// The true minus sign, which is as wide as the plus; plotly.js writes it on axes.
const MINUS: char = '−';

/// What stands before decimals and between thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separators {
    decimal: char,
    group: char,
}

thread_local! {
    /// The reader's, from the start of the page on.
    static READER: cell::Cell<Separators> = const { cell::Cell::new(Separators::PLAIN) };
}

/// Has every number written with these separators. To be called before the first is written.
pub fn set_reader_separators(separators: Separators) {
    READER.set(separators);
}

/// How numbers are written for the reader.
pub fn reader_separators() -> Separators {
    READER.get()
}

impl Separators {
    /// 1,234.5
    pub const PLAIN: Self = Self {
        decimal: '.',
        group: ',',
    };

    /// The two that the browser names; [`Separators::PLAIN`] where one is missing, or where they
    /// could not be told apart.
    pub fn from_browser(decimal: Option<char>, group: Option<char>) -> Self {
        match (decimal, group) {
            (Some(decimal), Some(group)) if decimal != group => Self { decimal, group },
            _ => Self::PLAIN,
        }
    }

    /// Both in plotly.js's order.
    pub fn decimal_and_group(self) -> String {
        String::from_iter([self.decimal, self.group])
    }

    /// Plain digits with the reader's decimal separator and nothing between thousands.
    pub fn localize(self, digits: &str) -> String {
        digits.replace('.', self.decimal.encode_utf8(&mut [0; 4]))
    }

    /// Plain digits with both separators: "1,234.5".
    pub fn group_digits(self, digits: &str) -> String {
        let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
        let mut grouped = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                grouped.push(self.group);
            }
            grouped.push(digit);
        }
        grouped + &self.localize(fraction)
    }

    /// A typed text as the model reads numbers. Who writes decimals with a comma may do so here;
    /// whatever else is no number of the model is left for the model to refuse.
    ///
    /// # Errors
    /// A text such as "1.250", which for such a reader is 1250 and in the page's inputs 1.25; in
    /// words for the reader.
    pub fn normalize_typed(self, text: &str) -> Result<String, String> {
        if self.decimal == Self::PLAIN.decimal {
            return Ok(text.to_owned());
        }
        let number = text.trim();
        // Between thousands people type an ordinary space where a narrow one is written.
        let spaced = self.group.is_whitespace().then(|| {
            let group = |letter: char| {
                if letter.is_whitespace() {
                    self.group
                } else {
                    letter
                }
            };
            number.chars().map(group).collect::<String>()
        });
        let number = spaced.as_deref().unwrap_or(number);
        let (whole, fraction) = number.split_once(self.decimal).unwrap_or((number, ""));
        let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
        let mut groups = whole.trim_start_matches(['-', '+']).split(self.group);
        let first = groups.next().unwrap_or_default();
        let rest: Vec<&str> = groups.collect();
        let grouped = !first.starts_with('0')
            && (1..=3).contains(&first.len())
            && rest.iter().all(|group| group.len() == 3 && digits(group));
        if !digits(first) || !digits(fraction) || !(grouped || rest.is_empty()) {
            return Ok(text.to_owned());
        }
        let whole = whole.replace(self.group, "");
        match (number.contains(self.decimal), rest.len()) {
            (true, _) => Ok(format!("{whole}.{fraction}")),
            (false, 1) if self.group == Self::PLAIN.decimal => {
                Err(messages::ambiguous_number(number, &whole))
            }
            (false, _) => Ok(whole),
        }
    }
}

/// A share as percent: "12.3 %".
pub fn percent(share: f64) -> String {
    format!("{} %", fixed_decimals(share * 100.0, 1))
}

/// A number with so many decimals.
pub fn fixed_decimals(value: f64, decimals: usize) -> String {
    reader_separators().localize(&format!("{value:.decimals$}"))
}

/// A number with the decimals that it has, as inputs hold it but for the reader's separator.
pub fn plain_number(value: f64) -> String {
    reader_separators().localize(&value.to_string())
}

/// A difference of shares in percentage points: "+1.2", "−0.4", "±0.0".
pub fn points_change(difference: f64) -> String {
    signed(difference * 100.0, |size| fixed_decimals(size, 1))
}

/// A difference of money in thousands a month: "+$12.3 K", "−$0.4 K", "±$0.0 K".
pub fn thousands_change(difference: f64, currency: &str) -> String {
    signed(difference, |size| {
        format!("{currency}{} K", group_digits(&format!("{size:.1}")))
    })
}

/// A change of a measure in the unit that the model gives it, as people say it: "+12 customers",
/// "−$1.2 K a month", "+$3.20 a month"; a small one with as many digits as it needs.
pub fn measure_change(measure: Measure, difference: f64, settings: &Settings) -> String {
    let (currency, words) = (&settings.currency, &settings.words);
    let month = words.get("month");
    let write = |difference: f64, usual: usize, wrap: &dyn Fn(String) -> String| {
        // Where the usual decimals would show nothing of it.
        let least = 0.5 * 0.1_f64.powi(usual as i32);
        let shown = difference == 0.0 || difference.abs() >= least;
        let places = if shown { usual } else { decimals(difference) };
        signed(difference, |size| {
            wrap(group_digits(&format!("{size:.places$}")))
        })
    };
    match measure {
        Measure::Customers => write(difference * 1000.0, 0, &|size| {
            format!("{size} {}", words.get("customers"))
        }),
        Measure::Revenue | Measure::Ebit => write(difference, 1, &|size| {
            format!("{currency}{size} K a {month}")
        }),
        Measure::Arpu => write(difference, 2, &|size| format!("{currency}{size} a {month}")),
    }
}

/// A measure's figure in the unit that people say it in: "12,345" customers, "$1.2 K", "$3.20".
pub fn measure_value(measure: Measure, value: f64, currency: &str) -> String {
    let size = value.abs();
    let (digits, unit) = match measure {
        Measure::Customers => return group_digits(&format!("{:.0}", value * 1000.0)),
        Measure::Revenue | Measure::Ebit => (format!("{size:.1}"), " K"),
        Measure::Arpu => (format!("{size:.2}"), ""),
    };
    let sign = if value < 0.0 {
        MINUS.to_string()
    } else {
        String::new()
    };
    format!("{sign}{currency}{}{unit}", group_digits(&digits))
}

/// A difference in percent: "+1.2 %", "−0.4 %".
pub fn percent_change(difference: f64) -> String {
    signed(difference, |size| format!("{} %", fixed_decimals(size, 1)))
}

/// An amount of money, its thousands grouped: "$4,540", "$1,234.5", "−$20".
pub fn amount(value: f64, currency: &str) -> String {
    let size = group_digits(&value.abs().to_string());
    if value < 0.0 {
        format!("{MINUS}{currency}{size}")
    } else {
        format!("{currency}{size}")
    }
}

/// What an offer has of an attribute.
pub fn cell_text(attribute: &Attribute, cell: Cell) -> String {
    match cell {
        Cell::Number(value) => plain_number(value),
        _ => attribute.write(cell),
    }
}

/// What is to be said of a value outside what the survey asked about.
pub fn outside(low: f64, high: f64) -> String {
    format!(
        "outside the surveyed range {}–{}",
        plain_number(low),
        plain_number(high)
    )
}

/// The unit of a cost: "$ a month", "$".
pub fn cost_unit(cost: Cost, settings: &Settings) -> String {
    let currency = &settings.currency;
    match cost {
        Cost::Monthly => format!("{currency} a {}", settings.words.get("month")),
        Cost::Upfront => currency.clone(),
    }
}

/// The unit of a cost or of a numeric term; `None` for all other attributes.
pub fn attribute_unit(
    schema: &Schema,
    attribute: AttributeIndex,
    settings: &Settings,
) -> Option<String> {
    let mut costs = [Cost::Monthly, Cost::Upfront].into_iter();
    let cost = costs.find(|cost| cost.attribute(schema) == Some(attribute));
    let is_term = schema.term() == Some(attribute) && schema.attributes()[attribute].is_numeric();
    match cost {
        Some(cost) => Some(cost_unit(cost, settings)),
        None => is_term.then(|| settings.words.get("months").to_owned()),
    }
}

/// A number's digits with the reader's separators: "1,234.5".
pub fn group_digits(digits: &str) -> String {
    reader_separators().group_digits(digits)
}

/// A count with the reader's separator between thousands.
pub fn count(count: usize) -> String {
    group_digits(&count.to_string())
}

/// The size of files: "12 KB", "1.2 MB".
pub fn file_size(size: u64) -> String {
    let size = size as f64;
    if size < 1e6 {
        format!("{} KB", fixed_decimals((size / 1e3).ceil(), 0))
    } else {
        format!("{} MB", fixed_decimals(size / 1e6, 1))
    }
}

/// A sign before what its size is written as; "±" where nothing of it is left.
pub fn signed(value: f64, write: impl Fn(f64) -> String) -> String {
    let size = write(value.abs());
    let sign = if size == write(0.0) {
        '±'
    } else if value < 0.0 {
        MINUS
    } else {
        '+'
    };
    format!("{sign}{size}")
}

/// A column's name as people say it: "monthly cost".
pub fn column_label(column: &str) -> String {
    column.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_carry_their_sign() {
        assert_eq!(percent(0.1234), "12.3 %");
        assert_eq!(points_change(-0.0123), "−1.2");
        assert_eq!(points_change(0.0001), "±0.0");
        assert_eq!(thousands_change(12.34, "$"), "+$12.3 K");
        assert_eq!(thousands_change(-0.04, "€"), "±€0.0 K");
        assert_eq!(column_label("monthly_cost"), "monthly cost");
        assert_eq!(percent_change(-0.04), "±0.0 %");
    }

    #[test]
    fn a_change_is_told_in_the_measures_own_words() {
        let told = |measure, difference| measure_change(measure, difference, &Settings::default());
        assert_eq!(told(Measure::Customers, 0.0123), "+12 customers");
        assert_eq!(told(Measure::Ebit, -1.25), "−$1.2 K a month");
        assert_eq!(told(Measure::Revenue, 0.0), "±$0.0 K a month");
        assert_eq!(told(Measure::Arpu, 3.196), "+$3.20 a month");
        assert_eq!(told(Measure::Customers, 1.2344), "+1,234 customers");
        assert_eq!(told(Measure::Ebit, -0.0412), "−$0.0412 K a month");
    }

    #[test]
    fn a_figure_is_told_in_the_measures_own_unit() {
        let told = |measure, value| measure_value(measure, value, "$");
        assert_eq!(told(Measure::Customers, 12.3454), "12,345");
        assert_eq!(told(Measure::Revenue, 1234.56), "$1,234.6 K");
        assert_eq!(told(Measure::Ebit, -1.26), "−$1.3 K");
        assert_eq!(told(Measure::Arpu, 3.196), "$3.20");
    }

    #[test]
    fn thousands_of_an_amount_are_grouped() {
        let told = |value| amount(value, "$");
        assert_eq!(told(4540.0), "$4,540");
        assert_eq!(told(1_234_567.5), "$1,234,567.5");
        assert_eq!(told(-120.0), "−$120");
        assert_eq!(told(0.25), "$0.25");
        let counts = ["0", "999", "1000", "20000", "1234567"].map(group_digits);
        assert_eq!(counts, ["0", "999", "1,000", "20,000", "1,234,567"]);
    }

    const GERMAN: Separators = Separators {
        decimal: ',',
        group: '.',
    };
    const FRENCH: Separators = Separators {
        decimal: ',',
        group: '\u{202f}',
    };

    #[test]
    fn the_readers_separators_are_the_browsers_if_it_has_both() {
        assert_eq!(Separators::from_browser(Some(','), Some('.')), GERMAN);
        for (decimal, group) in [(None, Some('.')), (Some(','), None), (Some('.'), Some('.'))] {
            assert_eq!(Separators::from_browser(decimal, group), Separators::PLAIN);
        }
        assert_eq!(GERMAN.decimal_and_group(), ",.");
    }

    #[test]
    fn numbers_are_written_as_the_reader_writes_them() {
        assert_eq!(GERMAN.group_digits("1234567.25"), "1.234.567,25");
        assert_eq!(GERMAN.localize("1234.5"), "1234,5");
        assert_eq!(FRENCH.group_digits("1234.5"), "1\u{202f}234,5");
    }

    #[test]
    fn a_decimal_comma_is_read_where_it_is_the_readers() {
        for (typed, read) in [
            ("449,5", "449.5"),
            (" -0,25", "-0.25"),
            ("1.234,5", "1234.5"),
            ("1.250.000", "1250000"),
            ("449.5", "449.5"),
            ("0.125", "0.125"),
            ("1.25", "1.25"),
            ("449", "449"),
            ("1,2,3", "1,2,3"),
            ("12.34,5", "12.34,5"),
            ("4 990", "4 990"),
            ("x", "x"),
            ("", ""),
        ] {
            assert_eq!(
                GERMAN.normalize_typed(typed).as_deref(),
                Ok(read),
                "{typed}"
            );
        }
        assert_eq!(
            FRENCH.normalize_typed("1\u{202f}234,5").as_deref(),
            Ok("1234.5")
        );
        assert_eq!(FRENCH.normalize_typed("1 234,5").as_deref(), Ok("1234.5"));
        assert_eq!(FRENCH.normalize_typed("12 34").as_deref(), Ok("12 34"));
        assert_eq!(FRENCH.normalize_typed("1.250").as_deref(), Ok("1.250"));
        // The model refuses it.
        assert_eq!(
            Separators::PLAIN.normalize_typed("1,250").as_deref(),
            Ok("1,250")
        );
    }

    #[test]
    fn what_may_be_two_numbers_is_refused_in_words() {
        assert_eq!(
            GERMAN.normalize_typed("1.250"),
            Err(
                "“1.250” may be 1250 or a fraction; write 1250, or the fraction with a comma"
                    .to_owned()
            )
        );
        assert!(GERMAN.normalize_typed("-4.990").is_err());
    }
}
