//! Studies with posterior draws of the part-worths, and `--uncertainty`.

use conjoint::format::{DRAWS, write_npy};
use conjoint::testing::{add_draws, read_valid, shipped_files};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{assert_refused, assert_refused_shipped, json, numbers, write_folder};

/// The shipped study with draws that are all 0: every offer has the same utility.
fn study_of_ties() -> TempDir {
    let mut files = shipped_files();
    let study = read_valid(&files);
    let respondents = study.respondents().len();
    add_draws(&mut files, 2, |_, _| 0.0);
    let length = files.get(DRAWS).map_or(0, <[u8]>::len) - 128;
    let columns = length / (4 * 2 * respondents);
    let zeros = vec![0.0; respondents * 2 * columns];
    files.insert(DRAWS, write_npy([respondents, 2, columns], &zeros));
    write_folder(&files)
}

/// What a command reports about a study in a folder, by share of preference.
fn report(folder: &TempDir, command: &str, arguments: &[&str]) -> Value {
    let data = folder.path().to_str().unwrap();
    let fixed = [command, "--data", data, "--rule", "share-of-preference"];
    json(&[&fixed, arguments].concat())
}

fn assert_all(report: &Value, list: &str, keys: [&str; 3]) {
    for key in keys {
        for share in numbers(report, list, key) {
            assert!((share - 1.0 / 13.0).abs() < 1e-12, "{key}: {share}");
        }
    }
}

#[test]
fn shares_and_intervals_come_from_draws() {
    let folder = study_of_ties();
    let simulated = report(&folder, "simulate", &["--interval", "90"]);
    assert_eq!(simulated["intervals"]["uncertainty"], "both");
    assert_eq!(simulated["intervals"]["respondents"], 560);
    assert_all(&simulated, "products", ["share", "low", "high"]);
    let arguments = ["--product", "9", "--uncertainty", "draws"];
    let demand = report(&folder, "demand", &arguments);
    assert_eq!(demand["uncertainty"], "draws");
    assert_all(&demand, "points", ["share", "low", "high"]);
    // Without a slope of the price, every elasticity is 0.
    let elasticity = report(&folder, "elasticity", &[]);
    assert_eq!(elasticity["uncertainty"], "both");
    let rows = elasticity["point"].as_array().unwrap().iter();
    for value in rows.flat_map(|row| row.as_array().unwrap()) {
        assert_eq!(value.as_f64().map(f64::abs), Some(0.0));
    }
}

#[test]
fn figures_at_the_means_ignore_the_draws() {
    let folder = study_of_ties();
    let arguments = ["--interval", "90", "--uncertainty", "respondents"];
    let with_draws = report(&folder, "simulate", &arguments);
    let shipped = write_folder(&shipped_files());
    let without = report(&shipped, "simulate", &["--interval", "90"]);
    assert_eq!(with_draws, without);
    // Other commands know nothing of draws.
    let diversion = |folder| report(folder, "diversion", &[]);
    assert_eq!(diversion(&folder), diversion(&shipped));
}

#[test]
fn missing_and_damaged_draws_are_refused() {
    for command in ["simulate", "demand", "elasticity", "wtp"] {
        assert_refused_shipped(
            command,
            &["--uncertainty", "draws"],
            "--uncertainty: the study has no posterior draws",
        );
    }
    let mut files = shipped_files();
    files.insert(DRAWS, write_npy([1, 1, 1], &[0.0]));
    let folder = write_folder(&files);
    let data = folder.path().to_str().unwrap();
    assert_refused(
        &["simulate", "--data", data],
        "draws.npy: the array has the shape 1 × 1 × 1; it must be 560 respondents",
    );
}
