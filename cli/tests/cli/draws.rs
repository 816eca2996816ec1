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
    for key in ["point", "point_low", "point_high"] {
        let rows = elasticity[key].as_array().unwrap().iter();
        for value in rows.flat_map(|row| row.as_array().unwrap()) {
            assert_eq!(value.as_f64().map(f64::abs), Some(0.0));
        }
    }
    // Respondents are counted, not their draws.
    let wtp = report(&folder, "wtp", &["--attribute", "energy"]);
    assert_eq!(wtp["respondents_who_like_paying_more"], 560);
}

/// The importances and part-worths of a study; they follow from no rule.
fn importance(folder: &TempDir, arguments: &[&str]) -> Value {
    let data = folder.path().to_str().unwrap();
    json(&[&["importance", "--data", data], arguments].concat())
}

#[test]
fn importances_follow_the_uncertainty() {
    let mut files = shipped_files();
    add_draws(&mut files, 2, |draw, _| [0.0, 30.0][draw]);
    let folder = write_folder(&files);
    let shipped = write_folder(&shipped_files());
    let at_means = importance(&folder, &["--uncertainty", "respondents"]);
    assert_eq!(at_means, importance(&shipped, &[]));
    let draws = importance(&folder, &["--uncertainty", "draws"]);
    let both = importance(&folder, &[]);
    assert_eq!(
        (&draws["uncertainty"], &both["uncertainty"]),
        (&"draws".into(), &"both".into())
    );
    // One draw has a larger range of the first attribute: the mean is over both draws, and with draws
    // only, the interval reaches from one draw's mean to the other's.
    let first = |report: &Value, key: &str| numbers(report, "importance", key)[0];
    assert!(first(&draws, "mean") > first(&at_means, "mean") + 1.0);
    assert!((first(&draws, "low") - first(&at_means, "mean")).abs() < 1e-3);
    assert!((first(&both, "mean") - first(&draws, "mean")).abs() < 1e-9);
    assert!(first(&both, "low") < first(&draws, "low"));
    for key in ["respondents", "effective_respondents"] {
        assert_eq!(draws[key], at_means[key]);
    }
    for segment in draws["segments"].as_array().unwrap() {
        assert!(segment["respondents"].as_u64().unwrap() <= 200);
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
    for command in ["simulate", "demand", "elasticity", "wtp", "importance"] {
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
