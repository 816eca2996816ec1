//! Numbers in sentences: rounded for reading, with a sign where they are a difference.

use conjoint::finance::Measure;
use conjoint::sweep::Cost;

use crate::charts::decimals;

/// The true minus sign, which is as wide as the plus; plotly.js writes it on axes.
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

/// A change of a measure in the unit that the model gives it, as people say it: "+12 customers",
/// "−$1.2 K a month", "+$3.20 a month"; a small one with as many digits as it needs.
pub fn change(measure: Measure, difference: f64, currency: &str) -> String {
    let write = |difference: f64, usual: usize, wrap: &dyn Fn(String) -> String| {
        // Where the usual decimals would show nothing of it.
        let least = 0.5 * 0.1_f64.powi(usual as i32);
        let shown = difference == 0.0 || difference.abs() >= least;
        let places = if shown { usual } else { decimals(difference) };
        signed(difference, |size| {
            wrap(grouped(&format!("{size:.places$}")))
        })
    };
    match measure {
        Measure::Customers => write(difference * 1000.0, 0, &|size| format!("{size} customers")),
        Measure::Revenue | Measure::Ebit => {
            write(difference, 1, &|size| format!("{currency}{size} K a month"))
        }
        Measure::Arpu => write(difference, 2, &|size| format!("{currency}{size} a month")),
    }
}

/// A difference in percent: "+1.2 %", "−0.4 %".
pub fn percentage(difference: f64) -> String {
    signed(difference, |size| format!("{size:.1} %"))
}

/// An amount of money, its thousands grouped: "$4,540", "$1,234.5", "−$20".
pub fn amount(value: f64, currency: &str) -> String {
    let size = grouped(&value.abs().to_string());
    if value < 0.0 {
        format!("{MINUS}{currency}{size}")
    } else {
        format!("{currency}{size}")
    }
}

/// The unit of a cost: "$ a month", "$".
pub fn cost_unit(cost: Cost, currency: &str) -> String {
    match cost {
        Cost::Monthly => format!("{currency} a month"),
        Cost::Upfront => currency.to_owned(),
    }
}

/// A number's digits with a comma between thousands: "1,234.5".
pub fn grouped(digits: &str) -> String {
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

/// A sign before what its size is written as; "±" where nothing of it is left.
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
        assert_eq!(percentage(-0.04), "±0.0 %");
    }

    #[test]
    fn a_change_is_told_in_the_measures_own_words() {
        let told = |measure, difference| change(measure, difference, "$");
        assert_eq!(told(Measure::Customers, 0.0123), "+12 customers");
        assert_eq!(told(Measure::Ebit, -1.25), "−$1.2 K a month");
        assert_eq!(told(Measure::Revenue, 0.0), "±$0.0 K a month");
        assert_eq!(told(Measure::Arpu, 3.196), "+$3.20 a month");
        assert_eq!(told(Measure::Customers, 1.2344), "+1,234 customers");
        assert_eq!(told(Measure::Ebit, -0.0412), "−$0.0412 K a month");
    }

    #[test]
    fn thousands_of_an_amount_are_grouped() {
        let told = |value| amount(value, "$");
        assert_eq!(told(4540.0), "$4,540");
        assert_eq!(told(1_234_567.5), "$1,234,567.5");
        assert_eq!(told(-120.0), "−$120");
        assert_eq!(told(0.25), "$0.25");
        let counts = ["0", "999", "1000", "20000", "1234567"].map(grouped);
        assert_eq!(counts, ["0", "999", "1,000", "20,000", "1,234,567"]);
    }
}
