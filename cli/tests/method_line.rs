//! Methods on the command line: what a script asks for, and what it is told.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod line;

use std::path::Path;

use line::{assert_refused, conjoint, json};
use serde_json::Value;

fn numbers(report: &Value, list: &str, key: &str) -> Vec<f64> {
    let lines = report[list].as_array().unwrap();
    lines
        .iter()
        .map(|line| line[key].as_f64().unwrap())
        .collect()
}

#[test]
fn shares_follow_the_rule() {
    let first = json("simulate", &[]);
    assert_eq!(
        numbers(&first, "products", "share"),
        numbers(&first, "products", "first_choice_share")
    );
    assert_eq!(first["products"][0].get("low"), None);
    let logit = json("simulate", &["--rule", "share-of-preference"]);
    let pairs = ["share", "logit_share"].map(|key| numbers(&logit, "products", key));
    for (share, logit) in pairs[0].iter().zip(&pairs[1]) {
        assert!((share - logit).abs() < 1e-12, "{share} is not {logit}");
    }
    assert_ne!(first["brands"], logit["brands"]);
    let randomized = ["--rule", "rfc", "--draws", "100", "--seed", "5"];
    let randomized = json("simulate", &randomized);
    let sum: f64 = numbers(&randomized, "products", "share").iter().sum();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    let none = json("simulate", &["--none", "1.5", "--interval", "90"]);
    let sum: f64 = numbers(&none, "products", "share").iter().sum();
    let missing = none["none"]["share"].as_f64().unwrap();
    assert!(
        missing > 0.0 && (sum + missing - 1.0).abs() < 1e-9,
        "{sum} {missing}"
    );
    assert!(none["none"]["low"].as_f64().unwrap() < missing);
}

#[test]
fn intervals_stand_beside_their_figures() {
    let edited = [
        "--rule",
        "share-of-preference",
        "--set",
        "9.monthly_cost=499",
    ];
    let wide = json("simulate", &[&edited[..], &["--interval", "90"]].concat());
    let narrow = json("simulate", &[&edited[..], &["--interval", "50"]].concat());
    for (wide, narrow) in wide["products"]
        .as_array()
        .unwrap()
        .iter()
        .zip(narrow["products"].as_array().unwrap())
    {
        let ends = |line: &Value| ["low", "share", "high"].map(|key| line[key].as_f64().unwrap());
        let ([low, share, high], [inner_low, same, inner_high]) = (ends(wide), ends(narrow));
        assert_eq!(share, same);
        assert!(
            low <= inner_low && inner_low <= share && share <= inner_high && inner_high <= high
        );
    }
    let tesla = &wide["products"][8];
    assert!(tesla["change_high"].as_f64().unwrap() < 0.0);
    let brands = wide["intervals"]["brands"].as_array().unwrap();
    let ebit = &brands.iter().find(|line| line["brand"] == "Tesla").unwrap()["ebit_new"];
    assert!(ebit["low"].as_f64().unwrap() < ebit["value"].as_f64().unwrap());
    assert_eq!(wide["intervals"]["respondents"], 560);
}

#[test]
fn segments_and_weights_choose_who_counts() {
    let part = json(
        "simulate",
        &["--segment", "Gen X", "--segment", "Millennial"],
    );
    let counted: f64 = numbers(&part, "products", "respondents").iter().sum();
    assert_eq!(counted, 400.0);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weights.csv");
    let file = path.to_str().unwrap();
    let respondents = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../Data/UtilityScoresEV.csv"),
    );
    let respondents = respondents.unwrap();
    let ids: Vec<&str> = respondents
        .lines()
        .skip(2)
        .filter_map(|line| line.split(',').next())
        .collect();
    let write = |weight: &dyn Fn(usize) -> f64| {
        let rows = ids.iter().enumerate();
        let rows = rows.map(|(row, id)| format!("{id},{}\n", weight(row)));
        std::fs::write(&path, format!("id,weight\n{}", rows.collect::<String>())).unwrap();
    };
    write(&|_| 2.0);
    let even = json("simulate", &["--weights", file]);
    assert_eq!(
        numbers(&even, "products", "share"),
        numbers(&json("simulate", &[]), "products", "share")
    );
    write(&|row| if row < 200 { 1.0 } else { 0.0 });
    let some = json("simulate", &["--weights", file, "--interval", "90"]);
    assert_eq!(some["intervals"]["respondents"], 200);
    write(&|row| if row == 6 { -1.0 } else { 1.0 });
    assert_refused(
        "simulate",
        &["--weights", file],
        &format!("{file}:8: weight:"),
    );
    assert_refused(
        "simulate",
        &["--weights", "none.csv"],
        "none.csv: cannot be read",
    );
}

