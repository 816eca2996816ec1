//! Times of the market simulator's analyses on the study that ships, and of one simulation for
//! comparison.
//!
//! Run with `make bench`. Compare times of the same run only.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    reason = "a benchmark fails by panicking"
)]

use std::hint::black_box;
use std::sync::Arc;

use conjoint::analysis::demand_curve::DemandCurve;
use conjoint::analysis::importance::compute_importances;
use conjoint::analysis::interval::Intervals;
use conjoint::analysis::part_worths::compute_part_worths;
use conjoint::analysis::price::{find_price_attribute, find_priced_offer};
use conjoint::analysis::wtp::{WillingnessToPay, WtpRequest, compute_distributions};
use conjoint::analysis::{diversion, elasticity};
use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::optimizer::line::{LineObjective, LineRequest, find_lines};
use conjoint::optimizer::{
    Beneficiary, BestPrice, Objective, ObjectiveMeasure, OptimizerRequest, Plan, SearchSettings,
};
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::Verb;
use conjoint::stats::bootstrap::{Bootstrap, Level};
use conjoint::study::Study;
use conjoint::sweep::{Cost, Lockstep, LockstepRow};
use conjoint::testing::{generate_study, read_valid, shipped_files};
use criterion::{Criterion, criterion_group, criterion_main};

fn shipped_study() -> Arc<Study> {
    Arc::new(read_valid(&shipped_files()))
}

/// All choices once, to compare the other times with.
fn bench_simulation(criterion: &mut Criterion) {
    let study = shipped_study();
    criterion.bench_function("one simulation", |bencher| {
        bencher.iter(|| black_box(Simulation::new(Arc::clone(&study))));
    });
}

/// Randomized first choice with 1,000 draws a respondent: from a study to its shares, with the scale
/// of the errors, and then one edit.
fn bench_randomized(criterion: &mut Criterion) {
    let study = shipped_study();
    let model = ChoiceModel {
        rule: Rule::RandomizedFirstChoice,
        ..ChoiceModel::default()
    };
    let simulation = || Simulation::with_model(Arc::clone(&study), model.clone()).unwrap();
    criterion.bench_function("randomized first choice", |bencher| {
        bencher.iter(|| black_box(simulation()));
    });
    let mut simulation = simulation();
    let monthly = study.schema().find("monthly_cost").unwrap();
    let edited = ["399", "449"].map(|cost| {
        let mut scenario = simulation.scenario().clone();
        let tesla = scenario.find("9").unwrap();
        scenario.set(&study, tesla, monthly, cost).unwrap();
        scenario
    });
    let mut edits = edited.iter().cycle();
    criterion.bench_function("randomized first choice, one edit", |bencher| {
        bencher.iter(|| simulation.set_scenario(edits.next().unwrap().clone()));
    });
}

fn bench_intervals(criterion: &mut Criterion) {
    let (bootstrap, level) = (Bootstrap::default(), Level::default());
    let study = shipped_study();
    let large = generate_study(1, &[("Gen X", 20_000)]);
    for (name, study) in [("560", &*study), ("20,000", &large)] {
        let people = study.respondents();
        criterion.bench_function(
            &format!("1,000 resamples of {name} respondents"),
            |bencher| {
                bencher.iter(|| {
                    for resample in bootstrap.resamples(people.ids(), people.weights()) {
                        black_box(resample);
                    }
                });
            },
        );
    }
    let simulation = Simulation::new(Arc::clone(&study));
    criterion.bench_function("intervals of all shares and money", |bencher| {
        bencher.iter(|| black_box(Intervals::compute(&simulation, bootstrap, level)));
    });
    let weights = study.respondents().weights();
    criterion.bench_function("importances with intervals", |bencher| {
        bencher.iter(|| black_box(compute_importances(&study, weights, &bootstrap, level)));
    });
    criterion.bench_function("part-worths with intervals", |bencher| {
        bencher.iter(|| black_box(compute_part_worths(&study, weights, &bootstrap, level)));
    });
}

/// Analyses of a changing price, by share of preference.
fn bench_prices(criterion: &mut Criterion) {
    let model = ChoiceModel {
        rule: Rule::ShareOfPreference,
        ..ChoiceModel::default()
    };
    let simulation = Simulation::with_model(shipped_study(), model).unwrap();
    let price = find_price_attribute(simulation.selected(), None).unwrap();
    let product = find_priced_offer(&simulation, None).unwrap();
    criterion.bench_function("point elasticities", |bencher| {
        bencher.iter(|| black_box(elasticity::compute_point(&simulation, price)));
    });
    criterion.bench_function("arc elasticities", |bencher| {
        bencher.iter(|| {
            black_box(elasticity::compute_arc(
                &simulation,
                price,
                elasticity::DEFAULT_ARC,
            ))
        });
    });
    let (bootstrap, level) = (Bootstrap::default(), Level::default());
    criterion.bench_function("point elasticities with intervals", |bencher| {
        bencher.iter(|| elasticity::estimate_point(&simulation, price, bootstrap, level));
    });
    criterion.bench_function("arc elasticities with intervals", |bencher| {
        let change = elasticity::DEFAULT_ARC;
        bencher.iter(|| elasticity::estimate_arc(&simulation, price, change, bootstrap, level));
    });
    let objective = Objective {
        measure: ObjectiveMeasure::Ebit,
        beneficiary: Beneficiary::Brand(simulation.leading_brand().unwrap()),
    };
    criterion.bench_function("best price with intervals", |bencher| {
        bencher
            .iter(|| BestPrice::compute(&simulation, product, price, objective, bootstrap, level));
    });
    criterion.bench_function("diversion", |bencher| {
        bencher.iter(|| black_box(diversion::compute_ratios(&simulation)));
    });
    criterion.bench_function("demand curve with intervals", |bencher| {
        bencher.iter(|| DemandCurve::compute(&simulation, product, price, bootstrap, level));
    });
    let request = WtpRequest {
        product,
        price,
        attribute: None,
        bootstrap,
        level,
    };
    criterion.bench_function("willingness to pay of all levels", |bencher| {
        bencher.iter(|| black_box(WillingnessToPay::compute(&simulation, &request)));
    });
    criterion.bench_function("willingness to pay with distributions", |bencher| {
        bencher.iter(|| {
            black_box(WillingnessToPay::compute(&simulation, &request)).unwrap();
            black_box(compute_distributions(&simulation, &request)).unwrap()
        });
    });
}

