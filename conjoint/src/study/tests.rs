//! Every way in which a study's files can be wrong, and that reading survives all others.

use super::*;
use proptest::prelude::*;

const UTILITIES_TEXT: &str = "\
id,segment,current brand,brand,brand,colour,colour,monthly_cost,monthly_cost,upfront_cost,upfront_cost,term,term
id,segment,current brand,Ant,Bee,red,blue,300,100,0,1000,12,24
p1,young,Ant,1,-1,0.5,-0.5,-1,1,0.5,-0.5,0.1,-0.1
p2,old,Bee,-1,1,0.25,-0.25,-2,2,0.5,-0.5,0.1,-0.1
p3,old,Bee,0.5,-0.5,0.25,-0.25,-2,2,0.5,-0.5,0.1,-0.1
";

/// A small study of two brands, two segments and one attribute beside the costs.
fn small() -> StudyFiles {
    let mut files = StudyFiles::default();
    let mut add = |name, text: &str| files.insert(name, text.as_bytes().to_vec());
    add(UTILITIES, UTILITIES_TEXT);
    add(
        OFFERS,
        "id,brand,model,monthly_cost,upfront_cost,term,colour\n\
         a,Ant,One,200,500,12,red\n\
         b,Bee,Two,150,0,24,blue\n",
    );
    add(RECONTRACT, "brand,young,old\nAnt,0.5,0.25\nBee,0.5,0.5\n");
    add(CHURN, "brand,young,old\nAnt,0.25,0.25\nBee,0.5,0.25\n");
    add(BASE_ARPU, "brand,young,old\nAnt,100,110\nBee,200,220\n");
    add(
        VOLUMES,
        "brand,Share of SIOs,EBIT margin per SIO,Fixed cost percentage\n\
         Ant,0.75,0.1,0.5\nBee,0.25,0.2,0.9\n",
    );
    add(
        BRANDS,
        "brand,parent,tier,colour\nAnt,Insects,major,#112233\nBee,Insects,,gold\n",
    );
    add(
        SETTINGS,
        "{\"title\": \"Small\", \"market_size_thousands\": 8}",
    );
    files
}

/// The small study with `from` replaced by `to` in one file.
fn damaged(file: &str, from: &str, to: &str) -> StudyFiles {
    let mut files = small();
    let text = String::from_utf8(files.remove(file).unwrap()).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    files.insert(file, text.replacen(from, to, 1).into_bytes());
    files
}

/// The problems of a study as lines.
fn problems(files: &StudyFiles) -> Vec<String> {
    match Study::read(files) {
        Ok(study) => study.warnings().iter().map(Problem::to_string).collect(),
        Err(problems) => {
            assert!(problems.any_error());
            problems.iter().map(Problem::to_string).collect()
        }
    }
}

#[test]
fn the_small_study_is_read_as_it_is_written() {
    let study = Study::read(&small()).unwrap();
    assert!(study.warnings().is_empty());
    assert_eq!(study.settings().title, "Small");
    assert_eq!(
        study.name_of(&study.offers()[ProductIndex::at(0)]),
        "Ant One"
    );
    let monthly = &study.schema().attributes()[study.schema().monthly()];
    assert_eq!(monthly.levels, Levels::Numeric(vec![100.0, 300.0]));
    assert_eq!(Study::read(&study.to_files()), Ok(study));
}

#[test]
fn optional_files_have_defaults() {
    let mut files = small();
    files.remove(BRANDS);
    files.remove(SETTINGS);
    let study = Study::read(&files).unwrap();
    assert_eq!(study.settings(), &Settings::default());
    assert_eq!(study.parents().as_slice(), ["Ant", "Bee"]);
    let colours = study.brands().iter().map(|brand| brand.colour.as_str());
    assert_eq!(colours.collect::<Vec<_>>(), ["#0072b2", "#e69f00"]);
}

#[test]
fn an_offer_without_a_brand_is_withdrawn() {
    let study = Study::read(&damaged(OFFERS, "b,Bee,Two", "b,,Two")).unwrap();
    let offer = &study.offers()[ProductIndex::at(1)];
    assert!(offer.withdrawn);
    assert_eq!(study.schema().brand_of(offer), None);
    assert_eq!(study.name_of(offer), "Two");
}

