//! Our own folder format as people save it: dialects, encodings, neutral names, one workbook, and
//! studies without a brand or with attributes that do not apply.

#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::sync::Arc;

use conjoint::choice::{ChoiceModel, ChoiceModelError, Rule};
use conjoint::format::{StudyFiles, list_omissions, open_study, write_study};
use conjoint::simulation::Simulation;
use conjoint::study::Study;
use conjoint::testing::{collect_files, small_files};
use rust_xlsxwriter::Workbook;

/// The shares of preference of a study's offers.
fn shares(files: &StudyFiles) -> Vec<f64> {
    let study = open(files);
    let model = ChoiceModel {
        rule: Rule::ShareOfPreference,
        ..ChoiceModel::default()
    };
    let simulation = Simulation::with_model(Arc::new(study), model).unwrap();
    simulation
        .shares()
        .iter()
        .map(|share| share.share)
        .collect()
}

fn open(files: &StudyFiles) -> Study {
    open_study(files)
        .unwrap_or_else(|problems| panic!("{problems}"))
        .study
}

fn assert_near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 5e-6, "{found} {expected}");
    }
}

const SEMICOLONS: [(&str, &str); 2] = [
    (
        "utilities.csv",
        "id;brand;brand;monthly_cost;monthly_cost\nid;A;B;19,90;29,90\n1;0,5;-0,5;1,25;-1,25\n2;-0,1;0,1;0,75;-0,75\n",
    ),
    (
        "offers.csv",
        "id;brand;model;monthly_cost\n1;A;;24,90\n2;B;;19,90\n",
    ),
];

#[test]
fn decimal_commas_are_read_in_every_form() {
    let expected = [0.35835, 0.64165];
    assert_near(&shares(&collect_files(&SEMICOLONS)), &expected);
    let tabs = SEMICOLONS.map(|(name, text)| (name, text.replace(';', "\t")));
    let tabs: Vec<(&str, &str)> = tabs.iter().map(|(name, text)| (*name, &**text)).collect();
    assert_near(&shares(&collect_files(&tabs)), &expected);
    let quoted = "id,brand,brand,monthly_cost,monthly_cost\nid,A,B,19.90,29.90\n1,\"0,5\",\"-0,5\",\"1,25\",\"-1,25\"\n2,\"-0,1\",\"0,1\",\"0,75\",\"-0,75\"\n";
    let offers = "id,brand,model,monthly_cost\n1,A,,24.90\n2,B,,19.90\n";
    let quoted = collect_files(&[("UtilityScoresEV.csv", quoted), ("leaseOffers.csv", offers)]);
    assert_near(&shares(&quoted), &expected);
}

#[test]
fn thousandths_with_a_decimal_comma_are_no_thousands() {
    let utilities = "id,brand,brand,size,size\nid,A,B,1.5,2.5\n1,\"0,125\",\"-0,125\",\"1,5\",-2\n";
    let offers = "id,brand,model,size\n1,A,,1.5\n2,B,,1.5\n";
    let files = collect_files(&[("utilities.csv", utilities), ("offers.csv", offers)]);
    let expected = 1.0 / (1.0 + (-0.25_f64).exp());
    assert_near(&shares(&files), &[expected, 1.0 - expected]);
}

