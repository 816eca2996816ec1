//! Numbers in sentences: rounded for reading, with a sign where they are a difference.

/// The true minus sign, which is as wide as the plus.
const MINUS: char = '−';

/// A share as percent: "12.3 %".
pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A difference of shares in percentage points: "+1.2", "−0.4", "±0.0".
pub fn points(difference: f64) -> String {
    signed(difference * 100.0, |size| format!("{size:.1}"))
}

/// A difference of money in thousands a month: "+$12.3 K", "−$0.4 K", "±$0.0 K".
pub fn thousands(difference: f64, currency: &str) -> String {
    signed(difference, |size| format!("{currency}{size:.1} K"))
}

/// A sign before what its size is written as; "±" where nothing of it is left.
fn signed(value: f64, write: impl Fn(f64) -> String) -> String {
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

/// A column's name as people say it: "monthly cost".
pub fn words(column: &str) -> String {
    column.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_carry_their_sign() {
        assert_eq!(percent(0.1234), "12.3 %");
        assert_eq!(points(-0.0123), "−1.2");
        assert_eq!(points(0.0001), "±0.0");
        assert_eq!(thousands(12.34, "$"), "+$12.3 K");
        assert_eq!(thousands(-0.04, "€"), "±€0.0 K");
        assert_eq!(words("monthly_cost"), "monthly cost");
    }
}
