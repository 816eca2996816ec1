//! What the analyst answers, through the bytes of the protocol, against what the model computes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::cell::RefCell;
use std::sync::Arc;

use conjoint::analysis::choosers::Choosers;
use conjoint::analysis::demand_curve::DemandCurve;
use conjoint::analysis::interval::Intervals;
use conjoint::analysis::price::{find_price_attribute, find_priced_offer};
use conjoint::analysis::wtp::{WillingnessToPay, WtpRequest};
use conjoint::analysis::{calibration, diversion, elasticity};
use conjoint::choice::{ChoiceModel, Rule};
use conjoint::format::{MONEY_FILES, StudyFiles, read_study, write_study};
use conjoint::index_vec::{Position, SegmentIndex};
use conjoint::optimizer::line::{LineObjective, LineRequest, analyze_lines};
use conjoint::optimizer::{self, ObjectiveMeasure, Plan, SearchSettings};
use conjoint::sample_study::{Sample, generate};
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::{Scenario, Verb};
use conjoint::stats::bootstrap::{Bootstrap, Level};
use conjoint::study::{ProductId, Study};
use conjoint::sweep::{Cost, Grid, Lockstep, defaults};
use conjoint::testing::add_draws;

use super::Analyst;
use crate::protocol::{
    Analysis, AnalysisResult, CalibratedParameter, Calibration, Message, Optimized, PriceGoal,
    Progress, Request, RespondentFigure, RespondentResult, Response, Results, SimulationInput,
    StudyParcel, SweepResult, SweepTable, WorkerError, decode, encode,
};

const DIGEST: &str = "0123";

fn files() -> StudyFiles {
    let segments = ["Gen X", "Baby Boomer"].map(|name| (name.to_owned(), 20));
    let sample = Sample {
        seed: 1,
        respondents: segments.to_vec(),
    };
    write_study(&generate(&sample).unwrap())
}

fn study(files: &StudyFiles) -> Arc<Study> {
    Arc::new(read_study(files).unwrap().study)
}

fn parcel(files: &StudyFiles) -> (Option<StudyParcel>, Vec<Vec<u8>>) {
    let (names, contents) = files
        .iter()
        .map(|(name, content)| (name.to_owned(), content.to_vec()))
        .unzip();
    let digest = DIGEST.to_owned();
    (Some(StudyParcel { digest, names }), contents)
}

/// A request and its answer as bytes, both ways; and the progress before it.
fn ask(
    analyst: &Analyst,
    (study, contents): (Option<StudyParcel>, Vec<Vec<u8>>),
    request: Request,
) -> (Result<Response, WorkerError>, Vec<Progress>) {
    let message = Message { study, request };
    let received: Message = decode(&encode(&message)).unwrap();
    assert_eq!(received, message);
    let reported = RefCell::new(Vec::new());
    let report = |progress: Progress| {
        let bytes = encode(&progress);
        reported.borrow_mut().push(decode(&bytes).unwrap());
    };
    let answer = analyst.answer(received, contents, &report);
    (decode(&encode(&answer)).unwrap(), reported.into_inner())
}

/// The answer about a study that the analyst did not hold before.
fn answer(files: &StudyFiles, request: Request) -> Result<Response, WorkerError> {
    ask(&Analyst::default(), parcel(files), request).0
}

fn input(scenario: Scenario, model: ChoiceModel) -> SimulationInput {
    SimulationInput {
        study: DIGEST.to_owned(),
        scenario,
        model,
    }
}

/// The simulation of an input, without a worker.
fn simulate(study: &Arc<Study>, input: &SimulationInput) -> Simulation {
    let mut simulation = Simulation::with_model(Arc::clone(study), input.model.clone()).unwrap();
    simulation.set_scenario(input.scenario.clone());
    simulation
}

/// The study's offers with every kind of edit.
fn edited(study: &Study) -> Scenario {
    let mut scenario = Scenario::baseline(study);
    for (verb, text) in [
        (Verb::Set, "2.monthly_cost=255"),
        (Verb::Set, "2.energy=Plug-in Hybrid"),
        (Verb::Set, "4.range="),
        (Verb::Withdraw, "12"),
        (Verb::Add, "14:9"),
    ] {
        scenario.edit(study, verb, text).unwrap();
    }
    scenario
}

fn analyze(files: &StudyFiles, input: SimulationInput, analysis: Analysis) -> AnalysisResult {
    let request = Request::Analyze(input, vec![analysis]);
    let (response, progress) = ask(&Analyst::default(), parcel(files), request);
    assert_eq!(response, Ok(Response::Done));
    match <[Progress; 1]>::try_from(progress).unwrap() {
        [Progress::Analyzed(result)] => result,
        other => panic!("{other:?}"),
    }
}

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
fn intervals_are_those_of_the_model_with_money_and_without() {
    let mut files = files();
    for without_money in [false, true] {
        if without_money {
            for name in MONEY_FILES {
                files.remove(name);
            }
        }
        let study = study(&files);
        let input = input(edited(&study), ChoiceModel::default());
        let simulation = simulate(&study, &input);
        let expected = Intervals::compute(&simulation, Bootstrap::with_seed(1), Level::default());
        assert_eq!(expected.money.is_none(), without_money);
        let result = analyze(&files, input, Analysis::Intervals);
        assert_eq!(result, AnalysisResult::Intervals(expected));
    }
}

