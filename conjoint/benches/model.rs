//! Times of the model on the study that ships, and on one of 100,000 respondents.
//!
//! Run with `make bench`. Compare times of the same run only.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a benchmark fails by panicking"
)]

use std::hint::black_box;
use std::sync::Arc;

use conjoint::format::{pack_study, read_study, write_study};
use conjoint::index_vec::{BrandIndex, Position, ProductIndex};
use conjoint::sample_study::precompute;
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::Scenario;
use conjoint::study::MONTHLY_COST;
use conjoint::sweep::{Cost, Grid, GridRow, Lockstep, LockstepRow, Range};
use conjoint::testing::{generate_simulation, generate_study, shipped_files, simulate_files};
use criterion::{Criterion, criterion_group, criterion_main};

/// Two scenarios that differ in the monthly cost of a Tesla Model 3.
fn build_scenarios(simulation: &Simulation) -> [Scenario; 2] {
    let study = simulation.selected();
    let monthly = study.schema().find(MONTHLY_COST).unwrap();
    ["399", "449"].map(|cost| {
        let mut scenario = simulation.scenario().clone();
        let product = ProductIndex::from_index(8);
        scenario.set(study, product, monthly, cost).unwrap();
        scenario
    })
}

/// One edit, up to shares, attraction matrix and money.
fn bench_edit(criterion: &mut Criterion, name: &str, mut simulation: Simulation) {
    let scenarios = build_scenarios(&simulation);
    let mut turn = scenarios.iter().cycle();
    criterion.bench_function(name, |bencher| {
        bencher.iter(|| {
            if let Some(scenario) = turn.next() {
                simulation.set_scenario(scenario.clone());
            }
            black_box((
                simulation.shares(),
                simulation.attraction(),
                simulation.brands(),
            ))
        });
    });
}

fn range(begin: f64, end: f64, step: f64, baseline: f64) -> Range {
    Range {
        begin,
        end,
        step,
        baseline,
    }
}

fn lockstep_rows() -> [LockstepRow; 3] {
    let row = |product: &str, range| LockstepRow {
        product: product.to_owned(),
        range,
    };
    [
        row("9", range(399.0, 499.0, 20.0, 399.0)),
        row("10", range(900.0, 1000.0, 20.0, 900.0)),
        row("11", range(999.0, 1199.0, 40.0, 999.0)),
    ]
}

fn grid_rows(x_step: f64, y_step: f64) -> [GridRow; 2] {
    let row = |product: &str, x, y| GridRow {
        product: product.to_owned(),
        x,
        y,
    };
    [
        row(
            "7",
            range(155.0, 205.0, x_step, 155.0),
            range(4540.0, 5040.0, y_step, 4540.0),
        ),
        row(
            "8",
            range(255.0, 305.0, x_step, 255.0),
            range(5340.0, 5840.0, y_step, 5340.0),
        ),
    ]
}

fn bench_shipped_study(criterion: &mut Criterion) {
    let files = shipped_files();
    let simulation = simulate_files(&files);
    bench_edit(criterion, "edit", simulation.clone());

    let tesla = simulation.selected().find_brand("Tesla").unwrap();
    criterion.bench_function("densities of the first page", |bencher| {
        let brands: Vec<BrandIndex> = simulation.selected().brands().indices().collect();
        bencher.iter(|| {
            for brand in &brands {
                black_box(simulation.brand_attraction(*brand));
            }
            black_box(simulation.scavengers(tesla))
        });
    });

    criterion.bench_function("lockstep", |bencher| {
        let rows = lockstep_rows();
        bencher.iter(|| {
            let plan = Lockstep::plan(&simulation, Cost::Monthly, &rows).unwrap();
            black_box(plan.run(&simulation))
        });
    });

    for (name, x_step, y_step) in [("grid", 10.0, 100.0), ("grid of 201 x 201", 0.25, 2.5)] {
        criterion.bench_function(name, |bencher| {
            let rows = grid_rows(x_step, y_step);
            bencher.iter(|| {
                let plan = Grid::plan(&simulation, Cost::Monthly, &rows).unwrap();
                black_box(plan.run(&simulation, false))
            });
        });
    }

    criterion.bench_function("precompute, without reading and writing files", |bencher| {
        bencher.iter(|| {
            let simulation = Simulation::new(Arc::new(read_study(&files).unwrap().study));
            black_box(precompute::compute_files(&files, &simulation))
        });
    });
}

fn bench_large_study(criterion: &mut Criterion) {
    let segments = [
        ("Millennial", 40_000),
        ("Gen X", 35_000),
        ("Baby Boomer", 25_000),
    ];
    let simulation = generate_simulation(1, &segments);
    bench_edit(criterion, "edit with 100,000 respondents", simulation);
}

/// Reading a study's files, as text and packed.
fn bench_reading(criterion: &mut Criterion) {
    let study = generate_study(1, &[("Gen X", 12_000), ("Millennial", 8_000)]);
    let files = write_study(&study);
    let packed = pack_study(&study, &files);
    for (name, files) in [("as text", files), ("packed", packed)] {
        criterion.bench_function(&format!("read 20,000 respondents {name}"), |bencher| {
            bencher.iter(|| black_box(read_study(&files)));
        });
    }
}

criterion_group!(
    benches,
    bench_shipped_study,
    bench_large_study,
    bench_reading
);
criterion_main!(benches);
