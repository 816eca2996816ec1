//! Writing a study.

use super::file_names::{
    AVAILABILITY, BASE_ARPU, BRANDS, CHURN, OFFERS, PROHIBITED, RECONTRACT, SETTINGS, UTILITIES,
    VOLUMES, WEIGHTS,
};
use super::files::StudyFiles;
use super::{
    availability, brands, offers, prohibited, rates, settings, utilities, volumes, weights,
};
use crate::study::Study;

/// Writes a study as files, from which [`read_study`](super::read_study) reads the same study.
///
/// # Examples
/// ```
/// use conjoint::format::{read_study, write_study};
/// use conjoint::sample_study::{Sample, generate};
///
/// let study = generate(&Sample::default())?;
/// assert_eq!(read_study(&write_study(&study))?.study, study);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_study(study: &Study) -> StudyFiles {
    let mut files = StudyFiles::default();
    files.insert(OFFERS, offers::to_csv(study));
    files.insert(UTILITIES, utilities::to_csv(study));
    if let Some(market) = &study.market {
        files.insert(RECONTRACT, rates::to_csv(study, &market.recontract));
        files.insert(CHURN, rates::to_csv(study, &market.churn));
        files.insert(BASE_ARPU, rates::to_csv(study, &market.base_arpu));
        files.insert(VOLUMES, volumes::to_csv(study, market));
    }
    files.insert(BRANDS, brands::to_csv(study));
    if let Some(availability) = availability::to_csv(study) {
        files.insert(AVAILABILITY, availability);
    }
    if let Some(prohibited) = prohibited::to_csv(study) {
        files.insert(PROHIBITED, prohibited);
    }
    if let Some(weights) = weights::to_csv(study) {
        files.insert(WEIGHTS, weights);
    }
    files.insert(SETTINGS, settings::to_json(&study.settings));
    files
}
