//! How many digits a chart shows.

use crate::format::{decimals, fixed_decimals, signed};

/// plotly.js's number format of amounts: at most four significant digits, with a comma between thousands.
pub const AMOUNT: &str = ",.4~r";

/// plotly.js's number format of differences up to `largest`: with a sign, a comma between thousands
/// and one digit more than [`decimals`], without zeros at the end.
pub fn signed_format(largest: f64) -> String {
    format!("+,.{}~f", decimals(largest) + 1)
}

/// A difference in a cell: "+1.23", "−0.40", "±0.00" if it rounds to 0, "0" if it is 0.
pub fn signed_label(value: f64, decimals: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    signed(value, |size| fixed_decimals(size, decimals))
}

/// The largest absolute value of the finite values; 0 without one.
pub fn largest(values: impl Iterator<Item = f64>) -> f64 {
    let sizes = values.filter(|value| value.is_finite()).map(f64::abs);
    sizes.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_has_a_sign_unless_it_is_0() {
        assert_eq!(signed_label(1.234, 2), "+1.23");
        assert_eq!(signed_label(-0.4, 2), "−0.40");
        assert_eq!(signed_label(-1_234.5, 0), "−1234");
        assert_eq!(signed_label(0.001, 2), "±0.00");
        assert_eq!(signed_label(-0.0, 2), "0");
    }

    #[test]
    fn the_largest_is_that_of_all_finite_values() {
        assert_eq!(largest([1.0, -3.0, f64::NAN, 2.0].into_iter()), 3.0);
        assert_eq!(largest(std::iter::empty()), 0.0);
    }
}
