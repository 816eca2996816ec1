//! The program that estimates part-worths from choices and ratings: at once, or as one chain of
//! hierarchical Bayes, which it keeps between requests.
//!
//! - `run`: a chain, and the comparison of all chains
//! - `results`: estimates as the page shows them

mod results;
mod run;

use std::cell::{Cell, RefCell};

use conjoint::estimation::{
    ChoiceSurvey, Estimation, EstimationError, InputFile, Model, SurveyRequest, estimate,
    find_column_roles, read_survey,
};
use conjoint::format::tabular::MOST_BYTES;
use wasm_bindgen::JsValue;

use self::run::Run;
use crate::protocol::{
    EstimationRequest, EstimationResponse, Message, Problem, Progress, Refusal, Request, Response,
    SurveyFiles, WorkerError, decode, encode,
};
use crate::serve::{Answer, Respond, read_file, use_up};
use crate::workbooks::open_files;

/// Milliseconds between two reports of a chain's progress, of which a chain of a small study could send
/// thousands a second.
const REPORT_EVERY: f64 = 100.0;

/// The program that estimates.
pub struct Estimator {
    /// The time, in milliseconds from any start.
    now: fn() -> f64,
    run: RefCell<Option<Run>>,
}

/// Why a request has no other answer.
enum Failure {
    Invalid(EstimationError),
    Unanswerable(WorkerError),
}

impl From<EstimationError> for Failure {
    fn from(error: EstimationError) -> Self {
        Self::Invalid(error)
    }
}

impl From<WorkerError> for Failure {
    fn from(error: WorkerError) -> Self {
        Self::Unanswerable(error)
    }
}

/// A response, and the files that go with it.
type Outcome = Result<(Response, Vec<Vec<u8>>), Failure>;

impl Respond for Estimator {
    async fn respond(
        &self,
        message: Message,
        files: Vec<JsValue>,
        report: &dyn Fn(Progress),
    ) -> Answer {
        let Request::Estimate(request) = message.request else {
            return (Err(WorkerError::Unanswerable), Vec::new());
        };
        let request = match request.read() {
            Ok(request) => request,
            Err(error) => return (Err(error), Vec::new()),
        };
        let mut contents = Vec::with_capacity(files.len());
        let mut left = MOST_BYTES;
        for file in files {
            match read_file(&file, |size| use_up(&mut left, size)).await {
                Ok(content) => contents.push(content),
                Err(error) => return (Err(error), Vec::new()),
            }
        }
        let names = request.file_names();
        // The results of other chains, which have no name.
        let others = contents.split_off(names.len().min(contents.len()));
        let others = others.into_iter().map(|bytes| InputFile::plain("", bytes));
        match open_files(names.iter().cloned().zip(contents)).await {
            Ok(mut files) => {
                files.extend(others);
                self.answer(request, files, report)
            }
            Err(error) => (Err(error), Vec::new()),
        }
    }
}

impl Estimator {
    /// A program that reads the time, in milliseconds from any start, from `now`.
    pub fn new(now: fn() -> f64) -> Self {
        Self {
            now,
            run: RefCell::default(),
        }
    }

    /// Answers a request with the files next to it.
    pub fn answer(
        &self,
        request: EstimationRequest,
        files: Vec<InputFile>,
        report: &dyn Fn(Progress),
    ) -> Answer {
        match self.try_answer(request, files, report) {
            Ok((response, files)) => (Ok(response), files),
            Err(Failure::Invalid(error)) => (Ok(Response::Refused(refusal(&error))), Vec::new()),
            Err(Failure::Unanswerable(error)) => (Err(error), Vec::new()),
        }
    }

    fn try_answer(
        &self,
        request: EstimationRequest,
        inputs: Vec<InputFile>,
        report: &dyn Fn(Progress),
    ) -> Outcome {
        let start = (self.now)();
        let mut held = self.run.borrow_mut();
        let run = held.as_mut().ok_or(WorkerError::Unanswerable);
        match request {
            EstimationRequest::Read(files) => {
                let (files, request) = survey_input(files, inputs);
                let survey = read_survey(&files, &request)?;
                let roles = find_column_roles(&files, &request)?;
                let description = results::describe_survey(&survey, roles, &request);
                Ok(respond(&EstimationResponse::Survey(description)))
            }
            EstimationRequest::Fit(files, settings) => {
                if settings.model == Model::Hierarchical {
                    return Err(WorkerError::Unanswerable.into());
                }
                let survey = read(files, inputs)?;
                let estimation = estimate(&survey, &settings, &mut |_| true)?;
                self.estimated(&survey, estimation, start)
            }
            EstimationRequest::StartChain(files, settings, number) => {
                let survey = read(files, inputs)?;
                let started = Run::start(survey, settings, number, start)?;
                let plan = started.plan();
                *held = Some(started);
                Ok(respond(&EstimationResponse::Prepared(plan)))
            }
            EstimationRequest::StepChain(iterations) => {
                let last = Cell::new(start);
                let report = |progress| {
                    let time = (self.now)();
                    if time - last.get() >= REPORT_EVERY {
                        last.set(time);
                        report(progress);
                    }
                };
                let batch = run?.step(iterations, &report)?;
                Ok(respond(&EstimationResponse::Batch(batch)))
            }
            EstimationRequest::Compare(batches) => {
                let comparison = run?.compare(batches);
                Ok(respond(&EstimationResponse::Compared(comparison)))
            }
            EstimationRequest::EndChain => {
                let result = run?.end()?;
                Ok((Response::File, vec![encode(&result)]))
            }
            EstimationRequest::Combine => {
                let others = inputs.iter().map(|file| decode(file.bytes()));
                let others = others.collect::<Result<Vec<_>, _>>()?;
                let run = run?;
                let estimation = run.combine(others)?;
                self.estimated(run.survey(), estimation, run.started_at())
            }
        }
    }

    /// The estimates and the study, as the page receives them.
    fn estimated(
        &self,
        survey: &ChoiceSurvey,
        mut estimation: Estimation,
        started_at: f64,
    ) -> Outcome {
        estimation.report.seconds = ((self.now)() - started_at) / 1000.0;
        let study = estimation.write_study(survey)?;
        let result = results::present(&estimation);
        let (names, files) = study
            .iter()
            .map(|(name, bytes)| (name.to_owned(), bytes.to_vec()))
            .unzip();
        let response = EstimationResponse::Estimated(Box::new(result), names);
        Ok((Response::Estimation((&response).into()), files))
    }
}

fn respond(response: &EstimationResponse) -> (Response, Vec<Vec<u8>>) {
    (Response::Estimation(response.into()), Vec::new())
}

/// The files without the one with the labels, and the request with it.
fn survey_input(files: SurveyFiles, mut inputs: Vec<InputFile>) -> (Vec<InputFile>, SurveyRequest) {
    let labels = files.labels.filter(|place| *place < inputs.len());
    let request = SurveyRequest {
        labels: labels.map(|place| inputs.remove(place)),
        ..files.request
    };
    (inputs, request)
}

fn read(files: SurveyFiles, inputs: Vec<InputFile>) -> Result<ChoiceSurvey, EstimationError> {
    let (files, request) = survey_input(files, inputs);
    read_survey(&files, &request)
}

/// The problem of files from which nothing can be estimated.
fn refusal(error: &EstimationError) -> Refusal {
    let place = error.place();
    Refusal {
        problems: vec![Problem {
            file: place.file,
            row: place.row,
            column: place.column,
            problem: error.problem(),
            preview: None,
            is_warning: false,
        }],
        count: 1,
        ..Refusal::default()
    }
}

// Wasm has no files to read.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;
