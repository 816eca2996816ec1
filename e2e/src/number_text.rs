//! Numbers as the page's sentences say them.

/// An amount of money, its thousands grouped: "$4,540", "$1,234.5".
pub fn amount(value: f64) -> String {
    let text = value.to_string();
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (text.as_str(), String::new()),
    };
    let digits: Vec<char> = whole.chars().collect();
    let groups: Vec<String> = digits
        .rchunks(3)
        .rev()
        .map(|group| group.iter().collect())
        .collect();
    format!("${}{fraction}", groups.join(","))
}

/// A difference, its size written by `write`, with the sign before it: "+1.2 %", "−$0.4 K"; "±"
/// where what is written is nothing.
pub fn signed(difference: f64, write: impl Fn(f64) -> String) -> String {
    let size = write(difference.abs());
    let sign = match difference {
        _ if size == write(0.0) => '±',
        fall if fall < 0.0 => '−',
        _ => '+',
    };
    format!("{sign}{size}")
}

#[cfg(test)]
mod tests {
    use super::{amount, signed};

    #[test]
    fn amounts_are_grouped_by_thousands() {
        let written = [195.0, 4540.0, 12_345.5, 1_234_567.0].map(amount);
        assert_eq!(written, ["$195", "$4,540", "$12,345.5", "$1,234,567"]);
    }

    #[test]
    fn differences_have_the_sign_that_is_left_of_them() {
        let written =
            [1.25, -1.26, 0.04, -0.04].map(|value| signed(value, |v| format!("{v:.1} %")));
        assert_eq!(written, ["+1.2 %", "−1.3 %", "±0.0 %", "±0.0 %"]);
    }
}
