//! `conjoint sweep`.

use crate::support::{assert_refused_shipped, json_shipped, print_shipped, run_shipped, stderr};

fn request<'r>(attribute: &'r str, row: &'r str) -> Vec<&'r str> {
    vec!["--attribute", attribute, "--row", row]
}

#[test]
fn invalid_requests_are_refused() {
    let refused = |arguments: &[&str], message: &str| {
        assert_refused_shipped("sweep", arguments, message);
    };
    refused(
        &request("term", "9:1:2:1:1"),
        "--attribute: `term` cannot be swept; name monthly_cost or upfront_cost",
    );
    for (row, message) in [
        ("9:1:5:0:1", "monthly_cost step: the step must not be 0"),
        ("9:1:5:3:1", "monthly_cost step: the step 3 does not divide"),
        (
            "9:1:5:1:9",
            "monthly_cost baseline: the baseline 9 is not one of the points",
        ),
        (
            "9:0:10000:1:0",
            "monthly_cost step: the range has 10001 points",
        ),
        ("99:1:5:1:1", "product: no offer has the id `99`"),
    ] {
        let message = format!("--row 1: {message}");
        refused(&request("monthly_cost", row), &message);
    }
    let unequal = [
        &request("monthly_cost", "9:1:5:1:1")[..],
        &["--row", "10:1:9:1:1"],
    ];
    refused(
        &unequal.concat(),
        "--row 2: monthly_cost end: the row has 9 points and row 1 has 5",
    );
}

#[test]
fn values_outside_the_surveyed_range_are_a_warning_with_their_row() {
    let rows = [
        "--row",
        "9:400:500:50:400",
        "--row",
        "10:1100:1300:100:1100",
    ];
    let output = run_shipped(
        "sweep",
        &[&["--attribute", "monthly_cost"], &rows[..]].concat(),
    );
    assert!(output.status.success(), "{output:?}");
    assert_eq!(
        stderr(&output),
        "warning: --row 2: monthly_cost: 1300 is outside the surveyed range 120–1250; its utility \
         is extrapolated\n"
    );
    let report = json_shipped(
        "sweep",
        &[&["--attribute", "monthly_cost"], &rows[..]].concat(),
    );
    let line = serde_json::json!([
        {"id": 10, "column": "monthly_cost", "value": 1300.0, "low": 120.0, "high": 1250.0}
    ]);
    assert_eq!(report["outside_range"], line);
    assert_refused_shipped(
        "sweep",
        &["--attribute", "monthly_cost", "--row", "9:400:2400:500:400"],
        "--row 1: monthly_cost end: 2400 is too far outside the surveyed range 120–1250; write a value \
         above 0, at most 2380",
    );
}

#[test]
fn csv_has_the_figures_of_json() {
    let request = request("monthly_cost", "9:399:499:100:399");
    let report = json_shipped("sweep", &request);
    let csv = print_shipped("sweep", &request, "csv");
    assert!(csv.starts_with("9.monthly_cost,segment,brand,measure,value\n"));
    let moved = report["points"][1]["movement"]["Gen X"]["Tesla"]
        .as_f64()
        .unwrap();
    assert!(csv.contains(&format!("\n499,Gen X,Tesla,movement,{moved}\n")));
}

#[test]
fn movement_says_which_rule_it_follows() {
    for (rule, followed) in [
        ("first-choice", "first-choice"),
        ("share-of-preference", "share-of-preference"),
        ("purchase-likelihood", "first-choice"),
    ] {
        let row = request("monthly_cost", "9:399:499:100:399");
        let report = json_shipped("sweep", &[&row[..], &["--rule", rule]].concat());
        assert_eq!(report["movement_rule"], followed);
        let lost = &report["points"][1]["movement"]["Gen X"]["Tesla"];
        assert!(lost.as_f64().unwrap() < 0.0, "{rule}: {lost}");
    }
}
