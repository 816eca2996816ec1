//! Files and reference data for tests and benchmarks.

#![allow(dead_code, reason = "tests and benchmarks use different parts")]

use std::path::{Path, PathBuf};

use conjoint::estimation::{
    AttributeKind, ChoiceSurvey, Estimation, EstimationError, EstimationSettings, InputFile,
    SurveyRequest, estimate, read_survey,
};

use super::simulated::Simulated;

/// A file with this text.
pub fn text_file(name: &str, text: &str) -> InputFile {
    InputFile::open(name, text.as_bytes().to_vec())
}

/// A file of the example study.
pub fn example(name: &str) -> InputFile {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples");
    InputFile::open(name, std::fs::read(folder.join(name)).unwrap())
}

/// A request for attributes by name and kind.
pub fn request(attributes: &[(&str, AttributeKind)]) -> SurveyRequest {
    let attributes = attributes
        .iter()
        .map(|(name, kind)| ((*name).to_owned(), Some(*kind)));
    SurveyRequest {
        attributes: attributes.collect(),
        ..SurveyRequest::default()
    }
}

/// Reads a text as a survey.
pub fn read_text(text: &str) -> Result<ChoiceSurvey, EstimationError> {
    read_survey(&[text_file("choices.csv", text)], &SurveyRequest::default())
}

/// Estimates without looking at the progress.
pub fn run(survey: &ChoiceSurvey, settings: &EstimationSettings) -> Estimation {
    estimate(survey, settings, &mut |_| true).unwrap()
}

/// A file of the reference data; `None`, with a message, without `CONJOINT_REFERENCE`.
pub fn reference(name: &str) -> Option<InputFile> {
    let Some(folder) = std::env::var_os("CONJOINT_REFERENCE").map(PathBuf::from) else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CONJOINT_REFERENCE must point to the reference figures where CI is set"
        );
        println!("skipped: CONJOINT_REFERENCE does not point to the reference figures");
        return None;
    };
    Some(InputFile::open(
        name,
        std::fs::read(folder.join(name)).unwrap(),
    ))
}

/// Reads a simulated survey, with a linear price.
pub fn read_simulated(simulated: &Simulated, levels: &[usize]) -> ChoiceSurvey {
    let mut attributes: Vec<(String, Option<AttributeKind>)> = (1..=levels.len())
        .map(|number| (format!("a{number}"), Some(AttributeKind::Categorical)))
        .collect();
    attributes.push(("price".to_owned(), Some(AttributeKind::Linear)));
    let request = SurveyRequest {
        attributes,
        ..SurveyRequest::default()
    };
    read_survey(&[text_file("simulated.csv", &simulated.text)], &request).unwrap()
}
