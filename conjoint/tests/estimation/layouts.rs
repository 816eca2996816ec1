//! Every layout of the example study gives the tasks that `expected-choices.json` lists.

use conjoint::estimation::{
    AttributeKind, ChoiceSurvey, ChoiceTask, Coding, EstimationSettings, Holdout, Model,
    NoneRequest, SurveyRequest, read_survey,
};
use serde_json::Value;

use crate::support::{example, run, text_file};

const LEVELS: [&[&str]; 5] = [
    &["Alba", "Brévia", "Crema & Co"],
    &["299", "499", "799", "1099"],
    &["1", "1.5", "2"],
    &["No", "Yes"],
    &["No", "Yes"],
];

fn expected() -> Value {
    serde_json::from_slice(example("expected-choices.json").bytes()).unwrap()
}

fn read(files: &[&str], request: &SurveyRequest) -> ChoiceSurvey {
    let files: Vec<_> = files.iter().map(|name| example(name)).collect();
    read_survey(&files, request)
        .unwrap_or_else(|error| panic!("{files:?}: {error}", files = files[0].name))
}

/// Whether levels are codes from 1; a file with texts has the lowest price.
fn has_codes(survey: &ChoiceSurvey) -> bool {
    let mut levels = survey
        .attributes
        .iter()
        .flat_map(|attribute| &attribute.levels);
    !levels.any(|level| level.text.contains("299"))
}

/// The position of a level's text among those of the study: a name, or a code from 1.
fn level_of(has_codes: bool, attribute: usize, text: &str) -> u64 {
    if has_codes {
        return text.parse::<u64>().unwrap() - 1;
    }
    let plain = text.replace(['$', ','], "").replace(" l", "");
    let names = LEVELS[attribute];
    names.iter().position(|name| *name == plain).unwrap() as u64
}

/// Checks levels of all shown concepts. `attributes` are the positions of those to compare: in the
/// survey, and in the study.
fn assert_levels(
    survey: &ChoiceSurvey,
    task: &ChoiceTask,
    concepts: &Value,
    attributes: &[(usize, usize)],
) {
    let shown: Vec<(&[u32], bool)> = task
        .alternatives()
        .filter(|(_, is_none)| !is_none)
        .collect();
    for ((levels, _), concept) in shown.iter().zip(concepts.as_array().unwrap()) {
        for (own, of_study) in attributes {
            let level = &survey.attributes[*own].levels[levels[*own] as usize];
            assert_eq!(
                level_of(has_codes(survey), *of_study, &level.text),
                concept[*of_study].as_u64().unwrap()
            );
        }
    }
}

/// Which answers a file has.
#[derive(Clone, Copy, PartialEq)]
enum Answers {
    WithNone,
    Forced,
    Dual,
}

fn assert_survey(survey: &ChoiceSurvey, answers: Answers, attributes: &[(usize, usize)]) {
    let expected = expected();
    assert_eq!(survey.respondents.len(), 6);
    assert_eq!(survey.has_none, answers != Answers::Forced);
    let key = match answers {
        Answers::WithNone => "choice_with_none_as_4",
        Answers::Forced | Answers::Dual => "forced_choice",
    };
    for (place, person) in survey.respondents.iter().enumerate() {
        let version = expected["version_of"][place].to_string();
        assert_eq!(person.tasks.len(), 6, "{}", survey.source);
        for (number, task) in person.tasks.iter().enumerate() {
            assert_levels(
                survey,
                task,
                &expected["versions"][&version][number],
                attributes,
            );
            let chosen = expected[key][place][number].as_u64().unwrap() as usize;
            assert_eq!(
                task.chosen() + 1,
                chosen,
                "{} {place} {number}",
                survey.source
            );
            let count = if answers == Answers::WithNone { 4 } else { 3 };
            assert_eq!(task.is_none.len(), count);
            let buys = expected["dual_response_1_buys_2_not"][place][number].as_u64();
            let buys = (answers == Answers::Dual).then_some(buys == Some(1));
            assert_eq!(task.would_buy, buys);
        }
    }
}

