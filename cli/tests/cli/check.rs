//! `conjoint check`.

use conjoint::format::{OFFERS, UTILITIES};
use conjoint::testing::{change_text, replace_text, shipped_files};
use serde_json::Value;

use crate::support::{damage, run, shipped, stderr, stdout, write_folder};

#[test]
fn every_problem_is_listed_and_ends_with_1() {
    let folder = damage("leaseOffers.csv", "759,2499", "x,y");
    let folder = folder.path().to_str().unwrap();
    let output = run(&["check", folder]);
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<String> = stderr(&output).lines().map(str::to_owned).collect();
    let starts = ["monthly_cost: `x`", "upfront_cost: `y`"];
    assert_eq!(lines.len(), starts.len(), "{lines:?}");
    for (line, start) in lines.iter().zip(starts) {
        assert!(
            line.starts_with(&format!("error: leaseOffers.csv:2: {start}")),
            "{line}"
        );
    }
    assert_eq!(stdout(&output), "2 errors, 0 warnings\n");

    let output = run(&["check", folder, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["problems"][1]["column"], "upfront_cost");
    assert_eq!(report["summary"], Value::Null);
}

#[test]
fn a_good_study_is_summarized() {
    let output = run(&["check", &shipped()]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).is_empty());
    assert!(stdout(&output).contains("Electric vehicle leases"));
    let output = run(&["check", &shipped(), "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let digest = shipped_files().identity();
    assert_eq!(report["summary"]["digest"], digest);
}

#[test]
fn an_unreadable_file_is_one_problem_among_others() {
    let folder = damage("leaseOffers.csv", "759,2499", "x,2499");
    let brands = folder.path().join("brands.csv");
    std::fs::remove_file(&brands).unwrap();
    std::fs::create_dir(&brands).unwrap();
    let output = run(&["check", folder.path().to_str().unwrap()]);
    let lines = stderr(&output);
    for line in [
        "error: leaseOffers.csv:2: monthly_cost: `x`",
        "error: brands.csv: the file cannot be read",
    ] {
        assert!(lines.contains(line), "{lines}");
    }
    assert_eq!(stdout(&output), "2 errors, 0 warnings\n");
}

/// A column that is wrong from end to end does not bury the rest, and JSON has it all.
#[test]
fn of_many_equal_problems_the_first_are_printed() {
    let files = replace_text(&shipped_files(), OFFERS, "759,2499", "x,2499");
    let files = change_text(&files, UTILITIES, |text| {
        let lines = text.lines().map(|line| match line.rsplit_once(',') {
            Some((row, last)) if last.parse::<f64>().is_ok() => format!("{row},x\n"),
            _ => format!("{line}\n"),
        });
        lines.collect()
    });
    let folder = write_folder(&files);
    let folder = folder.path().to_str().unwrap();
    let output = run(&["check", folder]);
    let printed = stderr(&output);
    assert_eq!(printed.lines().count(), 22, "{printed}");
    let last = "error: UtilityScoresEV.csv: vehicle_type SUV: … and 540 more like this";
    assert_eq!(printed.lines().last(), Some(last));
    assert_eq!(stdout(&output), "561 errors, 0 warnings\n");
    let json = run(&["check", folder, "--format", "json"]);
    let json: Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["problems"].as_array().unwrap().len(), 561);
    assert_eq!(
        (&json["errors"], &json["warnings"]),
        (&561.into(), &0.into())
    );
    let csv = run(&["check", folder, "--format", "csv"]);
    assert_eq!(stdout(&csv).lines().count(), 562);
}

#[test]
fn offers_of_a_study_with_money_need_their_costs() {
    for (from, to, message) in [
        (
            "759,2499",
            ",2499",
            "monthly_cost: the cell is empty; write an amount",
        ),
        (
            "759,2499",
            "759,",
            "upfront_cost: the cell is empty; write an amount",
        ),
        (
            "759,2499",
            "0,2499",
            "monthly_cost: 0 is too far outside the surveyed range 120–1250",
        ),
        (
            "759,2499",
            "2400,2499",
            "monthly_cost: 2400 is too far outside the surveyed range",
        ),
    ] {
        let folder = damage("leaseOffers.csv", from, to);
        let output = run(&["check", folder.path().to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1));
        let message = format!("error: leaseOffers.csv:2: {message}");
        assert!(stderr(&output).starts_with(&message), "{}", stderr(&output));
    }
}