#[test]
fn an_unsurveyed_cost_has_no_part_worth() {
    let text = UTILITIES_TEXT
        .replace(",term,term", "")
        .replace(",12,24", "")
        .replace(",0.1,-0.1", "");
    let mut files = small();
    files.insert(UTILITIES, text.into_bytes());
    let study = Study::read(&files).unwrap();
    let term = &study.schema().attributes()[study.schema().term()];
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
            "leaseOffers.csv:3: term: a term of 0 months cannot be",
        ),
        (
            OFFERS,
            ",24,blue",
            ",-3,blue",
            "leaseOffers.csv:3: term: a term of -3 months cannot be",
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
            "leaseOffers.csv:3: colour: `` is not a level",
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
            "leaseOffers.csv: monthly_cost of offer a: 301 is outside the surveyed range 100–300",
        ),
    ];
    for (file, from, to, told) in table {
        let lines = problems(&damaged(file, from, to));
        assert!(
            lines.iter().any(|line| line.starts_with(told)),
            "{file}: {from} → {to}: {lines:#?} lacks {told}"
        );
    }
}

#[test]
fn missing_empty_and_foreign_files_are_told() {
    for file in [OFFERS, UTILITIES, RECONTRACT, CHURN, BASE_ARPU, VOLUMES] {
        let told = |bytes: Option<&[u8]>| {
            let mut files = small();
            match bytes {
                Some(bytes) => files.insert(file, bytes.to_vec()),
                None => drop(files.remove(file)),
            }
            let lines = problems(&files);
            assert!(!lines.is_empty(), "{file}: {bytes:?}");
            lines.join("\n")
        };
        assert!(told(None).contains(&format!("{file}: the file is missing")));
        assert!(told(Some(b"")).contains(&format!("{file}: the file is empty")));
        assert!(told(Some(b"\xef\xbb\xbf\r\n")).contains(&format!("{file}: the file is empty")));
        assert!(told(Some(b"1,2\n")).contains(&format!("{file}:1: the header row is missing")));
        assert!(told(Some(b"a\n\xfe\n")).contains(&format!("{file}:2: the text is not UTF-8")));
    }
    let only_header = |file: &str, rows: usize| {
        let mut files = small();
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

#[test]
fn a_segment_of_nobody_is_a_warning() {
    let mut files = small();
    for (file, row) in [(RECONTRACT, "0.1"), (CHURN, "0.1"), (BASE_ARPU, "100")] {
        let text = String::from_utf8(files.remove(file).unwrap()).unwrap();
        let mut lines = text.lines();
        let header = format!("{},nobody", lines.next().unwrap());
        let rows = lines.map(|line| format!("{line},{row}"));
        let text: Vec<String> = std::iter::once(header).chain(rows).collect();
        files.insert(file, text.join("\n").into_bytes());
    }
    let study = Study::read(&files).unwrap();
    assert_eq!(study.warnings().len(), 1);
    assert!(
        study
            .warnings()
            .to_string()
            .contains("nobody: no respondent")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever a file holds, reading gives a study or a list of problems.
    #[test]
    fn any_bytes_are_read_or_told(
        file in prop::sample::select(NAMES.to_vec()),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut files = small();
        files.insert(file, bytes);
        survives(&files);
    }

    /// The same for files that are right but for a stretch of them.
    #[test]
    fn any_damage_is_read_or_told(
        file in prop::sample::select(NAMES.to_vec()),
        at in any::<prop::sample::Index>(),
        len in 0..12_usize,
        text in prop::sample::select(vec![
            "", ",", "\n", "\"", "\"\"", "NaN", "-1e308", "1e12", "0", "é", "\u{feff}", "brand",
            ",,,,,,,,,", "\r\n\r\n", "{", "null",
        ]),
    ) {
        let mut files = small();
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
    let Ok(study) = Study::read(files) else {
        return;
    };
    assert_eq!(
        Study::read(&study.to_files()).map(|s| s.offers),
        Ok(study.offers.clone())
    );
    let simulation = crate::simulation::Simulation::new(std::sync::Arc::new(study));
    for share in &simulation.shares() {
        assert!((0.0..=1.0).contains(&share.first_choice) && share.logit.is_finite());
    }
    for change in &simulation.brands() {
        let new = change.new;
        let figures = [new.sio, new.arpu, new.revenue, new.ebit];
        assert!(figures.iter().all(|figure| figure.is_finite()), "{new:?}");
    }
    assert!(
        simulation
            .attraction()
            .iter()
            .all(|value| value.is_finite())
    );
    for brand in simulation.study().brands().indices() {
        simulation.brand_attraction(brand);
        simulation.scavengers(brand);
    }
    crate::precompute::files(files, &simulation);
}
