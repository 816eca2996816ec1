//! A level's label as a number and what surrounds it.

use super::number_style::{NumberStyle, is_grouped};

/// The longest unit; a longer text is a name.
const LONGEST_SUFFIX: usize = 24;

/// Currency codes that may precede or follow a number.
const CODES: [&str; 36] = [
    "USD", "EUR", "GBP", "JPY", "CHF", "CNY", "INR", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK",
    "PLN", "CZK", "HUF", "RON", "BRL", "MXN", "ARS", "CLP", "COP", "ZAR", "RUB", "TRY", "KRW",
    "SGD", "HKD", "TWD", "ILS", "THB", "IDR", "MYR", "PHP", "AED", "SAR",
];

/// Other currency signs of more than one letter.
const WORDS: [&str; 13] = [
    "US$", "A$", "C$", "NZ$", "R$", "HK$", "S$", "kr", "kr.", "Fr.", "Rs", "Rs.", "zł",
];

/// A label in three parts: what precedes the number, the number, what follows it.
pub(super) struct Numeral<'l> {
    is_negative: bool,
    pub(super) prefix: &'l str,
    digits: &'l str,
    pub(super) suffix: &'l str,
}

impl<'l> Numeral<'l> {
    pub(super) fn split(label: &'l str) -> Option<Self> {
        let (is_negative, label) = match label.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, label),
        };
        let start = label.find(|letter: char| letter.is_ascii_digit())?;
        // `.5` begins with its decimal mark.
        let start = match label.get(..start)?.strip_suffix(['.', ',']) {
            Some("") => 0,
            _ => start,
        };
        let (prefix, rest) = label.split_at_checked(start)?;
        let end = rest
            .find(|letter: char| !letter.is_ascii_digit() && !is_mark(letter))
            .unwrap_or(rest.len());
        let digits = rest.get(..end)?.trim_end_matches(is_mark);
        let suffix = rest.get(digits.len()..)?;
        Some(Self {
            is_negative,
            prefix,
            digits,
            suffix,
        })
    }

    /// Whether what surrounds the number is a unit rather than part of a name.
    pub(super) fn has_unit(&self) -> bool {
        let (prefix, suffix) = (self.prefix.trim(), self.suffix.trim());
        let starts_as_unit = suffix.starts_with(|letter: char| {
            letter.is_alphabetic() || "%‰°/\"'′″".contains(letter) || is_currency_sign(letter)
        });
        let is_unit = suffix.is_empty()
            || (starts_as_unit
                && suffix.chars().count() <= LONGEST_SUFFIX
                && !suffix.contains(|letter: char| letter.is_ascii_digit()));
        is_unit && (prefix.is_empty() || is_currency(prefix))
    }

    pub(super) fn number(&self, style: NumberStyle) -> Option<f64> {
        let number = style.parse(self.digits)?;
        Some(if self.is_negative { -number } else { number })
    }
}

/// What may occur within a number: marks, and spaces between thousands.
fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '.' | ',' | '\'' | '\u{2019}' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'
    )
}

fn is_currency_sign(letter: char) -> bool {
    matches!(
        letter,
        '$' | '£' | '¥' | '¢' | '฿' | '\u{20a0}'..='\u{20c0}'
    )
}

pub(super) fn is_currency(text: &str) -> bool {
    let mut letters = text.chars();
    let is_sign = letters.next().is_some_and(is_currency_sign) && letters.next().is_none();
    is_sign || CODES.contains(&text) || WORDS.contains(&text)
}

/// How the numbers of all labels are written, and whether thousands are separated; `None` where they
/// contradict each other.
///
/// Three digits after the only mark are thousands where the other numbers are 100 or more.
pub(super) fn find_style(numerals: &[Numeral<'_>]) -> Option<(NumberStyle, bool)> {
    let digits = || numerals.iter().map(|numeral| numeral.digits);
    let has = |mark: char| digits().any(|text| text.contains(mark));
    let is_always_grouped = |mark: char| {
        let marked = digits().filter(|text| text.contains(mark));
        marked.into_iter().all(|text| is_grouped(text, mark))
    };
    let both = digits().find(|text| text.contains('.') && text.contains(','));
    if let Some(text) = both {
        let style = match text.rfind(',') > text.rfind('.') {
            true => NumberStyle::DecimalComma,
            false => NumberStyle::DecimalPoint,
        };
        return Some((style, true));
    }
    let mut unmarked = digits()
        .filter(|text| !text.contains([',', '.']))
        .peekable();
    let has_unmarked = unmarked.peek().is_some();
    let are_large = unmarked.all(|text| text.bytes().filter(u8::is_ascii_digit).count() >= 3);
    match (has('.'), has(',')) {
        (false, false) => {
            let is_grouped = digits().any(|text| text.contains(is_mark));
            Some((NumberStyle::DecimalPoint, is_grouped))
        }
        (false, true) => match is_always_grouped(',') && are_large {
            true => Some((NumberStyle::DecimalPoint, true)),
            false => Some((NumberStyle::DecimalComma, false)),
        },
        (true, false) => {
            // `1.099` without smaller prices next to it is a fraction, unless a currency follows it.
            let is_price = numerals
                .iter()
                .all(|numeral| is_currency(numeral.suffix.trim()));
            match is_always_grouped('.') && are_large && (has_unmarked || is_price) {
                true => Some((NumberStyle::DecimalComma, true)),
                false => Some((NumberStyle::DecimalPoint, false)),
            }
        }
        (true, true) => match (is_always_grouped('.'), is_always_grouped(',')) {
            (false, true) => Some((NumberStyle::DecimalPoint, true)),
            (true, false) => Some((NumberStyle::DecimalComma, true)),
            _ => None,
        },
    }
}
