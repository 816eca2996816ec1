//! Numbers as people type them: with a currency sign, with separators, or relative to the value that
//! is there.

use super::separators::{AmbiguousNumber, Separators, reader_separators};

/// What a typed text means for an input that contains the number `current`, in the model's notation.
/// `−10%` and `+10%` change the number by a part of itself, `*0.9` and `/2` multiply and divide it, and
/// `+20` adds to it. A text that is no number is returned as it is, for the model to refuse.
///
/// # Errors
/// A text that could be two different numbers; see [`Separators::normalize_typed`].
pub fn read_entry(typed: &str, current: Option<f64>) -> Result<String, AmbiguousNumber> {
    let text = typed.trim().replace('−', "-");
    let separators = reader_separators();
    if let (Some((change, operand)), Some(current)) = (Change::split(&text), current) {
        let operand = separators.normalize_typed(&without_groups(operand, separators))?;
        if let Ok(operand) = operand.trim().parse() {
            return Ok(change.apply(current, operand).to_string());
        }
    }
    let plain = without_groups(without_currency(&text), separators);
    separators.normalize_typed(&plain)
}

/// A change of the number that is there.
#[derive(Clone, Copy)]
enum Change {
    Add,
    Multiply,
    Divide,
    /// Add this percentage of the number.
    AddPercentage,
    SubtractPercentage,
}

impl Change {
    /// The change that a text describes, and its operand.
    fn split(text: &str) -> Option<(Self, &str)> {
        if let Some(percentage) = text.strip_suffix('%') {
            return match percentage.split_at_checked(1)? {
                ("+", operand) => Some((Self::AddPercentage, operand)),
                ("-", operand) => Some((Self::SubtractPercentage, operand)),
                _ => None,
            };
        }
        let mut letters = text.chars();
        let change = match letters.next()? {
            '+' => Self::Add,
            '*' | '×' => Self::Multiply,
            '/' | '÷' => Self::Divide,
            _ => return None,
        };
        Some((change, letters.as_str()))
    }

    fn apply(self, current: f64, operand: f64) -> f64 {
        let changed = match self {
            Self::Add => current + operand,
            Self::Multiply => current * operand,
            Self::Divide => current / operand,
            Self::AddPercentage => current * (1.0 + operand / 100.0),
            Self::SubtractPercentage => current * (1.0 - operand / 100.0),
        };
        // 399 * 1.1 is 438.90000000000003 in binary.
        let rounded = (changed * 1e4).round() / 1e4;
        if rounded.is_finite() {
            rounded
        } else {
            changed
        }
    }
}

/// The text without a currency sign at either end.
fn without_currency(text: &str) -> &str {
    text.trim_matches(|letter: char| matches!(letter, '$' | '€' | '£' | '¥' | '₹') || letter == ' ')
}

/// The text without the plain separator between groups of three digits, if it has only such: "1,250".
/// Other separators are left to [`Separators::normalize_typed`].
fn without_groups(text: &str, separators: Separators) -> String {
    let text = text.trim();
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.trim_start_matches('-').split(',');
    let first = groups.next().unwrap_or_default();
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = whole.contains(',')
        && (1..=3).contains(&first.len())
        && is_number(first)
        && groups.all(|group| group.len() == 3 && is_number(group));
    match separators == Separators::PLAIN && is_grouped {
        true => text.replace(',', ""),
        false => text.to_owned(),
    }
}

/// The step of the arrow keys in an input with this range: about a hundredth of it, a round number.
pub fn arrow_step(low: f64, high: f64) -> f64 {
    let hundredth = (high - low) / 100.0;
    if !hundredth.is_normal() || hundredth < 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(hundredth.log10().floor());
    let round = [1.0, 2.0, 5.0, 10.0].into_iter();
    let mut steps = round.map(|factor| factor * power);
    steps
        .find(|step| *step >= hundredth * (1.0 - 1e-9))
        .unwrap_or(power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::set_reader_separators;

    fn read(text: &str) -> String {
        read_entry(text, Some(400.0)).unwrap()
    }

    #[test]
    fn entries_are_read_as_people_type_them() {
        for (text, number) in [
            ("449", "449"),
            ("1,250", "1250"),
            ("$1,250.5", "1250.5"),
            ("399 €", "399"),
            ("−10%", "360"),
            ("+10 %", "440"),
            ("-2.5%", "390"),
            ("*0.9", "360"),
            ("/2", "200"),
            ("+20", "420"),
            ("−20", "-20"),
            ("12,50", "12,50"),
            ("*x", "*x"),
            ("10%", "10%"),
            ("%", "%"),
            ("", ""),
        ] {
            assert_eq!(read(text), number, "{text}");
        }
        assert_eq!(read_entry("*0.9", None).unwrap(), "*0.9");
        assert_eq!(read_entry("+10%", Some(399.0)).unwrap(), "438.9");
    }

    #[test]
    fn entries_have_the_readers_separators() {
        set_reader_separators(Separators::from_browser(Some(','), Some('.')));
        assert_eq!(read("*0,9"), "360");
        assert_eq!(read("1.250,5"), "1250.5");
        assert!(read_entry("1.250", Some(400.0)).is_err());
    }

    #[test]
    fn arrow_steps_are_round() {
        assert_eq!(arrow_step(120.0, 1250.0), 20.0);
        assert_eq!(arrow_step(0.0, 100.0), 1.0);
        assert_eq!(arrow_step(0.0, 0.5), 0.005);
        assert_eq!(arrow_step(24.0, 36.0), 0.2);
        assert_eq!(arrow_step(5.0, 5.0), 1.0);
    }
}
