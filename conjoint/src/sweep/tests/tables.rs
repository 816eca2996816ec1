//! What can be wrong with a sweep's table, of numbers or of texts as typed.

use super::*;

#[test]
fn tables_that_cannot_be_run_are_told_cell_by_cell() {
    let simulation = edited();
    let errors = |rows: &[LockstepRow]| -> Vec<(usize, Field, String)> {
        let errors = Lockstep::plan(&simulation, Cost::Monthly, rows).unwrap_err();
        let description = errors.into_iter();
        description
            .map(|error| (error.row, error.field, error.to_string()))
            .collect()
    };
    let description = errors(&[
        row("9", 1.0, 5.0, 1.0, 1.0),
        row("99", 1.0, 5.0, 1.0, 1.0),
        row("9", 1.0, 5.0, 0.0, 1.0),
    ]);
    let places: Vec<_> = description
        .iter()
        .map(|(row, field, _)| (*row, *field))
        .collect();
    assert_eq!(
        places,
        [(2, Field::Product), (3, Field::Product), (3, Field::Step)]
    );
    assert!(
        description[0]
            .2
            .starts_with("no offer has the id `99`; ids are `1`, `2`")
    );
    assert!(
        description[1]
            .2
            .starts_with("the offer `9` stands in row 1 too")
    );
    assert_eq!(errors(&[])[0].2, "there is no row; add a product to sweep");

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
fn a_grid_of_too_many_pairs_is_told_with_both_counts() {
    let simulation = Simulation::new(study());
    let plan = |points: f64| {
        let range = row("", 0.0, points - 1.0, 1.0, 0.0).range;
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

fn texts(product: &str, range: [&str; 4]) -> LockstepRowText {
    LockstepRowText {
        product: product.to_owned(),
        range: range.map(str::to_owned),
    }
}

/// Row, axis, cell and message of every error.
fn description(errors: Vec<RowError>) -> Vec<(usize, usize, Field, String)> {
    let errors = errors.into_iter();
    errors
        .map(|error| (error.row, error.axis, error.field, error.to_string()))
        .collect()
}

/// Asserts that the errors are those at the places, with messages that begin so.
fn assert_errors(errors: Vec<RowError>, expected: &[(usize, usize, Field, &str)]) {
    let description = description(errors);
    assert_eq!(description.len(), expected.len(), "{description:?}");
    for (found, expected) in description.iter().zip(expected) {
        let (row, axis, field, start) = *expected;
        assert_eq!(
            (found.0, found.1, found.2),
            (row, axis, field),
            "{description:?}"
        );
        assert!(found.3.starts_with(start), "{}: {start}", found.3);
    }
}

#[test]
fn typed_tables_are_read_as_numbers_are_everywhere() {
    let simulation = edited();
    let rows = [
        row("9", 399.0, 499.0, 20.0, 419.0),
        row("1", 0.3, -0.2, -0.1, 0.2),
    ];
    let table = [
        texts(" 9\t", ["399", " 499.0 ", "2e1", "+419"]),
        texts("1", ["0.3", "-0.2", "-.1", "0.2"]),
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
fn cells_that_cannot_be_read_are_told_one_by_one_in_the_tables_order() {
    let simulation = edited();
    let table = [
        texts("", ["", "x", "0", "1,5"]),
        texts("  ", ["12 000", "1e13", "NaN", " "]),
        texts("99", ["1", "5", "3", "?"]),
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
            (1, 0, Field::Step, "a step of 0 leads nowhere"),
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
    let simulation = edited();
    let valid = [
        texts("9", ["399", "499", "20", "399"]),
        texts("10", ["900", "1000", "20", "900"]),
        texts("11", ["999", "1199", "40", "999"]),
    ];
    assert!(Lockstep::read(&simulation, Cost::Monthly, &valid).is_ok());
    let fields = [Field::Begin, Field::End, Field::Step, Field::Baseline];
    for (row, cell, text, message) in [
        (1, 2, "30", "does not divide the range from 399 to 499"),
        (2, 2, "0", "a step of 0"),
        (1, 2, "-20", "write 20"),
        (1, 3, "400", "none of the points; the nearest is 399"),
        (3, 1, "1159", "has 5 points and row 1 has 6"),
        (1, 0, "39g", "`39g`"),
        (1, 0, "", "write a number"),
        (2, 3, "920", "all rows need the same point, here 900"),
        (1, 2, "0.001", "at most 10000 are computed"),
    ] {
        let mut table = valid.clone();
        table[row - 1].range[cell] = text.to_owned();
        let found = description(Lockstep::read(&simulation, Cost::Monthly, &table).unwrap_err());
        let [(found_row, 0, field, description)] = &found[..] else {
            panic!("{text}: {found:?}");
        };
        assert_eq!((*found_row, *field), (row, fields[cell]), "{text}");
        assert!(description.contains(message), "{description}: {message}");
    }
}

#[test]
fn a_row_that_cannot_be_read_is_compared_with_no_other() {
    let simulation = edited();
    let table = [
        texts("9", ["1", "3", "1", "?"]),
        texts("10", ["1", "5", "1", "2"]),
        texts("9", ["1", "9", "1", "2"]),
        texts("11", ["1", "5", "1", "4"]),
    ];
    let errors = Lockstep::read(&simulation, Cost::Monthly, &table).unwrap_err();
    assert_errors(
        errors,
        &[
            (1, 0, Field::Baseline, "`?` is not a number"),
            (3, 0, Field::Product, "the offer `9` stands in row 1 too"),
            (3, 0, Field::End, "the row has 9 points and row 2 has 5"),
            (
                4,
                0,
                Field::Baseline,
                "the baseline is point 4 of this row and point 2 of row 2",
            ),
        ],
    );
}

#[test]
fn the_axes_of_a_grid_are_read_each_by_itself() {
    let simulation = edited();
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
                "the baseline 9 is none of the points",
            ),
            (3, 0, Field::Product, "no offer has the id `98`"),
            (3, 0, Field::End, "the row has 5 points and row 1 has 3"),
        ],
    );
}

#[test]
fn rows_that_leave_the_surveyed_range_are_told_by_row_and_axis() {
    let simulation = edited();
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
            [0.0, 4000.0, 4000.0, 0.0],
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
            outside(2, 0, Cost::Upfront, 0.0, surveyed)
        ]
    );
    let warning = plan.find_extrapolated_rows(study)[0].warning().to_string();
    assert!(warning.starts_with(&format!("1 is outside the surveyed range {low}–{high}")));
}
