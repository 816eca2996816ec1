//! The messages between the page and its workers.
//!
//! The page sends a [`Message`], and the worker any number of [`Progress`] and then one
//! [`Response`] or [`WorkerError`], all of them as an [`Event`]. Messages are encoded with
//! [`encode`]; files travel next to the bytes, as buffers that are handed over without a copy.
//! A worker answers one request at a time.

mod analysis;
mod encoded;
mod error;
mod estimation;
mod files;
mod import;

use conjoint::choice::ChoiceModel;
use conjoint::estimation::hb::ChainSummary;
use conjoint::optimizer;
use conjoint::optimizer::line::{LineAnalysis, LineRequest};
use conjoint::simulation::scenario::Scenario;
use conjoint::study::ProductId;
use conjoint::sweep::{Cost, GridResult, GridRowText, LockstepResult, LockstepRowText};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

pub use crate::results::{
    ComparedScenarios, NoneShare, RespondentFigure, RespondentPair, RespondentResult,
    RespondentSample, Results,
};
pub use analysis::{
    Analysis, AnalysisResult, AttributeGroup, Elasticities, Matrix, PriceGoal, WorthSelection,
};
pub use encoded::Encoded;
pub use error::WorkerError;
pub use estimation::{
    AttributeDescription, ChainBatch, ChainComparison, ChainPlan, EstimationRequest,
    EstimationResponse, EstimationResult, LevelDistribution, ParameterProgress, RespondentFit,
    SamplingResult, SurveyDescription, SurveyFiles,
};
pub use files::{FilesRequest, Problem, Refusal, Stage, StoredStudy};
pub use import::{
    AttributePreview, ImportAnswers, ImportPreview, ImportQuestion, ProductRows, Recognition,
    TablePreview,
};

/// A program that runs in a worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Program {
    /// Computes: everything about a study that takes long.
    Analyst,
    /// Estimates part-worths from choices and ratings.
    Estimator,
    /// Opens, checks, stores and exports files.
    Files,
}

/// What the page sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The study that the request is about, where the worker does not have it yet. Its files are the
    /// first of those next to the message.
    pub study: Option<StudyParcel>,
    /// What is wanted.
    pub request: Request,
}

/// A study on its way to a worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyParcel {
    /// The study's digest.
    pub digest: String,
    /// The names of its files, in the order in which their contents travel.
    pub names: Vec<String>,
}

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Analyses, in this order; each comes as [`Progress::Analyzed`], then [`Response::Done`].
    Analyze(SimulationInput, Vec<Analysis>),
    /// A sweep: [`Response::Swept`].
    Sweep(SimulationInput, SweepTable),
    /// The best candidates: [`Response::Optimized`].
    Optimize(SimulationInput, optimizer::OptimizerRequest),
    /// The best product lines: [`Response::Lines`].
    SearchLines(SimulationInput, LineRequest),
    /// The results that figures need at once: [`Response::Simulated`].
    Simulate(SimulationInput),
    /// Scenarios side by side: [`Response::Compared`].
    Compare(SimulationInput, Vec<Scenario>),
    /// The respondents that a figure shows: [`Response::Respondents`].
    ShowRespondents(SimulationInput, RespondentFigure),
    /// A calibration: [`Response::Constants`] or [`Response::Scale`].
    Calibrate(Calibration),
    /// Something about choices or ratings.
    Estimate(Encoded<EstimationRequest>),
    /// Something about files.
    Files(FilesRequest),
}

impl Request {
    /// The program that answers it.
    pub fn program(&self) -> Program {
        match self {
            Self::Estimate(_) => Program::Estimator,
            Self::Files(_) => Program::Files,
            Self::Analyze(..)
            | Self::Sweep(..)
            | Self::Optimize(..)
            | Self::SearchLines(..)
            | Self::Simulate(_)
            | Self::Compare(..)
            | Self::ShowRespondents(..)
            | Self::Calibrate(_) => Program::Analyst,
        }
    }

