//! Money and customers in the units that people say them in.

use conjoint::index_vec::AttributeIndex;
use conjoint::market::Measure;
use conjoint::study::{Schema, Settings, Study};
use conjoint::sweep::Cost;

use super::numbers::{MINUS, group_digits, short_number, signed};

/// A measure's value in at most four digits, given in the model's unit: "12.35 K" customers,
/// "$1.234 M", "$312.4".
pub fn short_measure(measure: Measure, value: f64, currency: &str) -> String {
    format!(
        "{}{}",
        minus_sign(value),
        short_size(measure, value, currency)
    )
}

/// The same of a difference: "+$12.35 K", "−$412", "±$0".
pub fn short_measure_change(measure: Measure, difference: f64, currency: &str) -> String {
    signed(difference, |size| short_size(measure, size, currency))
}

/// A measure's size, without a sign.
fn short_size(measure: Measure, value: f64, currency: &str) -> String {
    let (units, currency) = match measure {
        Measure::Customers => (value * 1000.0, ""),
        Measure::Revenue | Measure::Ebit => (value * 1000.0, currency),
        Measure::Arpu => (value, currency),
    };
    // Less than a cent, or than half a customer, is rounding.
    let size = if units.abs() < 0.005 {
        0.0
    } else {
        units.abs()
    };
    format!("{currency}{}", short_number(size))
}

/// A measure's value, given in the model's unit: "12,345" customers, "$1.2 K", "$3.20".
pub fn measure_value(measure: Measure, value: f64, currency: &str) -> String {
    let size = value.abs();
    let (digits, unit) = match measure {
        Measure::Customers => return group_digits(&format!("{:.0}", value * 1000.0)),
        Measure::Revenue | Measure::Ebit => (format!("{size:.1}"), " K"),
        Measure::Arpu => (format!("{size:.2}"), ""),
    };
    let sign = minus_sign(value);
    format!("{sign}{currency}{}{unit}", group_digits(&digits))
}

/// An amount of money: "$4,540", "$1,234.5", "−$20".
pub fn amount(value: f64, currency: &str) -> String {
    let (sign, size) = (minus_sign(value), group_digits(&value.abs().to_string()));
    format!("{sign}{currency}{size}")
}

fn minus_sign(value: f64) -> String {
    (value < 0.0).then_some(MINUS).into_iter().collect()
}

/// The unit of a cost: "$ a month", "$".
pub fn cost_unit(cost: Cost, settings: &Settings) -> String {
    let currency = &settings.currency;
    match (cost, settings.price_period()) {
        (Cost::Monthly, Some(period)) => with_sign(currency, &format!("a {period}")),
        (Cost::Monthly, None) | (Cost::Upfront, _) => currency.clone(),
    }
}

/// A value of an attribute that is a price: "$399 a month", "$1,299".
pub fn price_text(value: f64, attribute: AttributeIndex, study: &Study) -> String {
    let settings = study.settings();
    let amount = amount(value, &settings.currency);
    let is_monthly = study.schema().monthly() == Some(attribute);
    match settings.price_period().filter(|_| is_monthly) {
        Some(period) => format!("{amount} a {period}"),
        None => amount,
    }
}

/// A unit after the currency's sign, if there is one.
pub fn with_sign(currency: &str, unit: &str) -> String {
    format!("{currency} {unit}").trim_start().to_owned()
}

/// The unit of a cost or of a numeric term; `None` for all other attributes.
pub fn attribute_unit(
    schema: &Schema,
    attribute: AttributeIndex,
    settings: &Settings,
) -> Option<String> {
    let mut costs = [Cost::Monthly, Cost::Upfront].into_iter();
    let cost = costs.find(|cost| cost.attribute(schema) == Some(attribute));
    let is_term = schema.term() == Some(attribute) && schema.attributes()[attribute].is_numeric();
    match cost {
        Some(cost) => Some(cost_unit(cost, settings)),
        None => is_term.then(|| settings.words.get("months").to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{Separators, set_reader_separators};

    #[test]
    fn a_value_has_its_unit() {
        let value = |measure, value| measure_value(measure, value, "$");
        assert_eq!(value(Measure::Customers, 12.3454), "12,345");
        assert_eq!(value(Measure::Revenue, 1234.56), "$1,234.6 K");
        assert_eq!(value(Measure::Ebit, -1.26), "−$1.3 K");
        assert_eq!(value(Measure::Arpu, 3.196), "$3.20");
    }

    #[test]
    fn a_short_value_has_at_most_four_digits() {
        let value = |measure, value| short_measure(measure, value, "$");
        assert_eq!(value(Measure::Customers, 12.3454), "12.35 K");
        assert_eq!(value(Measure::Customers, 0.9876), "987.6");
        assert_eq!(value(Measure::Revenue, 1234.56), "$1.235 M");
        assert_eq!(value(Measure::Ebit, -0.000_001), "−$0");
        let change = |difference| short_measure_change(Measure::Ebit, difference, "€");
        assert_eq!(change(12.34), "+€12.34 K");
        assert_eq!(change(-426.37), "−€426.4 K");
        assert_eq!(change(-0.000_001), "±€0");
    }

    #[test]
    fn an_amount_has_all_its_digits_in_groups() {
        let amount = |value| amount(value, "$");
        assert_eq!(amount(4540.0), "$4,540");
        assert_eq!(amount(1_234_567.5), "$1,234,567.5");
        assert_eq!(amount(-120.0), "−$120");
        assert_eq!(amount(0.25), "$0.25");
    }

    #[test]
    fn money_has_the_readers_separators() {
        set_reader_separators(Separators::from_browser(Some(','), Some('.')));
        assert_eq!(amount(4540.0, "$"), "$4.540");
        assert_eq!(measure_value(Measure::Revenue, 1234.56, "$"), "$1.234,6 K");
        let change = short_measure_change(Measure::Arpu, -3.196, "$");
        assert_eq!(change, "−$3,196");
    }
}