/// All 100,000 candidates: 50 × 50 × 40 monthly costs of a brand's three offers.
fn bench_optimizer(criterion: &mut Criterion) {
    let vary = [
        "9.monthly_cost=300:545:5",
        "10.monthly_cost=700:1190:10",
        "11.monthly_cost=850:1240:10",
    ];
    let mut group = criterion.benchmark_group("100,000 candidates");
    group.sample_size(10);
    for rule in [Rule::FirstChoice, Rule::ShareOfPreference] {
        let model = ChoiceModel {
            rule,
            ..ChoiceModel::default()
        };
        let simulation = Simulation::with_model(shipped_study(), model).unwrap();
        for measure in [ObjectiveMeasure::Share, ObjectiveMeasure::Ebit] {
            let request = OptimizerRequest {
                measure,
                beneficiary: "Tesla".to_owned(),
                vary_entries: vary.map(str::to_owned).into(),
                ..OptimizerRequest::default()
            };
            let plan = Plan::read(&simulation, &request).unwrap();
            assert_eq!(plan.candidate_count(), 100_000);
            let name = format!("{}, {}", measure.label(), rule.label());
            group.bench_function(name, |bencher| {
                bencher.iter(|| black_box(plan.run(&simulation, SearchSettings::default())));
            });
        }
    }
}

/// All 75,582 lines of 8 of 19 offers, by first choice.
fn bench_lines(criterion: &mut Criterion) {
    let study = shipped_study();
    let mut simulation = Simulation::new(Arc::clone(&study));
    let mut scenario = simulation.scenario().clone();
    for id in 14..20 {
        let copy = format!("{id}:{}", id - 13);
        scenario.edit(&study, Verb::Add, &copy).unwrap();
    }
    simulation.set_scenario(scenario);
    let request = LineRequest {
        size: 8,
        candidates: Vec::new(),
        kept: Vec::new(),
        objective: LineObjective::Reach,
        brand: None,
        top: 10,
    };
    let found = find_lines(&simulation, &request).unwrap();
    assert_eq!(found.evaluated_count, 75_582);
    criterion.bench_function("lines of 8 of 19 offers", |bencher| {
        bencher.iter(|| black_box(find_lines(&simulation, &request)));
    });
}

/// All brands set the prices of the 13 offers, from the study's own prices.
fn bench_equilibrium(criterion: &mut Criterion) {
    let model = ChoiceModel {
        rule: Rule::ShareOfPreference,
        none: NoneOption::Utility(1.0),
        ..ChoiceModel::default()
    };
    let simulation = Simulation::with_model(shipped_study(), model).unwrap();
    let request = OptimizerRequest {
        measure: ObjectiveMeasure::Ebit,
        beneficiary: "Tesla".to_owned(),
        vary_entries: vec!["9.energy=Electric Vehicle".to_owned()],
        includes_price_game: true,
        ..OptimizerRequest::default()
    };
    let plan = Plan::read(&simulation, &request).unwrap();
    let best = plan.run(&simulation, SearchSettings::default()).best;
    let mut group = criterion.benchmark_group("equilibrium");
    group.sample_size(10);
    group.bench_function("13 products, share of preference", |bencher| {
        bencher.iter(|| {
            let mut game = plan.start_price_game(&simulation, &best[0]);
            game.by_ref().for_each(drop);
            black_box(game.equilibrium())
        });
    });
}

/// A lockstep whose movement follows each rule.
fn bench_movement(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lockstep of 6 points");
    group.sample_size(10);
    for rule in [
        Rule::FirstChoice,
        Rule::ShareOfPreference,
        Rule::RandomizedFirstChoice,
    ] {
        let model = ChoiceModel {
            rule,
            ..ChoiceModel::default()
        };
        let simulation = Simulation::with_model(shipped_study(), model).unwrap();
        let row = LockstepRow {
            product: "9".to_owned(),
            range: [399.0, 499.0, 20.0, 399.0].into(),
        };
        let plan = Lockstep::plan(&simulation, Cost::Monthly, &[row]).unwrap();
        group.bench_function(rule.label(), |bencher| {
            bencher.iter(|| black_box(plan.run(&simulation)));
        });
    }
}

criterion_group!(
    benches,
    bench_lines,
    bench_equilibrium,
    bench_movement,
    bench_simulation,
    bench_randomized,
    bench_intervals,
    bench_prices,
    bench_optimizer
);
criterion_main!(benches);
