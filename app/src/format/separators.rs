//! The separators of the reader's locale, in numbers that the page writes and in typed ones.

use std::cell::Cell;

/// The decimal separator, and the separator between groups of three digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Separators {
    decimal: char,
    group: char,
}

/// A typed text that could be a number of thousands or a fraction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmbiguousNumber {
    /// What was typed: "1.250".
    pub text: String,
    /// The number without separators: "1250".
    pub whole: String,
}

thread_local! {
    /// The reader's separators. They are a global of the page because every number depends on them.
    static READER: Cell<Separators> = const { Cell::new(Separators::PLAIN) };
}

/// Sets the separators of every number. To be called before the first number is written.
pub fn set_reader_separators(separators: Separators) {
    READER.set(separators);
}

/// The separators of every number.
pub fn reader_separators() -> Separators {
    READER.get()
}

impl Separators {
    /// 1,234.5
    pub const PLAIN: Self = Self {
        decimal: '.',
        group: ',',
    };

    /// The separators that the browser reports, or [`Separators::PLAIN`] if one is missing or both
    /// are the same.
    pub fn from_browser(decimal: Option<char>, group: Option<char>) -> Self {
        match (decimal, group) {
            (Some(decimal), Some(group)) if decimal != group => Self { decimal, group },
            _ => Self::PLAIN,
        }
    }

    /// Both separators in plotly.js's order.
    pub fn decimal_and_group(self) -> String {
        String::from_iter([self.decimal, self.group])
    }

    /// Plain digits with the decimal separator and no groups.
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

    /// A typed text in the model's notation. Readers whose decimal separator is a comma may type
    /// one. A text that is not such a number is returned as it is, for the model to refuse.
    ///
    /// # Errors
    /// A text such as "1.250": it is 1250 for such a reader, but 1.25 in the page's inputs.
    pub fn normalize_typed(self, text: &str) -> Result<String, AmbiguousNumber> {
        if self.decimal == Self::PLAIN.decimal {
            return Ok(text.to_owned());
        }
        let number = self.with_own_spaces(text.trim());
        let (whole, fraction) = number.split_once(self.decimal).unwrap_or((&number, ""));
        let Some(groups) = self.count_groups(whole).filter(|_| is_digits(fraction)) else {
            return Ok(text.to_owned());
        };
        let digits = whole.replace(self.group, "");
        if number.contains(self.decimal) {
            return Ok(format!("{digits}.{fraction}"));
        }
        if groups == 2 && self.group == Self::PLAIN.decimal {
            return Err(AmbiguousNumber {
                text: number,
                whole: digits,
            });
        }
        Ok(digits)
    }

    /// The text with this locale's space between groups, where people type an ordinary space.
    fn with_own_spaces(self, text: &str) -> String {
        let replace = |letter: char| match letter.is_whitespace() && self.group.is_whitespace() {
            true => self.group,
            false => letter,
        };
        text.chars().map(replace).collect()
    }

    /// The number of groups of digits in a whole number with an optional sign; `None` if it is not
    /// one: "1.234" has 2, "1234" has 1, "12.34" is not a number.
    fn count_groups(self, whole: &str) -> Option<usize> {
        let mut groups = whole.trim_start_matches(['-', '+']).split(self.group);
        let first = groups.next().unwrap_or_default();
        let rest: Vec<&str> = groups.collect();
        let starts_groups = !first.starts_with('0') && (1..=3).contains(&first.len());
        let is_grouped = starts_groups
            && rest
                .iter()
                .all(|group| group.len() == 3 && is_digits(group));
        let is_number = is_digits(first) && (is_grouped || rest.is_empty());
        is_number.then_some(1 + rest.len())
    }
}

fn is_digits(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: Separators = Separators {
        decimal: ',',
        group: '.',
    };
    const FRENCH: Separators = Separators {
        decimal: ',',
        group: '\u{202f}',
    };
    const SWISS: Separators = Separators {
        decimal: '.',
        group: '’',
    };

    #[test]
    fn the_browsers_separators_are_used_if_it_reports_both() {
        assert_eq!(Separators::from_browser(Some(','), Some('.')), GERMAN);
        for (decimal, group) in [(None, Some('.')), (Some(','), None), (Some('.'), Some('.'))] {
            assert_eq!(Separators::from_browser(decimal, group), Separators::PLAIN);
        }
        assert_eq!(GERMAN.decimal_and_group(), ",.");
    }

    #[test]
    fn numbers_have_the_locales_separators() {
        for (locale, grouped, plain) in [
            (Separators::PLAIN, "1,234,567.25", "1234567.25"),
            (GERMAN, "1.234.567,25", "1234567,25"),
            (FRENCH, "1\u{202f}234\u{202f}567,25", "1234567,25"),
            (SWISS, "1’234’567.25", "1234567.25"),
        ] {
            assert_eq!(locale.group_digits("1234567.25"), grouped);
            assert_eq!(locale.localize("1234567.25"), plain);
        }
    }

    #[test]
    fn a_decimal_comma_is_accepted_if_it_is_the_locales() {
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
        let french = |typed| FRENCH.normalize_typed(typed);
        assert_eq!(french("1\u{202f}234,5").as_deref(), Ok("1234.5"));
        assert_eq!(french("1 234,5").as_deref(), Ok("1234.5"));
        assert_eq!(french("12 34").as_deref(), Ok("12 34"));
        assert_eq!(french("1.250").as_deref(), Ok("1.250"));
    }

    #[test]
    fn a_decimal_comma_is_left_to_the_model_if_it_is_not_the_locales() {
        for typed in ["449,5", "1,250"] {
            let read = Separators::PLAIN.normalize_typed(typed);
            assert_eq!(read.as_deref(), Ok(typed));
        }
    }

    #[test]
    fn a_text_that_could_be_two_numbers_is_an_error() {
        for (typed, whole) in [("1.250", "1250"), ("-4.990", "-4990"), (" 1.250 ", "1250")] {
            let expected = AmbiguousNumber {
                text: typed.trim().to_owned(),
                whole: whole.to_owned(),
            };
            assert_eq!(GERMAN.normalize_typed(typed), Err(expected));
        }
        // With two groups it cannot be a fraction, and 0.125 is no number of thousands.
        assert_eq!(
            GERMAN.normalize_typed("1.250.000").as_deref(),
            Ok("1250000")
        );
        assert_eq!(GERMAN.normalize_typed("0.125").as_deref(), Ok("0.125"));
    }
}
