//! What the user answers.

use conjoint::format::open_study;
use conjoint::import::{ImportOptions, RoleAnswer};
use conjoint::study::Draws;

use crate::support::{file, import_examples};
use conjoint::import::import;

const TEXT: &str = "ID,Region,Owns,Wave,wt,Make: A,Make: B,Fee: 10,Fee: 20,Fee: 30,Fee: 40,Nothing\n\
    1,N,A,1,2,0.5,-0.5,1.25,0.5,-0.25,-1.5,0.125\n2,S,B,1,1,0.25,-0.25,1,0.75,-0.5,-1.25,0.5\n\
    3,N,A,2,1,0.5,-0.5,1.5,0.25,-0.5,-1.25,0.25\n4,S,B,2,1,0.75,-0.75,1,0.5,-0.5,-1,0.75\n";

#[test]
fn everything_is_proposed_without_options() {
    let imported = import(
        &[file("a.csv", &TEXT.replace("Nothing", "None"))],
        &ImportOptions::default(),
    )
    .unwrap();
    assert_eq!(imported.brand.as_deref(), Some("Make"));
    assert_eq!(imported.price.as_deref(), Some("Fee"));
    assert_eq!((imported.products, imported.has_none), (2, true));
    let offers = String::from_utf8(imported.files.get("offers.csv").unwrap().to_vec()).unwrap();
    // The lower middle of four prices.
    assert_eq!(offers, "id,model,Make,Fee\n1,,A,20\n2,,B,20\n");
    assert_eq!(imported.format.id, "wide-table");
}

#[test]
fn options_decide_roles() {
    let options = ImportOptions {
        brand: "Make".into(),
        price: "Fee".into(),
        segments: Some(vec!["Region".to_owned(), "wave".to_owned()]),
        owner: "Owns".into(),
        weight: "wt".into(),
        none: "Nothing".into(),
        numeric: vec![("Fee".to_owned(), vec![11.0, 22.0, 33.0, 44.0])],
        ..ImportOptions::default()
    };
    let imported = import(&[file("a.csv", TEXT)], &options).unwrap();
    let study = conjoint::format::open_study(&imported.files).unwrap().study;
    assert_eq!(
        study.segments().as_slice(),
        ["N / 1", "S / 1", "N / 2", "S / 2"]
    );
    assert_eq!(study.respondents().weights().iter().sum::<f64>(), 5.0);
    assert_eq!(imported.attributes[1].levels, ["11", "22", "33", "44"]);
    assert!(imported.has_none);
}

#[test]
fn options_that_name_nothing_are_refused() {
    let text = TEXT.replace("Nothing", "None");
    let refuse = |change: fn(&mut ImportOptions), expected: &str| {
        let mut options = ImportOptions::default();
        change(&mut options);
        let error = import(&[file("a.csv", &text)], &options)
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(expected), "{error}");
    };
    refuse(
        |o| o.brand = "X".into(),
        "--brand: there is no attribute `X`",
    );
    refuse(
        |o| o.price = "X".into(),
        "--price: there is no attribute `X`",
    );
    refuse(
        |o| o.segments = Some(vec!["X".to_owned()]),
        "--segment: there is no column `X`",
    );
    refuse(|o| o.owner = "X".into(), "--owner: there is no column `X`");
    refuse(
        |o| o.weight = "X".into(),
        "--weight: there is no column `X`",
    );
    refuse(
        |o| o.none = "X".into(),
        "--none: there is no column of numbers `X`",
    );
    refuse(
        |o| o.format = Some("X".to_owned()),
        "--as: there is no format `X`",
    );
    refuse(
        |o| o.numeric = vec![("Fee".to_owned(), vec![1.0])],
        "--numeric Fee: write at least two",
    );
    refuse(
        |o| o.numeric = vec![("Fee".to_owned(), vec![1.0, 2.0])],
        "--numeric Fee: 2 numbers for 4 levels",
    );
    refuse(
        |o| o.numeric = vec![("X".to_owned(), vec![1.0, 2.0])],
        "--numeric: there is no attribute `X`",
    );
    refuse(
        |o| o.price_range = Some((2.0, 1.0)),
        "--price-range: 2 is not below 1",
    );
}

