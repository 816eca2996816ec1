#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::rc::Rc;
use std::sync::Arc;

use conjoint::sample_study::{Sample, generate};
use yew::Reducible;

use super::*;
use crate::charts::Row;
use crate::state::{Action, SweepAction};

fn state(fragment: &str) -> State {
    let study = generate(&Sample {
        seed: 1,
        respondents: vec![("Gen X".to_owned(), 5)],
    });
    State::open(Arc::new(study.unwrap()), "", fragment)
}

fn table(categories: [&str; 2]) -> DataTable {
    let row = |(category, cell): (&str, Cell)| Row {
        category: category.to_owned(),
        cells: vec![cell],
    };
    DataTable {
        category: "point".to_owned(),
        series: vec!["live".to_owned()],
        unit: "%".to_owned(),
        rows: categories
            .into_iter()
            .zip([Cell::number(100.0 / 3.0), Cell::Empty])
            .map(row)
            .collect(),
    }
}

/// The rows of the inputs about something, without its name.
fn about(state: &State, older: bool, of: &str) -> Vec<Vec<Value>> {
    let source = Source {
        link: "http://there/#page=sweep".to_owned(),
        older,
    };
    let tables = [FigureTable {
        title: "ARPU".into(),
        description: "Change by brand.".into(),
        table: Rc::new(table(["1", "2"])),
    }];
    let sheets = sheets(state, &source, &tables);
    assert_eq!(
        sheets
            .iter()
            .map(|sheet| sheet.title.as_str())
            .collect::<Vec<_>>(),
        ["Inputs", "ARPU"]
    );
    assert!(
        sheets
            .iter()
            .all(|sheet| sheet.rows.iter().all(|row| row.len() == sheet.header.len()))
    );
    let rows = sheets[0].rows.iter().filter(|row| row[0] == text(of));
    rows.map(|row| row[1..].to_vec()).collect()
}

fn row(input: &str, value: Value, own: Value) -> Vec<Value> {
    vec![text(input), value, own]
}

#[test]
fn a_table_keeps_every_digit_and_numbers_its_points() {
    let points = sheet("ARPU", &table(["399", "449.5"]));
    assert_eq!((points.title.as_str(), points.unit.as_str()), ("ARPU", "%"));
    assert_eq!(points.header, ["point", "live"]);
    assert_eq!(
        points.rows,
        [
            vec![Value::Number(399.0), Value::Number(100.0 / 3.0)],
            vec![Value::Number(449.5), Value::Empty],
        ]
    );
    // One that is a name makes names of all.
    for names in [["399", "0449"], ["1", "NaN"], ["1", "Kia Soul"]] {
        let rows = sheet("ARPU", &table(names)).rows;
        assert_eq!(
            [&rows[0][0], &rows[1][0]],
            [&text(names[0]), &text(names[1])]
        );
    }
}

#[test]
fn the_inputs_name_every_edit_and_what_was_there() {
    let state =
        state("set=9.monthly_cost%3D449.5&set=12.energy%3DElectric+Vehicle&withdraw=3&add=14:9");
    let tesla = about(&state, false, "offer 9, Tesla Model 3");
    assert_eq!(tesla[0], row("market", text("offered"), Value::Empty));
    let cost = row(
        "monthly cost, $ a month",
        Value::Number(449.5),
        Value::Number(399.0),
    );
    assert!(tesla.contains(&cost), "{tesla:?}");
    assert!(tesla.contains(&row("brand", text("Tesla"), Value::Empty)));
    let toyota = about(&state, false, "offer 12, Toyota Prius Prime");
    let energy = &toyota.iter().find(|row| row[0] == text("energy")).unwrap()[1..];
    assert_eq!(energy[0], text("Electric Vehicle"));
    assert!(matches!(&energy[1], Value::Text(own) if own != "Electric Vehicle"));
    let scenario = state.edits().scenario();
    let third = &scenario.offers()[scenario.find("3").unwrap()];
    let third = format!("offer 3, {}", state.study().name_of(third));
    let third = about(&state, false, &third);
    assert_eq!(third[0], row("market", text("withdrawn"), text("offered")));
    let copy = about(&state, false, "offer 14, Tesla Model 3 (14)");
    let origin = text("offer 9, Tesla Model 3");
    assert_eq!(copy[1], row("added as a copy of", origin, Value::Empty));
    assert_eq!(
        about(&state, false, "figure"),
        [row("ARPU", text("Change by brand."), Value::Empty)]
    );
    assert_eq!(about(&state, false, "sweep"), [[]; 0]);
}

#[test]
fn the_inputs_of_a_sweep_are_its_table_as_it_was_written() {
    let state = Rc::new(state("page=sweep&monthly=9:399:499:20:x"));
    let sweep = |older| about(&state, older, "sweep");
    assert_eq!(sweep(false).len() + 1, sweep(true).len());
    assert_eq!(
        sweep(true)[1],
        row("attribute", text("monthly cost"), Value::Empty)
    );
    let first = about(&state, false, "sweep, row 1");
    assert_eq!(
        first[0],
        row("product", text("Tesla Model 3"), Value::Empty)
    );
    assert_eq!(first[1], row("begin", Value::Number(399.0), Value::Empty));
    assert_eq!(first[4], row("baseline", text("x"), Value::Empty));
    let grid = state.reduce(Action::Sweep(SweepAction::Analyze(Analysis::Grid)));
    assert_eq!(
        about(&grid, false, "sweep"),
        [row("analysis", text("Attribute grid"), Value::Empty)]
    );
    assert_eq!(about(&grid, false, "sweep, row 1").len(), 9);
}

#[test]
fn a_link_that_no_cell_holds_is_left_out() {
    let state = state("");
    let links = |length| {
        let link = "x".repeat(length);
        let inputs = inputs(&state, &Source { link, older: false }, &[]);
        inputs
            .rows
            .iter()
            .filter(|row| row[1] == text("link"))
            .count()
    };
    assert_eq!([links(MAX_CELL_LENGTH), links(MAX_CELL_LENGTH + 1)], [1, 0]);
}

#[test]
fn a_workbook_is_named_after_study_and_page() {
    let title = state("").study().settings().title.clone();
    let name = name(&state("page=sweep"));
    assert_eq!(name, format!("{}-attribute-sweep.xlsx", file_stem(&title)));
}
