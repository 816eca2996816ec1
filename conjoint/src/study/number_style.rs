//! How the numbers of a file are written, decided once from all of its cells.

/// A file's decimal mark and thousands separators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum NumberStyle {
    /// `1,234.5`
    #[default]
    DecimalPoint,
    /// `1.234,5`
    DecimalComma,
}

impl NumberStyle {
    /// The style that fits all cells of a text file best.
    ///
    /// A cell with both marks decides: the last one is the decimal mark. Else a file whose cells
    /// are not separated by commas has decimal commas where a cell is digits, a comma and digits,
    /// unless every comma is followed by exactly three digits and other cells have a decimal point.
    pub(crate) fn detect<'c>(cells: impl Iterator<Item = &'c str>, separator: u8) -> Self {
        let mut has_comma = false;
        let mut has_decimal_comma = false;
        let mut has_decimal_point = false;
        for cell in cells {
            // Nearly all cells of a table, which say nothing more than the first of them.
            if has_decimal_point && !cell.as_bytes().contains(&b',') {
                continue;
            }
            match Shape::of(cell) {
                Some(Shape::CommaLast) => return Self::DecimalComma,
                Some(Shape::PointLast) => return Self::DecimalPoint,
                Some(Shape::Comma { is_grouped }) => {
                    has_comma = true;
                    has_decimal_comma |= !is_grouped;
                }
                Some(Shape::Point { is_grouped }) => has_decimal_point |= !is_grouped,
                None => {}
            }
        }
        let fits_comma = has_decimal_comma || (has_comma && !has_decimal_point);
        match separator != b',' && fits_comma {
            true => Self::DecimalComma,
            false if has_decimal_comma && !has_decimal_point => Self::DecimalComma,
            false => Self::DecimalPoint,
        }
    }

    /// The number that a cell shows; `None` for a text that is no number, or not a finite one.
    ///
    /// Understood are a sign (U+2212 too) or parentheses for a negative number, thousands
    /// separators (those of the style, spaces of any width and apostrophes), exponents, and a
    /// percent sign, which divides by 100.
    pub fn parse(self, cell: &str) -> Option<f64> {
        let text = cell.trim();
        let is_plain = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
        // Nearly all cells of a table, without a copy of each.
        if self == Self::DecimalPoint && text.bytes().all(is_plain) {
            return text.parse().ok().filter(|number: &f64| number.is_finite());
        }
        let (text, is_negative) = match text
            .strip_prefix('(')
            .and_then(|text| text.strip_suffix(')'))
        {
            Some(inner) => (inner.trim(), true),
            None => (text, false),
        };
        let (text, divisor) = match text.strip_suffix('%') {
            Some(rest) => (rest.trim_end(), 100.0),
            None => (text, 1.0),
        };
        let (group, decimal) = match self {
            Self::DecimalPoint => (',', '.'),
            Self::DecimalComma => ('.', ','),
        };
        let (whole, rest) = match text.find([decimal, 'e', 'E']) {
            Some(place) => text.split_at(place),
            None => (text, ""),
        };
        // A comma at the end belongs to a text, such as a level's name.
        if rest == "," {
            return None;
        }
        let mut plain = ungrouped(whole, group)?;
        plain.extend(rest.chars().map(|letter| match letter {
            '\u{2212}' => '-',
            letter if letter == decimal => '.',
            letter => letter,
        }));
        let is_numeral = plain
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
            && plain.bytes().any(|byte| byte.is_ascii_digit());
        let number: f64 = is_numeral.then_some(plain)?.parse().ok()?;
        let number = if is_negative { -number } else { number } / divisor;
        number.is_finite().then_some(number)
    }
}

/// The part before the decimal mark without its thousands separators; `None` where these do not
/// part it in threes.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let is_separator = |letter: char| {
        letter == group
            || matches!(
                letter,
                ' ' | '\'' | '\u{2019}' | '\u{a0}' | '\u{202f}' | '\u{2009}'
            )
    };
    let mut parts = whole.split(is_separator);
    let first = parts.next()?;
    let mut plain = first.replace('\u{2212}', "-");
    let digits = plain.trim_start_matches(['-', '+']);
    // `0,125` is a fraction with the other decimal mark, never thousands.
    let may_be_grouped = (1..=3).contains(&digits.len()) && digits != "0";
    for (index, part) in parts.enumerate() {
        let is_group = part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_group || (index == 0 && !may_be_grouped) {
            return None;
        }
        plain.push_str(part);
    }
    Some(plain)
}

