//! A choice model saved and read again.

use super::super::{SavedScenario, SavedScenarios, StudyName};
use super::*;
use crate::simulation::scenario::Verb;
use crate::testing::{edit_scenario, generate_study};

fn model(study: &Study) -> ChoiceModel {
    let id = |text: &str| ProductId::from(text.to_owned());
    let mut model = ChoiceModel {
        rule: Rule::RandomizedFirstChoice,
        scale: 0.7,
        draws: 50,
        seed: u64::MAX,
        none: NoneOption::Utility(-1.25),
        availability: vec![(id("9"), 0.6), (id("14"), 0.5)],
        constants: vec![(id("2"), -0.1)],
        error_scale: Some(0.25),
        ..ChoiceModel::default()
    };
    model.include_similar(study, "energy").unwrap();
    model.include_segment(study, "Gen X").unwrap();
    model.include_owner(study, "Tesla").unwrap();
    model
}

#[test]
fn a_file_has_everything_that_figures_follow_from() {
    let study = generate_study(1, &[("Gen X", 40), ("Millennial", 10)]);
    let scenario = edit_scenario(
        &study,
        &[(Verb::Add, "14:9"), (Verb::Set, "9.monthly_cost=449")],
    );
    let models = [NoneOption::Off, NoneOption::Surveyed].map(|none| ChoiceModel {
        none,
        ..ChoiceModel::default()
    });
    for model in models.into_iter().chain([model(&study)]) {
        let saved = SavedScenarios {
            study: StudyName::default(),
            scenarios: vec![SavedScenario::new(&study, "All", &scenario, &model)],
        };
        let read = SavedScenarios::read(&saved.write()).unwrap();
        assert_eq!(read, saved);
        let applied = read.scenarios[0].apply(&study).unwrap();
        assert_eq!(applied.scenario, scenario);
        assert_eq!(applied.model, Some(model));
    }
}

#[test]
fn a_model_that_does_not_fit_is_reported_with_its_scenario() {
    let study = generate_study(1, &[("Gen X", 40)]);
    for (settings, message) in [
        (
            r#"{"rule": "best"}"#,
            "scenario 1: model: rule: write the id of a choice rule",
        ),
        (
            r#"{"scale": "1"}"#,
            "scenario 1: model: scale: write a number",
        ),
        (
            r#"{"draws": 1.5}"#,
            "scenario 1: model: draws: write a whole number",
        ),
        (
            r#"{"seed": -1}"#,
            "scenario 1: model: seed: write a whole number",
        ),
        (
            r#"{"none": "yes"}"#,
            "scenario 1: model: none: write a utility",
        ),
        (
            r#"{"segments": "Gen X"}"#,
            "scenario 1: model: segments: write a list of names",
        ),
        (
            r#"{"constants": [1]}"#,
            "scenario 1: model: constants: write an object",
        ),
        (
            r#"{"scales": 1}"#,
            "scenario 1: model: unknown key `scales`",
        ),
        (r#"[]"#, "scenario 1: model: write an object"),
        (
            r#"{"segments": ["Gen Z"]}"#,
            "scenario `A`: there is no segment `Gen Z`",
        ),
        (
            r#"{"owners": ["Lada"]}"#,
            "scenario `A`: there is no brand `Lada`",
        ),
        (
            r#"{"constants": {"99": 1}}"#,
            "scenario `A`: there is no offer 99",
        ),
    ] {
        let text = format!(
            r#"{{"study": {{"digest": ""}}, "scenarios": [{{"name": "A", "model": {settings}}}]}}"#
        );
        let applied = SavedScenarios::read(&text);
        let applied = applied.and_then(|saved| saved.scenarios[0].apply(&study));
        let error = applied.unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}");
    }
}