#[test]
fn attributes_are_of_everyone_then_of_each_segment() {
    let files = files();
    let study = study(&files);
    let groups = |model: ChoiceModel| {
        let input = input(Scenario::baseline(&study), model);
        match analyze(&files, input, Analysis::Attributes) {
            AnalysisResult::Attributes(groups) => groups,
            other => panic!("{other:?}"),
        }
    };
    let all = groups(ChoiceModel::default());
    let segments: Vec<_> = all.iter().map(|group| group.segment).collect();
    let place = SegmentIndex::from_index;
    assert_eq!(segments, [None, Some(place(0)), Some(place(1))]);
    // One segment is everyone who is included.
    let one = groups(ChoiceModel::default().for_segment(place(1)));
    assert_eq!(one.len(), 1);
    assert_eq!(one[0].segment, None);
    assert_eq!(one[0].importances, all[2].importances);
    assert_eq!(one[0].part_worths, all[2].part_worths);

    let attribute = study.schema().brand();
    let levels = study.schema().attributes()[attribute].levels.len();
    assert_eq!(all[0].estimates(Some(attribute)).len(), levels);
    let first = all[0].estimates(None)[0];
    assert_eq!(first, all[0].importances.effects[0].1);
}

#[test]
fn analyses_of_prices_are_those_of_the_model() {
    let files = files();
    let study = study(&files);
    let input = input(edited(&study), ChoiceModel::default());
    let simulation = simulate(&study, &input);
    let price = find_price_attribute(&study, None).unwrap();
    let product = find_priced_offer(&simulation, Some("7")).unwrap();
    let seven = || Some(ProductId::from("7".to_owned()));
    let (bootstrap, level) = (Bootstrap::with_seed(1), Level::default());
    let request = WtpRequest {
        product,
        price,
        attribute: None,
        bootstrap,
        level,
    };
    let worth = WillingnessToPay::compute(&simulation, &request).unwrap();
    assert_eq!(
        analyze(&files, input.clone(), Analysis::WillingnessToPay(seven())),
        AnalysisResult::WillingnessToPay(Some(worth))
    );
    let curve = DemandCurve::compute(&simulation, product, price, bootstrap, level);
    assert_eq!(
        analyze(&files, input.clone(), Analysis::DemandCurve(seven())),
        AnalysisResult::DemandCurve(Some(curve))
    );
    let withdrawn = Some(ProductId::from("12".to_owned()));
    assert_eq!(
        analyze(
            &files,
            input.clone(),
            Analysis::DemandCurve(withdrawn.clone())
        ),
        AnalysisResult::DemandCurve(None)
    );
    assert_eq!(
        analyze(&files, input.clone(), Analysis::WillingnessToPay(withdrawn)),
        AnalysisResult::WillingnessToPay(None)
    );
    let AnalysisResult::Diversion(matrix) = analyze(&files, input, Analysis::Diversion) else {
        panic!("another analysis");
    };
    let expected = diversion::compute_ratios(&simulation);
    assert_eq!(matrix.rows.len(), expected.nrows());
    for (place, row) in matrix.rows.iter().enumerate() {
        let cells: Vec<Option<f64>> = expected.row(place).iter().copied().collect();
        assert_eq!(*row, cells);
    }
}

#[test]
fn elasticities_come_without_constants_where_there_are_any() {
    let files = files();
    let study = study(&files);
    let price = find_price_attribute(&study, None).unwrap();
    let elasticities = |model: &ChoiceModel| {
        let input = input(Scenario::baseline(&study), model.clone());
        match analyze(&files, input, Analysis::Elasticity) {
            AnalysisResult::Elasticity(found) => found.unwrap(),
            other => panic!("{other:?}"),
        }
    };
    let plain = ChoiceModel::default();
    let found = elasticities(&plain);
    assert_eq!(found.point_without_constants, None);
    let simulation = simulate(&study, &input(Scenario::baseline(&study), plain.clone()));
    assert_eq!(
        found.point,
        elasticity::compute_point(&simulation, price).into()
    );
    let arc = elasticity::compute_arc(&simulation, price, elasticity::DEFAULT_ARC);
    assert_eq!(found.arc, arc.into());
    let with_constant = ChoiceModel {
        constants: vec![(ProductId::from("7".to_owned()), 1.5)],
        ..plain
    };
    let moved = elasticities(&with_constant);
    assert_ne!(moved.point, found.point);
    assert_eq!(moved.point_without_constants, Some(found.point));
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

#[test]
fn choosers_and_lines_are_those_of_the_model() {
    let files = files();
    let study = study(&files);
    let model = ChoiceModel {
        rule: Rule::ShareOfPreference,
        ..ChoiceModel::default()
    };
    let input = input(edited(&study), model);
    let simulation = simulate(&study, &input);
    let expected = AnalysisResult::Choosers(Choosers::compute(&simulation));
    assert_eq!(analyze(&files, input.clone(), Analysis::Choosers), expected);
    let request = LineRequest {
        size: 2,
        candidates: Vec::new(),
        kept: Vec::new(),
        objective: LineObjective::Reach,
        brand: study.find_brand("Tesla"),
        top: 3,
    };
    let wanted = Request::SearchLines(input.clone(), request.clone());
    let (found, progress) = ask(&Analyst::default(), parcel(&files), wanted);
    let lines = analyze_lines(&simulation, &request, &mut |_| ()).unwrap();
    assert_eq!(found, Ok(Response::Lines(lines)));
    let is_fraction = |progress: &Progress| matches!(progress, Progress::Fraction(0.0..=1.0));
    assert!(progress.iter().all(is_fraction));
    let too_large = LineRequest {
        size: 99,
        ..request
    };
    let refused = answer(&files, Request::SearchLines(input, too_large)).unwrap_err();
    assert!(matches!(refused, WorkerError::InvalidOptimization(_)));
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
