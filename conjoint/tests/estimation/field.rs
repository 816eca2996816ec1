//! Choices that people collected elsewhere, with the estimates that are right: small files next to the
//! reference figures.

use std::path::PathBuf;

use conjoint::estimation::{
    Estimation, EstimationSettings, InputFile, Model, SurveyRequest, read_survey,
};

use crate::support::{reference, run};

/// The multinomial logit of a file, and the log-likelihood and parameters that are right: attribute,
/// level, estimate and standard error. The file counts the levels of an attribute from 1.
struct Case {
    file: &'static str,
    log_likelihood: f64,
    parameters: &'static [(&'static str, &'static str, f64, f64)],
}

const CASES: [Case; 2] = [
    Case {
        file: "../field/sawtooth-cho/study.cho",
        log_likelihood: -554.778_178,
        parameters: &[
            ("Attribute 1", "2", 0.603_175, 0.159_011),
            ("Attribute 1", "3", -0.672_460, 0.177_086),
            ("Attribute 2", "2", -0.875_168, 0.150_593),
            ("Attribute 2", "3", -2.340_374, 0.211_988),
            ("None", "", -0.677_972, 0.156_657),
        ],
    },
    Case {
        file: "../field/conjointly-offline/responses.csv",
        log_likelihood: -406.848_733,
        parameters: &[
            ("A1", "2", 0.965_287, 0.161_892),
            ("A1", "3", -0.385_300, 0.164_113),
            ("A2", "2", -1.040_299, 0.151_512),
            ("A2", "3", -2.214_188, 0.192_729),
        ],
    },
];

fn fit(file: InputFile) -> Estimation {
    let survey = read_survey(&[file], &SurveyRequest::default()).unwrap();
    run(&survey, &EstimationSettings::new(Model::Logit))
}

#[test]
fn choices_collected_elsewhere_have_the_right_estimates() {
    for case in CASES {
        let folder = std::env::var_os("CONJOINT_REFERENCE").map(PathBuf::from);
        if folder.is_some_and(|folder| !folder.join(case.file).exists()) {
            println!("skipped: there is no {}", case.file);
            continue;
        }
        let Some(file) = reference(case.file) else {
            return;
        };
        let report = fit(file).report;
        let log_likelihood = report.log_likelihood.unwrap();
        let file = case.file;
        assert!(
            (log_likelihood - case.log_likelihood).abs() < 1e-5,
            "{file}"
        );
        for (attribute, level, estimate, error) in case.parameters {
            let parameter = report
                .parameters
                .iter()
                .find(|other| other.attribute == *attribute && other.level == *level);
            let parameter = parameter.unwrap_or_else(|| panic!("{file}: {attribute} {level}"));
            let place = format!("{file}: {attribute} {level}");
            assert!((parameter.estimate - estimate).abs() < 2e-6, "{place}");
            let found = parameter.standard_error.unwrap();
            assert!((found - error).abs() < 2e-6, "{place}");
        }
    }
}
