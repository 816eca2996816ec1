//! The program's answers: the same estimates as the model's own driver, and every refusal with its
//! place.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::cell::RefCell;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use conjoint::estimation::hb::Direction;
use conjoint::estimation::{
    EstimationSettings, Finding, InputFile, Model, SurveyRequest, estimate, read_survey,
};

use super::*;
use crate::protocol::{ChainBatch, ChainPlan, EstimationResult, SurveyDescription};

fn example(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conjoint/tests/examples");
    std::fs::read(folder.join(name)).unwrap()
}

fn files(names: &[&str]) -> (SurveyFiles, Vec<InputFile>) {
    let files = SurveyFiles {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        ..SurveyFiles::default()
    };
    let inputs = names
        .iter()
        .map(|name| InputFile::open(*name, example(name)));
    (files, inputs.collect())
}

fn ask(
    estimator: &Estimator,
    request: EstimationRequest,
    inputs: Vec<InputFile>,
) -> (Response, Vec<Vec<u8>>) {
    let (response, files) = estimator.answer(request, inputs, &|_| {});
    (response.unwrap(), files)
}

fn estimation(response: Response) -> EstimationResponse {
    match response {
        Response::Estimation(response) => response.read().unwrap(),
        other => panic!("{other:?}"),
    }
}

fn estimator() -> Estimator {
    Estimator::new(|| 0.0)
}

fn batch(estimator: &Estimator, iterations: usize) -> ChainBatch {
    let (response, _) = ask(
        estimator,
        EstimationRequest::StepChain(iterations),
        Vec::new(),
    );
    match estimation(response) {
        EstimationResponse::Batch(batch) => batch,
        other => panic!("{other:?}"),
    }
}

fn start(estimator: &Estimator, settings: &EstimationSettings, number: u64) -> ChainPlan {
    let (files, inputs) = files(&["sawtooth-cbc.cho", "sawtooth-cbc.att"]);
    let request = EstimationRequest::StartChain(files, settings.clone(), number);
    match estimation(ask(estimator, request, inputs).0) {
        EstimationResponse::Prepared(plan) => plan,
        other => panic!("{other:?}"),
    }
}

