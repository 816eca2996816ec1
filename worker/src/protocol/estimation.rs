//! Requests about choices and ratings, and what comes of them.
//!
//! A chain of hierarchical Bayes runs in a worker of its own, which keeps it between requests. The
//! chains take turns with whoever runs them: all run a batch, the first one's worker compares their
//! draws and says how far they go next.

use conjoint::estimation::hb::ChainSummary;
use conjoint::estimation::{
    AttributeKind, ColumnRoles, EstimationSettings, LeftOut, Model, SurveyRequest, Verdict,
};
use conjoint::report::Table;
use conjoint::stats::kde::Density;
use serde::{Deserialize, Serialize};

/// Something to do with choices or ratings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EstimationRequest {
    /// Read the files: [`EstimationResponse::Survey`].
    Read(SurveyFiles),
    /// Estimate without a sampler: [`EstimationResponse::Estimated`].
    Fit(SurveyFiles, EstimationSettings),
    /// Prepare the chain with this number, from 0: [`EstimationResponse::Prepared`].
    StartChain(SurveyFiles, EstimationSettings, u64),
    /// Run the chain this many iterations further, with [`Progress::Chain`](super::Progress::Chain)
    /// meanwhile: [`EstimationResponse::Batch`].
    StepChain(usize),
    /// Compare the batches of all chains, in the order of their numbers, with what was compared
    /// before: [`EstimationResponse::Compared`].
    Compare(Vec<ChainBatch>),
    /// End the chain: [`Response::File`](super::Response::File) with its result, for `Combine`.
    EndChain,
    /// End the chain and put its result together with those of the others, which are next to this
    /// in the order of their numbers: [`EstimationResponse::Estimated`].
    Combine,
}

impl EstimationRequest {
    /// The names of the files of choices or ratings, the first ones next to the message.
    pub fn file_names(&self) -> &[String] {
        match self {
            Self::Read(files) | Self::Fit(files, _) | Self::StartChain(files, ..) => &files.names,
            Self::StepChain(_) | Self::Compare(_) | Self::EndChain | Self::Combine => &[],
        }
    }
}

/// Files of choices or ratings, which are the first ones next to the message, and how to read them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SurveyFiles {
    /// The names of the files, in the order in which they travel.
    pub names: Vec<String>,
    /// Which of them has the labels of attributes and levels.
    pub labels: Option<usize>,
    /// How to read them.
    pub request: SurveyRequest,
}

/// What comes of an [`EstimationRequest`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EstimationResponse {
    /// The files are choices or ratings.
    Survey(SurveyDescription),
    /// A chain is ready to run.
    Prepared(ChainPlan),
    /// What a chain has drawn.
    Batch(ChainBatch),
    /// How far the chains have come.
    Compared(ChainComparison),
    /// The estimates; the files of a study with them come next to this under these names.
    Estimated(Box<EstimationResult>, Vec<String>),
}

/// What was found in files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SurveyDescription {
    /// The layout.
    pub layout: String,
    /// The columns and their roles.
    pub roles: ColumnRoles,
    /// Respondents with usable tasks.
    pub respondents: usize,
    /// Usable tasks, without holdout.
    pub tasks: usize,
    /// The most tasks of a respondent, holdout included.
    pub most_tasks: usize,
    /// Alternatives in usable tasks, None included.
    pub alternatives: usize,
    /// The attributes.
    pub attributes: Vec<AttributeDescription>,
    /// Whether None has a constant.
    pub has_none: bool,
    /// Whether the answers are ratings.
    pub has_ratings: bool,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
    /// What was assumed, in sentences.
    pub assumptions: Vec<String>,
}

/// An attribute and its levels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeDescription {
    /// Its name.
    pub name: String,
    /// How its values become parameters.
    pub kind: AttributeKind,
    /// Its levels.
    pub levels: Vec<String>,
}

/// How chains will run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainPlan {
    /// The population means that are traced: attribute and level, which is empty for a linear
    /// attribute and None.
    pub parameters: Vec<(String, String)>,
    /// Iterations before draws count.
    pub burn_in: usize,
    /// The most iterations.
    pub most_iterations: usize,
    /// Whether the chains stop earlier once they have converged.
    pub stops_early: bool,
    /// How far to run first.
    pub first_batch: usize,
}

/// What a chain has drawn since its last batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChainBatch {
    /// How the chain is doing.
    pub summary: ChainSummary,
    /// The draws of each population mean, without the burn-in.
    pub means: Vec<Vec<f64>>,
}

impl ChainBatch {
    /// Adds what each chain has drawn since to what it drew `earlier`, which is empty at first.
    pub fn append_each(earlier: &mut Vec<Self>, newer: Vec<Self>) {
        if earlier.is_empty() {
            *earlier = newer;
            return;
        }
        for (batch, newer) in earlier.iter_mut().zip(newer) {
            batch.summary = newer.summary;
            for (draws, newer) in batch.means.iter_mut().zip(newer.means) {
                draws.extend(newer);
            }
        }
    }
}

/// All chains side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChainComparison {
    /// Each population mean, in the order of [`ChainPlan::parameters`].
    pub parameters: Vec<ParameterProgress>,
    /// How far to run next; `None` if the chains are done.
    pub next_batch: Option<usize>,
}

/// How well a population mean is known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParameterProgress {
    /// R-hat; `None` with too few draws.
    pub rhat: Option<f64>,
    /// Effective draws.
    pub ess: f64,
    /// Whether both are good enough.
    pub has_converged: bool,
}

/// Estimates, as the page shows them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EstimationResult {
    /// The model.
    pub model: Model,
    /// Whether the estimates can be used, and what to look at.
    pub verdict: Verdict,
    /// Every parameter.
    pub parameters: Table,
    /// What was estimated from what, and how well it fits.
    pub summary: Table,
    /// What was left out and assumed.
    pub notes: Vec<String>,
    /// What the chains of hierarchical Bayes show.
    pub sampling: Option<SamplingResult>,
    /// How respondents differ in each level; empty if part-worths are the same for everybody.
    pub levels: Vec<LevelDistribution>,
}

/// What the chains of hierarchical Bayes show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SamplingResult {
    /// The population means: attribute and level.
    pub parameters: Vec<(String, String)>,
    /// R-hat and effective draws of each.
    pub diagnostics: Vec<ParameterProgress>,
    /// Draws between two entries of a trace.
    pub every: usize,
    /// By chain and parameter, the trace.
    pub traces: Vec<Vec<Vec<f64>>>,
    /// The respondents in ascending order of their root likelihood.
    pub rlh: Vec<RespondentFit>,
}

/// How well a respondent's answers are predicted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RespondentFit {
    /// The id.
    pub id: String,
    /// The root likelihood, 0–1.
    pub rlh: f64,
    /// Whether that is below chance.
    pub is_below_chance: bool,
}

/// The part-worths of a level over respondents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LevelDistribution {
    /// The attribute.
    pub attribute: String,
    /// The level; empty for None.
    pub level: String,
    /// The 5, 25, 50, 75 and 95 % quantiles.
    pub quantiles: [f64; 5],
    /// The density; `None` if all are equal.
    pub density: Option<Density>,
}
