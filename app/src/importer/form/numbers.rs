//! Numbers in one text, as people write a list.

use crate::format::read_entry;

/// The numbers in a list such as `299; 499; 799`. Semicolons separate them, or else spaces, or else
/// commas, so that numbers with a decimal comma need one of the first two.
pub fn read_numbers(text: &str) -> Option<Vec<f64>> {
    let parts: Vec<&str> = match text {
        text if text.contains(';') => text.split(';').collect(),
        text if text.trim().contains(char::is_whitespace) => text
            .split_whitespace()
            .map(|part| part.trim_end_matches(','))
            .collect(),
        text => text.split(',').collect(),
    };
    let parts = parts.into_iter().map(str::trim);
    let number = |part: &str| read_entry(part, None).ok()?.trim().parse::<f64>().ok();
    parts
        .filter(|part| !part.is_empty())
        .map(number)
        .collect::<Option<Vec<f64>>>()
        .filter(|numbers| !numbers.is_empty() && numbers.iter().all(|number| number.is_finite()))
}

/// The list of numbers as it is shown.
pub fn write_numbers(numbers: &[f64]) -> String {
    let separators = crate::format::reader_separators();
    let texts: Vec<String> = numbers
        .iter()
        .map(|number| separators.localize(&number.to_string()))
        .collect();
    texts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_people_write_them() {
        let three = Some(vec![299.0, 499.5, 799.0]);
        for text in [
            "299; 499.5; 799",
            "299 499.5 799",
            "299,499.5,799",
            "$299, $499.5, $799",
        ] {
            assert_eq!(read_numbers(text), three, "{text}");
        }
        for text in ["", " ; ", "cheap; dear", "1;x"] {
            assert_eq!(read_numbers(text), None, "{text}");
        }
        assert_eq!(write_numbers(&[299.0, 499.5]), "299; 499.5");
    }
}
