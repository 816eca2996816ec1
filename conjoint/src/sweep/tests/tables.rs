//! Errors in a sweep's table, of numbers or as typed.

use super::*;

fn row_text(product: &str, range: [&str; 4]) -> LockstepRowText {
    LockstepRowText {
        product: product.to_owned(),
        range: range.map(str::to_owned),
    }
}

/// Asserts that there are these errors, each with its row, axis, cell and the start of its message.
fn assert_errors(errors: Vec<RowError>, expected: &[(usize, usize, Field, &str)]) {
    assert_eq!(errors.len(), expected.len(), "{errors:?}");
    for (error, expected) in errors.iter().zip(expected) {
        let (row, axis, field, start) = *expected;
        let place = (error.row, error.axis, error.field);
        assert_eq!(place, (row, axis, field), "{errors:?}");
        let message = error.to_string();
        assert!(message.starts_with(start), "{message}: {start}");
    }
}

#[test]
fn invalid_cells_are_reported_one_by_one() {
    let simulation = edited_simulation();
    let plan = |rows: &[LockstepRow]| Lockstep::plan(&simulation, Cost::Monthly, rows);
    let errors = plan(&[
        row("9", 1.0, 5.0, 1.0, 1.0),
        row("99", 1.0, 5.0, 1.0, 1.0),
        row("9", 1.0, 5.0, 0.0, 1.0),
    ]);
    let unknown = "no offer has the id `99`; ids are `1`, `2`";
    assert_errors(
        errors.unwrap_err(),
        &[
            (2, 0, Field::Product, unknown),
            (3, 0, Field::Product, "the offer `9` is in row 1 too"),
            (3, 0, Field::Step, "the step must not be 0"),
        ],
    );
    let no_row = "there is no row; add a product to sweep";
    assert_errors(plan(&[]).unwrap_err(), &[(1, 0, Field::Product, no_row)]);

    let mut scenario = simulation.scenario().clone();
    let (study, product) = (simulation.selected(), ProductIndex::from_index(8));
    scenario
        .set(study, product, study.schema.brand, "")
        .unwrap();
    let mut unbranded = simulation.clone();
    unbranded.set_scenario(scenario);
    let errors = Lockstep::plan(&unbranded, Cost::Monthly, &[row("9", 1.0, 5.0, 1.0, 1.0)]);
    assert!(errors.unwrap_err()[0].to_string().contains("has no brand"));
}

#[test]
fn a_grid_with_too_many_pairs_is_rejected_with_both_counts() {
    let simulation = Simulation::new(generate_study());
    let plan = |points: f64| {
        let range = row("", 1.0, points, 1.0, 1.0).range;
        let rows = [GridRow {
            product: "1".to_owned(),
            x: range,
            y: range,
        }];
        Grid::plan(&simulation, Cost::Monthly, &rows)
    };
    assert!(plan(500.0).is_ok());
    let errors = plan(501.0).unwrap_err();
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0]
            .to_string()
            .starts_with("the grid has 501 × 501 pairs of points")
    );
}

#[test]
fn numbers_in_a_typed_table_are_read_as_in_the_files() {
    let simulation = edited_simulation();
    let rows = [
        row("9", 399.0, 499.0, 20.0, 419.0),
        row("1", 0.7, 0.2, -0.1, 0.6),
    ];
    let table = [
        row_text(" 9\t", ["399", " 499.0 ", "2e1", "+419"]),
        row_text("1", ["0.7", ".2", "-.1", "0.6"]),
    ];
    let read = Lockstep::read(&simulation, Cost::Upfront, &table).unwrap();
    let plan = Lockstep::plan(&simulation, Cost::Upfront, &rows).unwrap();
    assert_eq!(read, plan);
    let table = rows.map(LockstepRowText::from);
    assert_eq!(Lockstep::read(&simulation, Cost::Upfront, &table), Ok(plan));

    let rows = [GridRow {
        product: "9".to_owned(),
        x: [399.0, 499.0, 50.0, 399.0].into(),
        y: [4000.0, 3000.0, -1000.0, 3000.0].into(),
    }];
    let plan = Grid::plan(&simulation, Cost::Monthly, &rows).unwrap();
    let table = rows.map(GridRowText::from);
    assert_eq!(Grid::read(&simulation, Cost::Monthly, &table), Ok(plan));
}

#[test]
fn unreadable_cells_are_reported_in_the_tables_order() {
    let simulation = edited_simulation();
    let table = [
        row_text("", ["", "x", "0", "1,5"]),
        row_text("  ", ["12 000", "1e13", "NaN", " "]),
        row_text("99", ["1", "5", "3", "?"]),
    ];
    let errors = Lockstep::read(&simulation, Cost::Monthly, &table).unwrap_err();
    let empty = "the cell is empty; write a number, for example 399 or 0.25";
    let no_id = "the cell is empty; write the id of an offer; ids are `1`, `2`";
    assert_errors(
        errors,
        &[
            (1, 0, Field::Product, no_id),
            (1, 0, Field::Begin, empty),
            (1, 0, Field::End, "`x` is not a number; write digits"),
            (1, 0, Field::Step, "the step must not be 0"),
            (1, 0, Field::Baseline, "`1,5` is not a number"),
            (2, 0, Field::Product, no_id),
            (2, 0, Field::Begin, "`12 000` is not a number"),
            (2, 0, Field::End, "10000000000000 is too large"),
            (2, 0, Field::Step, "`NaN` is not a number"),
            (2, 0, Field::Baseline, empty),
            (3, 0, Field::Product, "no offer has the id `99`"),
            (3, 0, Field::Step, "the step 3 does not divide the range"),
            (3, 0, Field::Baseline, "`?` is not a number"),
        ],
    );
    let errors = Lockstep::read(&simulation, Cost::Monthly, &[]).unwrap_err();
    assert_errors(errors, &[(1, 0, Field::Product, "there is no row")]);
}

