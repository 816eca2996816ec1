//! Default tables and suggested rows can always be computed.

use proptest::prelude::*;

use super::super::defaults::{grid_table, lockstep_table, suggest_grid_row, suggest_lockstep_row};
use super::*;
use crate::study::{Cell, Levels};

const COSTS: [Cost; 2] = [Cost::Monthly, Cost::Upfront];

fn row_text(product: &str, range: [&str; 4]) -> LockstepRowText {
    LockstepRowText {
        product: product.to_owned(),
        range: range.map(str::to_owned),
    }
}

/// A study of two respondents whose ids are in no published sweep, with these costs of its first
/// offer.
fn generate_other_study(monthly: f64, upfront: f64) -> Study {
    let mut study = testing::generate_study(5, &[("Gen X", 2)]);
    let indices: Vec<ProductIndex> = study.offers.indices().collect();
    for product in indices {
        let offer = &mut study.offers[product];
        offer.id = ProductId::from(format!("p{}", offer.id));
    }
    let (x, y) = (study.schema.monthly.unwrap(), study.schema.upfront.unwrap());
    let first = &mut study.offers[ProductIndex::from_index(0)];
    first.cells[x] = Cell::Number(monthly);
    first.cells[y] = Cell::Number(upfront);
    study
}

fn id_mut(study: &mut Study, product: usize) -> &mut ProductId {
    &mut study.offers[ProductIndex::from_index(product)].id
}

#[test]
fn the_published_sweeps_are_the_defaults_of_their_study() {
    let study = generate_study();
    assert_eq!(
        lockstep_table(&study, Cost::Monthly),
        [
            row_text("9", ["399", "499", "20", "399"]),
            row_text("10", ["900", "1000", "20", "900"]),
            row_text("11", ["999", "1199", "40", "999"]),
        ]
    );
    assert_eq!(
        lockstep_table(&study, Cost::Upfront),
        [
            row_text("7", ["3940", "4740", "200", "4740"]),
            row_text("8", ["4940", "5740", "200", "5740"]),
        ]
    );
    let [first, second] = grid_table(&study).try_into().unwrap();
    assert_eq!(first.product, "7");
    assert_eq!(first.x, ["155", "205", "10", "195"]);
    assert_eq!(first.y, ["4540", "5040", "100", "4940"]);
    assert_eq!(second.product, "8");
    assert_eq!(second.x, ["255", "305", "10", "295"]);
    assert_eq!(second.y, ["5340", "5840", "100", "5740"]);
    let simulation = Simulation::new(study);
    for cost in COSTS {
        let table = lockstep_table(simulation.selected(), cost);
        assert!(Lockstep::read(&simulation, cost, &table).is_ok());
    }
    let table = grid_table(simulation.selected());
    assert!(Grid::read(&simulation, Cost::Monthly, &table).is_ok());
}

#[test]
fn published_rows_are_used_for_offers_that_they_fit() {
    let mut study = Study::clone(&generate_study());
    let (brand, monthly) = (study.schema.brand, study.schema.monthly.unwrap());
    // Above its range, without a brand, and with another id.
    study.offers[ProductIndex::from_index(8)].cells[monthly] = Cell::Number(499.5);
    study.offers[ProductIndex::from_index(9)].cells[brand] = Cell::Empty;
    let ids = |table: Vec<LockstepRowText>| -> Vec<String> {
        table.into_iter().map(|row| row.product).collect()
    };
    assert_eq!(ids(lockstep_table(&study, Cost::Monthly)), ["11"]);
    *id_mut(&mut study, 10) = ProductId::from("x".to_owned());
    // One derived row, around the 759 of the first offer.
    let table = lockstep_table(&study, Cost::Monthly);
    assert_eq!(table, [row_text("1", ["659", "859", "50", "759"])]);
    assert_eq!(ids(lockstep_table(&study, Cost::Upfront)), ["7", "8"]);
    study.offers[ProductIndex::from_index(6)].cells[monthly] = Cell::Empty;
    assert_eq!(grid_table(&study).len(), 1);
    study.offers[ProductIndex::from_index(7)].cells[monthly] = Cell::Number(1.0);
    let table = grid_table(&study);
    assert_eq!((table.len(), table[0].product.as_str()), (1, "1"));
    assert_eq!(table[0].y, ["2299", "2699", "100", "2499"]);
}

