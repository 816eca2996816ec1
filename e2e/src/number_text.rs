//! Numbers as the page's sentences write them.

/// An amount of money with its thousands grouped: "$4,540", "$1,234.5".
pub fn format_amount(value: f64) -> String {
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

/// A size in at most four digits, with the usual letter for thousands and more: "12.66 M", "290.8 K".
pub fn format_short(size: f64) -> String {
    // Rounded to four digits first, because 999.96 K is 1 M.
    let rounded: f64 = format!("{size:.3e}").parse().unwrap_or(f64::NAN);
    let (unit, letter) = match rounded {
        large if large >= 1e9 => (1e9, " B"),
        large if large >= 1e6 => (1e6, " M"),
        large if large >= 1e3 => (1e3, " K"),
        _ => (1.0, ""),
    };
    let digits = format!("{:.3}", rounded / unit);
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    format!("{digits}{letter}")
}

/// A difference with its sign, its absolute value formatted by `format`: "+1.2 %", "−$0.4 K"; "±"
/// if it is formatted like zero.
pub fn format_signed(difference: f64, format: impl Fn(f64) -> String) -> String {
    let size = format(difference.abs());
    let sign = match difference {
        _ if size == format(0.0) => '±',
        fall if fall < 0.0 => '−',
        _ => '+',
    };
    format!("{sign}{size}")
}

#[cfg(test)]
mod tests {
    use super::{format_amount, format_short, format_signed};

    #[test]
    fn amounts_are_grouped_by_thousands() {
        let written = [195.0, 4540.0, 12_345.5, 1_234_567.0].map(format_amount);
        assert_eq!(written, ["$195", "$4,540", "$12,345.5", "$1,234,567"]);
    }

    #[test]
    fn a_short_number_has_four_digits() {
        let written = [0.0, 312.0, 999.96, 12_660_941.3, 290_781.4].map(format_short);
        assert_eq!(written, ["0", "312", "1 K", "12.66 M", "290.8 K"]);
    }

    #[test]
    fn differences_that_round_to_zero_have_both_signs() {
        let written =
            [1.25, -1.26, 0.04, -0.04].map(|value| format_signed(value, |v| format!("{v:.1} %")));
        assert_eq!(written, ["+1.2 %", "−1.3 %", "±0.0 %", "±0.0 %"]);
    }
}
