//! `conjoint importance`.

use serde_json::Value;

use crate::support::{assert_refused_shipped, json_shipped, print_shipped, run_shipped, stderr};

fn importance(arguments: &[&str]) -> Value {
    json_shipped("importance", arguments)
}

fn number(line: &Value, key: &str) -> f64 {
    line[key].as_f64().unwrap()
}

#[test]
fn importances_sum_to_100_and_every_mean_has_an_interval() {
    let all = importance(&[]);
    assert_eq!(all["respondents"], 560);
    let lines = all["importance"].as_array().unwrap();
    let attributes: Vec<&Value> = lines.iter().map(|line| &line["attribute"]).collect();
    assert_eq!(attributes[..3], ["brand", "monthly_cost", "upfront_cost"]);
    let sum: f64 = lines.iter().map(|line| number(line, "mean")).sum();
    assert!((sum - 100.0).abs() < 1e-9, "{sum}");
    for line in lines.iter().chain(all["part_worths"].as_array().unwrap()) {
        let [low, mean, high] = ["low", "mean", "high"].map(|key| number(line, key));
        assert!(low < mean && mean < high, "{line}");
    }
    assert_eq!(all["part_worths"][0]["level"], "Audi");
    assert_eq!(all["part_worths"].as_array().unwrap().len(), 43);
}

#[test]
fn a_segment_has_the_same_figures_in_every_request() {
    let all = importance(&[]);
    let only = importance(&["--segment", "Gen X"]);
    assert_eq!(only["segments"], serde_json::json!([]));
    assert_eq!(all["segments"][1]["segment"], "Gen X");
    for key in ["respondents", "importance", "part_worths"] {
        assert_eq!(all["segments"][1][key], only[key], "{key}");
    }
    // The seed changes only the intervals, and a narrower interval lies within.
    let other = importance(&["--segment", "Gen X", "--seed", "2", "--interval", "50"]);
    let first = |report: &Value, key: &str| number(&report["importance"][0], key);
    assert_eq!(first(&other, "mean"), first(&only, "mean"));
    assert!(first(&other, "low") > first(&only, "low"));
    assert!(first(&other, "high") < first(&only, "high"));
}

#[test]
fn weights_decide_who_is_included() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let path = file.path().to_str().unwrap();
    // Weights that leave one segment are that segment.
    let weights = (1..=560).map(|id| format!("{id},{}\n", u8::from(id > 200 && id <= 400)));
    let weights = format!("id,weight\n{}", weights.collect::<String>());
    std::fs::write(path, weights).unwrap();
    let only = importance(&["--segment", "Gen X"]);
    let weighted = importance(&["--weights", path, "--segment", "Gen X"]);
    for key in ["respondents", "effective_respondents", "importance"] {
        assert_eq!(weighted[key], only[key], "{key}");
    }
    assert_refused_shipped(
        "importance",
        &["--weights", path, "--segment", "Millennial"],
        "--segment, --owner: no respondent with a weight above 0 is in the segment Millennial;",
    );

    std::fs::write(path, "id,weight\n1,-2\n").unwrap();
    let message = "id: these respondents in UtilityScoresEV.csv have no row here: `2`";
    assert_refused_shipped(
        "importance",
        &["--weights", path],
        &format!("{path}: {message}"),
    );
    let output = run_shipped("importance", &["--weights", path]);
    let message = format!("error: {path}:2: weight: -2 is not a weight");
    assert!(stderr(&output).contains(&message));
}

#[test]
fn invalid_requests_are_refused() {
    let refused = |arguments: &[&str], message: &str| {
        assert_refused_shipped("importance", arguments, message);
    };
    refused(
        &["--segment", "Gen Z"],
        "--segment: there is no segment `Gen Z`; the segments are `Millennial`, `Gen X`",
    );
    refused(
        &["--interval", "100"],
        "--interval: a confidence level of 100 % is not possible; write a number above 0 and below 100",
    );
    refused(&["--weights", "nowhere"], "nowhere: cannot be read (No");
}

#[test]
fn all_formats_have_the_same_figures() {
    let segment = ["--segment", "Gen X"];
    let json = importance(&segment);
    let mean = number(&json["importance"][0], "mean");
    let csv = print_shipped("importance", &segment, "csv");
    assert!(csv.starts_with("table,segment,attribute,level,measure,value\n"));
    let row = format!("importance,,brand,,mean,{mean}\n");
    assert!(csv.contains(&row), "{csv}");
    // Three counts, and a mean and an interval for 9 attributes and 43 levels.
    assert_eq!(csv.lines().count(), 1 + 3 + 3 * (9 + 43));
    let table = print_shipped("importance", &segment, "table");
    let row = format!("\n  brand          {mean:.2}  ");
    assert!(table.contains(&row), "{table}");
    let title = "Importance, percent (90 % confidence intervals from 1000 resamples, seed 1)\n";
    assert!(table.contains(title), "{table}");
}