#[test]
fn every_layout_gives_the_same_tasks() {
    let all: Vec<(usize, usize)> = (0..5).map(|place| (place, place)).collect();
    use Answers::{Dual, Forced, WithNone};
    for (files, answers) in [
        (&["sawtooth-cbc.cho"][..], WithNone),
        (&["sawtooth-cbc.chs"], WithNone),
        (&["sawtooth-cbc-dualnone.cho"], Dual),
        (&["sawtooth-cbc-single.csv"], WithNone),
        (&["sawtooth-cbc-single-semicolon.csv"], WithNone),
        (
            &[
                "sawtooth-cbc-dual-design.csv",
                "sawtooth-cbc-dual-responses.csv",
            ],
            Dual,
        ),
        (&["conjointly-offline-responses.csv"], Forced),
        (
            &[
                "qualtrics-conjoint-design.csv",
                "qualtrics-conjoint-responses.csv",
            ],
            WithNone,
        ),
        (
            &["displayr-jmp-design.xlsx", "displayr-choices.csv"],
            WithNone,
        ),
        (&["cbctools-long.csv"], WithNone),
        (&["choicemodelr-data.csv"], WithNone),
        (&["logitr-long.csv"], Forced),
        (&["mlogit-long.csv"], Forced),
        (&["mlogit-wide.csv"], Forced),
        (&["apollo-wide.csv"], WithNone),
        (&["cregg-long.csv"], Forced),
        (&["alchemer-cbc.csv"], Forced),
        (&["jmp-stacked.csv"], Forced),
    ] {
        assert_survey(&read(files, &SurveyRequest::default()), answers, &all);
    }
}

#[test]
fn dummies_of_a_file_are_attributes_of_their_own() {
    for (file, answers, price) in [
        ("bayesm-long.csv", Answers::WithNone, 2),
        ("cbctools-dummy-long.csv", Answers::WithNone, 2),
        ("xlogit-long.csv", Answers::Forced, 2),
    ] {
        let survey = read(&[file], &SurveyRequest::default());
        assert_survey(&survey, answers, &[(price, 1), (price + 1, 2)]);
    }
}

#[test]
fn the_survey_design_tool_shows_attributes_in_any_order() {
    let expected = expected();
    for file in ["qualtrics-sdt-new.csv", "qualtrics-sdt-old.csv"] {
        let survey = read(&[file], &SurveyRequest::default());
        assert_eq!(
            (survey.respondents.len(), survey.task_count()),
            (6, 36),
            "{file}"
        );
        let names = ["Brand", "Price", "Capacity", "Milk frother", "Timer"];
        let attributes: Vec<(usize, usize)> = names
            .iter()
            .enumerate()
            .map(|(of_study, name)| {
                (
                    survey
                        .attributes
                        .iter()
                        .position(|own| own.name == *name)
                        .unwrap(),
                    of_study,
                )
            })
            .collect();
        for (place, person) in survey.respondents.iter().enumerate() {
            let version = expected["version_of"][place].to_string();
            for (number, task) in person.tasks.iter().enumerate() {
                assert_levels(
                    &survey,
                    task,
                    &expected["versions"][&version][number],
                    &attributes,
                );
            }
        }
    }
}

#[test]
fn labels_name_attributes_and_levels() {
    for files in [
        &["sawtooth-cbc.cho", "sawtooth-cbc.att"][..],
        &["sawtooth-cbc-single.csv", "sawtooth-cbc.att"],
    ] {
        let survey = read(files, &SurveyRequest::default());
        assert_eq!(survey.attributes[1].name, "Price");
        assert_eq!(survey.attributes[0].levels[1].text, "Brévia");
    }
    let request = SurveyRequest {
        labels: Some(example("displayr-labels.xlsx")),
        ..SurveyRequest::default()
    };
    let survey = read(
        &["displayr-jmp-design.xlsx", "displayr-choices.csv"],
        &request,
    );
    assert_eq!(survey.attributes[1].levels[3].text, "$1,099");
}

#[test]
fn none_can_be_ignored_and_marked_by_a_column() {
    let request = |none: NoneRequest| SurveyRequest {
        none,
        ..SurveyRequest::default()
    };
    let ignored = read(&["cbctools-long.csv"], &request(NoneRequest::Ignore));
    assert!(!ignored.has_none);
    // None was chosen in 5 of 36 tasks.
    assert_eq!(ignored.task_count(), 31);
    assert_eq!(ignored.left_out[0].count, 5);
    let column = NoneRequest::Column("no_choice".to_owned());
    assert_eq!(
        read(&["cbctools-long.csv"], &request(column)),
        read(&["cbctools-long.csv"], &request(NoneRequest::Auto))
    );
    let forced = read(
        &["sawtooth-cbc-dualnone.cho"],
        &request(NoneRequest::Ignore),
    );
    assert_survey(&forced, Answers::Forced, &[(0, 0), (4, 4)]);
}

