//! What a study's files are called.
//!
//! Every table has the name that it got in 2020, when all studies were about leases of electric
//! cars, and a neutral one. Both mean the same; a folder has only one of them.

use std::collections::BTreeMap;

/// The products (lease offers).
pub const OFFERS: &str = "leaseOffers.csv";
/// The respondents' part-worth utilities.
pub const UTILITIES: &str = "UtilityScoresEV.csv";
/// Share of customers who renew, by brand and segment.
pub const RECONTRACT: &str = "recontractRateEV.csv";
/// Share of customers who leave, by brand and segment.
pub const CHURN: &str = "churnRateEV.csv";
/// Average revenue per user today, by brand and segment.
pub const BASE_ARPU: &str = "baseARPU_EV.csv";
/// Share of customers, margin, and fixed share of cost, by brand.
pub const VOLUMES: &str = "baseVolumeEBIT_EV.csv";
/// Parent companies, tiers and colors of brands; optional.
pub const BRANDS: &str = "brands.csv";
/// How many people each respondent represents; optional.
pub const WEIGHTS: &str = "weights.csv";
/// Pairs of levels that were never shown together; optional.
pub const PROHIBITED: &str = "prohibited.csv";
/// Which respondents can choose which offers; optional.
pub const AVAILABILITY: &str = "availability.csv";
/// Posterior draws of the part-worths; optional.
pub const DRAWS: &str = "draws.npy";
/// Everything that an estimation says; optional, and no figure depends on it.
pub const ESTIMATION: &str = "estimation.json";
/// Title and settings; optional.
pub const SETTINGS: &str = "study.json";

/// All files on which a study's figures can depend, the optional ones last.
pub const FILE_NAMES: [&str; 12] = [
    OFFERS,
    UTILITIES,
    RECONTRACT,
    CHURN,
    BASE_ARPU,
    VOLUMES,
    BRANDS,
    WEIGHTS,
    PROHIBITED,
    AVAILABILITY,
    DRAWS,
    SETTINGS,
];

/// The files behind the money figures. A study has all of them, or none.
pub const MONEY_FILES: [&str; 4] = [RECONTRACT, CHURN, BASE_ARPU, VOLUMES];

/// The neutral names of the files that have one, after their names of 2020.
pub const NEUTRAL_NAMES: [(&str, &str); 6] = [
    (OFFERS, "offers.csv"),
    (UTILITIES, "utilities.csv"),
    (RECONTRACT, "recontract_rate.csv"),
    (CHURN, "churn_rate.csv"),
    (BASE_ARPU, "base_arpu.csv"),
    (VOLUMES, "base_volume_ebit.csv"),
];

/// All names that a study's files may have.
pub fn known_names() -> impl Iterator<Item = &'static str> {
    let neutral = NEUTRAL_NAMES.iter().map(|(_, neutral)| *neutral);
    FILE_NAMES.into_iter().chain([ESTIMATION]).chain(neutral)
}

/// The name of 2020 of a file that may have its neutral one; any other name as it is.
pub fn canonical_name(name: &str) -> &str {
    let mut names = NEUTRAL_NAMES.iter();
    names
        .find(|(_, neutral)| *neutral == name)
        .map_or(name, |(canonical, _)| canonical)
}

/// The neutral name of a file; its only name if it has none.
pub fn neutral_name(name: &str) -> &str {
    let mut names = NEUTRAL_NAMES.iter();
    names
        .find(|(canonical, _)| *canonical == name)
        .map_or(name, |(_, neutral)| neutral)
}

/// A text in which files have their own names instead of those of 2020.
pub(crate) fn rename_files(message: &str, names: &BTreeMap<String, String>) -> String {
    let replaced =
        |text: String, (name, spelling): (&String, &String)| text.replace(name, spelling);
    names.iter().fold(message.to_owned(), replaced)
}
