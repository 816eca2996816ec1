//! The figures of a real study, computed by an independent program, to 1e-9 relative.
//!
//! They are outside the repository, in the folder that `CONJOINT_REFERENCE` names.

use std::path::PathBuf;

use conjoint::format::StudyFiles;
use conjoint::index_vec::Position;
use conjoint::simulation::Simulation;
use conjoint::testing::{shipped_files, simulate_files};
use serde_json::Value;

use crate::support::json;

const TOLERANCE: f64 = 1e-9;

/// The folder of the reference study; `None`, with a message, without `CONJOINT_REFERENCE`.
fn reference() -> Option<PathBuf> {
    let folder = std::env::var_os("CONJOINT_REFERENCE").map(PathBuf::from);
    if folder.is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "CONJOINT_REFERENCE must name the folder of the reference figures in CI"
        );
        println!("skipped: CONJOINT_REFERENCE does not name the folder of the reference figures");
    }
    folder.map(|folder| folder.join("ev2020"))
}

fn expected(folder: &std::path::Path, file: &str) -> Value {
    let bytes = std::fs::read(folder.join("expected").join(file)).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn assert_near(found: f64, expected: f64, place: &str) {
    let error = (found - expected).abs();
    assert!(
        error <= TOLERANCE * expected.abs(),
        "{place}: {found} is not {expected}"
    );
}

/// The keys that the reference figures do not have: a product's share by the rule, the respondents with
/// several first choices, the values outside the surveyed range, and the rule that movement follows.
const ADDED_KEYS: [&str; 4] = ["share", "ties", "outside_range", "movement_rule"];

/// Asserts that two values have the same keys in the same order, and the same figures.
fn assert_same(found: &Value, expected: &Value, place: &str) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            let keys = found
                .keys()
                .filter(|key| !ADDED_KEYS.contains(&key.as_str()));
            assert!(keys.eq(expected.keys()), "{place}: {found:?}");
            for (key, value) in expected {
                assert_same(&found[key], value, &format!("{place}/{key}"));
            }
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{place}");
            for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
                assert_same(found, expected, &format!("{place}/{index}"));
            }
        }
        (Value::Number(found), Value::Number(expected)) => {
            assert_near(found.as_f64().unwrap(), expected.as_f64().unwrap(), place);
        }
        _ => assert_eq!(found, expected, "{place}"),
    }
}

/// Asserts that a command prints the figures of a reference file.
fn assert_prints(file: &str, command: &str, arguments: &[&str]) {
    let Some(folder) = reference() else { return };
    let data = folder.join("Data");
    let found = json(&[&[command, "--data", data.to_str().unwrap()], arguments].concat());
    assert_same(&found, &expected(&folder, file), file);
}

#[test]
fn simulate() {
    assert_prints("simulate.json", "simulate", &[]);
}

#[test]
fn simulate_edited() {
    let edits = [
        "--set",
        "9.monthly_cost=449",
        "--set",
        "2.upfront_cost=4995",
        "--set",
        "13.term=24",
    ];
    assert_prints("simulate_edited.json", "simulate", &edits);
}

#[test]
fn sweep_of_the_monthly_cost() {
    let rows = [
        "--attribute",
        "monthly_cost",
        "--row",
        "9:399:499:20:399",
        "--row",
        "10:900:1000:20:900",
        "--row",
        "11:999:1199:40:999",
    ];
    assert_prints("sweep_monthly.json", "sweep", &rows);
}

#[test]
fn sweep_of_the_upfront_cost() {
    let rows = [
        "--attribute",
        "upfront_cost",
        "--row",
        "7:3940:4740:200:4740",
        "--row",
        "8:4940:5740:200:5740",
    ];
    assert_prints("sweep_upfront.json", "sweep", &rows);
}

#[test]
fn grid() {
    let rows = [
        "--x",
        "monthly_cost",
        "--y",
        "upfront_cost",
        "--row",
        "7:155:205:10:195:4540:5040:100:4940",
        "--row",
        "8:255:305:10:295:5340:5840:100:5740",
    ];
    assert_prints("grid.json", "grid", &rows);
}

fn simulation(folder: &std::path::Path) -> Simulation {
    simulate_files(&StudyFiles::read_dir(&folder.join("Data")))
}

#[test]
fn scavengers() {
    let Some(folder) = reference() else { return };
    let simulation = simulation(&folder);
    let study = simulation.selected();
    for (focal, brands) in expected(&folder, "scavengers.json").as_object().unwrap() {
        let found = simulation.scavengers(study.find_brand(focal).unwrap());
        for (brand, expected) in brands.as_object().unwrap() {
            let found = &found[study.find_brand(brand).unwrap()];
            let place = format!("{focal}/{brand}");
            let density = found.density.as_ref().unwrap();
            assert_eq!(found.sample.len() as u64, expected["n"].as_u64().unwrap());
            assert_near(density.min, expected["min"].as_f64().unwrap(), &place);
            assert_near(density.max, expected["max"].as_f64().unwrap(), &place);
            let points = expected["density_at_0_125_250_375_499"].as_array().unwrap();
            for (point, expected) in [0, 125, 250, 375, 499].iter().zip(points) {
                let found = density.curve[*point];
                assert_near(
                    found,
                    expected.as_f64().unwrap(),
                    &format!("{place}/{point}"),
                );
            }
        }
    }
}

/// The published application's own utilities and predictions, which are right; its
/// `simulate_new.csv` is not (it swaps two segments), and is not compared.
#[test]
fn published_utilities_and_predictions() {
    let Some(folder) = reference() else { return };
    let simulation = simulation(&folder);
    let inputs = StudyFiles::default();
    let files = conjoint::sample_study::precompute::compute_files(&inputs, &simulation);
    for name in [
        "utilityNumeric.csv",
        "personProdMatch.csv",
        "offerMatching.csv",
        "baselinePrediction.csv",
    ] {
        let published = std::fs::read_to_string(folder.join("published").join(name)).unwrap();
        let made = String::from_utf8(files.get(name).unwrap().to_vec()).unwrap();
        assert_eq!(made.lines().count(), published.lines().count(), "{name}");
        for (row, (made, published)) in made.lines().zip(published.lines()).enumerate() {
            let place = format!("{name}:{}", row + 1);
            assert_eq!(
                made.split(',').count(),
                published.split(',').count(),
                "{place}"
            );
            for (made, published) in made.split(',').zip(published.split(',')) {
                match (made.parse::<f64>(), published.parse::<f64>()) {
                    // Sums of positive and negative numbers lose digits, so the tolerance is absolute.
                    (Ok(made), Ok(published)) => {
                        assert!(
                            (made - published).abs() < 1e-9,
                            "{place}: {made}, {published}"
                        );
                    }
                    _ => assert_eq!(made, published, "{place}"),
                }
            }
        }
    }
}

/// The study that ships is generated to resemble the real one: no product's share is far off.
#[test]
fn the_shipped_study_resembles_the_real_one() {
    let Some(folder) = reference() else { return };
    let real = simulation(&folder);
    let shipped = simulate_files(&shipped_files());
    let (real, shipped) = (real.shares(), shipped.shares());
    for product in real.indices() {
        let (real, shipped) = (real[product].first_choice, shipped[product].first_choice);
        let product = product.index() + 1;
        // Both are samples of 560: three standard errors of their difference, and a little.
        let error = (2.0 * real * (1.0 - real) / 560.0).sqrt();
        let difference = (real - shipped).abs();
        assert!(
            difference < 3.0 * error + 0.01,
            "{product}: {real}, {shipped}"
        );
    }
}
