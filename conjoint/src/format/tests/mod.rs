//! Reading and writing studies: the small one in full, defaults, and offers off the market.

mod omissions;
mod problems;
mod survival;
mod weights;

use self::survival::survives;

use super::*;
use crate::index_vec::{IndexVec, Position, ProductIndex};
use crate::study::*;
use crate::testing::{SMALL_UTILITIES, change_text, minimal_files, small_files};

/// The small study with the first `from` in one file replaced by `to`.
fn damage(file: &str, from: &str, to: &str) -> StudyFiles {
    change_text(&small_files(), file, |text| {
        assert!(text.contains(from), "{file} does not contain {from}");
        text.replacen(from, to, 1)
    })
}

/// The problems of a study as lines.
fn problems(files: &StudyFiles) -> Vec<String> {
    match read_study(files) {
        Ok(reading) => reading.warnings.iter().map(Problem::to_string).collect(),
        Err(problems) => {
            assert!(problems.has_errors());
            problems.iter().map(Problem::to_string).collect()
        }
    }
}

#[test]
fn the_small_study_reads_back_the_same() {
    let reading = read_study(&small_files()).unwrap();
    let study = &reading.study;
    assert!(reading.warnings.is_empty());
    assert_eq!(study.settings().title, "Small");
    assert_eq!(
        study.name_of(&study.offers()[ProductIndex::from_index(0)]),
        "Ant One"
    );
    let monthly = &study.schema().attributes()[study.schema().monthly().unwrap()];
    assert_eq!(monthly.levels, Levels::Numeric(vec![100.0, 300.0]));
    assert_eq!(read_study(&write_study(study)), Ok(reading));
}

#[test]
fn reading_reports_its_progress() {
    let mut files = small_files();
    let mut text = SMALL_UTILITIES.to_owned();
    for person in 4..=400 {
        text += &format!("p{person},old,Bee,-1,1,0.25,-0.25,-2,2,0.5,-0.5,0.1,-0.1\n");
    }
    files.insert(UTILITIES, text.into_bytes());
    let mut fractions = Vec::new();
    let study = read_study_with_progress(&files, &mut |fraction| fractions.push(fraction));
    assert_eq!(study, read_study(&files));
    assert!(
        fractions.len() > 15 && fractions.len() <= 20,
        "{fractions:?}"
    );
    assert!(
        fractions.is_sorted_by(|one, next| one < next),
        "{fractions:?}"
    );
    assert_eq!(fractions.last(), Some(&1.0));
}

#[test]
fn optional_files_have_defaults() {
    let mut files = small_files();
    files.remove(BRANDS);
    files.remove(SETTINGS);
    let study = read_study(&files).unwrap().study;
    assert_eq!(study.settings(), &Settings::default());
    assert_eq!(study.parents().as_slice(), ["Ant", "Bee"]);
    let colors = study.brands().iter().map(|brand| brand.color.as_str());
    assert_eq!(colors.collect::<Vec<_>>(), ["#d8122c", "#7550eb"]);
}

#[test]
fn an_offer_without_a_brand_is_withdrawn() {
    let study = read_study(&damage(OFFERS, "b,Bee,Two", "b,,Two"))
        .unwrap()
        .study;
    let offer = &study.offers()[ProductIndex::from_index(1)];
    assert!(offer.withdrawn);
    assert_eq!(study.schema().brand_of(offer), None);
    assert_eq!(study.name_of(offer), "Two");
}

#[test]
fn an_unsurveyed_cost_has_no_part_worth() {
    let text = SMALL_UTILITIES
        .replace(",term,term", "")
        .replace(",12,24", "")
        .replace(",0.1,-0.1", "");
    let mut files = small_files();
    files.insert(UTILITIES, text.into_bytes());
    let study = read_study(&files).unwrap().study;
    let term = &study.schema().attributes()[study.schema().term().unwrap()];
    assert!(term.levels.is_empty());
    assert_eq!(term.range(), None);
}

#[test]
fn an_offer_without_a_brand_may_lack_other_values() {
    let files = damage(OFFERS, "b,Bee,Two,150,0,24,blue", "b,,,,,,");
    let StudyReading {
        mut study,
        warnings,
    } = read_study(&files).unwrap();
    assert!(warnings.is_empty());
    survives(&write_study(&study));
    let mut scenario = crate::simulation::scenario::Scenario::baseline(&study);
    let product = ProductIndex::from_index(1);
    let [brand, term] = [study.schema.brand, study.schema.term.unwrap()];
    let color = study.schema.find("colour").unwrap();
    let refused = scenario.set(&study, product, brand, "Bee").unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the offer cannot have a brand yet; give it `monthly_cost`, `upfront_cost`, `term` first"
    );
    scenario.set(&study, product, term, "24").unwrap();
    for cost in [study.schema.monthly, study.schema.upfront] {
        scenario.set(&study, product, cost.unwrap(), "100").unwrap();
    }
    scenario.set(&study, product, brand, "Bee").unwrap();
    // On the market, it must keep its price. Any other attribute may not apply to it.
    for price in study.schema.price_attributes() {
        assert!(scenario.set(&study, product, price, "").is_err());
    }
    scenario.set(&study, product, color, "blue").unwrap();
    scenario.set(&study, product, color, "").unwrap();
    study.offers = scenario.offers().clone();
    survives(&write_study(&study));
}

#[test]
fn a_segment_without_respondents_is_a_warning() {
    let mut files = small_files();
    for (file, row) in [(RECONTRACT, "0.1"), (CHURN, "0.1"), (BASE_ARPU, "100")] {
        let text = String::from_utf8(files.remove(file).unwrap()).unwrap();
        let mut lines = text.lines();
        let header = format!("{},nobody", lines.next().unwrap());
        let rows = lines.map(|line| format!("{line},{row}"));
        let text: Vec<String> = std::iter::once(header).chain(rows).collect();
        files.insert(file, text.join("\n").into_bytes());
    }
    let warnings = read_study(&files).unwrap().warnings;
    assert_eq!(warnings.len(), 1);
    assert!(warnings.to_string().contains("nobody: no respondent"));
}
