//! Every example file gives the shares of the study, or is recognized as what it is.

use conjoint::choice::Rule;
use conjoint::import::{ImportError, ImportOptions, Scale};

use crate::support::{
    NAMES, NUMBERED, assert_near, example, expected_numbers, import_examples, shares, with_products,
};

/// Imports files and compares shares of preference and first choices with the expected ones.
fn check(files: &[&str], options: &ImportOptions, scale: f64) {
    let imported =
        import_examples(files, options).unwrap_or_else(|error| panic!("{files:?}: {error}"));
    let expected = |key: &str| {
        let mut numbers = expected_numbers("partworth", key);
        if !imported.has_none {
            // Without None, the probabilities of the offers are compared with each other only.
            numbers.clear();
        }
        numbers
    };
    let weighted = open_weights(&imported.files);
    let key = match weighted {
        true => "share_of_preference_weighted",
        false => "share_of_preference",
    };
    let what = files.join(", ");
    assert!(imported.has_none, "{what}");
    assert_eq!(imported.scale, Scale::Raw, "{what}");
    let found = shares(&imported, Rule::ShareOfPreference, scale);
    assert_near(&found, &expected(key), 5e-6, &what);
    if !weighted {
        let found = shares(&imported, Rule::FirstChoice, 1.0);
        assert_near(&found, &expected("first_choice"), 1e-6, &what);
    }
}

fn open_weights(files: &conjoint::format::StudyFiles) -> bool {
    files.get("weights.csv").is_some()
}

#[test]
fn files_with_names_of_attributes_give_the_shares() {
    let options = with_products(NAMES);
    for files in [
        &[
            "sawtooth-cbchb_utilities.csv",
            "sawtooth-cbchb_utillayout.xml",
        ][..],
        &["sawtooth-cbchb_utilities.csv", "sawtooth-labels.csv"],
        &["sawtooth-lighthouse-raw.csv", "sawtooth-cbc.att"],
        &["sawtooth-lighthouse-report.xlsx", "displayr-labels.xlsx"],
        &["sawtooth-cbchb.hbu", "sawtooth-labels.csv"],
        &["conjointly-individual-preferences.xlsx"],
        &["conjointly-custom-coefficients.csv", "sawtooth-labels.csv"],
        &["qualtrics-individual-utilities.csv"],
        &["displayr-respondent-parameters.csv"],
        &["y2conjoint-utilities.csv", "y2conjoint-crosswalk.csv"],
        &["y2conjoint-utilities.csv", "metrisim-attribute_map.csv"],
        &["excel-decimal-comma-cp1252.csv"],
        &["excel-decimal-comma-utf8bom.csv"],
        &["excel-decimal-comma-sepline.csv"],
        &["excel-one-header-row.xlsx"],
        &["excel-two-header-rows.xlsx"],
        &["excel-unicode-text-utf16.txt"],
    ] {
        let options = match files {
            // Milk frother and Timer have labels of their own there.
            [_, "metrisim-attribute_map.csv"] => {
                let mut options = options.clone();
                let text = "Brand,Price,Capacity,Milk frother,Timer\nAlba,$499,1 l,Milk frother No,Timer No\nBrévia,$799,1.5 l,Milk frother Yes,Timer No\nCrema & Co,\"$1,099\",2 l,Milk frother Yes,Timer Yes\n";
                options.products = Some(crate::support::file("p.csv", text));
                options
            }
            _ => options.clone(),
        };
        check(files, &options, 1.0);
    }
    check(&["excel-thousands-point-cp1252.csv"], &options, 0.001);
}

#[test]
fn attributes_without_a_name_are_numbered() {
    let mut options = with_products(NUMBERED);
    options.brand = "Attribute 1".into();
    options.price = "Attribute 2".into();
    for file in [
        "sawtooth-cbchb_utilities.csv",
        "sawtooth-cbchb.hbu",
        "sawtooth-lighthouse-raw.csv",
        "sawtooth-lighthouse-report.xlsx",
    ] {
        check(&[file], &options, 1.0);
    }
    let names = [
        "Attribute 1",
        "Price",
        "Attribute 3",
        "Attribute 4",
        "Attribute 5",
    ];
    let mut options = with_products(names);
    options.brand = "Attribute 1".into();
    check(&["sawtooth-acbc-piecewise_utilities.csv"], &options, 1.0);
}