/// What the marks within a numeral say about the style.
enum Shape {
    /// `1.234,5`
    CommaLast,
    /// `1,234.5`
    PointLast,
    /// Commas only; grouped where each is followed by exactly three digits.
    Comma { is_grouped: bool },
    /// Points only.
    Point { is_grouped: bool },
}

impl Shape {
    fn of(cell: &str) -> Option<Self> {
        let text = cell
            .trim()
            .trim_start_matches(['-', '+', '\u{2212}', '('])
            .trim_end_matches([')', '%', ' ']);
        let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
        let is_numeral = mantissa
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b",.".contains(&byte))
            && mantissa
                .starts_with(|letter: char| letter.is_ascii_digit() || ",.".contains(letter))
            && mantissa.bytes().any(|byte| byte.is_ascii_digit());
        if !is_numeral {
            return None;
        }
        match (mantissa.rfind(','), mantissa.rfind('.')) {
            (Some(comma), Some(point)) if comma > point => Some(Self::CommaLast),
            (Some(_), Some(_)) => Some(Self::PointLast),
            (Some(_), None) => Some(Self::Comma {
                is_grouped: is_grouped(mantissa, ','),
            }),
            (None, Some(_)) => Some(Self::Point {
                is_grouped: is_grouped(mantissa, '.'),
            }),
            (None, None) => None,
        }
    }
}

/// Whether a mark parts a numeral in threes, as thousands separators do.
pub(super) fn is_grouped(numeral: &str, mark: char) -> bool {
    let mut parts = numeral.split(mark);
    let first = parts.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && first != "0" && parts.all(|part| part.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(cells: &[&str], separator: u8) -> NumberStyle {
        NumberStyle::detect(cells.iter().copied(), separator)
    }

    #[test]
    fn the_style_is_decided_by_all_cells() {
        use NumberStyle::{DecimalComma, DecimalPoint};
        for (cells, separator, expected) in [
            (&["1.5", "2"][..], b',', DecimalPoint),
            (&["1,5", "2"], b';', DecimalComma),
            (&["1.478,39", "-77,98"], b';', DecimalComma),
            (&["1,478.39", "-77.98"], b'\t', DecimalPoint),
            (&["1,234", "0.5"], b'\t', DecimalPoint),
            (&["1,234", "2,500"], b';', DecimalComma),
            // Quoted cells of a comma-separated file.
            (&["1,5", "-0,25"], b',', DecimalComma),
            (&["$1,099", "0.5"], b',', DecimalPoint),
            (&["0,123", "0,456"], b';', DecimalComma),
            (&["text"], b',', DecimalPoint),
        ] {
            assert_eq!(detect(cells, separator), expected, "{cells:?}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let point = NumberStyle::DecimalPoint;
        let comma = NumberStyle::DecimalComma;
        for (style, text, expected) in [
            (point, "1,234.5", Some(1234.5)),
            (point, "\u{2212}1.5", Some(-1.5)),
            (point, "(1.23)", Some(-1.23)),
            (point, " 12 ", Some(12.0)),
            (point, "53.6%", Some(0.536)),
            (point, "1.2E-05", Some(1.2e-5)),
            (point, ".5", Some(0.5)),
            (point, "12 345", Some(12345.0)),
            (point, "1'234", Some(1234.0)),
            (point, "1,5", None),
            (point, "0,125", None),
            (point, "12,34,567", None),
            (point, "Infinity", None),
            (point, "nan", None),
            (point, "1e999", None),
            (point, "-", None),
            (point, "", None),
            (comma, "1.478,39", Some(1478.39)),
            (comma, "-,5", Some(-0.5)),
            (comma, "1,2E-05", Some(1.2e-5)),
            (comma, "1.5", None),
            (comma, "1\u{202f}234,5", Some(1234.5)),
        ] {
            assert_eq!(style.parse(text), expected, "{text}");
        }
    }
}
