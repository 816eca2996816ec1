//! Sweeps, optimizations and best prices, against what the model computes.

use conjoint::choice::ChoiceModel;
use conjoint::optimizer;
use conjoint::optimizer::{ObjectiveMeasure, Plan, SearchSettings};
use conjoint::simulation::scenario::Scenario;
use conjoint::study::ProductId;
use conjoint::sweep::{Cost, Grid, Lockstep, defaults};

use super::super::Analyst;
use super::{analyze, answer, ask, edited, files, input, parcel, simulate, study};
use crate::protocol::{
    Analysis, AnalysisResult, Optimized, PriceGoal, Progress, Request, Response, SweepResult,
    SweepTable,
};

#[test]
fn sweeps_are_those_of_the_model_and_report_their_steps() {
    let files = files();
    let study = study(&files);
    for scenario in [Scenario::baseline(&study), edited(&study)] {
        let input = input(scenario, ChoiceModel::default());
        let simulation = simulate(&study, &input);
        for cost in [Cost::Monthly, Cost::Upfront] {
            let rows = defaults::lockstep_table(&study, cost);
            let plan = Lockstep::read(&simulation, cost, &rows).unwrap();
            let request = Request::Sweep(input.clone(), SweepTable::Lockstep(cost, rows));
            let (response, progress) = ask(&Analyst::default(), parcel(&files), request);
            let expected = SweepResult::Lockstep(plan.run(&simulation));
            assert_eq!(response, Ok(Response::Swept(expected)));
            assert_eq!(progress.last(), Some(&Progress::Steps(plan.count())));
            assert!(progress.len() <= 50);
        }
        let rows = defaults::grid_table(&study);
        let plan = Grid::read(&simulation, Cost::Monthly, &rows).unwrap();
        let request = Request::Sweep(input, SweepTable::Grid(Cost::Monthly, rows));
        let expected = SweepResult::Grid(plan.run(&simulation, false));
        assert_eq!(answer(&files, request), Ok(Response::Swept(expected)));
    }
}

#[test]
fn an_optimization_is_that_of_the_model() {
    let files = files();
    let study = study(&files);
    let input = input(Scenario::baseline(&study), ChoiceModel::default());
    let simulation = simulate(&study, &input);
    let request = optimizer::OptimizerRequest {
        measure: ObjectiveMeasure::Ebit,
        vary_entries: vec![
            "9.monthly_cost=389:419:10".to_owned(),
            "9.vehicle_type=Sedan,SUV".to_owned(),
        ],
        cost_entries: vec!["vehicle_type=SUV:12".to_owned()],
        includes_price_game: true,
        ..optimizer::suggest_request(&study)
    };
    let plan = Plan::read(&simulation, &request).unwrap();
    let result = plan.run(&simulation, SearchSettings::default());
    let mut games = plan.start_candidate_games(&simulation, &result.best);
    games.by_ref().for_each(drop);
    let equilibrium = games.into_best();
    assert!(equilibrium.is_some());
    let wanted = Request::Optimize(input.clone(), request.clone());
    let (response, progress) = ask(&Analyst::default(), parcel(&files), wanted);
    let found = Optimized {
        result: result.clone(),
        // The costs of values are not in the intervals.
        gains: Vec::new(),
        equilibrium,
    };
    assert_eq!(response, Ok(Response::Optimized(found)));
    let fractions = |progress: &Progress| matches!(progress, Progress::Fraction(done) if (0.0..=1.0).contains(done));
    assert!(!progress.is_empty() && progress.iter().all(fractions));
    let without = optimizer::OptimizerRequest {
        includes_price_game: false,
        ..request
    };
    let found = Optimized {
        result,
        gains: Vec::new(),
        equilibrium: None,
    };
    let answered = answer(&files, Request::Optimize(input, without));
    assert_eq!(answered, Ok(Response::Optimized(found)));
}

#[test]
fn candidates_without_costs_have_gains() {
    let files = files();
    let study = study(&files);
    let input = input(Scenario::baseline(&study), ChoiceModel::default());
    let request = optimizer::suggest_request(&study);
    let answered = answer(&files, Request::Optimize(input, request));
    let Ok(Response::Optimized(Optimized { result, gains, .. })) = answered else {
        panic!("{answered:?}");
    };
    let values = result
        .best
        .iter()
        .map(|candidate| candidate.objective_value);
    assert!(values.eq(gains.iter().map(|gain| gain.objective.mean)));
}

#[test]
fn a_best_price_is_that_of_the_product_or_missing() {
    let files = files();
    let study = study(&files);
    let input = input(Scenario::baseline(&study), ChoiceModel::default());
    let goal = |brand: Option<&str>| {
        Analysis::BestPrice(PriceGoal {
            product: Some(ProductId::from("9".to_owned())),
            measure: ObjectiveMeasure::Share,
            brand: brand.map(str::to_owned),
        })
    };
    let found = analyze(&files, input.clone(), goal(None));
    let AnalysisResult::BestPrice(Some(found)) = found else {
        panic!("{found:?}");
    };
    assert_eq!(study.offers()[found.product].id.as_str(), "9");
    // The lowest price has the highest share.
    assert_eq!(found.best, 0);
    let missing = analyze(&files, input, goal(Some("Lada")));
    assert_eq!(missing, AnalysisResult::BestPrice(None));
}