/// Runs two chains as the page does, and returns the estimates and the study's files.
fn run_chains(settings: &EstimationSettings) -> (EstimationResult, Vec<(String, Vec<u8>)>) {
    let chains = [estimator(), estimator()];
    let plans = [0, 1].map(|number| start(&chains[number], settings, number as u64));
    assert_eq!(plans[0], plans[1]);
    let mut next = Some(plans[0].first_batch);
    while let Some(iterations) = next {
        let batches = chains.iter().map(|chain| batch(chain, iterations));
        let request = EstimationRequest::Compare(batches.collect());
        match estimation(ask(&chains[0], request, Vec::new()).0) {
            EstimationResponse::Compared(comparison) => next = comparison.next_batch,
            other => panic!("{other:?}"),
        }
    }
    let (response, result) = ask(&chains[1], EstimationRequest::EndChain, Vec::new());
    assert_eq!(response, Response::File);
    let others = result.into_iter().map(|bytes| InputFile::plain("", bytes));
    let request = EstimationRequest::Combine;
    let (response, contents) = ask(&chains[0], request, others.collect());
    match estimation(response) {
        EstimationResponse::Estimated(result, names) => {
            (*result, names.into_iter().zip(contents).collect())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn chains_of_their_own_give_the_study_of_one_run() {
    let settings = EstimationSettings {
        iterations: Some(130),
        keep: 21,
        directions: vec![("Price".to_owned(), Direction::Decreasing)],
        ..EstimationSettings::new(Model::Hierarchical)
    };
    let (result, files) = run_chains(&settings);
    let inputs =
        ["sawtooth-cbc.cho", "sawtooth-cbc.att"].map(|name| InputFile::open(name, example(name)));
    let survey = read_survey(&inputs, &SurveyRequest::default()).unwrap();
    let estimation = estimate(&survey, &settings, &mut |_| true).unwrap();
    let study = estimation.write_study(&survey).unwrap();
    let study: Vec<(String, Vec<u8>)> = study
        .iter()
        .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
        .collect();
    assert_eq!(files, study);
    assert!(files.iter().any(|(name, _)| name == "utilities.csv"));
    assert_eq!(result.parameters, estimation.report.parameter_table());
    assert!(!result.verdict.is_usable);
    let finding = result.verdict.findings.first();
    assert!(matches!(finding, Some(Finding::NotConverged { .. })));
    let sampling = result.sampling.unwrap();
    assert_eq!((sampling.traces.len(), sampling.rlh.len()), (2, 6));
    assert!(sampling.rlh.is_sorted_by(|one, other| one.rlh <= other.rlh));
    assert_eq!(result.levels.len(), estimation.part_worths.columns.len());
}

#[test]
fn chains_that_converge_stop_where_one_run_stops() {
    let settings = EstimationSettings::new(Model::Hierarchical);
    let (result, _) = run_chains(&settings);
    let (files, inputs) = files(&["sawtooth-cbc.cho", "sawtooth-cbc.att"]);
    let survey = read(files, inputs).ok().unwrap();
    let estimation = estimate(&survey, &settings, &mut |_| true).unwrap();
    assert_eq!(result.verdict.is_usable, estimation.report.converged);
    assert_eq!(result.summary, estimation.report.summary_table());
    assert_eq!(result.parameters, estimation.report.parameter_table());
}

#[test]
fn a_chain_reports_how_it_is_doing_ten_times_a_second() {
    // Each look at the clock takes 60 ms.
    static CLOCK: AtomicU32 = AtomicU32::new(0);
    let chain = Estimator::new(|| f64::from(CLOCK.fetch_add(60, Ordering::Relaxed)));
    let settings = EstimationSettings {
        iterations: Some(120),
        ..EstimationSettings::new(Model::Hierarchical)
    };
    let plan = start(&chain, &settings, 0);
    assert_eq!((plan.first_batch, plan.most_iterations), (60, 120));
    assert_eq!(
        plan.parameters.last(),
        Some(&("None".to_owned(), String::new()))
    );
    let reported = RefCell::new(Vec::new());
    let report = |progress| reported.borrow_mut().push(progress);
    let request = EstimationRequest::StepChain(60);
    chain.answer(request, Vec::new(), &report).0.unwrap();
    let iterations: Vec<usize> = reported
        .into_inner()
        .iter()
        .map(|progress| match progress {
            Progress::Chain(summary) => summary.iteration,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(iterations, [50]);
    let next = batch(&chain, 10);
    assert!(next.means.iter().all(|draws| draws.len() == 10));
    // An ended chain draws no more.
    ask(&chain, EstimationRequest::EndChain, Vec::new());
    let (answer, _) = chain.answer(EstimationRequest::StepChain(1), Vec::new(), &|_| {});
    assert_eq!(answer, Err(WorkerError::Unanswerable));
}

#[test]
fn files_are_described_with_the_roles_of_their_columns() {
    let (files, inputs) = files(&["cbctools-long.csv"]);
    let response = ask(&estimator(), EstimationRequest::Read(files), inputs).0;
    let EstimationResponse::Survey(survey) = estimation(response) else {
        panic!("not a survey");
    };
    let SurveyDescription { roles, .. } = &survey;
    assert_eq!(roles.respondent.as_deref(), Some("respID"));
    assert_eq!(roles.choice.as_deref(), Some("choice"));
    assert_eq!(survey.respondents, 6);
    assert!(!survey.attributes.is_empty());
}

#[test]
fn a_logit_is_estimated_at_once() {
    let (files, inputs) = files(&["sawtooth-cbc.cho", "sawtooth-cbc.att"]);
    let settings = EstimationSettings::new(Model::Logit);
    let request = EstimationRequest::Fit(files, settings);
    let (response, study) = ask(&estimator(), request, inputs);
    let EstimationResponse::Estimated(result, names) = estimation(response) else {
        panic!("not estimated");
    };
    assert_eq!(names.len(), study.len());
    assert_eq!(result.verdict.findings, [Finding::SameForAll]);
    assert!(result.levels.is_empty() && result.sampling.is_none());
}

#[test]
fn labels_in_a_table_are_no_choices() {
    let (mut files, inputs) = files(&["sawtooth-cbc.cho", "sawtooth-labels.csv"]);
    files.labels = Some(1);
    let response = ask(&estimator(), EstimationRequest::Read(files), inputs).0;
    let EstimationResponse::Survey(survey) = estimation(response) else {
        panic!("not a survey");
    };
    assert_eq!(survey.attributes[0].name, "Brand");
}

#[test]
fn what_is_wrong_is_refused_with_its_place() {
    let refused = |text: &str, model: Model| {
        let files = SurveyFiles {
            names: vec!["choices.csv".to_owned()],
            ..SurveyFiles::default()
        };
        let settings = EstimationSettings::new(model);
        let request = match model {
            Model::Hierarchical => EstimationRequest::StartChain(files, settings, 0),
            _ => EstimationRequest::Fit(files, settings),
        };
        match ask(
            &estimator(),
            request,
            vec![InputFile::plain("choices.csv", text.into())],
        )
        .0
        {
            Response::Refused(refusal) => refusal.problems.into_iter().next().unwrap(),
            other => panic!("{other:?}"),
        }
    };
    let header = "id,task,alt,choice,size\n";
    let two = format!("{header}1,1,1,1,small\n1,1,2,1,large\n");
    let problem = refused(&two, Model::Logit);
    assert_eq!(
        (problem.file.as_str(), problem.row),
        ("choices.csv", Some(3))
    );
    let separable = format!("{header}1,1,1,1,small\n1,1,2,0,large\n2,1,1,1,small\n2,1,2,0,large\n");
    let problem = refused(&separable, Model::Logit);
    assert_eq!(problem.column.as_deref(), Some("size"));
    assert!(
        problem.problem.contains("perfectly predicted"),
        "{}",
        problem.problem
    );
    let one = format!("{header}1,1,1,1,small\n1,1,2,0,large\n");
    let problem = refused(&one, Model::Hierarchical);
    assert!(problem.problem.contains("at least 2 respondents"));
}