#[test]
fn constants_and_scale_factors_meet_a_markets_shares() {
    let logit = json(
        "simulate",
        &["--rule", "share-of-preference", "--scale", "0.6"],
    );
    let shares = numbers(&logit, "products", "share");
    let targets: Vec<String> = (1..=13)
        .map(|id| format!("--target={id}={}", shares[id - 1]))
        .collect();
    let asked: Vec<&str> = targets.iter().map(String::as_str).collect();
    let asked = [&["--rule", "share-of-preference"], &asked[..]].concat();
    let fitted = json("calibrate", &[&asked[..], &["--fit-scale"]].concat());
    assert!((fitted["scale"].as_f64().unwrap() - 0.6).abs() < 1e-4);
    let calibrated = json("calibrate", &asked);
    for (share, target) in numbers(&calibrated, "products", "share")
        .iter()
        .zip(&shares)
    {
        assert!((share - target).abs() < 1e-8, "{share} is not {target}");
    }
    // The constants do the same where they are given back.
    let constants = numbers(&calibrated, "products", "constant");
    let constants: Vec<String> = (1..=13)
        .map(|id| format!("--constant={id}={}", constants[id - 1]))
        .collect();
    let given: Vec<&str> = constants.iter().map(String::as_str).collect();
    let given = json(
        "simulate",
        &[&["--rule", "share-of-preference"], &given[..]].concat(),
    );
    for (share, target) in numbers(&given, "products", "share").iter().zip(&shares) {
        assert!((share - target).abs() < 1e-8, "{share} is not {target}");
    }
}

#[test]
fn bad_input_is_told_by_its_argument() {
    let known = "the segments are `Millennial`, `Gen X`, `Baby Boomer`";
    let segment = format!("--segment: there is no segment `Gen Z`; {known}");
    assert_refused("simulate", &["--segment", "Gen Z"], &segment);
    assert_refused(
        "sweep",
        &[
            "--segment",
            "Gen Z",
            "--attribute",
            "monthly_cost",
            "--row",
            "9:399:499:20:399",
        ],
        &segment,
    );
    let simulate =
        |arguments: &[&str], description: &str| assert_refused("simulate", arguments, description);
    simulate(
        &["--owner", "Lada"],
        "--owner: there is no brand `Lada`; the brands are `Audi`,",
    );
    simulate(
        &["--scale", "0"],
        "--scale: the scale factor 0 cannot be used; give a number above 0",
    );
    simulate(
        &["--scale", "-1"],
        "--scale: the scale factor -1 cannot be used",
    );
    simulate(
        &["--draws", "0"],
        "--draws: 0 draws a respondent cannot be made",
    );
    simulate(
        &["--none", "surveyed"],
        "--none: the study has no column `None` of utilities",
    );
    simulate(
        &["--none", "inf"],
        "--none: the utility inf of None cannot be used",
    );
    simulate(
        &["--interval", "100"],
        "--interval: an interval of 100 % cannot be",
    );
    simulate(
        &["--availability", "9=1.2"],
        "--availability: the availability 1.2 of 9 is no share",
    );
    simulate(
        &["--availability", "99=0.5"],
        "--availability: there is no offer 99; the offers are `1`,",
    );
    simulate(
        &["--constant", "9=1", "--constant", "9=2"],
        "--availability, --constant: there are two values for 9; give one",
    );
    simulate(
        &["--constant", "9=nan"],
        "--constant: the constant NaN of 9 cannot be used",
    );
    let logit = [
        "--rule",
        "share-of-preference",
        "--target",
        "1=0.5",
        "--target",
        "2=0.6",
    ];
    assert_refused(
        "calibrate",
        &logit,
        "--target: there is no target share for `3`",
    );
    assert_refused(
        "calibrate",
        &["--target", "1=1"],
        "--target: first choice cannot be calibrated",
    );
    let all: Vec<String> = (1..=13).map(|id| format!("--target={id}=0.1")).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let all = [&["--rule", "rfc"], &all[..]].concat();
    assert_refused(
        "calibrate",
        &all,
        "--target: the target shares sum to 1.3; they must sum to 1",
    );
    // Nearly equal shares, and one that is far from them: no scale factor is small enough.
    let far: Vec<String> = (1..=13)
        .map(|id| format!("--target={id}={}", if id == 3 { 0.16 } else { 0.07 }))
        .collect();
    let far: Vec<&str> = far.iter().map(String::as_str).collect();
    let far = [&["--rule", "share-of-preference", "--fit-scale"], &far[..]].concat();
    let description = "--target: no scale factor fits the target shares: the nearest to them is";
    assert_refused("calibrate", &far, description);
    for wrong in [
        ["--none", "nothing"],
        ["--rule", "luck"],
        ["--availability", "9"],
    ] {
        assert_eq!(
            conjoint("simulate", &wrong).status.code(),
            Some(2),
            "{wrong:?}"
        );
    }
}