#[test]
fn a_column_of_weights_that_is_nowhere_is_not_an_attribute_that_needs_numbers() {
    let text = "id,Weight,Brand: A,Brand: B\n1,0.5,1,-1\n2,1.5,2,-2\n";
    let options = ImportOptions {
        weight: "nosuch".into(),
        ..ImportOptions::default()
    };
    let error = import(&[file("a.csv", text)], &options).unwrap_err();
    assert_eq!(
        error.to_string(),
        "--weight: there is no column `nosuch`; known are `Weight`"
    );
}

#[test]
fn draws_are_averaged_and_kept() {
    let text = "id,Brand: A,Brand: B,Size: 1,Size: 2\n1,1,-1,0.5,-0.5\n1,3,-3,0.25,-0.25\n2,1,-1,1,-1\n2,2,-2,1,-1\n";
    let imported = import(&[file("draws.csv", text)], &ImportOptions::default()).unwrap();
    assert_eq!(imported.respondents, 2);
    let utilities =
        String::from_utf8(imported.files.get("utilities.csv").unwrap().to_vec()).unwrap();
    assert!(
        utilities.contains("\n1,2,-2,0.375,-0.375\n2,1.5,-1.5,1,-1\n"),
        "{utilities}"
    );
    assert!(
        imported
            .assumed
            .iter()
            .any(|sentence| sentence.contains("2 rows, which are draws"))
    );
    let study = open_study(&imported.files).unwrap().study;
    assert_eq!(study.respondents().draws().map(Draws::count), Some(2));
    let draws = imported.files.get("draws.npy").unwrap();
    let numbers: Vec<f32> = draws[128..]
        .chunks(4)
        .map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap()))
        .collect();
    let first = [1.0, -1.0, 0.5, -0.5, 3.0, -3.0, 0.25, -0.25];
    assert_eq!(numbers[..8], first);
    let error = import(
        &[file("draws.csv", &text.replace("2,2,-2,1,-1\n", ""))],
        &ImportOptions::default(),
    );
    let error = error.unwrap_err().to_string();
    assert!(
        error.starts_with("draws.csv:3: the id `1` occurs 2 times"),
        "{error}"
    );
}

#[test]
fn a_format_can_be_named() {
    let options = ImportOptions {
        format: Some("wide-table".to_owned()),
        ..ImportOptions::default()
    };
    let imported = import_examples(&["qualtrics-individual-utilities.csv"], &options).unwrap();
    assert_eq!(imported.format.id, "wide-table");
}

#[test]
fn what_would_be_proposed_can_be_declined() {
    let text = TEXT.replace("Nothing", "None").replace(",wt,", ",weight,");
    let files = [file("a.csv", &text)];
    let proposed = import(&files, &ImportOptions::default()).unwrap();
    assert!(proposed.brand.is_some() && proposed.price.is_some() && proposed.has_none);
    assert!(proposed.segment.is_some() && proposed.owner.is_some());
    assert!(proposed.files.get("weights.csv").is_some());
    let options = ImportOptions {
        brand: RoleAnswer::Nothing,
        price: RoleAnswer::Nothing,
        segments: Some(Vec::new()),
        owner: RoleAnswer::Nothing,
        weight: RoleAnswer::Nothing,
        none: RoleAnswer::Nothing,
        ..ImportOptions::default()
    };
    let declined = import(&files, &options).unwrap();
    assert_eq!((declined.brand, declined.price), (None, None));
    assert_eq!((declined.segment, declined.owner), (None, None));
    assert!(!declined.has_none && declined.files.get("weights.csv").is_none());
    assert_eq!(declined.attributes, proposed.attributes);
    let study = open_study(&declined.files).unwrap().study;
    assert!(study.respondents().none().is_none());
    let settings = String::from_utf8(declined.files.get("study.json").unwrap().to_vec()).unwrap();
    assert!(settings.contains(r#""owner": "no""#), "{settings}");
}

#[test]
fn coefficients_without_labels_may_be_those_of_levels() {
    let error = import_examples(&["rsghb-model_C.csv"], &ImportOptions::default()).unwrap_err();
    let hint = "--numeric \"brandBrevia=V1,V2,…\", or --labels FILE if it is a level";
    assert!(error.to_string().contains(hint), "{error}");
}
