//! Studies that leave out what they can, and name the rest as they like.

use super::*;
use crate::testing::replace_text;

/// The minimal study with `from` replaced by `to` in one file.
fn changed(file: &str, from: &str, to: &str) -> StudyFiles {
    replace_text(&minimal_files(), file, from, to)
}

fn names<I: Position>(list: &IndexVec<I, String>) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

#[test]
fn a_study_may_leave_out_all_but_choices() {
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
    let description = reading.warnings.to_string();
    assert!(description.starts_with("recontractRateEV.csv: there are no money files"));
    assert_eq!(reading.warnings.len(), 1);
    assert_eq!(read_study(&write_study(study)), Ok(reading));
    survives(&minimal_files());
}

#[test]
fn what_is_left_out_is_listed_with_what_stands_in_its_place() {
    let study = read_study(&minimal_files()).unwrap().study;
    let left_out = list_omissions(&study);
    let whats: Vec<&str> = left_out.iter().map(|left| left.what.as_str()).collect();
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
    assert_eq!(left_out[3].instead, "one segment, `All respondents`");
    assert_eq!(left_out[8].instead, "Conjoint study");
    let whats = |study: &Study| {
        let left_out = list_omissions(study).into_iter();
        left_out.map(|left| left.what).collect::<Vec<_>>()
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
    let sample = crate::sample_study::Sample::default();
    assert_eq!(
        whats(&crate::sample_study::generate(&sample).unwrap()),
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
    let description = "brands.csv:2: brand: the brand `Moth` is not known to UtilityScoresEV.csv; known \
        are `Ant`, `Bee`, `Wasp`";
    assert!(lines.iter().any(|line| line == description), "{lines:#?}");
}

#[test]
fn a_column_of_ids_is_no_column_of_segments() {
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
fn a_cost_that_one_file_has_is_there() {
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
fn every_slip_of_names_is_told_with_its_place() {
    let table: &[(&str, &str, &str, &str)] = &[
        (
            SETTINGS,
            "\"id\"",
            "\"ident\"",
            "study.json: columns.ident: the setting is not known and has no effect; known are `id`, `segment`",
        ),
        (
            SETTINGS,
            "\"price\"",
            "\"cost\"",
            "study.json: columns.monthly_cost: neither leaseOffers.csv nor UtilityScoresEV.csv has a column `cost`; name one of `id`, `maker`, `model`, `price`, `colour`, `who`",
        ),
        (
            SETTINGS,
            "\"price\"",
            "\"model\"",
            "study.json: columns.monthly_cost: `model` is the column of `model` too; name a column of its own",
        ),
        (
            SETTINGS,
            "\"price\"",
            "7",
            "study.json: columns.monthly_cost: the setting is 7; write a text in quotes that is not empty",
        ),
        (
            SETTINGS,
            "\"subscribers\"",
            "\" \"",
            "study.json: words.customers: the setting is \" \"; write a text",
        ),
        (
            SETTINGS,
            "\"customers\"",
            "\"vehicle\"",
            "study.json: words.vehicle: the setting is not known and has no effect; known are `offers`",
        ),
        (
            SETTINGS,
            "{\"customers\": \"subscribers\"}",
            "\"subscribers\"",
            "study.json: words: the setting is \"subscribers\"; write an object of names in quotes",
        ),
        (
            OFFERS,
            "id,maker,model,price",
            "id,maker,model,cost",
            "leaseOffers.csv:1: price: the attribute has no column here",
        ),
        (
            UTILITIES,
            "who,Ant",
            "x,Ant",
            "UtilityScoresEV.csv:2: the second header row is missing; it repeats `who` and",
        ),
        (
            UTILITIES,
            ",100\n",
            ",low\n",
            "UtilityScoresEV.csv:2: price low: the level `low` is not a number",
        ),
        (
            CHURN,
            "",
            "brand,young\n",
            "recontractRateEV.csv: the file is missing; add it, with the columns `brand`, `<segment>`, or take `churnRateEV.csv`, `baseARPU_EV.csv`, `baseVolumeEBIT_EV.csv` away too",
        ),
    ];
    for (file, from, to, description) in table {
        let mut files = minimal_files();
        if from.is_empty() {
            files.insert(file, to.as_bytes().to_vec());
        } else {
            files = changed(file, from, to);
        }
        let lines = problems(&files);
        assert!(
            lines.iter().any(|line| line.starts_with(description)),
            "{file}: {from} → {to}: {lines:#?} lacks {description}"
        );
    }
}
