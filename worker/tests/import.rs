//! Every example file is recognized and imported as by the model's importer, and gives its shares.

#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::sync::Arc;

use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::format::{StudyFiles, read_study};
use conjoint::import::{ImportOptions, InputFile, import};
use conjoint::simulation::Simulation;
use serde_json::Value;
use worker::files::import::{import_study, recognize};
use worker::protocol::{ImportAnswers, ImportPreview, ImportQuestion, ProductRows, Recognition};

fn example(name: &str) -> InputFile {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conjoint/tests/examples");
    InputFile::open(name, std::fs::read(folder.join(name)).unwrap())
}

fn examples(names: &[&str]) -> Vec<InputFile> {
    names.iter().map(|name| example(name)).collect()
}

fn expected(group: &str, key: &str) -> Vec<f64> {
    let expected: Value = serde_json::from_slice(example("expected.json").bytes()).unwrap();
    let numbers = expected[group][key].as_array().unwrap().clone();
    numbers.iter().filter_map(Value::as_f64).collect()
}

/// The products of the examples, with attributes under these names.
fn products(attributes: &[&str]) -> ProductRows {
    let columns = ["id", "model"].iter().chain(attributes);
    let rows = [
        ["1", "Uno", "Alba", "$499", "1 l", "No", "No"],
        ["2", "Plus", "Brévia", "$799", "1.5 l", "Yes", "No"],
        ["3", "Max", "Crema & Co", "$1,099", "2 l", "Yes", "Yes"],
    ];
    ProductRows {
        columns: columns.map(|name| (*name).to_owned()).collect(),
        rows: rows.map(|row| row.map(str::to_owned).to_vec()).to_vec(),
    }
}

fn preview(files: &[InputFile], answers: &ImportAnswers) -> ImportPreview {
    match recognize(files, answers, &mut |_| {}) {
        Ok(Recognition::Utilities(preview)) => *preview,
        other => panic!("{}: {other:?}", files[0].name),
    }
}

/// The shares of a rule, None last if it was surveyed.
fn shares(files: &StudyFiles, rule: Rule, scale: f64, has_none: bool) -> Vec<f64> {
    let study = read_study(files).unwrap().study;
    let none = match has_none {
        true => NoneOption::Surveyed,
        false => NoneOption::Off,
    };
    let model = ChoiceModel {
        rule,
        scale,
        none,
        ..ChoiceModel::default()
    };
    let simulation = Simulation::with_model(Arc::new(study), model).unwrap();
    let shares = simulation.shares();
    let mut shares: Vec<f64> = shares.iter().map(|share| share.share).collect();
    shares.extend(has_none.then(|| simulation.none_share()));
    shares
}

fn assert_near(found: &[f64], expected: &[f64], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}: {found:?}");
    for (one, other) in found.iter().zip(expected) {
        assert!(
            (one - other).abs() < 5e-6,
            "{what}: {found:?} instead of {expected:?}"
        );
    }
}

/// Files whose part-worths are those of `expected.partworth`, the names of brand and price first, and the
/// scale of their utilities.
const PART_WORTHS: [(&[&str], &[&str], f64); 17] = [
    (
        &[
            "sawtooth-cbchb_utilities.csv",
            "sawtooth-cbchb_utillayout.xml",
        ],
        NAMED,
        1.0,
    ),
    (&["sawtooth-cbchb_utilities.csv"], NUMBERED, 1.0),
    (&["sawtooth-cbchb.hbu"], NUMBERED, 1.0),
    (&["sawtooth-cbchb.hbu", "sawtooth-labels.csv"], NAMED, 1.0),
    (&["sawtooth-lighthouse-raw.csv"], NUMBERED, 1.0),
    (&["sawtooth-lighthouse-report.xlsx"], NUMBERED, 1.0),
    (&["conjointly-individual-preferences.xlsx"], NAMED, 1.0),
    (
        &["conjointly-custom-coefficients.csv", "sawtooth-labels.csv"],
        NAMED,
        1.0,
    ),
    (&["qualtrics-individual-utilities.csv"], NAMED, 1.0),
    (&["displayr-respondent-parameters.csv"], NAMED, 1.0),
    (
        &["y2conjoint-utilities.csv", "y2conjoint-crosswalk.csv"],
        NAMED,
        1.0,
    ),
    (&["excel-decimal-comma-cp1252.csv"], NAMED, 1.0),
    (&["excel-decimal-comma-sepline.csv"], NAMED, 1.0),
    (&["excel-one-header-row.xlsx"], NAMED, 1.0),
    (&["excel-two-header-rows.xlsx"], NAMED, 1.0),
    (&["excel-unicode-text-utf16.txt"], NAMED, 1.0),
    (&["excel-thousands-point-cp1252.csv"], NAMED, 0.001),
];
const NAMED: &[&str] = &["Brand", "Price", "Capacity", "Milk frother", "Timer"];
const NUMBERED: &[&str] = &[
    "Attribute 1",
    "Attribute 2",
    "Attribute 3",
    "Attribute 4",
    "Attribute 5",
];

