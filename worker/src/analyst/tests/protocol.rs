//! Which study and which part-worths answers are about, and what is refused.

use std::sync::Arc;

use conjoint::analysis::calibration;
use conjoint::choice::{ChoiceModel, Rule};
use conjoint::optimizer;
use conjoint::optimizer::ObjectiveMeasure;
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::Scenario;
use conjoint::study::ProductId;
use conjoint::sweep::{Cost, defaults};
use conjoint::testing::add_draws;

use super::super::Analyst;
use super::{DIGEST, analyze, answer, ask, edited, files, input, parcel, simulate, study};
use crate::protocol::{
    Analysis, CalibratedParameter, Calibration, PriceGoal, Request, RespondentFigure,
    RespondentResult, Response, Results, SimulationInput, SweepTable, WorkerError,
};

#[test]
fn a_study_travels_once_and_serves_every_request() {
    let files = files();
    let study = study(&files);
    let analyst = Analyst::default();
    let request = || {
        let input = input(edited(&study), ChoiceModel::default());
        Request::Analyze(input, vec![Analysis::Diversion, Analysis::Elasticity])
    };
    let none = || (None, Vec::new());
    assert_eq!(
        ask(&analyst, none(), request()).0,
        Err(WorkerError::Unanswerable)
    );
    let first = ask(&analyst, parcel(&files), request());
    assert_eq!(first.0, Ok(Response::Done));
    assert_eq!(first.1.len(), 2);
    assert_eq!(ask(&analyst, none(), request()), first);
    let other = Request::Sweep(
        SimulationInput {
            study: "other".to_owned(),
            ..input(Scenario::baseline(&study), ChoiceModel::default())
        },
        SweepTable::Lockstep(
            Cost::Monthly,
            defaults::lockstep_table(&study, Cost::Monthly),
        ),
    );
    assert_eq!(
        ask(&analyst, none(), other).0,
        Err(WorkerError::Unanswerable)
    );
}

#[test]
fn what_cannot_be_used_is_an_error() {
    let files = files();
    let study = study(&files);
    let mut damaged = files.clone();
    damaged.insert("leaseOffers.csv", b"id\n".to_vec());
    let sweep = |input: SimulationInput, rows| {
        Request::Sweep(input, SweepTable::Lockstep(Cost::Monthly, rows))
    };
    let first = || input(Scenario::baseline(&study), ChoiceModel::default());
    let refused = answer(&damaged, sweep(first(), Vec::new()));
    assert!(
        matches!(refused, Err(WorkerError::InvalidStudy(_))),
        "{refused:?}"
    );
    let refused = answer(&files, sweep(first(), Vec::new()));
    assert!(
        matches!(refused, Err(WorkerError::InvalidSweep(_))),
        "{refused:?}"
    );
    let model = ChoiceModel {
        scale: -1.0,
        ..ChoiceModel::default()
    };
    let refused = answer(
        &files,
        sweep(input(Scenario::baseline(&study), model), Vec::new()),
    );
    assert!(
        matches!(refused, Err(WorkerError::InvalidModel(_))),
        "{refused:?}"
    );
    let nothing = optimizer::OptimizerRequest::default();
    let refused = answer(&files, Request::Optimize(first(), nothing));
    assert!(
        matches!(refused, Err(WorkerError::InvalidOptimization(_))),
        "{refused:?}"
    );
}

#[test]
fn a_calibration_is_that_of_the_model() {
    let files = files();
    let study = study(&files);
    let model = ChoiceModel {
        rule: Rule::ShareOfPreference,
        ..ChoiceModel::default()
    };
    // The shares of another scale factor.
    let other = ChoiceModel {
        scale: 0.5,
        ..model.clone()
    };
    let simulation = Simulation::with_model(Arc::clone(&study), other).unwrap();
    let offers = study.offers().enumerate();
    let targets: Vec<(ProductId, f64)> = offers
        .map(|(product, offer)| {
            let share = simulation.baseline_shares()[product].share;
            (offer.id.clone(), share)
        })
        .collect();
    let request = |parameter| {
        Request::Calibrate(Calibration {
            study: DIGEST.to_owned(),
            model: model.clone(),
            targets: targets.clone(),
            parameter,
        })
    };
    let constants = calibration::fit_constants(&study, &model, &targets).unwrap();
    let answered = answer(&files, request(CalibratedParameter::Constants));
    assert_eq!(answered, Ok(Response::Constants(constants)));
    let scale = calibration::fit_scale(&study, &model, &targets).unwrap();
    let answered = answer(&files, request(CalibratedParameter::Scale));
    assert_eq!(answered, Ok(Response::Scale(scale)));
}

#[test]
fn results_and_respondents_are_those_of_the_simulation() {
    let files = files();
    let study = study(&files);
    let input = input(edited(&study), ChoiceModel::default());
    let simulation = simulate(&study, &input);
    let expected = Results::compute(&simulation);
    let answered = answer(&files, Request::Simulate(input.clone()));
    assert_eq!(answered, Ok(Response::Simulated(Box::new(expected))));
    let figure = RespondentFigure::BrandScavengers(study.find_brand("Tesla").unwrap());
    let expected = RespondentResult::compute(&simulation, &figure);
    let answered = answer(&files, Request::ShowRespondents(input, figure));
    assert_eq!(answered, Ok(Response::Respondents(expected)));
}

#[test]
fn figures_are_means_over_draws_and_sweeps_are_not() {
    let mut files = files();
    add_draws(&mut files, 4, |draw, _| draw as f64);
    let study = study(&files);
    let over_draws = ChoiceModel {
        rule: Rule::ShareOfPreference,
        ..ChoiceModel::for_study(&study)
    };
    let shares = |model: &ChoiceModel| {
        let request = Request::Simulate(input(Scenario::baseline(&study), model.clone()));
        match answer(&files, request) {
            Ok(Response::Simulated(results)) => results.shares,
            other => panic!("{other:?}"),
        }
    };
    let expected = simulate(
        &study,
        &input(Scenario::baseline(&study), over_draws.clone()),
    );
    assert_eq!(shares(&over_draws), expected.shares());
    assert_ne!(shares(&over_draws), shares(&over_draws.at_means()));
    let curve = |model: &ChoiceModel| {
        let analysis = Analysis::BestPrice(PriceGoal {
            product: None,
            measure: ObjectiveMeasure::Share,
            brand: None,
        });
        analyze(
            &files,
            input(Scenario::baseline(&study), model.clone()),
            analysis,
        )
    };
    assert_eq!(curve(&over_draws), curve(&over_draws.at_means()));
}
