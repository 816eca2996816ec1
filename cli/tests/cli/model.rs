//! Options of the choice model: rule, None, intervals, respondents and weights.

use serde_json::Value;

use crate::support::{assert_refused_shipped, json_shipped, numbers, run_shipped, shipped};

#[test]
fn shares_follow_the_rule() {
    let first = json_shipped("simulate", &[]);
    assert_eq!(
        numbers(&first, "products", "share"),
        numbers(&first, "products", "first_choice_share")
    );
    assert_eq!(first["products"][0].get("low"), None);
    let logit = json_shipped("simulate", &["--rule", "share-of-preference"]);
    let pairs = ["share", "logit_share"].map(|key| numbers(&logit, "products", key));
    for (share, logit) in pairs[0].iter().zip(&pairs[1]) {
        assert!((share - logit).abs() < 1e-12, "{share} is not {logit}");
    }
    assert_ne!(first["brands"], logit["brands"]);
    let randomized = ["--rule", "rfc", "--draws", "100", "--seed", "5"];
    let randomized = json_shipped("simulate", &randomized);
    let sum: f64 = numbers(&randomized, "products", "share").iter().sum();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    let none = json_shipped("simulate", &["--none", "1.5", "--interval", "90"]);
    let sum: f64 = numbers(&none, "products", "share").iter().sum();
    let missing = none["none"]["share"].as_f64().unwrap();
    assert!(
        missing > 0.0 && (sum + missing - 1.0).abs() < 1e-9,
        "{sum} {missing}"
    );
    assert!(none["none"]["low"].as_f64().unwrap() < missing);
}

#[test]
fn figures_lie_within_their_intervals() {
    let edited = [
        "--rule",
        "share-of-preference",
        "--set",
        "9.monthly_cost=499",
    ];
    let wide = json_shipped("simulate", &[&edited[..], &["--interval", "90"]].concat());
    let narrow = json_shipped("simulate", &[&edited[..], &["--interval", "50"]].concat());
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
fn segments_and_weights_decide_who_is_included() {
    let part = json_shipped(
        "simulate",
        &["--segment", "Gen X", "--segment", "Millennial"],
    );
    let counted: f64 = numbers(&part, "products", "respondents").iter().sum();
    assert_eq!(counted, 400.0);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("weights.csv");
    let file = path.to_str().unwrap();
    let utilities = format!("{}/UtilityScoresEV.csv", shipped());
    let respondents = std::fs::read_to_string(utilities).unwrap();
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
    let even = json_shipped("simulate", &["--weights", file]);
    assert_eq!(
        numbers(&even, "products", "share"),
        numbers(&json_shipped("simulate", &[]), "products", "share")
    );
    write(&|row| if row < 200 { 1.0 } else { 0.0 });
    let some = json_shipped("simulate", &["--weights", file, "--interval", "90"]);
    assert_eq!(some["intervals"]["respondents"], 200);
    write(&|row| if row == 6 { -1.0 } else { 1.0 });
    assert_refused_shipped(
        "simulate",
        &["--weights", file],
        &format!("{file}:8: weight:"),
    );
    assert_refused_shipped(
        "simulate",
        &["--weights", "none.csv"],
        "none.csv: cannot be read",
    );
}

#[test]
fn invalid_options_are_refused_with_their_argument() {
    let known = "the segments are `Millennial`, `Gen X`, `Baby Boomer`";
    let segment = format!("--segment: there is no segment `Gen Z`; {known}");
    assert_refused_shipped("simulate", &["--segment", "Gen Z"], &segment);
    assert_refused_shipped(
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
        |arguments: &[&str], message: &str| assert_refused_shipped("simulate", arguments, message);
    simulate(
        &["--owner", "Lada"],
        "--owner: there is no brand `Lada`; the brands are `Audi`,",
    );
    simulate(
        &["--scale", "0"],
        "--scale: the scale factor 0 is out of range; use a number above 0",
    );
    simulate(
        &["--scale", "-1"],
        "--scale: the scale factor -1 is out of range",
    );
    simulate(
        &["--draws", "0"],
        "--draws: 0 draws per respondent are out of range",
    );
    simulate(
        &["--none", "surveyed"],
        "--none: the study has no column `None` of utilities",
    );
    simulate(
        &["--none", "inf"],
        "--none: the utility inf of None is out of range",
    );
    simulate(
        &["--interval", "100"],
        "--interval: a confidence level of 100 % is not possible",
    );
    simulate(
        &["--availability", "9=1.2"],
        "--availability: the availability 1.2 of 9 is not a share",
    );
    simulate(
        &["--availability", "99=0.5"],
        "--availability: there is no offer 99; the offers are `1`,",
    );
    simulate(
        &["--constant", "9=1", "--constant", "9=2"],
        "--availability, --constant: offer 9 has two values; give only one",
    );
    simulate(
        &["--constant", "9=nan"],
        "--constant: the constant NaN of 9 is out of range",
    );
    for wrong in [
        ["--none", "nothing"],
        ["--rule", "luck"],
        ["--availability", "9"],
    ] {
        assert_eq!(
            run_shipped("simulate", &wrong).status.code(),
            Some(2),
            "{wrong:?}"
        );
    }
}
