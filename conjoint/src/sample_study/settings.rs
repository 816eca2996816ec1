//! Title, words and settings of the study that ships.

use crate::study::{CustomNames, Settings};

/// The settings.
pub(super) fn settings() -> Settings {
    let mut words = CustomNames::words();
    words.set("offers", "Lease offers");
    words.set("service", "service in operation (SIO)");
    Settings {
        title: "Electric vehicle leases".to_owned(),
        description: "Lease offers for electric cars in the United States, January 2020. \
            The respondents are drawn, not surveyed."
            .to_owned(),
        currency: "$".to_owned(),
        words,
        defaulted: Vec::new(),
        ..Settings::default()
    }
}