#[test]
fn a_study_without_an_offer_to_sweep_has_empty_default_tables() {
    let mut study = generate_other_study(1.0, 1.0);
    let (brand, monthly) = (study.schema.brand, study.schema.monthly.unwrap());
    let indices: Vec<ProductIndex> = study.offers.indices().collect();
    for product in &indices {
        study.offers[*product].cells[monthly] = Cell::Empty;
    }
    assert!(lockstep_table(&study, Cost::Monthly).is_empty());
    assert!(grid_table(&study).is_empty());
    assert_eq!(lockstep_table(&study, Cost::Upfront).len(), 1);
    for product in &indices {
        study.offers[*product].cells[brand] = Cell::Empty;
    }
    assert!(lockstep_table(&study, Cost::Upfront).is_empty());
    let simulation = Simulation::new(Arc::new(study));
    assert_eq!(suggest_lockstep_row(&simulation, Cost::Upfront, &[]), None);
    assert_eq!(suggest_grid_row(&simulation, &[]), None);
}

#[test]
fn steps_are_round_and_no_point_is_below_0() {
    let range = |monthly: f64| {
        let [row] = lockstep_table(&generate_other_study(monthly, 1.0), Cost::Monthly)
            .try_into()
            .unwrap();
        row.range
    };
    assert_eq!(range(399.0), ["359", "439", "20", "399"]);
    assert_eq!(range(3.3), ["2.9", "3.7", "0.2", "3.3"]);
    assert_eq!(range(0.01), ["0.009", "0.011", "0.0005", "0.01"]);
    assert_eq!(
        range(1e9),
        ["900000000", "1100000000", "50000000", "1000000000"]
    );
    assert_eq!(range(1e12)[1], "1000000000000");
    // A twentieth of the highest surveyed level.
    assert_eq!(range(0.0), ["0", "200", "50", "0"]);
    assert_eq!(range(-1.0), ["-1", "-0.8", "0.05", "-1"]);
}

#[test]
fn a_suggested_row_matches_the_table() {
    let simulation = edited_simulation();
    let study = simulation.selected();
    let mut table = lockstep_table(study, Cost::Upfront);
    let added = suggest_lockstep_row(&simulation, Cost::Upfront, &table).unwrap();
    assert_eq!(added, row_text("1", ["1699", "2499", "200", "2499"]));
    // Offers in the table are skipped, and so are unreadable rows.
    table.insert(0, row_text(" 1 ", ["", "2499", "200", "2499"]));
    let added = suggest_lockstep_row(&simulation, Cost::Upfront, &table).unwrap();
    // With the scenario's cost.
    assert_eq!(added, row_text("2", ["4195", "4995", "200", "4995"]));
    // Withdrawn offers are skipped as long as there are others.
    let mut scenario = simulation.scenario().clone();
    let withdrawn = scenario.find("2").unwrap();
    scenario.set_withdrawn(study, withdrawn, true).unwrap();
    let mut without = simulation.clone();
    without.set_scenario(scenario);
    let added = suggest_lockstep_row(&without, Cost::Upfront, &table).unwrap();
    assert_eq!(added.product, "3");
    let table = [row_text("1", ["300", "100", "-50", "150"])];
    let added = suggest_lockstep_row(&simulation, Cost::Monthly, &table).unwrap();
    assert_eq!(added, row_text("2", ["305", "105", "-50", "155"]));
    let table = [row_text("1", ["x", "x", "x", "x"])];
    let added = suggest_lockstep_row(&simulation, Cost::Monthly, &table).unwrap();
    assert_eq!(added, row_text("2", ["135", "175", "10", "155"]));

    let table = grid_table(study);
    let added = suggest_grid_row(&simulation, &table).unwrap();
    assert_eq!(added.product, "1");
    assert_eq!(added.x, ["719", "769", "10", "759"]);
    assert_eq!(added.y, ["2099", "2599", "100", "2499"]);
}

