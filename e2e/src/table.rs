//! Comparing tables of texts.

/// The relative difference below which two numbers are equal: the page shows ten digits.
const RELATIVE_TOLERANCE: f64 = 1e-9;

/// Describes where two tables differ first; `None` if they are equal. Cells are equal as texts, or
/// as numbers within the digits that the page shows and the absolute `tolerance`.
pub fn first_difference(
    found: &[Vec<String>],
    expected: &[Vec<String>],
    tolerance: f64,
) -> Option<String> {
    for (place, (found, expected)) in found.iter().zip(expected).enumerate() {
        let cells = found.iter().zip(expected);
        if found.len() != expected.len()
            || cells
                .clone()
                .any(|(one, other)| !are_equal(one, other, tolerance))
        {
            return Some(format!("row {place} is {found:?} instead of {expected:?}"));
        }
    }
    let lengths = [found.len(), expected.len()];
    (lengths[0] != lengths[1]).then(|| format!("{} rows instead of {}", lengths[0], lengths[1]))
}

/// Sorts the rows below the header by their first cell.
pub fn sort_rows(mut table: Vec<Vec<String>>) -> Vec<Vec<String>> {
    if let Some(rows) = table.get_mut(1..) {
        rows.sort_by(|one, other| one.first().cmp(&other.first()));
    }
    table
}

/// Whether two cells are equal, as texts or as numbers to the digits that the page shows.
pub fn cells_match(one: &str, other: &str) -> bool {
    are_equal(one, other, 0.0)
}

fn are_equal(one: &str, other: &str, tolerance: f64) -> bool {
    let close = |one: f64, other: f64| {
        (one - other).abs() <= tolerance + RELATIVE_TOLERANCE * one.abs().max(other.abs())
    };
    match (one.parse(), other.parse()) {
        (Ok(one), Ok(other)) => close(one, other),
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::{first_difference, sort_rows};

    fn table(rows: &[&[&str]]) -> Vec<Vec<String>> {
        let row = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        rows.iter().map(row).collect()
    }

    #[test]
    fn numbers_are_compared_to_the_digits_shown() {
        let exact = table(&[&["product", "%"], &["Kia Soul", "33.333333333333336"]]);
        let shown = table(&[&["product", "%"], &["Kia Soul", "33.33333333"]]);
        assert_eq!(first_difference(&shown, &exact, 0.0), None);
        let other = table(&[&["product", "%"], &["Kia Soul", "33.33333"]]);
        assert!(first_difference(&other, &exact, 0.0).is_some());
        assert_eq!(first_difference(&other, &exact, 1e-4), None);
        assert!(first_difference(&shown[..1], &exact, 0.0).is_some());
        let empty = table(&[&["product", "%"], &["Kia Soul", ""]]);
        let zero = table(&[&["product", "%"], &["Kia Soul", "0"]]);
        assert!(first_difference(&empty, &zero, 0.0).is_some());
    }

    #[test]
    fn the_header_stays_first() {
        let sorted = sort_rows(table(&[&["product"], &["VW"], &["Audi"]]));
        assert_eq!(sorted, table(&[&["product"], &["Audi"], &["VW"]]));
        assert_eq!(sort_rows(table(&[])), table(&[]));
    }
}
