//! Studies that leave out optional parts, and choose their own names.

use super::*;
use crate::testing::{generate_study, replace_text};

/// The minimal study with `from` replaced by `to` in one file.
fn changed(file: &str, from: &str, to: &str) -> StudyFiles {
    replace_text(&minimal_files(), file, from, to)
}

/// Expects a problem that begins with a text.
fn expect(files: &StudyFiles, expected: &str) {
    let lines = problems(files);
    let is_reported = lines.iter().any(|line| line.starts_with(expected));
    assert!(is_reported, "{lines:#?} lacks {expected}");
}

fn names<I: Position>(list: &IndexVec<I, String>) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

#[test]
fn a_minimal_study_can_be_read() {
    let reading = read_study(&minimal_files()).unwrap();
    let study = &reading.study;
    assert!(!study.has_money());
    assert_eq!(names(&study.segments), ["All respondents"]);
    assert_eq!(names(&study.parents), ["Ant", "Bee"]);
    assert!(study.respondents.owners.is_empty());
    let schema = &study.schema;
    assert_eq!(schema.monthly, schema.find("price"));
    assert_eq!([schema.upfront, schema.term], [None, None]);
    assert_eq!(
        study.name_of(&study.offers[ProductIndex::from_index(1)]),
        "Bee Two"
    );
    assert_eq!(study.settings.words.get("customers"), "subscribers");
    assert_eq!(study.settings.words.get("customer"), "customer");
    let warnings = reading.warnings.to_string();
    assert!(warnings.starts_with("recontractRateEV.csv: there are no money files"));
    assert_eq!(reading.warnings.len(), 1);
    assert_eq!(read_study(&write_study(study)), Ok(reading));
    survives(&minimal_files());
}

#[test]
fn omissions_are_listed_with_their_defaults() {
    let study = read_study(&minimal_files()).unwrap().study;
    let omissions = list_omissions(&study);
    let whats: Vec<&str> = omissions
        .iter()
        .map(|omission| omission.what.as_str())
        .collect();
    assert_eq!(
        whats,
        [
            "recontractRateEV.csv, churnRateEV.csv, baseARPU_EV.csv, baseVolumeEBIT_EV.csv",
            "brands.csv",
            "weights.csv",
            "UtilityScoresEV.csv: segment",
            "UtilityScoresEV.csv: current brand",
            "UtilityScoresEV.csv: None",
            "leaseOffers.csv, UtilityScoresEV.csv: upfront_cost",
            "leaseOffers.csv, UtilityScoresEV.csv: term",
            "study.json: title",
            "study.json: description",
            "study.json: currency",
            "study.json: market_size_thousands",
            "study.json: attraction_threshold",
        ]
    );
    assert_eq!(omissions[3].instead, "one segment, `All respondents`");
    assert_eq!(omissions[8].instead, "Conjoint study");
    let whats = |study: &Study| {
        let omissions = list_omissions(study).into_iter();
        omissions.map(|omission| omission.what).collect::<Vec<_>>()
    };
    let read = read_study(&small_files()).unwrap().study;
    assert_eq!(
        whats(&read),
        [
            "weights.csv",
            "UtilityScoresEV.csv: None",
            "study.json: description",
            "study.json: currency",
            "study.json: attraction_threshold",
            "study.json: words",
        ]
    );
    assert_eq!(
        whats(&generate_study(1, &[("Gen X", 3)])),
        ["weights.csv", "UtilityScoresEV.csv: None"]
    );
}

#[test]
fn without_money_brands_and_segments_come_from_the_respondents() {
    let mut files = changed(UTILITIES, "who,", "who,current brand,segment,");
    let text = String::from_utf8(files.remove(UTILITIES).unwrap()).unwrap();
    let text = text.replace("p1,", "p1,Wasp,old,");
    let text = text.replace("p2,", "p2,Ant,young,");
    files.insert(UTILITIES, text.into_bytes());
    files.insert(
        BRANDS,
        b"brand,parent,tier,colour\nWasp,Ant,minor,red\n".to_vec(),
    );
    let reading = read_study(&files).unwrap();
    let study = &reading.study;
    let brands: Vec<&str> = study.brands.iter().map(|b| b.name.as_str()).collect();
    assert_eq!(brands, ["Ant", "Bee", "Wasp"]);
    assert_eq!(names(&study.parents), ["Ant", "Bee"]);
    assert_eq!(names(&study.segments), ["old", "young"]);
    let owners = study.respondents.owners.iter();
    assert_eq!(
        owners.map(|owner| owner.index()).collect::<Vec<_>>(),
        [2, 0]
    );
    assert_eq!(read_study(&write_study(study)), Ok(reading));
    files.insert(BRANDS, b"brand,parent\nMoth,Ant\n".to_vec());
    let lines = problems(&files);
    let expected = "brands.csv:2: brand: the brand `Moth` is not in UtilityScoresEV.csv, whose brands \
        are `Ant`, `Bee`, `Wasp`";
    assert!(lines.iter().any(|line| line == expected), "{lines:#?}");
}

