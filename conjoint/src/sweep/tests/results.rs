//! Results: changes, the best pair, CSV, and that they equal the sum of their steps.

use super::*;
use crate::choice::{ChoiceModel, Rule};
use crate::market::{Figures, Measure, consolidate};

fn plan_lockstep(simulation: &Simulation) -> Lockstep {
    let rows = [
        row("9", 399.0, 599.0, 50.0, 549.0),
        row("13", 100.0, 300.0, 50.0, 250.0),
    ];
    Lockstep::plan(simulation, Cost::Monthly, &rows).unwrap()
}

fn plan_grid(simulation: &Simulation) -> Grid {
    let rows = [GridRow {
        product: "13".to_owned(),
        x: [100.0, 300.0, 100.0, 200.0].into(),
        y: [3000.0, 4000.0, 1000.0, 3000.0].into(),
    }];
    Grid::plan(simulation, Cost::Monthly, &rows).unwrap()
}

/// A result with these EBITs; the other figures are 0.
fn grid_of_ebits(baseline: (usize, usize), table: &[&[f64]]) -> GridResult {
    let ebit = |ebit: &f64| Figures {
        ebit: *ebit,
        ..Figures::default()
    };
    let simulation = Simulation::new(generate_study());
    GridResult {
        baseline,
        ..plan_grid(&simulation).result(
            table
                .iter()
                .map(|row| row.iter().map(ebit).collect())
                .collect(),
        )
    }
}

#[test]
fn steps_add_up_to_the_result() {
    let simulation = edited_simulation();
    let plan = plan_lockstep(&simulation);
    let points: Vec<LockstepPoint> = plan.steps(&simulation).collect();
    assert_eq!((points.len(), plan.count()), (5, 5));
    assert_eq!(plan.result(&simulation, points), plan.run(&simulation));
    // 250 respondents, 5 points, 2 products and the best of the others, and the money.
    let study = simulation.selected();
    let money = 8 * (study.brands.len() * study.segments.len()) as u64;
    assert_eq!(plan.work(&simulation), 5 * (250 * 3 + money));

    let plan = plan_grid(&simulation);
    for consolidated in [false, true] {
        let rows: Vec<Vec<Figures>> = plan.steps(&simulation, consolidated).collect();
        assert_eq!((rows.len(), plan.count()), (2, 2));
        assert_eq!(plan.result(rows), plan.run(&simulation, consolidated));
    }
    assert_eq!(plan.work(&simulation), 6 * (250 * 2 + money));
}

#[test]
fn changes_are_measured_from_the_baseline_point_or_from_today() {
    let simulation = edited_simulation();
    let study = simulation.selected();
    let result = plan_lockstep(&simulation).run(&simulation);
    let at_baseline = &result.points[result.baseline.unwrap()].brands;
    let [defined, initial] =
        [Baseline::Defined, Baseline::Initial].map(|baseline| result.changes(baseline));
    assert!(
        defined[result.baseline.unwrap()]
            .iter()
            .all(|change| *change == Figures::default())
    );
    for (point, (defined, initial)) in result.points.iter().zip(defined.iter().zip(&initial)) {
        for (brand, change) in point.brands.enumerate() {
            assert_eq!(defined[brand], change.new.minus(at_baseline[brand].new));
            assert_eq!(initial[brand], change.new.minus(change.base));
        }
    }

    let [defined, initial] = [Baseline::Defined, Baseline::Initial]
        .map(|baseline| result.changes_by_parent(study, baseline));
    let at_baseline = consolidate(study, at_baseline);
    for (index, point) in result.points.iter().enumerate() {
        for (parent, change) in consolidate(study, &point.brands).enumerate() {
            let brands = study.brands.iter().zip(&point.brands);
            let of_parent = || brands.clone().filter(|(brand, _)| brand.parent == parent);
            let sum = |figure: fn(&Figures) -> f64| -> f64 {
                of_parent().map(|(_, c)| figure(&c.new)).sum()
            };
            let arpu = sum(|f| f.revenue) / sum(|f| f.sio);
            let found = defined[index][parent].arpu;
            assert!((found - (arpu - at_baseline[parent].new.arpu)).abs() < 1e-9);
            assert_eq!(initial[index][parent], change.new.minus(change.base));
        }
    }
}