#[test]
fn an_invalid_cell_has_the_only_message() {
    let simulation = edited_simulation();
    let valid = [
        row_text("9", ["399", "499", "20", "399"]),
        row_text("10", ["900", "1000", "20", "900"]),
        row_text("11", ["999", "1199", "40", "999"]),
    ];
    assert!(Lockstep::read(&simulation, Cost::Monthly, &valid).is_ok());
    for (row, cell, text, message) in [
        (1, 2, "30", "does not divide the range from 399 to 499"),
        (2, 2, "0", "the step must not be 0"),
        (1, 2, "-20", "write 20"),
        (1, 3, "400", "not one of the points; the nearest is 399"),
        (3, 1, "1159", "has 5 points and row 1 has 6"),
        (1, 0, "39g", "`39g`"),
        (1, 0, "", "write a number"),
        (1, 2, "0.001", "at most 10000 can be computed"),
    ] {
        let mut table = valid.clone();
        table[row - 1].range[cell] = text.to_owned();
        let errors = Lockstep::read(&simulation, Cost::Monthly, &table).unwrap_err();
        let [error] = &errors[..] else {
            panic!("{text}: {errors:?}");
        };
        let place = (error.row, error.axis, error.field);
        assert_eq!(place, (row, 0, Field::RANGE[cell]), "{text}");
        let found = error.to_string();
        assert!(found.contains(message), "{found}: {message}");
    }
}

#[test]
fn an_unreadable_row_is_not_compared_with_others() {
    let simulation = edited_simulation();
    let table = [
        row_text("9", ["1", "3", "1", "?"]),
        row_text("10", ["1", "5", "1", "2"]),
        row_text("9", ["1", "9", "1", "2"]),
        row_text("11", ["1", "5", "1", "4"]),
    ];
    let errors = Lockstep::read(&simulation, Cost::Monthly, &table).unwrap_err();
    assert_errors(
        errors,
        &[
            (1, 0, Field::Baseline, "`?` is not a number"),
            (3, 0, Field::Product, "the offer `9` is in row 1 too"),
            (3, 0, Field::End, "the row has 9 points and row 2 has 5"),
        ],
    );
}

#[test]
fn the_axes_of_a_grid_are_read_independently() {
    let simulation = edited_simulation();
    let row = |product: &str, x: [&str; 4], y: [&str; 4]| GridRowText {
        product: product.to_owned(),
        x: x.map(str::to_owned),
        y: y.map(str::to_owned),
    };
    let table = [
        row("9", ["1", "3", "1", "1"], ["1", "3", "", "1"]),
        row("10", ["x", "3", "1", "1"], ["1", "3", "1", "9"]),
        row("98", ["1", "5", "1", "1"], ["1", "3", "1", "1"]),
    ];
    let errors = Grid::read(&simulation, Cost::Monthly, &table).unwrap_err();
    assert_errors(
        errors,
        &[
            (1, 1, Field::Step, "the cell is empty"),
            (2, 0, Field::Begin, "`x` is not a number"),
            (
                2,
                1,
                Field::Baseline,
                "the baseline 9 is not one of the points",
            ),
            (3, 0, Field::Product, "no offer has the id `98`"),
            (3, 0, Field::End, "the row has 5 points and row 1 has 3"),
        ],
    );
}

#[test]
fn extrapolated_rows_are_found_by_row_and_axis() {
    let simulation = edited_simulation();
    let study = simulation.selected();
    let (low, high) = study.schema.attributes[study.schema.monthly.unwrap()]
        .range()
        .unwrap();
    let rows = [
        row("9", low, high, high - low, low),
        row("10", high + 9.0, low, low - high - 9.0, high + 9.0),
        row("11", low - 1.0, high, high - low + 1.0, low - 1.0),
    ];
    let plan = Lockstep::plan(&simulation, Cost::Monthly, &rows).unwrap();
    let outside = |row, axis, cost, value, range| ExtrapolatedRow {
        row,
        axis,
        cost,
        value,
        range,
    };
    let monthly = |row, axis, value| outside(row, axis, Cost::Monthly, value, (low, high));
    assert_eq!(
        plan.find_extrapolated_rows(study),
        [monthly(2, 0, high + 9.0), monthly(3, 0, low - 1.0)]
    );
    let grid_row = |product: &str, x: [f64; 4], y: [f64; 4]| GridRow {
        product: product.to_owned(),
        x: x.into(),
        y: y.into(),
    };
    let rows = [
        grid_row("9", [3000.0, 4000.0, 1000.0, 3000.0], [1.0, 2.0, 1.0, 1.0]),
        grid_row(
            "10",
            [1.0, 4001.0, 4000.0, 1.0],
            [500.0, 600.0, 100.0, 500.0],
        ),
    ];
    let plan = Grid::plan(&simulation, Cost::Upfront, &rows).unwrap();
    let surveyed = study.schema.attributes[study.schema.upfront.unwrap()]
        .range()
        .unwrap();
    assert_eq!(
        plan.find_extrapolated_rows(study),
        [
            monthly(1, 1, 1.0),
            outside(2, 0, Cost::Upfront, 1.0, surveyed)
        ]
    );
    let warning = plan.find_extrapolated_rows(study)[0].warning().to_string();
    assert!(warning.starts_with(&format!("1 is outside the surveyed range {low}–{high}")));
}