#[test]
fn a_column_of_ids_is_not_a_column_of_segments() {
    let header = "who,segment,maker,maker,colour,colour,price,price\n";
    let levels = "who,segment,Ant,Bee,red,blue,300,100\n";
    let rows = (0..=1000).map(|row| format!("p{row},s{row},1,-1,0.5,-0.5,-1,1\n"));
    let mut files = minimal_files();
    let text = format!("{header}{levels}{}", rows.collect::<String>());
    files.insert(UTILITIES, text.into_bytes());
    let description = "UtilityScoresEV.csv: segment: the column has more than 1000 different names";
    assert!(
        problems(&files)
            .iter()
            .any(|line| line.starts_with(description))
    );
}

#[test]
fn a_term_without_a_price_is_an_attribute_like_any_other() {
    let mut files = changed(UTILITIES, "colour", "term");
    files.insert(
        OFFERS,
        b"id,maker,model,price,term\na,Ant,One,200,red\nb,Bee,Two,150,blue\n".to_vec(),
    );
    let study = read_study(&files).unwrap().study;
    let term = study.schema.term.unwrap();
    assert!(!study.schema.attributes[term].is_numeric());
    survives(&files);
}

#[test]
fn a_cost_in_one_of_the_files_is_an_attribute() {
    let files = changed(OFFERS, "colour", "colour,term");
    let mut rows = files.clone();
    let text = String::from_utf8(rows.remove(OFFERS).unwrap()).unwrap();
    let text = text.replace(",red", ",red,0").replace(",blue", ",blue,");
    rows.insert(OFFERS, text.into_bytes());
    let reading = read_study(&rows).unwrap();
    let study = &reading.study;
    let term = study.schema.term.unwrap();
    assert!(study.schema.attributes[term].levels.is_empty());
    assert_eq!(read_study(&write_study(study)), Ok(reading));
    survives(&rows);
}

#[test]
fn mistakes_in_names() {
    let neither = "neither leaseOffers.csv nor UtilityScoresEV.csv has a column `cost`; name one of \
         `id`, `maker`, `model`, `price`, `colour`, `who`";
    let setting =
        "columns.monthly_cost: the setting is 7; write a text in quotes that is not empty";
    let unknown = "the setting is unknown and has no effect; known settings are";
    let words = "words: the setting is \"subscribers\"; write an object with names in quotes";
    let id = format!("columns.ident: {unknown} `id`, `segment`");
    let cost = format!("columns.monthly_cost: {neither}");
    let model =
        "columns.monthly_cost: `model` is also the column of `model`; name a different column";
    let empty = "words.customers: the setting is \" \"; write a text";
    let vehicle = format!("words.vehicle: {unknown} `offers`");
    for (from, to, expected) in [
        ("\"id\"", "\"ident\"", id.as_str()),
        ("\"price\"", "\"cost\"", &cost),
        ("\"price\"", "\"model\"", model),
        ("\"price\"", "7", setting),
        ("\"subscribers\"", "\" \"", empty),
        ("\"customers\"", "\"vehicle\"", &vehicle),
        ("{\"customers\": \"subscribers\"}", "\"subscribers\"", words),
    ] {
        expect(
            &changed(SETTINGS, from, to),
            &format!("study.json: {expected}"),
        );
    }
    expect(
        &changed(OFFERS, "id,maker,model,price", "id,maker,model,cost"),
        "leaseOffers.csv:1: price: the attribute has no column here",
    );
    expect(
        &changed(UTILITIES, "who,Ant", "x,Ant"),
        "UtilityScoresEV.csv:2: the second header row is missing; it repeats `who` and",
    );
    expect(
        &changed(UTILITIES, ",100\n", ",low\n"),
        "UtilityScoresEV.csv:2: price low: the level `low` is not a number",
    );
}

#[test]
fn one_money_file_needs_the_others() {
    let mut files = minimal_files();
    files.insert(CHURN, b"brand,young\n".to_vec());
    expect(
        &files,
        "recontractRateEV.csv: the file is missing; add it with the columns `brand`, `<segment>`, or \
         also remove `churnRateEV.csv`, `baseARPU_EV.csv`, `baseVolumeEBIT_EV.csv` for a study \
         without money figures",
    );
}

#[test]
fn a_study_without_settings_has_no_words_of_the_one_that_ships() {
    let mut files = small_files();
    files.remove("study.json");
    let study = read_study(&files).unwrap().study;
    let settings = study.settings();
    assert_eq!(
        (settings.currency.as_str(), settings.words.get("offers")),
        ("", "Offers")
    );
    assert!(
        settings
            .words
            .iter()
            .all(|(_, word)| !word.to_lowercase().contains("lease"))
    );
    let shipped = generate_study(1, &[("Gen X", 3)]);
    let settings = shipped.settings();
    assert_eq!(
        (settings.currency.as_str(), settings.words.get("offers")),
        ("$", "Lease offers")
    );
}