#[test]
fn percentages_refer_to_the_absolute_value_at_the_baseline() {
    let result = grid_of_ebits((1, 0), &[&[-15.0, -10.0], &[5.0, f64::INFINITY]]);
    let changes = |unit| result.changes(Measure::Ebit, unit);
    assert_eq!(
        changes(ChangeUnit::Nominal),
        [[Some(-5.0), Some(0.0)], [Some(15.0), None]]
    );
    assert_eq!(
        changes(ChangeUnit::Percentage),
        [[Some(-50.0), Some(0.0)], [Some(150.0), None]]
    );
    let customers = result.changes(Measure::Customers, ChangeUnit::Percentage);
    assert_eq!(customers, [[None, None], [None, None]]);
    let customers = result.changes(Measure::Customers, ChangeUnit::Nominal);
    assert_eq!(customers, [[Some(0.0), Some(0.0)], [Some(0.0), Some(0.0)]]);
}

#[test]
fn the_baseline_wins_ties_for_the_best_pair() {
    let level: &[&[f64]] = &[&[2.0, 2.0], &[1.0, 2.0]];
    assert_eq!(
        grid_of_ebits((1, 1), level).best(Measure::Ebit),
        Some((1, 1))
    );
    assert_eq!(
        grid_of_ebits((0, 1), level).best(Measure::Ebit),
        Some((0, 0))
    );
    let best = |table: &[&[f64]]| grid_of_ebits((0, 0), table).best(Measure::Ebit);
    assert_eq!(
        best(&[&[-3.0, -2.0, -2.0], &[-2.0, -9.0, -2.0]]),
        Some((1, 0))
    );
    assert_eq!(best(&[&[1.0, 2.0], &[3.0, 2.0]]), Some((0, 1)));
    assert_eq!(best(&[&[f64::NAN, -1.0]]), Some((1, 0)));
    assert_eq!(best(&[&[f64::NEG_INFINITY]]), Some((0, 0)));
    assert_eq!(best(&[&[f64::NAN]]), None);
    assert_eq!(best(&[&[], &[]]), None);
    assert_eq!(best(&[]), None);
}

#[test]
fn a_pair_knows_the_edges_that_it_is_at() {
    let grid = GridResult {
        x: vec![vec![300.0, 200.0, 100.0]],
        y: vec![vec![2000.0, 4000.0]],
        ..grid_of_ebits((0, 0), &[])
    };
    let (low, high) = (Some(RangeEdge::Lowest), Some(RangeEdge::Highest));
    assert_eq!(grid.edges_at((0, 0)), [high, low]);
    assert_eq!(grid.edges_at((1, 1)), [None, high]);
    assert_eq!(grid.edges_at((2, 7)), [low, None]);
}

#[test]
fn a_locksteps_csv_has_one_figure_a_row() {
    let simulation = edited_simulation();
    let study = simulation.selected();
    let result = plan_lockstep(&simulation).run(&simulation);
    let csv = result.csv(study, simulation.scenario());
    let lines: Vec<&str> = csv.lines().collect();
    let header = "9.monthly_cost,13.monthly_cost,segment,brand,measure,value";
    assert_eq!(lines[0], header);
    let (brands, segments) = (study.brands.len(), study.segments.len());
    assert_eq!(lines.len(), 1 + 5 * (brands * 8 + segments * brands));
    let tesla = study.find_brand("Tesla").unwrap();
    let ebit = result.points[1].brands[tesla].new.ebit;
    assert!(lines.contains(&format!("449,150,,Tesla,ebit_new,{ebit}").as_str()));
    let moved = result.points[1].movement[Position::from_index(0)][tesla].unwrap();
    let segment = &study.segments[Position::from_index(0)];
    assert!(lines.contains(&format!("449,150,{segment},Tesla,movement,{moved}").as_str()));
}

