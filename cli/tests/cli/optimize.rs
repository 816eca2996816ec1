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
    let endings = ["equilibrium", "bounds", "cycle", "unsettled"];
    assert!(endings.contains(&answer["ending"].as_str().unwrap()));
    let bounds = answer["bounds"].as_object().unwrap();
    assert_eq!(bounds.len(), 12);
    let stops = bounds.values().any(|bound| bound["at_bound"] == true);
    assert_eq!(
        answer["ending"] == "bounds",
        stops && answer["cycle"].is_null()
    );
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

/// Share only falls with the price, so that the best one is at the edge.
#[test]
fn a_best_value_at_the_edge_of_its_range_says_so() {
    let request = ["--objective", "share", "--brand", "Tesla", "--vary", VARY];
    let found = json_shipped("optimize", &request);
    assert_eq!(found["best"][0]["values"]["9.monthly_cost"], 399);
    assert_eq!(found["best"][0]["at_edge"]["9.monthly_cost"], true);
    assert_eq!(found["best"][1]["at_edge"]["9.monthly_cost"], false);
    let table = print_shipped("optimize", &request, "table");
    assert!(table.contains("399 (lowest tried)"), "{table}");
    assert!(
        table.contains("the best candidate is at the edge of a range"),
        "{table}"
    );
    let csv = print_shipped("optimize", &request, "csv");
    assert!(
        csv.starts_with("rank,9.monthly_cost,share\n1,399,"),
        "{csv}"
    );
}

#[test]
fn bounds_of_competitors_can_be_set() {
    let request = ["--objective", "ebit", "--brand", "Tesla", "--vary", VARY];
    let answer = ["--answer", "--top", "1", "--bound", "1=700:1000"];
    let found = json_shipped("optimize", &[&request[..], &answer].concat());
    let bound = &found["answer"]["bounds"]["1.monthly_cost"];
    assert_eq!(
        (bound["low"].as_f64(), bound["high"].as_f64()),
        (Some(700.0), Some(1000.0))
    );
    let table = print_shipped("optimize", &[&request[..], &answer].concat(), "table");
    assert!(table.contains("at a bound"), "{table}");
    let refused = ["--answer", "--bound", "1=800:1000"];
    assert_refused_shipped(
        "optimize",
        &[&request[..], &refused].concat(),
        "--bound 1=800:1000: the offer costs 759 a month; choose bounds that include it",
    );
    let unused = ["--bound", "1=700:1000"];
    let output = run_shipped("optimize", &[&request[..], &unused].concat());
    assert_eq!(output.status.code(), Some(2));
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