#[test]
fn every_example_gives_its_attributes_and_shares() {
    for (names, attributes, scale) in PART_WORTHS {
        let (files, what) = (examples(names), names.join(", "));
        let answers = ImportAnswers {
            brand: Some(attributes[0].to_owned()),
            price: Some(attributes[1].to_owned()),
            products: Some(products(attributes)),
            ..ImportAnswers::default()
        };
        let shown = preview(&files, &answers);
        assert_eq!(shown.questions, [], "{what}");
        let options = ImportOptions {
            brand: answers.brand.as_deref().unwrap().into(),
            price: answers.price.as_deref().unwrap().into(),
            ..ImportOptions::default()
        };
        let imported = import(&files, &options).unwrap();
        assert_eq!(shown.format, imported.format.label, "{what}");
        let levels = imported
            .attributes
            .iter()
            .map(|attribute| &attribute.levels);
        assert!(
            levels.eq(shown.attributes.iter().map(|shown| &shown.levels)),
            "{what}"
        );
        assert!(shown.has_none && !shown.is_rescaled, "{what}");
        let study = import_study(&files, &answers, &mut |_| {}).unwrap();
        let key = match study.get("weights.csv") {
            Some(_) => "share_of_preference_weighted",
            None => "share_of_preference",
        };
        let found = shares(&study, Rule::ShareOfPreference, scale, true);
        assert_near(&found, &expected("partworth", key), &what);
    }
}

#[test]
fn the_proposal_can_be_opened_without_an_answer() {
    for names in [
        &["sawtooth-lighthouse-report.xlsx"][..],
        &["conjointly-individual-preferences.xlsx"],
        &["sawtooth-acbc-piecewise_utilities.csv"],
        &["mx8-utilities-long.csv"],
        &["jmp-subject-estimates.csv"],
    ] {
        let files = examples(names);
        let shown = preview(&files, &ImportAnswers::default());
        assert_eq!(shown.questions, [], "{names:?}");
        let study = import_study(&files, &shown.answers, &mut |_| {}).unwrap();
        let study = read_study(&study).unwrap().study;
        assert_eq!(study.offers().len(), shown.products.rows.len(), "{names:?}");
        assert_eq!(study.respondents().len(), shown.respondents, "{names:?}");
    }
}

#[test]
fn the_first_rows_are_shown_below_what_each_column_is() {
    let files = examples(&["conjointly-individual-preferences.xlsx"]);
    let shown = preview(&files, &ImportAnswers::default());
    let table = shown.table.unwrap();
    assert!(
        table
            .place
            .starts_with("conjointly-individual-preferences.xlsx ["),
        "{}",
        table.place
    );
    assert!(table.rows.iter().all(|row| row.len() == table.roles.len()));
    assert!(table.roles.iter().any(|role| role == "utility"));
    assert!(table.roles.iter().any(|role| role == "respondent"));
}

#[test]
fn a_linear_coefficient_asks_for_its_numbers() {
    let files = examples(&["sawtooth-cbchb-linear_utilities.csv", "sawtooth-labels.csv"]);
    let files = &files[..1];
    let shown = preview(files, &ImportAnswers::default());
    let question = ImportQuestion::Numbers {
        attribute: "Price".to_owned(),
        levels: None,
    };
    assert!(shown.questions.contains(&question), "{:?}", shown.questions);
    // The guess that made the preview possible is no answer.
    assert_eq!(shown.answers.numbers, []);
    assert!(import_study(files, &shown.answers, &mut |_| {}).is_err());
    let mut answers = shown.answers;
    let prices = vec![299.0, 499.0, 799.0, 1099.0];
    answers.numbers.push(("Price".to_owned(), prices));
    let again = preview(files, &answers);
    assert_eq!(again.questions, shown.questions);
    assert_eq!(again.answers.numbers, answers.numbers);
}