    /// Whether the user waits for it after each edit. It must not wait for a worker that is computing an
    /// analysis, which nothing can interrupt.
    pub fn follows_edits(&self) -> bool {
        matches!(
            self,
            Self::Simulate(_) | Self::Compare(..) | Self::ShowRespondents(..)
        )
    }
}

/// What a simulation follows from, besides the study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SimulationInput {
    /// The study's digest.
    pub study: String,
    /// The offers.
    pub scenario: Scenario,
    /// How respondents choose.
    pub model: ChoiceModel,
}

/// The table of a sweep, its cells as they were typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SweepTable {
    /// One cost of several products, changed together.
    Lockstep(Cost, Vec<LockstepRowText>),
    /// Two costs of several products, every pair of points; the cost along the x axis.
    Grid(Cost, Vec<GridRowText>),
}

/// The result of a sweep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SweepResult {
    /// Of one cost.
    Lockstep(LockstepResult),
    /// Of two costs.
    Grid(GridResult),
}

/// What is fitted to the market's shares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// The study's digest.
    pub study: String,
    /// How respondents choose, before the calibration.
    pub model: ChoiceModel,
    /// The shares that the products have in the market, 0–1.
    pub targets: Vec<(ProductId, f64)>,
    /// What is fitted.
    pub parameter: CalibratedParameter,
}

/// A parameter of the choice model that can be fitted to the market's shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CalibratedParameter {
    /// A constant for each product with a target.
    Constants,
    /// The scale factor.
    Scale,
}

/// What a worker says before its response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Progress {
    /// How many steps are done.
    Steps(usize),
    /// Which fraction is done, 0–1.
    Fraction(f64),
    /// What is being done with files, and which fraction of that is done, where it is known.
    Stage(Stage, Option<f64>),
    /// One of several analyses.
    Analyzed(AnalysisResult),
    /// How a chain of hierarchical Bayes is doing.
    Chain(ChainSummary),
}

impl Progress {
    /// Whether it only says how far something has come, which the next message says as well.
    pub fn is_fraction(&self) -> bool {
        matches!(self, Self::Fraction(_) | Self::Stage(_, Some(_)))
    }
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// It is done, and there is nothing to add.
    Done,
    /// The result of a sweep.
    Swept(SweepResult),
    /// The best candidates.
    Optimized(Optimized),
    /// The best product lines.
    Lines(LineAnalysis),
    /// The results that figures need at once.
    Simulated(Box<Results>),
    /// Scenarios side by side.
    Compared(ComparedScenarios),
    /// The respondents that a figure shows.
    Respondents(RespondentResult),
    /// A constant for each product with a target, utility units.
    Constants(Vec<(ProductId, f64)>),
    /// The scale factor.
    Scale(f64),
    /// What comes of a request about choices or ratings.
    Estimation(Encoded<EstimationResponse>),
    /// A study, whose files come next to this under these names, packed.
    Study(StoredStudy, Vec<String>),
    /// What the files are, which are no study of the page's own format.
    Recognized(Recognition),
    /// The files are no study that can be used.
    Refused(Refusal),
    /// A file, which comes next to this.
    File,
}

/// The result of an optimization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Optimized {
    /// The best candidates at today's prices of the competitors.
    pub result: optimizer::OptimizationResult,
    /// What each of them brings; empty if values have costs.
    pub gains: Vec<optimizer::Gain>,
    /// Which of them is best once competitors answer, by its place, and where that ends; `None` if
    /// the request did not ask for it.
    pub equilibrium: Option<(usize, optimizer::PriceEquilibrium)>,
}

/// What a worker sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// It listens; sent once.
    Ready,
    /// How far the request has come.
    Progress(Progress),
    /// The end of the request.
    End(Result<Response, WorkerError>),
}

/// The bytes of a message.
pub fn encode<M: Serialize>(message: &M) -> Vec<u8> {
    // Fails for types of unknown length, which no message has.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// The message of these bytes.
///
/// # Errors
/// Bytes that encode no such message.
pub fn decode<M: DeserializeOwned>(bytes: &[u8]) -> Result<M, WorkerError> {
    postcard::from_bytes(bytes).map_err(|error| WorkerError::InvalidMessage(error.to_string()))
}

// proptest is not built for Wasm.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;
