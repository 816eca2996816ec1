//! `conjoint optimize`: against simulations of what it finds, and what it refuses.

use serde_json::Value;

use crate::support::{assert_refused_shipped, json_shipped, print_shipped, run_shipped};

/// Values that can be varied.
const VARY: &str = "9.monthly_cost=399:499:20";

const TESLA: [&str; 6] = [
    "--brand",
    "Tesla",
    "--vary",
    "9.monthly_cost=389:439:10",
    "--vary",
    "10.vehicle_type=Sedan,SUV",
];

#[test]
fn objectives_are_those_of_simulate_and_best_first() {
    for (objective, method) in [
        ("share", &["--rule", "first-choice"][..]),
        ("ebit", &["--rule", "share-of-preference", "--none", "-1"]),
    ] {
        let request = [
            &["--objective", objective],
            &TESLA[..],
            &["--top", "12"],
            method,
        ];
        let found = json_shipped("optimize", &request.concat());
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
            let simulated = json_shipped("simulate", &arguments);
            let is_tesla = |line: &&Value| line["brand"] == "Tesla";
            let expected = match objective {
                "share" => {
                    let products = simulated["products"].as_array().unwrap().iter();
                    let tesla = products.filter(is_tesla);
                    tesla.map(|line| line["share"].as_f64().unwrap()).sum()
                }
                _ => {
                    let mut brands = simulated["brands"].as_array().unwrap().iter();
                    brands.find(is_tesla).unwrap()["ebit_new"].as_f64().unwrap()
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
fn the_answer_is_the_best_candidate_once_competitors_respond() {
    let request = [
        &["--objective", "ebit"],
        &TESLA[..],
        &["--top", "2", "--answer"],
    ];
    let found = json_shipped("optimize", &request.concat());
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
    let table = print_shipped("optimize", &request.concat(), "table");
    assert!(table.contains("Best once competitors respond: 9.monthly_cost="));
    let csv = print_shipped("optimize", &request.concat(), "csv");
    assert!(csv.starts_with("rank,9.monthly_cost,10.vehicle_type,ebit\n1,"));
    assert_eq!(csv.lines().count(), 3);
}

#[test]
fn invalid_requests_are_refused() {
    let vary = VARY;
    for (arguments, message) in [
        (
            &["--brand", "Tesla", "--vary", "9.monthly_cost=499:399:20"][..],
            "--vary 9.monthly_cost=499:399:20: step: a step of 20 does not lead from 499 to 399; write -20",
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
            "--cost range=300:25: costs only affect EBIT",
        ),
        (
            &["--brand", "Tesla", "--vary", vary, "--segment", "Gen Y"],
            "--segment: there is no segment `Gen Y`",
        ),
    ] {
        let request = [&["--objective", "share"], arguments].concat();
        assert_refused_shipped("optimize", &request, message);
    }
}

#[test]
fn incomplete_requests_are_wrong_usage() {
    let vary = VARY;
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
            run_shipped("optimize", arguments).status.code(),
            Some(2),
            "{arguments:?}"
        );
    }
}
