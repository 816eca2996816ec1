//! How many digits a chart writes, and signs before differences.

/// Decimals at which `largest` shows three significant digits: 2 for 1.23, 0 for 123.
pub fn decimals(largest: f64) -> usize {
    let magnitude = largest.abs().log10().floor();
    // Not so: 0, which shows as it is.
    if magnitude.is_finite() {
        (2.0 - magnitude).clamp(0.0, 12.0) as usize
    } else {
        0
    }
}

/// plotly.js's number format of a difference up to `largest`: its sign, a comma between thousands
/// and one digit more than [`decimals`] gives, without zeros at the end.
pub fn signed_format(largest: f64) -> String {
    format!("+,.{}~f", decimals(largest) + 1)
}

/// A difference with its sign: "+1.23", "−0.40", "0"; "±0.00" where nothing of it is left.
pub fn signed(value: f64, decimals: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    crate::format::signed(value, |size| crate::format::fixed_decimals(size, decimals))
}

/// The largest absolute value; 0 of none.
pub fn largest(values: impl Iterator<Item = f64>) -> f64 {
    let sizes = values.filter(|value| value.is_finite()).map(f64::abs);
    sizes.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_shows_three_digits() {
        let values = [1.23, 12.3, 123.0, 12_345.0, 0.0123, 0.0, f64::NAN, 1e-300];
        assert_eq!(values.map(decimals), [2, 1, 0, 0, 4, 0, 0, 12]);
        assert_eq!(decimals(-0.5), 3);
    }

    #[test]
    fn differences_carry_their_sign() {
        assert_eq!(signed(1.234, 2), "+1.23");
        assert_eq!(signed(-0.4, 2), "−0.40");
        assert_eq!(signed(-1_234.5, 0), "−1234");
        assert_eq!(signed(0.001, 2), "±0.00");
        assert_eq!(signed(-0.0, 2), "0");
    }

    #[test]
    fn the_largest_is_that_of_all_numbers() {
        assert_eq!(largest([1.0, -3.0, f64::NAN, 2.0].into_iter()), 3.0);
        assert_eq!(largest(std::iter::empty()), 0.0);
    }
}
