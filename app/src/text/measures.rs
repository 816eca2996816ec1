//! Names and units of measures, in the study's own words.

use conjoint::market::Measure;
use conjoint::study::Settings;

use crate::format::{capitalize, with_sign};

/// A measure's name as a title.
pub fn measure_title(measure: Measure, settings: &Settings) -> String {
    capitalize(measure_name(measure, settings))
}

/// A measure's name within a sentence.
pub fn measure_name(measure: Measure, settings: &Settings) -> &str {
    match measure {
        Measure::Customers => settings.words.get("customers"),
        Measure::Revenue => "revenue",
        Measure::Arpu => "ARPU",
        Measure::Ebit => "EBIT",
    }
}

/// The unit of a measure's numbers.
pub fn measure_unit(measure: Measure, settings: &Settings) -> String {
    let Settings {
        currency, words, ..
    } = settings;
    match measure {
        Measure::Customers => "thousand".to_owned(),
        Measure::Revenue | Measure::Ebit => {
            with_sign(currency, &format!("thousand a {}", words.get("month")))
        }
        Measure::Arpu => with_sign(currency, &format!("a {}", words.get("month"))),
    }
}
