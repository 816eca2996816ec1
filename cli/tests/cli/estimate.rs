//! `conjoint estimate`: from choices to a study that the other commands open.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{assert_refused, example, json, run, stderr, stdout};

/// A folder that does not exist yet, in a temporary one.
fn out() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("study").to_str().unwrap().to_owned();
    (folder, out)
}

/// The names of the files in a folder, sorted.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

/// The content of study.json.
fn settings(study: &str) -> Value {
    serde_json::from_slice(&std::fs::read(Path::new(study).join("study.json")).unwrap()).unwrap()
}

fn parameter<'r>(report: &'r Value, attribute: &str, level: &str) -> &'r Value {
    let mut parameters = report["parameters"].as_array().unwrap().iter();
    let found = parameters
        .find(|parameter| parameter["attribute"] == attribute && parameter["level"] == level);
    found.unwrap_or_else(|| panic!("{attribute} {level}"))
}

#[test]
fn files_without_labels_become_studies() {
    for name in [
        "sawtooth-cbc.cho",
        "sawtooth-cbc.chs",
        "sawtooth-cbc-dualnone.cho",
        "sawtooth-cbc-single.csv",
        "choicemodelr-data.csv",
    ] {
        let (_folder, out) = out();
        let file = example(name);
        json(&["estimate", &file, "--out", &out, "--model", "mnl"]);
        let shares = json(&["simulate", "--data", &out, "--rule", "share-of-preference"]);
        assert!(!shares["products"].as_array().unwrap().is_empty(), "{name}");
    }
}

#[test]
fn a_logit_becomes_a_study() {
    let (_folder, out) = out();
    let file = example("sawtooth-cbc.cho");
    let labels = example("sawtooth-cbc.att");
    let report = json(&[
        "estimate", &file, "--labels", &labels, "--out", &out, "--model", "mnl",
    ]);
    assert_eq!(report["model"], "mnl");
    assert_eq!(
        (&report["respondents"], &report["tasks"]),
        (&6.into(), &36.into())
    );
    // Three concepts and None in each task.
    assert_eq!(report["alternatives"], 144);
    assert_eq!(report["converged"], true);
    assert_eq!(parameter(&report, "Brand", "Alba")["estimate"], 0.0);
    let none = parameter(&report, "None", "");
    assert!(none["standard_error"].as_f64().unwrap() > 0.0);
    assert!(none["standard_error_clustered"].as_f64().unwrap() > 0.0);
    let null = report["null_log_likelihood"].as_f64().unwrap();
    assert!((null + 36.0 * 4_f64.ln()).abs() < 1e-9);
    let shares = json(&[
        "simulate",
        "--data",
        &out,
        "--rule",
        "share-of-preference",
        "--none",
        "surveyed",
    ]);
    assert_eq!(shares["products"].as_array().unwrap().len(), 3);
    let offers = std::fs::read_to_string(Path::new(&out).join("offers.csv")).unwrap();
    assert!(offers.contains("2,Brévia,,$499,1 l,No,No"), "{offers}");
    assert_eq!(
        settings(&out),
        serde_json::json!({
            "title": "sawtooth-cbc",
            "currency": "$",
            "columns": { "brand": "Brand", "monthly_cost": "Price" },
        })
    );
    let files = [
        "estimation.json",
        "offers.csv",
        "study.json",
        "utilities.csv",
    ];
    assert_eq!(names_in(Path::new(&out)), files);
}

