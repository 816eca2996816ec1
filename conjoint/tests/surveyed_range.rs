//! Values outside the surveyed range: nobody starts to buy because a price rose, values that are too far
//! away are refused, and those that are used are reported.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

use std::sync::Arc;

use conjoint::choice::{ChoiceModel, Rule};
use conjoint::format::{OFFERS, UTILITIES};
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::{EditError, EntryError, Scenario, Verb};
use conjoint::study::{Study, ValueError};
use conjoint::sweep::{Cost, Lockstep, LockstepRow};
use conjoint::testing::{
    collect_files, edit_scenario, read_valid, remove_money, shipped_files, simulate_files,
};

fn shipped() -> Arc<Study> {
    Arc::new(read_valid(&shipped_files()))
}

/// The shares of offer 9 at these values of a column, one after another.
fn shares_at(study: &Arc<Study>, rule: Rule, column: &str, values: &[&str]) -> Vec<f64> {
    let model = ChoiceModel {
        rule,
        draws: 100,
        ..ChoiceModel::default()
    };
    let mut simulation = Simulation::with_model(Arc::clone(study), model).unwrap();
    let share = |value: &&str| {
        let edit = format!("9.{column}={value}");
        simulation.set_scenario(edit_scenario(study, &[(Verb::Set, &edit)]));
        let product = simulation.scenario().find("9").unwrap();
        simulation.shares()[product].share
    };
    values.iter().map(share).collect()
}

#[test]
fn demand_never_rises_with_a_price_outside_the_survey() {
    let study = shipped();
    let monthly = ["1", "60", "119", "120"];
    let above = ["1250", "1251", "1500", "1750", "2000", "2380"];
    let upfront = ["10000", "12000", "15000", "18000"];
    for rule in Rule::ALL {
        for (column, values) in [
            ("monthly_cost", &monthly[..]),
            ("monthly_cost", &above[..]),
            ("upfront_cost", &upfront[..]),
            ("upfront_cost", &["1", "1000", "2000"][..]),
        ] {
            let shares = shares_at(&study, rule, column, values);
            assert!(
                shares.is_sorted_by(|one, other| one >= other),
                "{rule:?} {column}: {shares:?}"
            );
        }
    }
}

#[test]
fn a_sweep_outside_the_survey_agrees_with_the_edits() {
    let study = shipped();
    for rule in [Rule::FirstChoice, Rule::ShareOfPreference] {
        let model = ChoiceModel {
            rule,
            ..ChoiceModel::default()
        };
        let mut simulation = Simulation::with_model(Arc::clone(&study), model).unwrap();
        let row = LockstepRow {
            product: "9".to_owned(),
            range: [1000.0, 2200.0, 300.0, 1000.0].into(),
        };
        let sweep = Lockstep::plan(&simulation, Cost::Monthly, &[row]).unwrap();
        let points = sweep.run(&simulation).points;
        for point in points {
            let edit = format!("9.monthly_cost={}", point.values[0]);
            simulation.set_scenario(edit_scenario(&study, &[(Verb::Set, &edit)]));
            assert_eq!(Some(point.brands), simulation.brands(), "{edit}");
        }
    }
}

/// Of four respondents two like paying more over the last interval of the price.
#[test]
fn utility_outside_the_range_is_that_of_the_edge_for_those_who_like_paying_more() {
    let files = collect_files(&[
        (
            UTILITIES,
            "id,brand,brand,Price,Price,Price\nid,A,B,10,20,30\n\
             p1,0,0,2,1,3\np2,0,0,2,1,0\np3,0,0,1,2,3\np4,0,0,0,2,1\n",
        ),
        (OFFERS, "id,brand,model,Price\n1,A,,20\n2,B,,20\n"),
    ]);
    let mut simulation = simulate_files(&files);
    let study = Arc::clone(simulation.selected());
    let mut utilities = |edit: &str| -> Vec<f64> {
        simulation.set_scenario(edit_scenario(&study, &[(Verb::Set, edit)]));
        simulation
            .live()
            .utilities()
            .column(0)
            .iter()
            .copied()
            .collect()
    };
    assert_eq!(utilities("1.Price=30"), [3.0, 0.0, 3.0, 1.0]);
    assert_eq!(utilities("1.Price=45"), [3.0, -1.5, 3.0, -0.5]);
    assert_eq!(utilities("1.Price=10"), [2.0, 2.0, 1.0, 0.0]);
    assert_eq!(utilities("1.Price=5"), [2.5, 2.5, 1.0, 0.0]);
}

