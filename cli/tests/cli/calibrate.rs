//! `conjoint calibrate`.

use crate::support::{assert_refused_shipped, json_shipped, numbers};

#[test]
fn constants_and_scale_factors_reproduce_market_shares() {
    let logit = json_shipped(
        "simulate",
        &["--rule", "share-of-preference", "--scale", "0.6"],
    );
    let shares = numbers(&logit, "products", "share");
    let targets: Vec<String> = (1..=13)
        .map(|id| format!("--target={id}={}", shares[id - 1]))
        .collect();
    let request: Vec<&str> = targets.iter().map(String::as_str).collect();
    let request = [&["--rule", "share-of-preference"], &request[..]].concat();
    let fitted = json_shipped("calibrate", &[&request[..], &["--fit-scale"]].concat());
    assert!((fitted["scale"].as_f64().unwrap() - 0.6).abs() < 1e-4);
    let calibrated = json_shipped("calibrate", &request);
    for (share, target) in numbers(&calibrated, "products", "share")
        .iter()
        .zip(&shares)
    {
        assert!((share - target).abs() < 1e-8, "{share} is not {target}");
    }
    // Passed back as options, the constants give the same shares.
    let constants = numbers(&calibrated, "products", "constant");
    let constants: Vec<String> = (1..=13)
        .map(|id| format!("--constant={id}={}", constants[id - 1]))
        .collect();
    let given: Vec<&str> = constants.iter().map(String::as_str).collect();
    let given = json_shipped(
        "simulate",
        &[&["--rule", "share-of-preference"], &given[..]].concat(),
    );
    for (share, target) in numbers(&given, "products", "share").iter().zip(&shares) {
        assert!((share - target).abs() < 1e-8, "{share} is not {target}");
    }
}

#[test]
fn targets_that_cannot_be_met_are_refused() {
    let logit = [
        "--rule",
        "share-of-preference",
        "--target",
        "1=0.5",
        "--target",
        "2=0.6",
    ];
    assert_refused_shipped(
        "calibrate",
        &logit,
        "--target: there is no target share for `3`",
    );
    assert_refused_shipped(
        "calibrate",
        &["--target", "1=1"],
        "--target: first choice cannot be calibrated",
    );
    let all: Vec<String> = (1..=13).map(|id| format!("--target={id}=0.1")).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let all = [&["--rule", "rfc"], &all[..]].concat();
    assert_refused_shipped(
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
    let message = "--target: no scale factor fits the target shares: the closest is";
    assert_refused_shipped("calibrate", &far, message);
}
