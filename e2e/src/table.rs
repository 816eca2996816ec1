//! Tables as texts: the page's against those that it should show.

/// Numbers that differ by less than this part of themselves are the same: the page shows ten
/// digits.
const TOLERANCE: f64 = 1e-9;

/// Where two tables differ first; nothing where they agree. Cells agree as texts, or as numbers
/// to the digits that the page shows, and to `slack` beside them.
pub fn difference(found: &[Vec<String>], expected: &[Vec<String>], slack: f64) -> Option<String> {
    for (place, (found, expected)) in found.iter().zip(expected).enumerate() {
        let cells = found.iter().zip(expected);
        if found.len() != expected.len()
            || cells.clone().any(|(one, other)| !agree(one, other, slack))
        {
            return Some(format!("row {place} is {found:?} instead of {expected:?}"));
        }
    }
    let lengths = [found.len(), expected.len()];
    (lengths[0] != lengths[1]).then(|| format!("{} rows instead of {}", lengths[0], lengths[1]))
}

/// Whether two cells say the same.
pub fn same(one: &str, other: &str) -> bool {
    agree(one, other, 0.0)
}

fn agree(one: &str, other: &str, slack: f64) -> bool {
    let close = |one: f64, other: f64| {
        (one - other).abs() <= slack + TOLERANCE * one.abs().max(other.abs())
    };
    match (one.parse(), other.parse()) {
        (Ok(one), Ok(other)) => close(one, other),
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::difference;

    fn table(rows: &[&[&str]]) -> Vec<Vec<String>> {
        let row = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        rows.iter().map(row).collect()
    }

    #[test]
    fn the_digits_shown_are_compared_and_no_more() {
        let exact = table(&[&["product", "%"], &["Kia Soul", "33.333333333333336"]]);
        let shown = table(&[&["product", "%"], &["Kia Soul", "33.33333333"]]);
        assert_eq!(difference(&shown, &exact, 0.0), None);
        let other = table(&[&["product", "%"], &["Kia Soul", "33.33333"]]);
        assert!(difference(&other, &exact, 0.0).is_some());
        assert_eq!(difference(&other, &exact, 1e-4), None);
        assert!(difference(&shown[..1], &exact, 0.0).is_some());
        let empty = table(&[&["product", "%"], &["Kia Soul", ""]]);
        let zero = table(&[&["product", "%"], &["Kia Soul", "0"]]);
        assert!(difference(&empty, &zero, 0.0).is_some());
    }
}
