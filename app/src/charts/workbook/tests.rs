#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::rc::Rc;
use std::sync::Arc;

use conjoint::sample_study::{Sample, generate};
use yew::Reducible;

use super::*;
use crate::charts::build_table;
use crate::state::{Action, SweepAction};

fn state(fragment: &str) -> State {
    let study = generate(&Sample {
        seed: 1,
        respondents: vec![("Gen X".to_owned(), 5)],
    });
    State::open(Arc::new(study.unwrap()), "", fragment)
}

fn table(categories: [&str; 2]) -> Table {
    let cells = [Cell::number(100.0 / 3.0), Cell::Empty];
    let rows = categories.map(str::to_owned).into_iter().zip(cells);
    let rows = rows.map(|(category, cell)| (category, vec![cell]));
    build_table("point", ["live".to_owned()], "%", rows).with_title("ARPU")
}

/// The rows of the inputs about something, without its name.
fn about(state: &State, older: bool, of: &str) -> Vec<Vec<Cell>> {
    let source = Source {
        link: "http://there/#page=sweep".to_owned(),
        older,
    };
    let tables = vec![table(["1", "2"]).with_note("Change by brand.")];
    let sheets = sheets(state, &source, tables);
    assert_eq!(
        sheets
            .iter()
            .map(|sheet| sheet.title.as_str())
            .collect::<Vec<_>>(),
        ["Inputs", "ARPU"]
    );
    assert!(sheets.iter().all(|sheet| {
        sheet
            .rows
            .iter()
            .all(|row| row.len() == sheet.columns.len())
    }));
    let rows = sheets[0].rows.iter().filter(|row| row[0] == Cell::text(of));
    rows.map(|row| row[1..].to_vec()).collect()
}

fn row(input: &str, value: Cell, own: Cell) -> Vec<Cell> {
    vec![Cell::text(input), value, own]
}

#[test]
fn a_table_keeps_every_digit_and_numbers_its_points() {
    let points = sheet(table(["399", "449.5"]));
    assert_eq!((points.title.as_str(), points.unit()), ("ARPU", "%"));
    assert!(points.names().eq(["point", "live"]));
    assert_eq!(
        points.rows,
        [
            vec![Cell::exact(399.0), Cell::number(100.0 / 3.0)],
            vec![Cell::exact(449.5), Cell::Empty],
        ]
    );
    // One that is a name makes names of all.
    for names in [["399", "0449"], ["1", "NaN"], ["1", "Kia Soul"]] {
        let rows = sheet(table(names)).rows;
        assert_eq!(
            [&rows[0][0], &rows[1][0]],
            [&Cell::text(names[0]), &Cell::text(names[1])]
        );
    }
}

#[test]
fn the_inputs_name_every_edit_and_what_was_there() {
    let state =
        state("set=9.monthly_cost%3D449.5&set=12.energy%3DElectric+Vehicle&withdraw=3&add=14:9");
    let tesla = about(&state, false, "offer 9, Tesla Model 3");
    assert_eq!(tesla[0], row("market", Cell::text("offered"), Cell::Empty));
    let cost = row(
        "monthly cost, $ a month",
        Cell::exact(449.5),
        Cell::exact(399.0),
    );
    assert!(tesla.contains(&cost), "{tesla:?}");
    assert!(tesla.contains(&row("brand", Cell::text("Tesla"), Cell::Empty)));
    let toyota = about(&state, false, "offer 12, Toyota Prius Prime");
    let energy = &toyota
        .iter()
        .find(|row| row[0] == Cell::text("energy"))
        .unwrap()[1..];
    assert_eq!(energy[0], Cell::text("Electric Vehicle"));
    assert!(matches!(&energy[1], Cell::Text(own) if own != "Electric Vehicle"));
    let scenario = state.edits().scenario();
    let third = &scenario.offers()[scenario.find("3").unwrap()];
    let third = format!("offer 3, {}", state.study().name_of(third));
    let third = about(&state, false, &third);
    assert_eq!(
        third[0],
        row("market", Cell::text("withdrawn"), Cell::text("offered"))
    );
    let copy = about(&state, false, "offer 14, Tesla Model 3 (14)");
    let origin = Cell::text("offer 9, Tesla Model 3");
    assert_eq!(copy[1], row("added as a copy of", origin, Cell::Empty));
    assert_eq!(
        about(&state, false, "figure"),
        [row("ARPU", Cell::text("Change by brand."), Cell::Empty)]
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
        row("attribute", Cell::text("monthly cost"), Cell::Empty)
    );
    let first = about(&state, false, "sweep, row 1");
    assert_eq!(
        first[0],
        row("product", Cell::text("Tesla Model 3"), Cell::Empty)
    );
    assert_eq!(first[1], row("begin", Cell::exact(399.0), Cell::Empty));
    assert_eq!(first[4], row("baseline", Cell::text("x"), Cell::Empty));
    let grid = state.reduce(Action::Sweep(SweepAction::Analyze(Analysis::Grid)));
    assert_eq!(
        about(&grid, false, "sweep"),
        [row("analysis", Cell::text("Attribute grid"), Cell::Empty)]
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
            .filter(|row| row[1] == Cell::text("link"))
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