#[test]
fn rows_are_suggested_until_every_offer_is_in_the_table() {
    let simulation = edited_simulation();
    let offers = simulation.scenario().offers().len();
    for cost in COSTS {
        let mut table = lockstep_table(simulation.selected(), cost);
        while let Some(row) = suggest_lockstep_row(&simulation, cost, &table) {
            table.push(row);
            assert!(Lockstep::read(&simulation, cost, &table).is_ok());
        }
        assert_eq!(table.len(), offers);
    }
    let mut table = Vec::new();
    while let Some(row) = suggest_grid_row(&simulation, &table) {
        table.push(row);
        assert!(Grid::read(&simulation, Cost::Monthly, &table).is_ok());
    }
    assert_eq!(table.len(), offers);
}

fn cost() -> impl Strategy<Value = f64> {
    let odd = [
        0.0,
        -0.0,
        0.01,
        0.009_999,
        0.1,
        3.3,
        399.99,
        1e9,
        123_456_789.123_456,
        1e12,
        -1e12,
        9.99e11,
        1e-7,
        1e-300,
        5e-324,
        -3.3,
        99_999.995,
    ];
    let cents = (0..10_000_000_i64).prop_map(|cents| cents as f64 / 100.0);
    prop_oneof![
        prop::sample::select(odd.to_vec()),
        cents,
        -1e12..1e12,
        0.0..1e-3,
        0.0..1e5
    ]
}

fn levels() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![
        Just(vec![]),
        Just(vec![1.0, 2.0]),
        Just(vec![0.0, 1e-9]),
        Just(vec![0.0, 1e12]),
        Just(vec![120.0, 1250.0]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        max_global_rejects: 100_000,
        ..ProptestConfig::with_cases(400)
    })]

    /// Whatever the product's cost is, it is the baseline.
    #[test]
    fn every_derived_table_can_be_computed(monthly in cost(), upfront in cost(), levels in levels()) {
        let [mut surveyed, mut unsurveyed] =
            [(); 2].map(|()| generate_other_study(monthly, upfront));
        for attribute in [surveyed.schema.monthly.unwrap(), surveyed.schema.upfront.unwrap()] {
            surveyed.schema.attributes[attribute].levels = Levels::Numeric(levels.clone());
            // Respondents have no part-worths of the other levels.
            unsurveyed.schema.attributes[attribute].levels = Levels::Numeric(Vec::new());
            for cost in [monthly, upfront] {
                prop_assume!(cost >= 0.0);
                prop_assume!(surveyed.schema.check_number(attribute, cost).is_ok());
            }
        }
        let tables = COSTS.map(|cost| lockstep_table(&surveyed, cost));
        let pairs = grid_table(&surveyed);
        let simulation = Simulation::new(Arc::new(unsurveyed));
        for ((cost, table), own) in COSTS.iter().zip(&tables).zip([monthly, upfront]) {
            let plan = Lockstep::read(&simulation, *cost, table);
            prop_assert!(plan.is_ok(), "{table:?}: {plan:?}");
            let result = plan.unwrap().run(&simulation);
            prop_assert_eq!(result.points.len(), 5);
            let found = result.points[result.baseline.unwrap()].values[0];
            prop_assert!((found - own).abs() <= 1e-12 * own.abs().max(1.0));
            prop_assert!(own < 0.0 || result.points.iter().all(|point| point.values[0] >= 0.0));
        }
        let plan = Grid::read(&simulation, Cost::Monthly, &pairs);
        prop_assert!(plan.is_ok(), "{pairs:?}: {plan:?}");
    }
}
