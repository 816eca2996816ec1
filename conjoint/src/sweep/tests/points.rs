//! A point of a sweep is a scenario like any other.

use super::*;
use crate::index_vec::{BrandIndex, IndexVec};
use crate::market::Change;

/// The brands' money with these values of the products, according to a simulation.
fn simulate(
    simulation: &Simulation,
    values: &[(ProductIndex, Cost, f64)],
) -> IndexVec<BrandIndex, Change> {
    let mut other = simulation.clone();
    let study = Arc::clone(simulation.selected());
    let mut scenario = simulation.scenario().clone();
    for (product, cost, value) in values {
        let attribute = study.schema.find(cost.column()).unwrap();
        let text = value.to_string();
        scenario.set(&study, *product, attribute, &text).unwrap();
    }
    other.set_scenario(scenario);
    other.brands().unwrap()
}

#[test]
fn points_of_a_lockstep_agree_with_a_simulation() {
    let simulation = edited_simulation();
    // With the withdrawn offer, and one of two offers that tie at the baseline.
    let rows = [
        row("9", 199.0, 599.0, 50.0, 399.0),
        row("6", 100.0, 500.0, 50.0, 300.0),
        row("11", 1500.0, 1100.0, -50.0, 1300.0),
    ];
    for cost in [Cost::Monthly, Cost::Upfront] {
        let result = Lockstep::plan(&simulation, cost, &rows)
            .unwrap()
            .run(&simulation);
        assert_eq!((result.points.len(), result.baseline), (9, Some(4)));
        for point in &result.points {
            let values = result.products.iter().zip(&point.values);
            let values: Vec<_> = values.map(|(p, value)| (*p, cost, *value)).collect();
            assert_eq!(point.brands, simulate(&simulation, &values));
        }
    }
}

#[test]
fn pairs_of_a_grid_agree_with_a_simulation() {
    let simulation = edited_simulation();
    let grid_row = |product: &str, x: Range, y: Range| GridRow {
        product: product.to_owned(),
        x,
        y,
    };
    let monthly = row("", 300.0, 500.0, 100.0, 400.0).range;
    let upfront = row("", 4000.0, 8000.0, 1000.0, 5000.0).range;
    for (x_cost, x, y) in [
        (Cost::Monthly, monthly, upfront),
        (Cost::Upfront, upfront, monthly),
    ] {
        let rows = [grid_row("1", x, y), grid_row("13", x, y)];
        let plan = Grid::plan(&simulation, x_cost, &rows).unwrap();
        let [brand, parent] = [false, true].map(|consolidated| plan.run(&simulation, consolidated));
        assert_eq!(
            (brand.figures.len(), brand.figures[0].len()),
            (brand.y[0].len(), brand.x[0].len())
        );
        for (y, line) in brand.figures.iter().enumerate() {
            for (x, figures) in line.iter().enumerate() {
                let values = brand
                    .products
                    .iter()
                    .enumerate()
                    .flat_map(|(row, product)| {
                        [
                            (*product, x_cost, brand.x[row][x]),
                            (*product, x_cost.other(), brand.y[row][y]),
                        ]
                    });
                let brands = simulate(&simulation, &values.collect::<Vec<_>>());
                assert_eq!(*figures, brands[brand.focal].new);
                // Audi and VW have the same parent.
                let study = simulation.selected();
                let audi = brands[study.find_brand("Audi").unwrap()].new;
                let vw = brands[study.find_brand("VW").unwrap()].new;
                let parent = parent.figures[y][x];
                assert!((parent.revenue - audi.revenue - vw.revenue).abs() < 1e-9);
                assert!((parent.arpu - parent.revenue / (audi.sio + vw.sio)).abs() < 1e-9);
            }
        }
    }
}

#[test]
fn movement_is_zero_at_the_baseline_and_sums_to_zero_elsewhere() {
    let simulation = Simulation::new(generate_study());
    let rows = [row("9", 199.0, 799.0, 100.0, 399.0)];
    let result = Lockstep::plan(&simulation, Cost::Monthly, &rows)
        .unwrap()
        .run(&simulation);
    for (index, point) in result.points.iter().enumerate() {
        for brands in &point.movement {
            let fractions = || brands.iter().flatten();
            assert!(Some(index) != result.baseline || fractions().all(|fraction| *fraction == 0.0));
            // The others win what the focal brand loses.
            assert!(fractions().sum::<f64>().abs() < 1e-12);
        }
    }
    let focal = |point: usize| result.points[point].movement[Position::from_index(0)][result.focal];
    assert!(focal(0) > Some(0.0) && focal(6) < Some(0.0));
}

#[test]
fn movement_is_none_if_nobody_chose_the_focal_brand() {
    let mut simulation = Simulation::new(generate_study());
    let mut scenario = simulation.scenario().clone();
    let jaguar = scenario.find("3").unwrap();
    scenario
        .set_withdrawn(simulation.selected(), jaguar, true)
        .unwrap();
    simulation.set_scenario(scenario);
    let rows = [row("3", 100.0, 900.0, 400.0, 500.0)];
    let result = Lockstep::plan(&simulation, Cost::Monthly, &rows)
        .unwrap()
        .run(&simulation);
    let fractions = result.points.iter().flat_map(|point| &point.movement);
    assert!(fractions.flatten().all(Option::is_none));
}

/// Offers differ by less than the tie tolerance, and some of them are swept.
#[test]
fn ties_are_broken_as_in_a_simulation() {
    let mut study = testing::generate_study(2, &[("Gen X", 60)]);
    // Rounded part-worths, and only for the costs, so that many offers tie.
    let monthly = study.schema.attributes[study.schema.monthly.unwrap()].clone();
    let columns = monthly.first_column..monthly.end_column();
    for (column, mut part_worths) in study.respondents.part_worths.column_iter_mut().enumerate() {
        let kept = columns.contains(&column);
        for (respondent, part_worth) in part_worths.iter_mut().enumerate() {
            // Within the tolerance of the others, in either direction.
            let offset = [-4e-10, 0.0, 4e-10][(respondent + column) % 3];
            *part_worth = if kept { part_worth.round() } else { offset };
        }
    }
    let mut simulation = Simulation::new(Arc::new(study));
    let mut scenario = simulation.scenario().clone();
    for product in scenario.offers().indices() {
        let study = simulation.selected();
        let cost = ["200", "250", "400"][product.index() % 3];
        scenario
            .set(study, product, study.schema.monthly.unwrap(), cost)
            .unwrap();
    }
    simulation.set_scenario(scenario);
    let rows = [
        row("2", 200.0, 400.0, 50.0, 200.0),
        row("7", 200.0, 400.0, 50.0, 200.0),
        row("13", 200.0, 400.0, 50.0, 200.0),
    ];
    let plan = Lockstep::plan(&simulation, Cost::Monthly, &rows).unwrap();
    let result = plan.run(&simulation);
    for point in &result.points {
        let values = result.products.iter().zip(&point.values);
        let values: Vec<_> = values.map(|(p, v)| (*p, Cost::Monthly, *v)).collect();
        assert_eq!(point.brands, simulate(&simulation, &values));
    }
}
