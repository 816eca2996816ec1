//! Times of the estimators: the multinomial logit on 4,308 tasks × 4 alternatives × 6 parameters, and
//! hierarchical Bayes on 300 respondents × 12 tasks × 4 alternatives × 15 parameters until it has converged.
//!
//! Run with `cargo bench -p conjoint --bench estimation`.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a benchmark fails by panicking, and prints"
)]

#[path = "../tests/estimation/simulated.rs"]
mod simulated;
#[path = "../tests/estimation/support.rs"]
mod support;

use std::hint::black_box;

use conjoint::estimation::{
    ChoiceDesign, Coding, CodingPlan, EstimationSettings, Model, fit_logit,
};
use criterion::{Criterion, criterion_group, criterion_main};
use simulated::{Size, simulate};
use support::{read_simulated, run};

fn bench_logit(criterion: &mut Criterion) {
    let size = Size {
        respondents: 359,
        tasks: 12,
        alternatives: 4,
        levels: &[4, 3],
    };
    let survey = read_simulated(&simulate(&size, 0.5, 1), size.levels);
    let plan = CodingPlan::new(&survey, Coding::Dummy);
    let design = ChoiceDesign::new(&survey, &plan);
    criterion.bench_function("logit, 4308 tasks × 4 × 6", |bencher| {
        bencher.iter(|| fit_logit(black_box(&survey), &design, &plan).unwrap());
    });
}

fn bench_hierarchy(criterion: &mut Criterion) {
    let size = Size {
        respondents: 300,
        tasks: 12,
        alternatives: 4,
        levels: &[4, 4, 4, 4, 3],
    };
    let survey = read_simulated(&simulate(&size, 0.7, 1), size.levels);
    let mut group = criterion.benchmark_group("hierarchical Bayes, 300 × 12 × 4 × 15");
    group.sample_size(10);
    for seed in [1, 2] {
        let settings = EstimationSettings {
            seed,
            ..EstimationSettings::new(Model::Hierarchical)
        };
        let report = run(&survey, &settings).report;
        let smallest = report
            .parameters
            .iter()
            .filter_map(|parameter| parameter.ess)
            .fold(f64::INFINITY, f64::min);
        let sampling = report.sampling.unwrap();
        println!(
            "seed {seed}: {} iterations, {smallest:.0} effective draws of the slowest mean",
            sampling.iterations
        );
        group.bench_function(format!("until converged, seed {seed}"), |bencher| {
            bencher.iter(|| run(black_box(&survey), &settings));
        });
    }
    group.finish();
}

criterion_group!(benches, bench_logit, bench_hierarchy);
criterion_main!(benches);