#[test]
fn names_with_commas_are_quoted_and_missing_figures_are_empty() {
    let mut study = Study::clone(&generate_study());
    let names: Vec<String> = study
        .segments
        .iter()
        .map(|name| format!("{name}, \"old\""))
        .collect();
    study.segments = names.into();
    let id = "9,b".to_owned();
    study.offers[ProductIndex::from_index(8)].id = ProductId::from(id.clone());
    let mut simulation = Simulation::new(Arc::new(study));
    let mut scenario = simulation.scenario().clone();
    for product in scenario.offers().indices() {
        scenario
            .set_withdrawn(simulation.selected(), product, true)
            .unwrap();
    }
    simulation.set_scenario(scenario);
    let rows = [row(&id, 1.0, 2.0, 1.0, 1.0)];
    let plan = Lockstep::plan(&simulation, Cost::Upfront, &rows).unwrap();
    let result = plan.run(&simulation);
    let csv = result.csv(simulation.selected(), simulation.scenario());
    assert!(csv.starts_with("\"9,b.upfront_cost\",segment,brand,measure,value\n1,,"));
    let segment = &simulation.selected().segments[Position::from_index(0)].replace('"', "\"\"");
    assert!(csv.contains(&format!("\n2,\"{segment}\",VW,movement,\n")));
}

#[test]
fn a_grids_csv_has_one_pair_a_row() {
    let simulation = edited_simulation();
    let result = plan_grid(&simulation).run(&simulation, false);
    let csv = result.csv(simulation.selected(), simulation.scenario());
    let mut lines = csv.lines();
    let header = "13.monthly_cost,13.upfront_cost,sio_new,arpu_new,revenue_new,ebit_new";
    assert_eq!(lines.next(), Some(header));
    for (y, row) in result.figures.iter().enumerate() {
        for (x, figures) in row.iter().enumerate() {
            let Figures {
                sio,
                arpu,
                revenue,
                ebit,
            } = figures;
            let (x, y) = (result.x[0][x], result.y[0][y]);
            let line = format!("{x},{y},{sio},{arpu},{revenue},{ebit}");
            assert_eq!(lines.next(), Some(line.as_str()));
        }
    }
    assert_eq!(lines.next(), None);
}

#[test]
fn movement_follows_the_rule_where_it_says_who_changes() {
    for rule in Rule::ALL {
        let model = ChoiceModel {
            rule,
            draws: 200,
            ..ChoiceModel::default()
        };
        let study = crate::testing::generate_study(7, &[("Gen X", 40)]);
        let simulation = Simulation::with_model(Arc::new(study), model).unwrap();
        let result = plan_lockstep(&simulation).run(&simulation);
        let follows = rule.compares_products();
        assert_eq!(result.movement_rule == rule, follows, "{rule:?}");
        let baseline = &result.points[result.baseline.unwrap()];
        let study = simulation.selected();
        let share = |point: &LockstepPoint| -> f64 {
            let offers = study.offers.iter().zip(&point.shares);
            let own = offers.filter(|(it, _)| study.schema.brand_of(it) == Some(result.focal));
            own.map(|(_, share)| share).sum()
        };
        for point in &result.points {
            let movement = &point.movement[Position::from_index(0)];
            let net: f64 = movement.iter().map(|net| net.unwrap()).sum();
            // Without None, everyone who leaves a brand goes to another one.
            assert!(net.abs() < 1e-9, "{rule:?}: {net}");
            let own = movement[result.focal].unwrap();
            let change = (share(point) - share(baseline)) / share(baseline);
            assert!(
                !follows || (own - change).abs() < 1e-6,
                "{rule:?}: {own} {change}"
            );
        }
    }
}
