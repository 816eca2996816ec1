//! Every way in which a study's files can be wrong, and that reading survives all others.

mod left_out;
mod weights;

use super::*;
use crate::index_vec::{IndexVec, Position, ProductIndex};
use crate::study::*;
use crate::testing::{SMALL_UTILITIES, change_text, minimal_files, small_files};
use proptest::prelude::*;

/// The small study with the first `from` in one file replaced by `to`.
fn damaged(file: &str, from: &str, to: &str) -> StudyFiles {
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
fn the_small_study_is_read_as_it_is_written() {
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
fn reading_tells_how_far_it_is() {
    let mut files = small_files();
    let mut text = SMALL_UTILITIES.to_owned();
    for person in 4..=400 {
        text += &format!("p{person},old,Bee,-1,1,0.25,-0.25,-2,2,0.5,-0.5,0.1,-0.1\n");
    }
    files.insert(UTILITIES, text.into_bytes());
    let mut description = Vec::new();
    let study = read_study_with_progress(&files, &mut |fraction| description.push(fraction));
    assert_eq!(study, read_study(&files));
    assert!(
        description.len() > 90 && description.len() <= 100,
        "{description:?}"
    );
    assert!(
        description.is_sorted_by(|one, next| one < next),
        "{description:?}"
    );
    assert_eq!(description.last(), Some(&1.0));
}

#[test]
fn optional_files_have_defaults() {
    let mut files = small_files();
    files.remove(BRANDS);
    files.remove(SETTINGS);
    let study = read_study(&files).unwrap().study;
    assert_eq!(study.settings(), &Settings::default());
    assert_eq!(study.parents().as_slice(), ["Ant", "Bee"]);
    let colours = study.brands().iter().map(|brand| brand.colour.as_str());
    assert_eq!(colours.collect::<Vec<_>>(), ["#d8122c", "#7550eb"]);
}

#[test]
fn an_offer_without_a_brand_is_withdrawn() {
    let study = read_study(&damaged(OFFERS, "b,Bee,Two", "b,,Two"))
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
fn every_slip_is_told_with_its_place() {
    let table: &[(&str, &str, &str, &str)] = &[
        // A value that is none
        (
            OFFERS,
            "200,500",
            "abc,500",
            "leaseOffers.csv:2: monthly_cost: `abc` is not a number",
        ),
        (
            OFFERS,
            "200,500",
            "NaN,500",
            "leaseOffers.csv:2: monthly_cost: `NaN` is not a number",
        ),
        (
            OFFERS,
            "200,500",
            "200,-inf",
            "leaseOffers.csv:2: upfront_cost: `-inf` is not a number",
        ),
        (
            OFFERS,
            "200,500",
            "2e14,500",
            "leaseOffers.csv:2: monthly_cost: 200000000000000 is too large",
        ),
        (
            OFFERS,
            ",24,blue",
            ",0,blue",
            "leaseOffers.csv:3: term: a term of 0 months is not possible",
        ),
        (
            OFFERS,
            ",24,blue",
            ",-3,blue",
            "leaseOffers.csv:3: term: a term of -3 months is not possible",
        ),
        (
            OFFERS,
            ",24,blue",
            ",1e-308,blue",
            "leaseOffers.csv:3: term: a term of 1e-308 months is not possible",
        ),
        (
            OFFERS,
            ",24,blue",
            ",1200.5,blue",
            "leaseOffers.csv:3: term: a term of 1200.5 months is not possible; write a number of months between 0.01 and 1200",
        ),
        (
            OFFERS,
            ",24,blue",
            ",1e308,blue",
            "leaseOffers.csv:3: term: 1e308 is too large",
        ),
        (
            OFFERS,
            ",24,blue",
            ",24,p\ti\u{1b}[2Jnk",
            "leaseOffers.csv:3: colour: `p\\ti\\u{1b}[2Jnk` is not a level",
        ),
        (
            OFFERS,
            "id,brand,model,monthly_cost",
            "\r\n\r\nid,brand,model,costs",
            "leaseOffers.csv:3: monthly_cost: the column is missing",
        ),
        (
            OFFERS,
            ",24,blue",
            ",,blue",
            "leaseOffers.csv:3: term: the cell is empty",
        ),
        (
            OFFERS,
            ",24,blue",
            ",24,pink",
            "leaseOffers.csv:3: colour: `pink` is not a level",
        ),
        (
            OFFERS,
            ",24,blue",
            ",24,",
            "leaseOffers.csv:3: colour: the cell is empty; write one of `red`, `blue`",
        ),
        (
            OFFERS,
            "a,Ant",
            "a,Wasp",
            "leaseOffers.csv:2: brand: `Wasp` is not a level of this attribute; levels are `Ant`, `Bee`",
        ),
        (
            OFFERS,
            "a,Ant",
            ",Ant",
            "leaseOffers.csv:2: id: the cell is empty",
        ),
        (
            OFFERS,
            "b,Bee",
            "a,Bee",
            "leaseOffers.csv:3: id: `a` stands twice, first in row 2",
        ),
        // Rows and columns
        (
            OFFERS,
            ",24,blue",
            ",24",
            "leaseOffers.csv:3: the row has 6 cells; the header has 7",
        ),
        (
            OFFERS,
            ",24,blue",
            ",24,blue,x",
            "leaseOffers.csv:3: the row has 8 cells; the header has 7",
        ),
        (
            OFFERS,
            ",term,",
            ",terms,",
            "leaseOffers.csv:1: term: the column is missing",
        ),
        (
            OFFERS,
            ",colour",
            ",paint",
            "leaseOffers.csv:1: colour: the attribute has no column here",
        ),
        (
            OFFERS,
            ",colour",
            ",",
            "leaseOffers.csv:1: 7: the column has no name",
        ),
        (
            OFFERS,
            ",colour",
            ",term",
            "leaseOffers.csv:1: term: the column stands twice",
        ),
        (
            OFFERS,
            "One,200",
            "\"One,200",
            "leaseOffers.csv:2: a quote is opened here and never closed",
        ),
        // Respondents
        (
            UTILITIES,
            "p2,",
            "p1,",
            "UtilityScoresEV.csv:4: id: `p1` stands twice, first in row 3",
        ),
        (
            UTILITIES,
            "p2,old",
            "p2,aged",
            "UtilityScoresEV.csv:4: segment: the segment `aged` is not known to recontractRateEV.csv; known are `young`, `old`",
        ),
        (
            UTILITIES,
            "p2,old,Bee",
            "p2,old,Wasp",
            "UtilityScoresEV.csv:4: current brand: the brand `Wasp` is not known to baseVolumeEBIT_EV.csv",
        ),
        (
            UTILITIES,
            "p2,old,Bee",
            "p2,old,",
            "UtilityScoresEV.csv:4: current brand: the cell is empty",
        ),
        (
            UTILITIES,
            "p2,old,Bee,-1",
            "p2,old,Bee,",
            "UtilityScoresEV.csv:4: brand Ant: the cell is empty",
        ),
        (
            UTILITIES,
            "p2,old,Bee,-1",
            "p2,old,Bee,inf",
            "UtilityScoresEV.csv:4: brand Ant: `inf` is not a number",
        ),
        (
            UTILITIES,
            "Ant,Bee,red",
            "Ant,Wasp,red",
            "UtilityScoresEV.csv:2: brand Wasp: the brand `Wasp` is not known to baseVolumeEBIT_EV.csv",
        ),
        (
            UTILITIES,
            "\nid,",
            "\nx,",
            "UtilityScoresEV.csv:2: the second header row is missing",
        ),
        (
            UTILITIES,
            "id,segment,current brand,brand,brand",
            "id,segment,current brand,id,brand",
            "UtilityScoresEV.csv:1: id: the column stands twice",
        ),
        (
            UTILITIES,
            "brand,brand,colour",
            "current brand,brand,colour",
            "UtilityScoresEV.csv:1: current brand: the column stands twice",
        ),
        (
            UTILITIES,
            ",Ant,Bee,red",
            ",Ant,Bee,Bee,red",
            "UtilityScoresEV.csv:2: the row has 14 cells; the header has 13",
        ),
        (
            UTILITIES,
            "300,100",
            "300,inf",
            "UtilityScoresEV.csv:2: monthly_cost inf: `inf` is not a number",
        ),
        (
            UTILITIES,
            "red,blue",
            "1,NaN",
            "UtilityScoresEV.csv:2: colour NaN: `NaN` is not a number",
        ),
        (
            UTILITIES,
            "p1,",
            "",
            "UtilityScoresEV.csv:3: the row has 12 cells; the header has 13",
        ),
        (
            UTILITIES,
            "red,blue",
            "red,red",
            "UtilityScoresEV.csv:2: colour red: the column stands twice",
        ),
        (
            UTILITIES,
            "300,100",
            "300,3e2",
            "UtilityScoresEV.csv:2: monthly_cost 3e2: the level 300 stands twice",
        ),
        (
            UTILITIES,
            "300,100",
            "300,1e13",
            "UtilityScoresEV.csv:2: monthly_cost 1e13: 10000000000000 is too large",
        ),
        (
            UTILITIES,
            "300,100",
            "300,low",
            "UtilityScoresEV.csv:2: monthly_cost low: the level `low` is not a number",
        ),
        (
            UTILITIES,
            "monthly_cost,monthly_cost",
            "monthly_cost,weight",
            "UtilityScoresEV.csv:2: monthly_cost 300: a numeric attribute with one level",
        ),
        (
            UTILITIES,
            "segment",
            "group",
            "UtilityScoresEV.csv:1: segment: the column is missing",
        ),
        (
            UTILITIES,
            ",brand,brand",
            ",make,make",
            "UtilityScoresEV.csv:1: brand: the column is missing",
        ),
        // Money
        (
            RECONTRACT,
            "0.25",
            "1.25",
            "recontractRateEV.csv:2: old: 1.25 is not between 0 and 1",
        ),
        (
            RECONTRACT,
            "Bee",
            "Wasp",
            "recontractRateEV.csv:3: brand: the brand `Wasp` is not known",
        ),
        (
            RECONTRACT,
            "\nBee,0.5,0.5",
            "",
            "recontractRateEV.csv: the brand `Bee` of baseVolumeEBIT_EV.csv has no row here",
        ),
        (
            CHURN,
            "0.25",
            "-0.1",
            "churnRateEV.csv:2: young: -0.1 is not between 0 and 1",
        ),
        (
            CHURN,
            "Bee,0.5",
            "Bee,0.6",
            "churnRateEV.csv:3: young: renewing and leaving customers of `Bee` add up to 1.1",
        ),
        (
            CHURN,
            "old",
            "aged",
            "churnRateEV.csv:1: aged: the segment `aged` is not known to recontractRateEV.csv",
        ),
        (
            CHURN,
            ",old",
            "",
            "churnRateEV.csv:1: old: the segment `old` of recontractRateEV.csv has no column here",
        ),
        (
            BASE_ARPU,
            "100",
            "-100",
            "baseARPU_EV.csv:2: young: -100 is below 0",
        ),
        (
            BASE_ARPU,
            "Bee",
            "Ant",
            "baseARPU_EV.csv:3: brand: `Ant` stands twice, first in row 2",
        ),
        (
            VOLUMES,
            "0.75",
            "0.7",
            "baseVolumeEBIT_EV.csv: Share of SIOs: the shares add up to 0.95",
        ),
        (
            VOLUMES,
            "0.75",
            "75",
            "baseVolumeEBIT_EV.csv:2: Share of SIOs: 75 is not between 0 and 1",
        ),
        (
            VOLUMES,
            "0.1",
            "8",
            "baseVolumeEBIT_EV.csv:2: EBIT margin per SIO: 8 is not between -1 and 1",
        ),
        (
            VOLUMES,
            "EBIT margin per SIO",
            "margin",
            "baseVolumeEBIT_EV.csv:1: EBIT margin per SIO: the column is missing",
        ),
        // Optional files
        (
            BRANDS,
            "Bee",
            "Wasp",
            "brands.csv:3: brand: the brand `Wasp` is not known",
        ),
        (
            BRANDS,
            "major",
            "large",
            "brands.csv:2: tier: `large` is no tier",
        ),
        (
            BRANDS,
            "#112233",
            "#12",
            "brands.csv:2: colour: `#12` is no colour",
        ),
        (
            BRANDS,
            "tier",
            "rank",
            "brands.csv:1: rank: the column is not known here",
        ),
        (
            SETTINGS,
            "8",
            "0",
            "study.json: market_size_thousands: the setting is 0; write a number above 0",
        ),
        (
            SETTINGS,
            "8",
            "\"8\"",
            "study.json: market_size_thousands: the setting is \"8\"; write a number",
        ),
        (
            SETTINGS,
            "8",
            "1e10",
            "study.json: market_size_thousands: the setting is 10000000000.0; write a number above 0 and up to 1e9",
        ),
        (
            SETTINGS,
            "Small",
            "",
            "study.json: title: the setting is \"\"; write a text in quotes that is not empty",
        ),
        (SETTINGS, "}", "", "study.json:1: this is not JSON"),
        // Warnings
        (
            SETTINGS,
            "market_size_thousands",
            "market",
            "study.json: market: the setting is not known",
        ),
        (
            OFFERS,
            "200,500",
            "301,500",
            "leaseOffers.csv:2: monthly_cost: 301 is outside the surveyed range 100–300",
        ),
    ];
    for (file, from, to, description) in table {
        let lines = problems(&damaged(file, from, to));
        assert!(
            lines.iter().any(|line| line.starts_with(description)),
            "{file}: {from} → {to}: {lines:#?} lacks {description}"
        );
    }
}

#[test]
fn missing_empty_and_foreign_files_are_told() {
    for file in [OFFERS, UTILITIES, RECONTRACT, CHURN, BASE_ARPU, VOLUMES] {
        let description = |bytes: Option<&[u8]>| {
            let mut files = small_files();
            match bytes {
                Some(bytes) => files.insert(file, bytes.to_vec()),
                None => drop(files.remove(file)),
            }
            let lines = problems(&files);
            assert!(!lines.is_empty(), "{file}: {bytes:?}");
            lines.join("\n")
        };
        assert!(description(None).contains(&format!("{file}: the file is missing")));
        assert!(description(Some(b"")).contains(&format!("{file}: the file is empty")));
        assert!(
            description(Some(b"\xef\xbb\xbf\r\n")).contains(&format!("{file}: the file is empty"))
        );
        assert!(
            description(Some(b"1,2\n")).contains(&format!("{file}:1: the header row is missing"))
        );
        assert!(
            description(Some(b"a\n\xfe\n")).contains(&format!("{file}:2: the text is not UTF-8"))
        );
    }
    let only_header = |file: &str, rows: usize| {
        let mut files = small_files();
        let text = String::from_utf8(files.remove(file).unwrap()).unwrap();
        let kept: Vec<&str> = text.lines().take(rows).collect();
        files.insert(file, kept.join("\n").into_bytes());
        problems(&files).join("\n")
    };
    assert!(only_header(OFFERS, 1).contains("leaseOffers.csv: there is no row"));
    assert!(only_header(UTILITIES, 2).contains("UtilityScoresEV.csv: there is no row"));
    assert!(only_header(UTILITIES, 1).contains("UtilityScoresEV.csv:2: the second header"));
    assert!(only_header(VOLUMES, 1).contains("baseVolumeEBIT_EV.csv: there is no row"));
}

#[test]
fn all_problems_are_listed_at_once_and_in_order() {
    let mut files = damaged(OFFERS, "200,500", "x,y");
    files.insert(CHURN, b"brand,young,old\nAnt,2,0.25\nBee,0.5,3\n".to_vec());
    files.remove(VOLUMES);
    let lines = problems(&files);
    let starts = [
        "leaseOffers.csv:2: monthly_cost",
        "leaseOffers.csv:2: upfront_cost",
        "churnRateEV.csv:2: young",
        "churnRateEV.csv:3: old",
        "baseVolumeEBIT_EV.csv: the file is missing",
    ];
    assert_eq!(lines.len(), starts.len(), "{lines:#?}");
    for (line, start) in lines.iter().zip(starts) {
        assert!(line.starts_with(start), "{line}");
    }
}

/// One damaged place hides no other one.
#[test]
fn what_is_damaged_hides_nothing_beside_it() {
    let description = |files: &StudyFiles, starts: &[&str]| {
        let lines = problems(files);
        assert_eq!(lines.len(), starts.len(), "{lines:#?}");
        for (line, start) in lines.iter().zip(starts) {
            assert!(line.starts_with(start), "{line}");
        }
    };
    // A file that cannot be read
    let mut files = damaged(OFFERS, "200,500", "x,500");
    files.insert_unreadable(BRANDS, "Is a directory".to_owned());
    files.insert_unreadable(CHURN, "Permission denied".to_owned());
    let starts = [
        "leaseOffers.csv:2: monthly_cost: `x` is not a number",
        "churnRateEV.csv: the file cannot be read (Permission denied)",
        "brands.csv: the file cannot be read (Is a directory)",
    ];
    description(&files, &starts);
    // A column that is missing
    let mut files = small_files();
    let offers = "id,brand,model,monthly_cost,upfront_cost,colour\n\
        a,Ant,One,x,500,red\nb,Bee,Two,150,0,pink\n";
    files.insert(OFFERS, offers.as_bytes().to_vec());
    let starts = [
        "leaseOffers.csv:1: term: the column is missing",
        "leaseOffers.csv:2: monthly_cost: `x` is not a number",
        "leaseOffers.csv:3: colour: `pink` is not a level",
    ];
    description(&files, &starts);
    // Brands that nothing can be matched with
    let mut files = damaged(CHURN, "young", "aged");
    files.insert(VOLUMES, b"brand,Share of SIOs\nAnt,1\n".to_vec());
    let starts = [
        "churnRateEV.csv:1: aged: the segment `aged` is not known",
        "churnRateEV.csv:1: young: the segment `young` of recontractRateEV.csv has no column",
        "baseVolumeEBIT_EV.csv:1: EBIT margin per SIO: the column is missing",
        "baseVolumeEBIT_EV.csv:1: Fixed cost percentage: the column is missing",
    ];
    description(&files, &starts);
    // Segments that nothing can be matched with
    let mut files = damaged(CHURN, "Bee", "Wasp");
    files.remove(RECONTRACT);
    let starts = [
        "recontractRateEV.csv: the file is missing",
        "churnRateEV.csv: the brand `Bee` of baseVolumeEBIT_EV.csv has no row here",
        "churnRateEV.csv:3: brand: the brand `Wasp` is not known",
    ];
    description(&files, &starts);
    // A second header of the wrong length is told as that alone.
    let files = damaged(UTILITIES, ",Ant,Bee,red", ",Ant,Bee,Bee,red");
    description(&files, &["UtilityScoresEV.csv:2: the row has 14 cells"]);
}

#[test]
fn an_offer_without_a_brand_may_lack_other_values() {
    let files = damaged(OFFERS, "b,Bee,Two,150,0,24,blue", "b,,,,,,");
    let StudyReading {
        mut study,
        warnings,
    } = read_study(&files).unwrap();
    assert!(warnings.is_empty());
    survives(&write_study(&study));
    let mut scenario = crate::simulation::scenario::Scenario::baseline(&study);
    let product = ProductIndex::from_index(1);
    let [brand, term] = [study.schema.brand, study.schema.term.unwrap()];
    let colour = study.schema.find("colour").unwrap();
    let refused = scenario.set(&study, product, brand, "Bee").unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the offer cannot have a brand yet; give it `colour`, `term` first"
    );
    scenario.set(&study, product, term, "24").unwrap();
    scenario.set(&study, product, colour, "blue").unwrap();
    scenario.set(&study, product, brand, "Bee").unwrap();
    // On the market, it keeps what it has.
    assert!(scenario.set(&study, product, term, "").is_err());
    assert!(scenario.set(&study, product, colour, "").is_err());
    study.offers = scenario.offers().clone();
    survives(&write_study(&study));
}

#[test]
fn a_segment_of_nobody_is_a_warning() {
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever a file holds, reading gives a study or a list of problems.
    #[test]
    fn any_bytes_are_read_or_told(
        mut files in prop::sample::select(vec![small_files(), minimal_files()]),
        file in prop::sample::select(FILE_NAMES.to_vec()),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        files.insert(file, bytes);
        survives(&files);
    }

    /// The same for files that are right but for a stretch of them.
    #[test]
    fn any_damage_is_read_or_told(
        mut files in prop::sample::select(vec![small_files(), minimal_files()]),
        file in prop::sample::select(FILE_NAMES.to_vec()),
        at in any::<prop::sample::Index>(),
        len in 0..12_usize,
        text in prop::sample::select(vec![
            "", ",", "\n", "\"", "\"\"", "NaN", "-1e308", "1e308", "1e-308", "1e12", "0", "é", "\u{feff}", "brand",
            ",,,,,,,,,", "\r\n\r\n", "{", "null", "price", "id",
        ]),
    ) {
        let mut bytes = files.remove(file).unwrap_or_default();
        let at = at.index(bytes.len() + 1);
        let end = (at + len).min(bytes.len());
        bytes.splice(at..end, text.bytes());
        files.insert(file, bytes);
        survives(&files);
    }
}

/// Reads the files and, if they are a study, computes everything on it.
fn survives(files: &StudyFiles) {
    let Ok(StudyReading { study, .. }) = read_study(files) else {
        return;
    };
    assert_eq!(
        read_study(&write_study(&study)).map(|reading| reading.study.offers),
        Ok(study.offers.clone())
    );
    let simulation = crate::simulation::Simulation::new(std::sync::Arc::new(study));
    for share in &simulation.shares() {
        assert!((0.0..=1.0).contains(&share.first_choice) && share.logit.is_finite());
    }
    assert_finite(&simulation);
    assert!(
        simulation
            .attraction()
            .iter()
            .all(|value| value.is_finite())
    );
    for brand in simulation.selected().brands().indices() {
        simulation.brand_attraction(brand);
        simulation.scavengers(brand);
    }
    crate::sample_study::precompute::files(files, &simulation);
    edits_survive(simulation);
}

fn assert_finite(simulation: &crate::simulation::Simulation) {
    for change in simulation.brands().iter().flatten() {
        let new = change.new;
        let figures = [new.sio, new.arpu, new.revenue, new.ebit];
        assert!(figures.iter().all(|figure| figure.is_finite()), "{new:?}");
    }
}

/// Gives every number of the first offer values far from any that is meant.
fn edits_survive(mut simulation: crate::simulation::Simulation) {
    let study = std::sync::Arc::clone(simulation.selected());
    let product = ProductIndex::from_index(0);
    for attribute in study.schema.attributes.indices() {
        for text in [
            "1e-308", "0.01", "1200", "1e12", "-1e12", "1e308", "-1e308", "NaN", "inf",
        ] {
            let mut scenario = simulation.scenario().clone();
            let done = scenario.set(&study, product, attribute, text);
            if study.has_money() && Some(attribute) == study.schema.term {
                assert_eq!(done.is_ok(), ["0.01", "1200"].contains(&text), "{text}");
            }
            simulation.set_scenario(scenario);
            assert_finite(&simulation);
        }
    }
}