#[test]
fn rescaled_utilities_need_the_users_consent() {
    let files = examples(&["sawtooth-lighthouse-zcdiffs.csv"]);
    let shown = preview(&files, &ImportAnswers::default());
    assert_eq!(
        shown.questions,
        [ImportQuestion::Rescaled { is_rating: false }]
    );
    assert!(shown.is_rescaled && !shown.answers.accepts_rescaled);
    assert!(import_study(&files, &shown.answers, &mut |_| {}).is_err());
    let answers = ImportAnswers {
        accepts_rescaled: true,
        ..shown.answers
    };
    let study = import_study(&files, &answers, &mut |_| {}).unwrap();
    assert_eq!(
        read_study(&study).unwrap().study.settings().rescaled,
        Some(true)
    );
}

#[test]
fn choices_are_recognized() {
    for name in ["sawtooth-cbc.cho", "cbctools-long.csv", "mlogit-wide.csv"] {
        let found = recognize(&examples(&[name]), &ImportAnswers::default(), &mut |_| {});
        assert!(
            matches!(&found, Ok(Recognition::Choices { file, .. }) if file == name),
            "{found:?}"
        );
    }
}

#[test]
fn problems_name_the_users_own_file_row_and_column() {
    let file = InputFile::open(
        "run 7.csv",
        "id,B: x,B: y\n1,0.5,oops\n2,1.5,-1\n3,1,2\n4,1,2\n".into(),
    );
    let refusal = recognize(&[file], &ImportAnswers::default(), &mut |_| {}).unwrap_err();
    let [problem] = refusal.problems.as_slice() else {
        panic!("{refusal:?}");
    };
    assert_eq!((problem.file.as_str(), problem.row), ("run 7.csv", Some(2)));
    assert_eq!(problem.column.as_deref(), Some("B: y"));
    assert!(
        problem.problem.starts_with("`oops` is not a number"),
        "{}",
        problem.problem
    );

    let open_quote = InputFile::open("a.csv", "id,B: x,B: y\n1,0.5,\"-1\n".into());
    let refusal = recognize(&[open_quote], &ImportAnswers::default(), &mut |_| {}).unwrap_err();
    let problem = &refusal.problems[0];
    assert_eq!((problem.file.as_str(), problem.row), ("a.csv", Some(2)));
}

#[test]
fn a_product_with_an_unknown_level_is_named() {
    let files = examples(&["conjointly-individual-preferences.xlsx"]);
    let mut answers = preview(&files, &ImportAnswers::default()).answers;
    let mut wrong = products(NAMED);
    wrong.rows[1][4] = "17 l".to_owned();
    wrong.rows[1][2] = "Nobody".to_owned();
    answers.products = Some(wrong);
    let refusal = recognize(&files, &answers, &mut |_| {}).unwrap_err();
    let problem = &refusal.problems[0];
    assert_eq!((problem.file.as_str(), problem.row), ("products", Some(3)));
    assert_eq!(problem.column.as_deref(), Some("Brand"));
}

#[test]
fn title_and_currency_are_the_users_or_none() {
    let files = examples(&["excel-one-header-row.xlsx"]);
    let mut answers = ImportAnswers {
        title: Some(" Espresso ".to_owned()),
        currency: Some("CHF".to_owned()),
        ..ImportAnswers::default()
    };
    let settings = |answers: &ImportAnswers| {
        let study = import_study(&files, answers, &mut |_| {}).unwrap();
        let study = read_study(&study).unwrap().study;
        (
            study.settings().title.clone(),
            study.settings().currency.clone(),
        )
    };
    assert_eq!(
        settings(&answers),
        ("Espresso".to_owned(), "CHF".to_owned())
    );
    answers.currency = None;
    // The prices in the file have a sign.
    assert_eq!(settings(&answers).1, "$");
}

#[test]
fn proposals_can_be_declined() {
    let files = examples(&["conjointly-individual-preferences.xlsx"]);
    let proposed = preview(&files, &ImportAnswers::default());
    assert_eq!(proposed.answers.brand.as_deref(), Some("Brand"));
    assert_eq!(proposed.answers.price.as_deref(), Some("Price"));
    let nothing = Some(String::new());
    let answers = ImportAnswers {
        brand: nothing.clone(),
        price: nothing.clone(),
        segment: nothing.clone(),
        owner: nothing.clone(),
        weight: nothing.clone(),
        ..ImportAnswers::default()
    };
    let declined = preview(&files, &answers);
    assert_eq!(
        (&declined.answers.brand, &declined.answers.price),
        (&nothing, &nothing)
    );
    assert_eq!(declined.attributes, proposed.attributes);
    // Without a brand, one product is proposed.
    assert_eq!(declined.products.rows.len(), 1);
    let study = import_study(&files, &declined.answers, &mut |_| {}).unwrap();
    assert!(study.get("weights.csv").is_none());
}
