//! Runs the chains of hierarchical Bayes, each in a worker of its own.
//!
//! All chains run a batch, the first one's worker compares them and says how far they go next, so that
//! they end with the draws that the command line gets from the same seed.

use std::cell::{Cell, RefCell};
use std::mem;
use std::rc::Rc;

use conjoint::estimation::EstimationSettings;
use futures::future::join_all;
use js_sys::{Date, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use worker::protocol::{
    ChainBatch, ChainComparison, ChainPlan, EstimationRequest, EstimationResponse, Program,
    Progress, Refusal, Request, Response, SurveyFiles, WorkerError,
};

use super::estimated::Estimated;
use crate::compute::OwnedWorker;

/// Milliseconds between two comparisons that are shown. Chains of a small study run many batches a second,
/// and drawing each would leave the page no time for the reader.
const SHOW_EVERY: f64 = 300.0;

/// What happens during a run.
pub enum RunEvent {
    /// The chains are ready.
    Prepared(ChainPlan),
    /// A chain has come this far, in iterations.
    Advanced(usize, usize),
    /// All chains have run one batch or several.
    Compared(Vec<ChainBatch>, ChainComparison),
    /// The estimates; nothing follows.
    Estimated(Estimated),
    /// Nothing can be estimated from the files; nothing follows.
    Refused(Refusal),
    /// Why the run ended; nothing follows.
    Failed(WorkerError),
}

/// A run; dropping it ends it.
pub struct ChainRun {
    shared: Rc<Shared>,
}

struct Shared {
    is_cancelled: Cell<bool>,
    workers: RefCell<Vec<Rc<OwnedWorker>>>,
}

/// Why a run ended without estimates.
enum Ending {
    Refused(Refusal),
    Failed(WorkerError),
}

impl From<WorkerError> for Ending {
    fn from(error: WorkerError) -> Self {
        Self::Failed(error)
    }
}

/// What the chains read.
pub struct ChainFiles {
    /// The names of the files, and how to read them.
    pub survey: SurveyFiles,
    /// The files themselves.
    pub files: Vec<JsValue>,
}

impl ChainRun {
    /// Starts as many chains as the settings say.
    pub fn start(
        input: ChainFiles,
        settings: EstimationSettings,
        listen: impl Fn(RunEvent) + 'static,
    ) -> Self {
        let shared = Rc::new(Shared {
            is_cancelled: Cell::new(false),
            workers: RefCell::default(),
        });
        {
            let shared = Rc::clone(&shared);
            spawn_local(async move {
                let report = |event| {
                    if !shared.is_cancelled.get() {
                        listen(event);
                    }
                };
                report(match run(&shared, &input, &settings, &report).await {
                    Ok(estimated) => RunEvent::Estimated(estimated),
                    Err(Ending::Refused(refusal)) => RunEvent::Refused(refusal),
                    Err(Ending::Failed(error)) => RunEvent::Failed(error),
                });
                shared.end();
            });
        }
        Self { shared }
    }
}

impl Drop for ChainRun {
    fn drop(&mut self) {
        self.shared.is_cancelled.set(true);
        self.shared.end();
    }
}

impl Shared {
    fn end(&self) {
        for worker in self.workers.take() {
            worker.end();
        }
    }
}

async fn run(
    shared: &Shared,
    input: &ChainFiles,
    settings: &EstimationSettings,
    report: &impl Fn(RunEvent),
) -> Result<Estimated, Ending> {
    let count = settings.chains.max(1);
    let workers = (0..count).map(|_| OwnedWorker::new().map(Rc::new));
    let workers = workers.collect::<Result<Vec<_>, _>>()?;
    shared.workers.replace(workers.clone());
    let started = workers
        .iter()
        .enumerate()
        .map(|(number, worker)| async move {
            worker.load(Program::Estimator).await?;
            let survey = input.survey.clone();
            let request = EstimationRequest::StartChain(survey, settings.clone(), number as u64);
            match ask(worker, &request, &input.files, &|_| {}).await? {
                (EstimationResponse::Prepared(plan), _) => Ok(plan),
                _ => Err(Ending::Failed(WorkerError::Unanswerable)),
            }
        });
    let plans = join_all(started).await.into_iter();
    let plans = plans.collect::<Result<Vec<_>, _>>()?;
    let Some((plan, first)) = plans.into_iter().next().zip(workers.first()) else {
        return Err(WorkerError::Unanswerable.into());
    };
    let mut next = Some(plan.first_batch);
    report(RunEvent::Prepared(plan));
    let mut unshown = Vec::new();
    let mut shown_at = f64::NEG_INFINITY;
    while let Some(iterations) = next {
        let batches = step_all(&workers, iterations, report).await?;
        let request = EstimationRequest::Compare(batches.clone());
        let comparison = match ask(first, &request, &[], &|_| {}).await? {
            (EstimationResponse::Compared(comparison), _) => comparison,
            _ => return Err(WorkerError::Unanswerable.into()),
        };
        next = comparison.next_batch;
        ChainBatch::append_each(&mut unshown, batches);
        let now = Date::now();
        if next.is_none() || now - shown_at >= SHOW_EVERY {
            shown_at = now;
            report(RunEvent::Compared(mem::take(&mut unshown), comparison));
        }
    }
    combine(first, workers.get(1..).unwrap_or_default()).await
}

/// Has every chain run further.
async fn step_all(
    workers: &[Rc<OwnedWorker>],
    iterations: usize,
    report: &impl Fn(RunEvent),
) -> Result<Vec<ChainBatch>, Ending> {
    let request = EstimationRequest::StepChain(iterations);
    let request = &request;
    let steps = workers
        .iter()
        .enumerate()
        .map(|(number, worker)| async move {
            let progress = |progress| {
                if let Progress::Chain(summary) = progress {
                    report(RunEvent::Advanced(number, summary.iteration));
                }
            };
            match ask(worker, request, &[], &progress).await? {
                (EstimationResponse::Batch(batch), _) => Ok(batch),
                _ => Err(Ending::Failed(WorkerError::Unanswerable)),
            }
        });
    join_all(steps).await.into_iter().collect()
}

/// Has the first chain's worker put the results of all together.
async fn combine(first: &OwnedWorker, others: &[Rc<OwnedWorker>]) -> Result<Estimated, Ending> {
    let mut results = Vec::with_capacity(others.len());
    for worker in others {
        let request = Request::Estimate((&EstimationRequest::EndChain).into());
        let (_, files) = worker.ask(request, &[], &|_| {}).await?;
        results.extend(files.into_iter().map(JsValue::from));
        // Its memory is free before the results need some.
        worker.end();
    }
    match ask(first, &EstimationRequest::Combine, &results, &|_| {}).await? {
        (EstimationResponse::Estimated(result, names), files) => {
            Ok(Estimated::new(*result, names, files))
        }
        _ => Err(WorkerError::Unanswerable.into()),
    }
}

/// A response about choices, and the files that go with it.
async fn ask(
    worker: &OwnedWorker,
    request: &EstimationRequest,
    files: &[JsValue],
    report: &dyn Fn(Progress),
) -> Result<(EstimationResponse, Vec<Uint8Array>), Ending> {
    let request = Request::Estimate(request.into());
    match worker.ask(request, files, report).await? {
        (Response::Estimation(response), files) => Ok((response.read()?, files)),
        (Response::Refused(refusal), _) => Err(Ending::Refused(refusal)),
        _ => Err(WorkerError::Unanswerable.into()),
    }
}