#[test]
fn encodings_do_not_matter() {
    let text = |text: &str| text.replace("A;", "Ä;").replace(";A", ";Ä");
    let [utilities, offers] = SEMICOLONS.map(|(_, content)| text(content));
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(utilities.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let latin = offers.chars().map(|letter| letter as u8).collect();
    let mut files = StudyFiles::default();
    files.insert("utilities.csv", utf16);
    files.insert("offers.csv", latin);
    assert_near(&shares(&files), &[0.35835, 0.64165]);
    assert_eq!(open(&files).brands().iter().next().unwrap().name, "Ä");
}

#[test]
fn levels_with_units_are_numbers_and_keep_their_unit() {
    let utilities = "id,brand,brand,reliability,reliability,deposit,deposit\nid,A,B,80%,100%,\"$1,000\",\"$2,500\"\n1,0.2,-0.2,-1.0,1.0,0.5,-0.5\n";
    let offers = "id,model,brand,reliability,deposit\n1,,A,90%,\"$1,000\"\n2,,B,100%,\"$2,500\"\n";
    let files = collect_files(&[("utilities.csv", utilities), ("offers.csv", offers)]);
    assert_near(&shares(&files), &[0.59869, 0.40131]);
    let study = open(&files);
    let names: Vec<Vec<String>> = study
        .schema()
        .attributes()
        .iter()
        .map(|a| a.level_names())
        .collect();
    assert_eq!(names[1..], [vec!["80%", "100%"], vec!["$1,000", "$2,500"]]);
    assert_eq!(open(&write_study(&study)), study);
}

#[test]
fn an_attribute_that_does_not_apply_contributes_nothing() {
    let utilities = "id,brand,brand,pickup_minutes,pickup_minutes,pickup_minutes,pickup_minutes,parking_fee,parking_fee,parking_fee,seat,seat\nid,Bus,Car,5,10,15,20,5,8,10,window,aisle\n1,-0.3,0.3,1.1,0.5,-0.4,-1.2,0.9,0.0,-0.9,0.2,-0.2\n2,0.4,-0.4,0.7,0.3,-0.2,-0.8,0.5,0.1,-0.6,0.2,-0.2\n3,0.0,0.0,1.5,0.2,-0.6,-1.1,0.3,0.1,-0.4,0.2,-0.2\n";
    let offers = "id,model,brand,pickup_minutes,parking_fee,seat\n1,,Bus,10,,window\n2,,Car,,8,\n";
    let files = collect_files(&[("utilities.csv", utilities), ("offers.csv", offers)]);
    assert_near(&shares(&files), &[0.62265, 0.37735]);
    let study = open(&files);
    assert_eq!(open(&write_study(&study)), study);
}

#[test]
fn without_a_brand_each_product_is_its_own() {
    let utilities = "id,Destination,Destination,Destination,Price,Price,Price,Duration,Duration,Duration\nid,Aruba,Jamaica,Bermuda,1000,2000,5000,3 days,1 week,2 weeks\n1,0.5,-0.2,-0.3,1.0,0.2,-1.2,-0.4,0.3,0.1\n2,-0.1,0.4,-0.3,0.8,0.3,-1.1,-0.6,0.1,0.5\n";
    let offers =
        "id,model,Destination,Price,Duration\n1,,Aruba,3000,1 week\n2,Palm,Jamaica,2000,3 days\n";
    let files = collect_files(&[("utilities.csv", utilities), ("offers.csv", offers)]);
    let expected = [0.57574, 0.42426];
    assert_near(&shares(&files), &expected);
    let study = open(&files);
    assert!(!study.schema().has_brand_attribute());
    let names = study.offers().iter().map(|offer| study.name_of(offer));
    assert_eq!(names.collect::<Vec<_>>(), ["1", "Palm"]);
    assert_eq!(study.schema().surveyed_attributes().count(), 3);
    assert!(
        list_omissions(&study)
            .iter()
            .any(|left_out| left_out.instead.contains("its own brand"))
    );
    assert_eq!(open(&write_study(&study)), study);
    let settings = "{\"columns\": {\"brand\": \"Destination\", \"monthly_cost\": \"Price\"}}";
    let mut named = files;
    named.insert("study.json", settings.into());
    assert_near(&shares(&named), &expected);
}

#[test]
fn neutral_names_mean_the_same() {
    let files = small_files();
    let neutral = files.clone().with_neutral_names();
    assert!(
        neutral
            .iter()
            .any(|(name, _)| name == "base_volume_ebit.csv")
    );
    assert_eq!(open(&neutral), open(&files));
    assert_eq!(neutral.identity(), files.identity());
    let mut damaged = neutral.clone();
    damaged.insert("churn_rate.csv", b"brand,young,old\nAnt,2,0.1\n".to_vec());
    let problems = open_study(&damaged).unwrap_err().to_string();
    assert!(
        problems.contains("churn_rate.csv:2: young: 2 is not between"),
        "{problems}"
    );
    assert!(
        problems.contains("in base_volume_ebit.csv has no row here"),
        "{problems}"
    );
    let mut both = files;
    both.insert("offers.csv", b"id\n".to_vec());
    let problems = open_study(&both).unwrap_err().to_string();
    let expected = "offers.csv: the table is also in leaseOffers.csv; keep one of the two files";
    assert!(problems.contains(expected), "{problems}");
}

#[test]
fn one_workbook_has_a_sheet_per_table() {
    let mut workbook = Workbook::new();
    for (name, text) in SEMICOLONS {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name.trim_end_matches(".csv")).unwrap();
        for (row, line) in text.lines().enumerate() {
            for (column, cell) in line.split(';').enumerate() {
                let (row, column) = (row as u32, column as u16);
                match cell.replace(',', ".").parse::<f64>() {
                    Ok(number) => sheet.write_number(row, column, number).unwrap(),
                    Err(_) => sheet.write_string(row, column, cell).unwrap(),
                };
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    std::fs::write(folder.path().join("My study.xlsx"), &bytes).unwrap();
    let files = StudyFiles::read_dir(folder.path());
    assert_near(&shares(&files), &[0.35835, 0.64165]);

    let mut files = StudyFiles::default();
    files.insert("s.xlsx", bytes.get(..200).unwrap().to_vec());
    let problems = open_study(&files).unwrap_err().to_string();
    assert!(problems.starts_with("s.xlsx: the workbook"), "{problems}");
}

#[test]
fn rescaled_utilities_allow_first_choice_only() {
    let mut files = collect_files(&SEMICOLONS);
    files.insert("study.json", b"{\"rescaled\": true}".to_vec());
    let study = Arc::new(open(&files));
    assert_eq!(open(&write_study(&study)), *study);
    for rule in Rule::ALL {
        let model = ChoiceModel {
            rule,
            ..ChoiceModel::default()
        };
        let result = Simulation::with_model(Arc::clone(&study), model.clone());
        match rule.is_deterministic() {
            true => assert!(result.is_ok()),
            false => assert_eq!(result.err(), Some(ChoiceModelError::Rescaled)),
        }
        let model = ChoiceModel {
            scale: 0.02,
            ..model
        };
        assert!(Simulation::with_model(Arc::clone(&study), model).is_ok());
    }
}

#[test]
fn zero_centered_diffs_are_recognized() {
    let offers = "id,model,brand,warranty\n1,,A,3 years\n2,,B,1 year\n";
    let header = "id,brand,brand,warranty,warranty\nid,A,B,1 year,3 years\n";
    let raw = "1,-2.5,2.5,-7.5,7.5\n2,0.4,-0.4,0.3,-0.3\n3,-0.2,0.2,0.9,-0.9\n";
    let diffs = "1,-25.0,25.0,-75.0,75.0\n2,57.142857142857146,-57.142857142857146,42.857142857142854,-42.857142857142854\n3,-18.181818181818183,18.181818181818183,81.81818181818181,-81.81818181818181\n";
    let files = |rows: &str| {
        let utilities = format!("{header}{rows}");
        collect_files(&[("utilities.csv", &utilities), ("offers.csv", offers)])
    };
    let found = shares(&files(raw));
    assert!((found[0] - 0.5498).abs() < 5e-5, "{found:?}");
    let reading = open_study(&files(diffs)).unwrap();
    assert_eq!(reading.study.settings().rescaled, Some(true));
    let warning = "utilities.csv: the utilities are zero-centered diffs";
    assert!(reading.warnings.to_string().contains(warning));
    assert_eq!(open(&write_study(&reading.study)), reading.study);
    let mut denied = files(diffs);
    denied.insert("study.json", b"{\"rescaled\": false}".to_vec());
    assert_eq!(open(&denied).settings().rescaled, Some(false));
}
