//! Shares, differences and counts.

use conjoint::stats::bootstrap::Interval;

use super::separators::reader_separators;

/// The true minus sign, which is as wide as the plus; plotly.js writes it on axes.
pub(super) const MINUS: char = '−';

/// A share as percent: "12.3 %".
pub fn percent(share: f64) -> String {
    format!("{} %", fixed_decimals(share * 100.0, 1))
}

/// A number with this number of decimals.
pub fn fixed_decimals(value: f64, decimals: usize) -> String {
    reader_separators().localize(&format!("{value:.decimals$}"))
}

/// A number with all its decimals, as inputs show it.
pub fn plain_number(value: f64) -> String {
    reader_separators().localize(&value.to_string())
}

/// An interval of numbers with one decimal: "28.1–31.5".
pub fn interval_text(interval: Interval) -> String {
    let [low, high] = [interval.low, interval.high].map(|end| fixed_decimals(end, 1));
    format!("{low}–{high}")
}

/// A size of 0 or more in at most four digits, with the usual letter for thousands and more: "12.35 K",
/// "1.235 M", "312".
pub fn short_number(size: f64) -> String {
    const LETTERS: [&str; 5] = ["", " K", " M", " B", " T"];
    let mut scaled = size;
    let mut letters = LETTERS.into_iter();
    let mut letter = letters.next().unwrap_or_default();
    // From 999.95 on, four digits would be rounded to 1000.
    while scaled >= 999.95
        && let Some(next) = letters.next()
    {
        (scaled, letter) = (scaled / 1000.0, next);
    }
    let places = match scaled {
        scaled if scaled >= 99.995 => 1,
        scaled if scaled >= 9.9995 => 2,
        _ => 3,
    };
    let digits = format!("{scaled:.places$}");
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    format!("{}{letter}", group_digits(digits))
}

/// A difference of shares in percentage points: "+1.2", "−0.4", "±0.0".
pub fn points_change(difference: f64) -> String {
    signed(difference * 100.0, |size| fixed_decimals(size, 1))
}

/// A difference in percent: "+1.2 %", "−0.4 %".
pub fn percent_change(difference: f64) -> String {
    signed(difference, |size| format!("{} %", fixed_decimals(size, 1)))
}

/// A number's plain digits with both separators: "1,234.5".
pub fn group_digits(digits: &str) -> String {
    reader_separators().group_digits(digits)
}

/// A count: "20,000".
pub fn count(count: usize) -> String {
    group_digits(&count.to_string())
}

/// The size of files: "12 KB", "1.2 MB".
pub fn file_size(bytes: u64) -> String {
    let size = bytes as f64;
    if size < 1e6 {
        format!("{} KB", fixed_decimals((size / 1e3).ceil(), 0))
    } else {
        format!("{} MB", fixed_decimals(size / 1e6, 1))
    }
}

/// A number with its sign before what `write` makes of its size; "±" if that is the text of 0.
pub fn signed(value: f64, write: impl Fn(f64) -> String) -> String {
    let size = write(value.abs());
    let sign = if size == write(0.0) {
        '±'
    } else if value < 0.0 {
        MINUS
    } else {
        '+'
    };
    format!("{sign}{size}")
}

/// The number of decimals that shows three significant digits of `largest`: 2 for 1.23, 0 for 123.
pub fn decimals(largest: f64) -> usize {
    let magnitude = largest.abs().log10().floor();
    // It is not finite for 0, which needs no decimals.
    if magnitude.is_finite() {
        (2.0 - magnitude).clamp(0.0, 12.0) as usize
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Separators, set_reader_separators};

    #[test]
    fn a_short_number_has_at_most_four_digits() {
        let cases = [
            (0.0, "0"),
            (0.25, "0.25"),
            (312.0, "312"),
            (999.94, "999.9"),
            (999.96, "1 K"),
            (12_345.4, "12.35 K"),
            (1_234_560.0, "1.235 M"),
            (9_999_960.0, "10 M"),
            (5e15, "5,000 T"),
        ];
        for (size, text) in cases {
            assert_eq!(short_number(size), text);
        }
    }

    #[test]
    fn differences_have_a_sign() {
        assert_eq!(percent(0.1234), "12.3 %");
        assert_eq!(points_change(-0.0123), "−1.2");
        assert_eq!(points_change(0.0001), "±0.0");
        assert_eq!(percent_change(0.123), "+0.1 %");
        assert_eq!(percent_change(-0.04), "±0.0 %");
    }

    #[test]
    fn counts_and_sizes_have_separators_and_units() {
        let counts = [0, 999, 1000, 20_000, 1_234_567].map(count);
        assert_eq!(counts, ["0", "999", "1,000", "20,000", "1,234,567"]);
        let sizes = [1, 12_000, 999_999, 1_240_000].map(file_size);
        assert_eq!(sizes, ["1 KB", "12 KB", "1000 KB", "1.2 MB"]);
    }

    #[test]
    fn three_significant_digits_are_shown() {
        let values = [1.23, 12.3, 123.0, 12_345.0, 0.0123, 0.0, f64::NAN, 1e-300];
        assert_eq!(values.map(decimals), [2, 1, 0, 0, 4, 0, 0, 12]);
        assert_eq!(decimals(-0.5), 3);
    }

    #[test]
    fn every_number_has_the_readers_separators() {
        // Each test has its own thread, and the separators are the thread's.
        set_reader_separators(Separators::from_browser(Some(','), Some('.')));
        assert_eq!(percent(0.609), "60,9 %");
        assert_eq!(plain_number(449.5), "449,5");
        assert_eq!(points_change(-0.0123), "−1,2");
        assert_eq!(count(1_234_567), "1.234.567");
        assert_eq!(file_size(1_240_000), "1,2 MB");
    }
}