#[test]
fn linear_coefficients_become_two_levels() {
    let expected = expected_numbers("linear", "share_of_preference");
    for (files, names) in [
        (
            &[
                "sawtooth-cbchb-linear_utilities.csv",
                "sawtooth-cbchb-linear_utillayout.xml",
            ][..],
            NAMES,
        ),
        (
            &["sawtooth-cbchb-linear_utilities.csv"],
            [
                "Attribute 1",
                "Price",
                "Attribute 3",
                "Attribute 4",
                "Attribute 5",
            ],
        ),
        // The numbers of the table, which has more decimals, and the labels of the .hbu.
        (
            &[
                "sawtooth-cbchb-linear_utilities.csv",
                "sawtooth-cbchb-linear.hbu",
            ],
            [
                "Attribute 1",
                "Price",
                "Attribute 3",
                "Attribute 4",
                "Attribute 5",
            ],
        ),
        (
            &["sawtooth-cbchb-linear.hbu"],
            [
                "Attribute 1",
                "Price",
                "Attribute 3",
                "Attribute 4",
                "Attribute 5",
            ],
        ),
    ] {
        let mut options = with_products(names);
        let question = import_examples(files, &options).unwrap_err().to_string();
        assert!(question.contains("--price-range LOW:HIGH"), "{question}");
        options.numeric = vec![("Price".to_owned(), vec![299.0, 499.0, 799.0, 1099.0])];
        let imported = import_examples(files, &options).unwrap();
        let found = shares(&imported, Rule::ShareOfPreference, 1.0);
        // The .hbu has five decimals of a slope for whole dollars.
        let tolerance = if files[0].ends_with(".hbu") {
            5e-3
        } else {
            5e-6
        };
        assert_near(&found, &expected, tolerance, &files.join(", "));
        options.numeric.clear();
        options.price_range = Some((299.0, 1099.0));
        options.centers = vec![("Price".to_owned(), 674.0)];
        let imported = import_examples(files, &options).unwrap();
        let found = shares(&imported, Rule::ShareOfPreference, 1.0);
        assert_near(&found, &expected, tolerance, &files.join(", "));
    }
}

#[test]
fn utilities_without_none_give_the_same_part_worths() {
    let full = import_examples(
        &["qualtrics-individual-utilities.csv"],
        &with_products(NAMES),
    )
    .unwrap();
    let expected = without_none(&full);
    for files in [
        &["mx8-utilities-long.csv"][..],
        &["jmp-subject-estimates.csv", "sawtooth-labels.csv"],
    ] {
        let imported = import_examples(files, &with_products(NAMES)).unwrap();
        assert!(!imported.has_none);
        let found = shares(&imported, Rule::ShareOfPreference, 1.0);
        assert_near(&found, &expected, 1e-6, &files.join(", "));
    }
    // Without labels, the last levels have no names.
    let imported =
        import_examples(&["jmp-subject-estimates.csv"], &ImportOptions::default()).unwrap();
    assert_eq!(imported.attributes[0].levels, ["Alba", "Brévia", "Level 3"]);
}

/// Shares of preference among the offers only.
fn without_none(imported: &conjoint::import::Imported) -> Vec<f64> {
    let mut imported = imported.clone();
    imported.has_none = false;
    shares(&imported, Rule::ShareOfPreference, 1.0)
}

#[test]
fn zero_centered_diffs_and_ratings_need_a_decision() {
    for (file, scale, names) in [
        (
            "sawtooth-lighthouse-zcdiffs.csv",
            Scale::ZeroCentered,
            NUMBERED,
        ),
        ("1000minds-utilities.csv", Scale::Rating, NAMES),
        ("rconjoint-partutilities.csv", Scale::Rating, NUMBERED),
        (
            "spss-utilities.csv",
            Scale::Rating,
            ["BRAND", "PRICE", "CAPAC", "FROTHER", "TIMER"],
        ),
    ] {
        let mut options = with_products(names);
        if file.starts_with("spss") {
            options.labels = Some(example("sawtooth-labels.csv"));
            options.products = with_products(NAMES).products;
        }
        match import_examples(&[file], &options).unwrap_err() {
            ImportError::Rescaled { scale: found, .. } => assert_eq!(found, scale, "{file}"),
            error => panic!("{file}: {error}"),
        }
        options.accepts_rescaled = true;
        let imported =
            import_examples(&[file], &options).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(imported.scale, scale);
        let found = shares(&imported, Rule::FirstChoice, 1.0);
        if scale == Scale::ZeroCentered {
            let expected = expected_numbers("zero_centred_diffs", "first_choice");
            assert_near(&found, &expected, 1e-6, file);
        }
        let settings =
            String::from_utf8(imported.files.get("study.json").unwrap().to_vec()).unwrap();
        assert!(settings.contains("\"rescaled\": true"), "{settings}");
    }
}