#[test]
fn values_too_far_from_the_range_are_refused() {
    let study = shipped();
    let mut scenario = Scenario::baseline(&study);
    for (edit, message) in [
        (
            "9.monthly_cost=2380.5",
            "2380.5 is too far outside the surveyed range 120–1250; write a value above 0, at most 2380",
        ),
        ("9.monthly_cost=0", "0 is too far outside"),
        ("9.monthly_cost=-5", "-5 is too far outside"),
        ("9.upfront_cost=0", "0 is too far outside"),
        (
            "9.range=581",
            "581 is too far outside the surveyed range 20–300; write a value from -260 to 580",
        ),
        (
            "9.term=73",
            "73 is too far outside the surveyed range 24–48",
        ),
    ] {
        let error = scenario.edit(&study, Verb::Set, edit).unwrap_err();
        assert!(error.to_string().starts_with(message), "{edit}: {error}");
    }
    assert_eq!(scenario, Scenario::baseline(&study));
    for edit in ["9.monthly_cost=2380", "9.upfront_cost=0.01", "9.range=580"] {
        let warning = scenario.edit(&study, Verb::Set, edit).unwrap();
        assert!(warning.is_some(), "{edit}");
    }
}

/// A price of 0 was surveyed there.
#[test]
fn a_surveyed_price_of_0_is_possible() {
    let files = collect_files(&[
        (
            UTILITIES,
            "id,brand,brand,upfront_cost,upfront_cost\nid,A,B,0,1000\np1,0,0,2,1\n",
        ),
        (OFFERS, "id,brand,model,upfront_cost\n1,A,,0\n2,B,,500\n"),
    ]);
    let study = read_valid(&files);
    let mut scenario = Scenario::baseline(&study);
    assert_eq!(
        scenario.edit(&study, Verb::Set, "2.upfront_cost=0"),
        Ok(None)
    );
    let refused = scenario.edit(&study, Verb::Set, "2.upfront_cost=-1");
    assert!(matches!(
        refused,
        Err(EntryError::Edit(EditError::Value(
            ValueError::TooFar { .. }
        )))
    ));
}

#[test]
fn values_outside_the_range_are_listed_by_offer_and_attribute() {
    let study = shipped();
    let edits = [
        (Verb::Set, "11.upfront_cost=12000"),
        (Verb::Set, "9.monthly_cost=1500"),
        (Verb::Set, "3.monthly_cost=1500"),
        (Verb::Withdraw, "3"),
    ];
    let mut simulation = Simulation::new(Arc::clone(&study));
    assert_eq!(simulation.outside_values(), []);
    simulation.set_scenario(edit_scenario(&study, &edits));
    let values = simulation.outside_values();
    let values = values.iter().map(|outside| {
        let id = simulation.scenario().offers()[outside.product].id.as_str();
        let name = study.schema().attributes()[outside.attribute].name.as_str();
        (id, name, outside.value, outside.low, outside.high)
    });
    let expected = [
        ("9", "monthly_cost", 1500.0, 120.0, 1250.0),
        ("11", "upfront_cost", 12000.0, 2000.0, 10000.0),
    ];
    assert_eq!(values.collect::<Vec<_>>(), expected);
}

#[test]
fn a_cost_or_a_term_that_an_offer_has_cannot_be_emptied() {
    for files in [shipped_files(), remove_money(&shipped_files())] {
        let study = read_valid(&files);
        let mut scenario = Scenario::baseline(&study);
        for edit in ["9.monthly_cost=", "9.upfront_cost= ", "9.term="] {
            let error = scenario.edit(&study, Verb::Set, edit).unwrap_err();
            let message = error.to_string();
            assert!(message.starts_with("the cell is empty; write"), "{message}");
        }
        // Neither can the cost of a copy, or of an offer that loses its brand for a while.
        scenario.edit(&study, Verb::Add, "14:9").unwrap();
        assert!(
            scenario
                .edit(&study, Verb::Set, "14.monthly_cost=")
                .is_err()
        );
        scenario.edit(&study, Verb::Set, "14.brand=").unwrap();
        scenario
            .edit(&study, Verb::Set, "14.monthly_cost=")
            .unwrap();
        let error = scenario
            .edit(&study, Verb::Set, "14.brand=Tesla")
            .unwrap_err();
        assert!(error.to_string().contains("`monthly_cost`"), "{error}");
        // Other attributes may be empty.
        scenario.edit(&study, Verb::Set, "9.range=").unwrap();
    }
}
