//! Names of levels that a spreadsheet took for something else: `3-5` becomes the date `3-May`, and `10E5`
//! the number `1.00E+06`. Nothing can restore them, so that they are only reported.

use crate::format::tabular::Grid;

/// Names of months as spreadsheets shorten them in English, German, French, Spanish, Italian and Dutch.
const MONTHS: [&str; 43] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "mrz", "mär", "mai", "okt", "dez", "janv", "févr", "mars", "avr", "juin", "juil", "août",
    "déc", "ene", "abr", "ago", "dic", "gen", "mag", "giu", "lug", "set", "ott", "mrt", "mei",
    "january", "march", "april", "june", "july",
];

/// What a level looks like instead of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SpoiltLevel {
    Date,
    Power,
}

/// A sentence about the name of a level in a cell if a spreadsheet has probably changed it.
pub(super) fn describe_level(
    label: &str,
    grid: &Grid,
    row: usize,
    column: usize,
) -> Option<String> {
    let (shape, example) = match find_shape(label)? {
        SpoiltLevel::Date => ("a date", "3-5"),
        SpoiltLevel::Power => ("a power of ten", "10E5"),
    };
    let table = super::SourcePlace::table(grid).file;
    let cell = name_cell(grid, row, column);
    Some(format!(
        "{table}, cell {cell}: the level `{label}` looks like {shape}, which a spreadsheet makes of a text such as \
         {example}; if so, correct the cell and save the file again."
    ))
}

/// Whether a text looks like a date.
pub(super) fn is_date(text: &str) -> bool {
    find_shape(text) == Some(SpoiltLevel::Date)
}

/// The sentence about a number that has become a date.
pub(super) fn describe_number(text: &str) -> Option<String> {
    is_date(text).then(|| {
        format!("`{text}` is a date, which a spreadsheet makes of a number such as 3.5; correct the cell")
    })
}

/// A cell as spreadsheets name it: `C2`.
fn name_cell(grid: &Grid, row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while let Some(next) = rest.checked_sub(1) {
        letters.push(char::from(b'A' + (next % 26) as u8));
        rest = next / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", grid.line(row))
}

fn find_shape(label: &str) -> Option<SpoiltLevel> {
    let label = label.trim();
    if is_named_month(label) || is_numbered_date(label) {
        return Some(SpoiltLevel::Date);
    }
    is_power(label).then_some(SpoiltLevel::Power)
}

/// `3-May`, `May-03`, `1. Feb`, `04. Mrz`, `3-May-2025`.
fn is_named_month(label: &str) -> bool {
    let parts: Vec<&str> = match label.split_once(". ") {
        Some((day, month)) => vec![day, month],
        None => label.split(['-', '/']).collect(),
    };
    let is_month = |part: &str| {
        let name = part.trim_end_matches('.').to_lowercase();
        MONTHS.contains(&name.as_str())
    };
    let is_day_or_year = |part: &str| is_digits(part) && [1, 2, 4].contains(&part.len());
    let months = parts.iter().filter(|part| is_month(part)).count();
    let numbers = parts.iter().filter(|part| is_day_or_year(part)).count();
    months == 1 && (1..=2).contains(&numbers) && months + numbers == parts.len()
}

/// `2025-05-03`, `03.05.2025`, `5/3/2025`, each perhaps with a time after it.
fn is_numbered_date(label: &str) -> bool {
    let (date, time) = label.split_once(' ').unwrap_or((label, ""));
    let Some(separator) = ['-', '.', '/']
        .into_iter()
        .find(|mark| date.contains(*mark))
    else {
        return false;
    };
    let parts: Vec<&str> = date.split(separator).collect();
    let [first, second, third] = parts.as_slice() else {
        return false;
    };
    let is_year =
        |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let is_short = |part: &str| (1..=2).contains(&part.len());
    let are_numbers = parts.iter().all(|part| is_digits(part));
    let has_year = is_year(first) && is_short(third) || is_short(first) && is_year(third);
    are_numbers && has_year && is_short(second) && (time.is_empty() || time.contains(':'))
}

/// `1.00E+06`, as spreadsheets show a power of ten.
fn is_power(label: &str) -> bool {
    let Some((mantissa, exponent)) = label.split_once("E+") else {
        return false;
    };
    let Some((whole, fraction)) = mantissa.split_once(['.', ',']) else {
        return false;
    };
    [whole, fraction, exponent].into_iter().all(is_digits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_powers_are_recognized() {
        for label in [
            "3-May",
            "May-03",
            "1. Feb",
            "04. Mrz",
            "05-mai",
            "3-May-2025",
            "2025-05-03",
            "03.05.2025",
            "5/3/2025",
            "2025-05-03 12:30:00",
        ] {
            assert_eq!(find_shape(label), Some(SpoiltLevel::Date), "{label}");
        }
        for label in ["1.00E+06", "1,00E+06"] {
            assert_eq!(find_shape(label), Some(SpoiltLevel::Power), "{label}");
        }
    }

    #[test]
    fn usual_names_are_neither() {
        for label in [
            "3-5",
            "3/4",
            "1.5 l",
            "Set 2",
            "May",
            "Mar Lodge",
            "$1,099",
            "1.2.3",
            "Wi-Fi",
            "4-door",
            "E+",
            "10.5",
            "1999",
            "Semi-final 2",
        ] {
            assert_eq!(find_shape(label), None, "{label}");
        }
    }

    #[test]
    fn cells_have_the_names_of_spreadsheets() {
        let grid = Grid::from_text("a.csv", "a\n\nb\n").unwrap();
        for (column, name) in [
            (0, "A3"),
            (25, "Z3"),
            (26, "AA3"),
            (701, "ZZ3"),
            (702, "AAA3"),
        ] {
            assert_eq!(name_cell(&grid, 1, column), name);
        }
    }
}
