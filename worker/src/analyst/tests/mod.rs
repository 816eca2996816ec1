//! What the analyst answers, through the bytes of the protocol, against what the model computes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod analyses;
mod protocol;
mod searches;

use std::cell::RefCell;
use std::sync::Arc;

use conjoint::choice::ChoiceModel;
use conjoint::format::{StudyFiles, read_study, write_study};
use conjoint::sample_study::{Sample, generate};
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::{Scenario, Verb};
use conjoint::study::Study;

use super::Analyst;
use crate::protocol::{
    Analysis, AnalysisResult, Message, Progress, Request, Response, SimulationInput, StudyParcel,
    WorkerError, decode, encode,
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
