//! The optimizer on the command line: against simulations of what it finds, and what it refuses.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod line;

use line::{conjoint, json};
use serde_json::Value;

const OF_TESLA: [&str; 6] = [
    "--brand",
    "Tesla",
    "--vary",
    "9.monthly_cost=389:439:10",
    "--vary",
    "10.vehicle_type=Sedan,SUV",
];

#[test]
fn candidates_bring_what_simulate_says_and_none_is_better() {
    for (objective, method) in [
        ("share", &["--rule", "first-choice"][..]),
        ("ebit", &["--rule", "share-of-preference", "--none", "-1"]),
    ] {
        let asked = [
            &["--objective", objective],
            &OF_TESLA[..],
            &["--top", "12"],
            method,
        ];
        let found = json("optimize", &asked.concat());
        assert_eq!(found["evaluated"], 12);
        assert_eq!(found["method"], "exhaustive");
        let best = found["best"].as_array().unwrap();
        assert_eq!(best.len(), 12);
        let mut highest = f64::INFINITY;
        for candidate in best {
            let values = candidate["values"].as_object().unwrap();
            let edits = values.iter().map(|(name, value)| match value {
                Value::String(text) => format!("{name}={text}"),
                number => format!("{name}={number}"),
            });
            let edits: Vec<String> = edits.collect();
            let edits = edits.iter().flat_map(|edit| ["--set", edit.as_str()]);
            let arguments: Vec<&str> = edits.chain(method.iter().copied()).collect();
            let simulated = json("simulate", &arguments);
            let is_own = |line: &&Value| line["brand"] == "Tesla";
            let expected = match objective {
                "share" => {
                    let products = simulated["products"].as_array().unwrap().iter();
                    let own = products.filter(is_own);
                    own.map(|line| line["share"].as_f64().unwrap()).sum()
                }
                _ => {
                    let mut brands = simulated["brands"].as_array().unwrap().iter();
                    brands.find(is_own).unwrap()["ebit_new"].as_f64().unwrap()
                }
            };
            let objective = candidate["objective"].as_f64().unwrap();
            assert!((objective - expected).abs() <= 1e-9 * expected.abs().max(1.0));
            assert!(objective <= highest);
            highest = objective;
        }
    }
}

#[test]
fn the_answer_says_which_of_the_best_is_best_then() {
    let asked = [
        &["--objective", "ebit"],
        &OF_TESLA[..],
        &["--top", "2", "--answer"],
    ];
    let found = json("optimize", &asked.concat());
    let answer = &found["answer"];
    let best = found["best"].as_array().unwrap();
    assert!(best.iter().any(|line| {
        line["values"] == answer["values"] && line["objective"] == answer["before"]["objective"]
    }));
    assert!(answer["rounds"].as_u64().unwrap() >= 1);
    assert!(["equilibrium", "cycle", "unsettled"].contains(&answer["ending"].as_str().unwrap()));
    for (name, ends) in answer["prices"].as_object().unwrap() {
        assert!(name.ends_with(".monthly_cost"));
        assert_ne!(ends[0], ends[1]);
    }
    let table = conjoint("optimize", &asked.concat());
    let table = String::from_utf8(table.stdout).unwrap();
    assert!(table.contains("Best once competitors respond: 9.monthly_cost="));
    let csv = conjoint(
        "optimize",
        &[&asked.concat()[..], &["--format", "csv"]].concat(),
    );
    let csv = String::from_utf8(csv.stdout).unwrap();
    assert!(csv.starts_with("rank,9.monthly_cost,10.vehicle_type,ebit\n1,"));
    assert_eq!(csv.lines().count(), 3);
}

#[test]
fn what_cannot_be_optimized_ends_with_1() {
    let vary = "9.monthly_cost=399:499:20";
    for (arguments, description) in [
        (
            &["--brand", "Tesla", "--vary", "9.monthly_cost=499:399:20"][..],
            "--vary 9.monthly_cost=499:399:20: step: the step leads from 499 away from 399; write -20",
        ),
        (
            &["--brand", "Tesla", "--vary", "99.monthly_cost=1:2:1"],
            "--vary 99.monthly_cost=1:2:1: no offer has the id `99`",
        ),
        (
            &["--brand", "Tesla", "--vary", "9.energy=Diesel"],
            "--vary 9.energy=Diesel: `Diesel` is not a level",
        ),
        (
            &["--brand", "Tesl", "--vary", vary],
            "--brand: there is no brand `Tesl`",
        ),
        (
            &["--parent", "Tesl", "--vary", vary],
            "--parent: there is no parent `Tesl`",
        ),
        (
            &["--brand", "Tesla", "--vary", vary, "--cost", "range=300:25"],
            "--cost range=300:25: costs count in EBIT alone",
        ),
        (
            &["--brand", "Tesla", "--vary", vary, "--segment", "Gen Y"],
            "--segment: there is no segment `Gen Y`",
        ),
    ] {
        let output = conjoint("optimize", &[&["--objective", "share"], arguments].concat());
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.starts_with(&format!("error: {description}")), "{said}");
        assert!(output.stdout.is_empty());
    }
    for arguments in [
        &["--objective", "share", "--vary", vary][..],
        &["--objective", "fame", "--brand", "Tesla", "--vary", vary],
        &["--objective", "share", "--brand", "Tesla", "--vary", "9"],
        &["--objective", "share", "--brand", "Tesla"],
        &[
            "--objective",
            "share",
            "--brand",
            "Tesla",
            "--vary",
            vary,
            "--top",
            "0",
        ],
    ] {
        assert_eq!(
            conjoint("optimize", arguments).status.code(),
            Some(2),
            "{arguments:?}"
        );
    }
    let help = conjoint("optimize", &["--help"]);
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("Example:\n  conjoint optimize "));
}
