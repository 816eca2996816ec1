//! A study without money files, and with another name for its monthly cost.

use conjoint::format::{MONEY_FILES, OFFERS, SETTINGS, UTILITIES};
use conjoint::testing::{remove_money, replace_text, shipped_files};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{json_shipped, run, stderr, stdout, write_folder};

const WARNING: &str = "warning: recontractRateEV.csv: there are no money files";

fn moneyless() -> TempDir {
    let settings = "\"columns\": {\"monthly_cost\": \"price\"}, \"words\"";
    let mut files = remove_money(&shipped_files());
    for (name, from, to) in [
        (SETTINGS, "\"words\"", settings),
        (OFFERS, "monthly_cost", "price"),
        (UTILITIES, "monthly_cost", "price"),
    ] {
        files = replace_text(&files, name, from, to);
    }
    write_folder(&files)
}

/// The JSON of a command, which warns that there is no money.
fn json(arguments: &[&str]) -> Value {
    let output = run(&[arguments, &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).starts_with(WARNING), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn check_lists_what_is_left_out() {
    let folder = moneyless();
    let folder = folder.path().to_str().unwrap();
    let report = json(&["check", folder]);
    let files = MONEY_FILES.join(", ");
    assert_eq!(report["defaults"][0]["what"], files);
    assert_eq!(report["problems"][0]["severity"], "warning");
    assert!(stdout(&run(&["check", folder])).contains("Left out"));
}

#[test]
fn shares_are_those_of_the_study_with_money() {
    let folder = moneyless();
    let folder = folder.path().to_str().unwrap();
    let simulated = json(&["simulate", "--data", folder, "--set", "9.price=449"]);
    assert_eq!(simulated["brands"], Value::Array(Vec::new()));
    let with_money = json_shipped("simulate", &["--set", "9.monthly_cost=449"]);
    assert_eq!(simulated["products"], with_money["products"]);
    assert_eq!(simulated["attraction"], with_money["attraction"]);
    let table = stdout(&run(&["simulate", "--data", folder]));
    assert!(!table.contains("ARPU") && table.contains("Attraction"));
}

#[test]
fn a_sweep_has_movement_but_no_money() {
    let folder = moneyless();
    let folder = folder.path().to_str().unwrap();
    for attribute in ["price", "monthly_cost"] {
        let sweep = ["sweep", "--data", folder, "--attribute", attribute];
        let swept = json(&[&sweep[..], &["--row", "9:399:499:20:399"]].concat());
        assert_eq!(swept["attribute"], "price");
        assert_eq!(swept["points"][0]["brands"], Value::Array(Vec::new()));
        assert_eq!(swept["points"][0]["movement"]["Gen X"]["Tesla"], 0.0);
    }
}

#[test]
fn what_needs_money_or_a_cost_is_refused() {
    let folder = moneyless();
    let folder = folder.path().to_str().unwrap();
    // The warning comes first.
    let refused = |arguments: &[&str], message: &str| {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
    };
    let grid = ["grid", "--data", folder, "--x", "price", "--y"];
    refused(
        &[&grid[..], &["upfront_cost", "--row", "9:1:2:1:1:1:2:1:1"]].concat(),
        "error: a grid shows only money figures, and the study has no money files",
    );
    let sweep = ["sweep", "--data", folder, "--attribute", "term"];
    refused(
        &[&sweep[..], &["--row", "9:1:2:1:1"]].concat(),
        "error: --attribute: `term` cannot be swept; name price or upfront_cost",
    );
}