#[test]
fn hierarchical_bayes_writes_draws_and_a_report_with_everything() {
    let (_folder, out) = out();
    let file = example("logitr-long.csv");
    let arguments = [
        "estimate",
        &file,
        "--out",
        &out,
        "--attribute",
        "brand",
        "--attribute",
        "price:linear",
        "--iterations",
        "120",
        "--keep",
        "20",
        "--decreasing",
        "price",
        "--holdout",
        "1",
    ];
    let report = json(&arguments);
    assert_eq!(
        (&report["draws"], &report["tasks"]),
        (&20.into(), &30.into())
    );
    assert!(report["constrained_respondents"].is_u64());
    let fit = &report["fit"];
    let ends = |name: &str| ["low", "high"].map(|end| fit[name][end].as_f64().unwrap());
    let rate = fit["holdout_hit_rate"].as_f64().unwrap();
    let [low, high] = ends("holdout_hit_rate_interval");
    assert!(low < rate && rate < high, "{fit}");
    let price = parameter(&report, "price", "");
    for key in ["mcse", "rhat", "ess", "low", "high"] {
        assert!(price[key].is_f64(), "{key}");
    }
    assert!(price["variance"]["standard_error"].as_f64().unwrap() > 0.0);
    assert!(report["fit"]["holdout_hit_rate"].is_f64());
    let complete = std::fs::read(Path::new(&out).join("estimation.json")).unwrap();
    let complete: Value = serde_json::from_slice(&complete).unwrap();
    assert_eq!(complete["individual"].as_array().unwrap().len(), 6);
    assert_eq!(complete["traces"].as_array().unwrap().len(), 2);
    let draws = std::fs::metadata(Path::new(&out).join("draws.npy"))
        .unwrap()
        .len();
    // 6 respondents × 20 draws × (3 brands and 2 prices), after the header.
    assert_eq!(draws, 128 + 6 * 20 * 5 * 4);
    assert!(run(&["check", &out]).status.success());
    assert_eq!(
        settings(&out),
        serde_json::json!({
            "title": "logitr-long (not converged)",
            "columns": { "monthly_cost": "price" },
        })
    );
    let demand = json(&["demand", "--data", &out, "--product", "1"]);
    assert!(!demand["points"].as_array().unwrap().is_empty());
    let shares = json(&["simulate", "--data", &out]);
    assert_eq!(shares["products"].as_array().unwrap().len(), 3);
    let table = run(&arguments);
    assert!(stdout(&table).contains("converged"));
    assert!(stderr(&table).contains("warning: the chains have not converged"));
    let again = json(&arguments);
    assert_eq!(again["parameters"], report["parameters"]);
}

#[test]
fn a_refused_estimate_leaves_nothing() {
    let (_folder, out) = out();
    let file = example("logitr-long.csv");
    assert_refused(
        &["estimate", &file, "--out", &out, "--task", "x"],
        "--task: ",
    );
    assert_refused(
        &["estimate", &file, "--out", &out, "--attribute", "colour"],
        "--attribute: ",
    );
    assert_refused(
        &["estimate", &file, "--out", &out, "--decreasing", "colour"],
        "--decreasing: `colour` is no attribute",
    );
    assert_refused(
        &["estimate", &file, "--out", &out, "--prior-variance", "0"],
        "--prior-variance: ",
    );
    assert_refused(
        &["estimate", "missing.csv", "--out", &out],
        "missing.csv: cannot be read",
    );
    assert!(!Path::new(&out).exists());
    for wrong in [
        vec!["estimate", &file],
        vec![
            "estimate",
            &file,
            "--out",
            &out,
            "--holdout",
            "1",
            "--holdout-tasks",
            "2",
        ],
        vec!["estimate", &file, "--out", &out, "--attribute", ":linear"],
        vec!["estimate", &file, "--out", &out, "--model", "probit"],
    ] {
        assert_eq!(run(&wrong).status.code(), Some(2), "{wrong:?}");
    }
}

#[test]
fn a_study_without_kept_draws_can_be_opened() {
    let (_folder, out) = out();
    let file = example("logitr-long.csv");
    let estimate = [
        "estimate",
        &file,
        "--out",
        &out,
        "--attribute",
        "price:linear",
    ];
    let arguments = [&estimate[..], &["--iterations", "60", "--keep", "0"]].concat();
    assert_eq!(json(&arguments)["draws"], 0);
    assert!(!names_in(Path::new(&out)).contains(&"draws.npy".to_owned()));
    assert!(run(&["check", &out]).status.success());
}