#[test]
fn packages_of_r_are_read_with_their_conventions() {
    let mut options = ImportOptions {
        numeric: vec![("Attribute 2".to_owned(), vec![1.0, 2.0, 3.0, 4.0])],
        ..ImportOptions::default()
    };
    let imported = import_examples(
        &["choicemodelr-RBetas.csv", "choicemodelr-RLH.csv"],
        &options,
    )
    .unwrap();
    assert_eq!(
        (imported.format.id, imported.respondents),
        ("choicemodelr", 6)
    );
    assert_eq!(imported.attributes[1].levels, ["1", "4"]);
    assert!(imported.has_none);
    let labels = "Brand,Price,Capacity,Frother,Timer\nAlba,299,1,No,No\nBrévia,499,2,Yes,Yes\nCrema,1099,,,\n";
    options.labels = Some(crate::support::file("labels.csv", labels));
    options.numeric.clear();
    let imported = import_examples(&["rsghb-model_C.csv"], &options).unwrap();
    assert_eq!(imported.format.id, "rsghb");
    let levels: Vec<&[String]> = imported
        .attributes
        .iter()
        .map(|found| found.levels.as_slice())
        .collect();
    assert_eq!(levels[0], ["Alba", "Brévia", "Crema"]);
    assert_eq!(
        (levels[1], levels[3]),
        (
            &["299".to_owned(), "1099".to_owned()][..],
            &["No".to_owned(), "Yes".to_owned()][..]
        )
    );
    assert!(imported.has_none);
}

#[test]
fn choices_are_recognized_and_named() {
    for file in [
        "sawtooth-cbc.cho",
        "sawtooth-cbc-dualnone.cho",
        "sawtooth-cbc.chs",
        "sawtooth-cbc-single.csv",
        "sawtooth-cbc-single-semicolon.csv",
        "sawtooth-cbc-dual-design.csv",
        "sawtooth-cbc-dual-responses.csv",
        "alchemer-cbc.csv",
        "apollo-wide.csv",
        "bayesm-long.csv",
        "cbctools-long.csv",
        "cbctools-dummy-long.csv",
        "choicemodelr-data.csv",
        "conjointly-offline-responses.csv",
        "cregg-long.csv",
        "displayr-choices.csv",
        "displayr-jmp-design.xlsx",
        "jmp-stacked.csv",
        "logitr-long.csv",
        "mlogit-long.csv",
        "mlogit-wide.csv",
        "qualtrics-conjoint-design.csv",
        "qualtrics-conjoint-responses.csv",
        "qualtrics-sdt-new.csv",
        "qualtrics-sdt-old.csv",
        "xlogit-long.csv",
        "rconjoint-preferences.csv",
    ] {
        match import_examples(&[file], &ImportOptions::default()) {
            Err(error @ ImportError::Choices { .. }) => {
                assert!(error.to_string().contains("conjoint estimate"), "{error}");
            }
            other => panic!("{file}: {other:?}"),
        }
    }
}

#[test]
fn the_wrapped_records_of_the_documentation_are_read() {
    let imported =
        import_examples(&["sawtooth-doc-wrapped.hbu"], &ImportOptions::default()).unwrap();
    assert_eq!((imported.respondents, imported.attributes.len()), (2, 3));
    assert_eq!(imported.attributes[2].kind, "numeric");
}

#[test]
fn a_workbook_brings_segments_owners_weights_and_products() {
    let imported =
        import_examples(&["excel-two-header-rows.xlsx"], &ImportOptions::default()).unwrap();
    assert_eq!(imported.products, 3);
    let study = conjoint::format::open_study(&imported.files).unwrap().study;
    assert_eq!(study.segments().as_slice(), ["North", "South"]);
    assert_eq!(study.respondents().owners().len(), 6);
    let names: Vec<String> = study
        .offers()
        .iter()
        .map(|offer| study.name_of(offer))
        .collect();
    assert_eq!(names[0], "Alba Alba Uno");
    let found = shares(&imported, Rule::ShareOfPreference, 1.0);
    let expected = expected_numbers("partworth", "share_of_preference_weighted");
    assert_near(&found, &expected, 5e-6, "two header rows");
    let files = [
        "sawtooth-cbchb.hbu",
        "sawtooth-labels.csv",
        "sawtooth-demographics.csv",
    ];
    let imported = import_examples(&files, &with_products(NAMES)).unwrap();
    let found = shares(&imported, Rule::ShareOfPreference, 1.0);
    assert_near(&found, &expected, 5e-6, "demographics");
    for name in ["`Owns`", "`Weight`"] {
        let is_listed = imported.assumed.iter().any(|it| it.contains(name));
        assert!(is_listed, "{name}: {:?}", imported.assumed);
    }
}