#[test]
fn holdout_tasks_are_set_aside() {
    let request = |holdout: Holdout| SurveyRequest {
        holdout,
        ..SurveyRequest::default()
    };
    let last = read(&["logitr-long.csv"], &request(Holdout::Last(2)));
    assert_eq!(last.task_count(), 24);
    let named = read(
        &["sawtooth-cbc.cho"],
        &request(Holdout::Named(vec!["5".to_owned(), "6".to_owned()])),
    );
    assert_eq!(named.task_count(), 24);
    assert_eq!(named.respondents[0].holdout[1].name, "6");
    let estimation = run(
        &named,
        &EstimationSettings {
            iterations: Some(60),
            ..EstimationSettings::new(Model::Hierarchical)
        },
    );
    assert!(estimation.report.fit.holdout_hit_rate.is_some());
    // The versions of the design differ, so no task was seen by all.
    assert_eq!(estimation.report.fit.holdout_mae, None);
}

#[test]
fn kinds_of_attributes_follow_from_their_values_or_from_the_request() {
    let survey = read(&["logitr-long.csv"], &SurveyRequest::default());
    let kinds: Vec<AttributeKind> = survey
        .attributes
        .iter()
        .map(|attribute| attribute.kind)
        .collect();
    use AttributeKind::{Categorical, Linear, Numeric};
    assert_eq!(
        kinds,
        [Categorical, Numeric, Numeric, Categorical, Categorical]
    );
    let request = SurveyRequest {
        attributes: vec![
            ("Price".to_owned(), Some(Linear)),
            ("Brand".to_owned(), None),
        ],
        ..SurveyRequest::default()
    };
    let survey = read(&["alchemer-cbc.csv"], &request);
    assert_eq!(survey.attributes.len(), 2);
    assert_eq!(survey.attributes[0].levels[3].value, Some(1099.0));
}

#[test]
fn ratings_give_the_part_worths_of_the_r_package() {
    let request = SurveyRequest {
        has_ratings: true,
        ..SurveyRequest::default()
    };
    let files = [
        "rconjoint-profiles.csv",
        "rconjoint-preferences.csv",
        "rconjoint-levelnames.csv",
    ];
    let survey = read(&files, &request);
    let settings = EstimationSettings {
        coding: Some(Coding::Effects),
        ..EstimationSettings::new(Model::LeastSquares)
    };
    let estimation = run(&survey, &settings);
    // The first and the last row that conjoint::caPartUtilities prints, without the intercept.
    let printed = [
        [
            -0.158, 0.618, -0.46, 2.93, 1.287, -0.908, -3.309, -0.895, -0.641, 1.536, -1.0, 1.0,
            -0.272, 0.272,
        ],
        [
            1.0, 0.0, -1.0, 3.0, 1.0, -1.0, -3.0, -0.667, 0.333, 0.333, -1.0, 1.0, 0.0, 0.0,
        ],
    ];
    for (own, printed) in [0, 5].iter().zip(printed) {
        for (own, printed) in estimation.part_worths.values[*own].iter().zip(printed) {
            assert!((own - printed).abs() < 6e-4, "{own} {printed}");
        }
    }
}

#[test]
fn a_profile_without_a_rating_leaves_the_others_of_its_respondent() {
    let ratings = [
        "1,S,5,7", "1,M,5,4", "1,S,6,5", "1,M,6,", "2,S,5,3", "2,M,5,9",
    ];
    let read = |rows: &[&str]| {
        let request = SurveyRequest {
            has_ratings: true,
            ..SurveyRequest::default()
        };
        let text = format!("respondent,size,price,rating\n{}\n", rows.join("\n"));
        read_survey(&[text_file("ratings.csv", &text)], &request).unwrap()
    };
    let survey = read(&ratings);
    let rated = ratings.map(|row| !row.ends_with(','));
    let rated: Vec<&str> = ratings
        .into_iter()
        .zip(rated)
        .filter(|row| row.1)
        .map(|row| row.0)
        .collect();
    let answers = |survey: &ChoiceSurvey| -> Vec<_> {
        let tasks = survey.respondents.iter().flat_map(|person| &person.tasks);
        tasks
            .map(|task| (task.levels.clone(), task.answer.clone()))
            .collect()
    };
    assert_eq!(answers(&survey), answers(&read(&rated)));
    assert_eq!(survey.left_out.len(), 1);
    assert_eq!(
        (survey.left_out[0].count, survey.left_out[0].reason.as_str()),
        (1, "profile without a rating")
    );
}
