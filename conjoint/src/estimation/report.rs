//! What an estimation says: the figures that are printed, and more of them in `estimation.json`.

use serde::Serialize;

use super::coding::CodingPlan;
use super::design::ChoiceDesign;
use super::diagnostics::Diagnostics;
use super::estimate::Model;
use super::hb::Prior;
use super::predictions::{holdout_error, holdout_hit_rate};
use super::tasks::{ChoiceSurvey, LeftOut};
use crate::stats::bootstrap::Interval;

/// A printed parameter.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ParameterReport {
    /// The attribute; `None` for the constant of None.
    pub attribute: String,
    /// The level's text in the file, or its label; empty for a linear attribute and None.
    pub level: String,
    /// The estimate, on raw values; of hierarchical Bayes, the posterior mean of the population mean.
    pub estimate: f64,
    /// Its standard error by the inverse Hessian; of hierarchical Bayes, the posterior standard deviation.
    pub standard_error: Option<f64>,
    /// The standard error clustered by respondent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_error_clustered: Option<f64>,
    /// The estimate over its standard error.
    pub z: Option<f64>,
    /// The ends of the 90 % interval.
    pub low: Option<f64>,
    /// The ends of the 90 % interval.
    pub high: Option<f64>,
    /// The Monte Carlo standard error of the estimate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mcse: Option<f64>,
    /// R-hat of the population mean.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rhat: Option<f64>,
    /// The effective draws of the population mean.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ess: Option<f64>,
    /// The population variance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variance: Option<VarianceReport>,
}

/// A population variance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct VarianceReport {
    /// Its posterior mean.
    pub estimate: f64,
    /// Its posterior standard deviation.
    pub standard_error: f64,
    /// The Monte Carlo standard error of the estimate.
    pub mcse: f64,
    /// R-hat.
    pub rhat: f64,
    /// Effective draws.
    pub ess: f64,
}

impl From<Diagnostics> for VarianceReport {
    fn from(diagnostics: Diagnostics) -> Self {
        Self {
            estimate: diagnostics.mean,
            standard_error: diagnostics.deviation,
            mcse: diagnostics.mcse,
            rhat: diagnostics.rhat,
            ess: diagnostics.ess,
        }
    }
}

/// How well the model fits. Rates are fractions.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FitReport {
    /// The mean over respondents, and draws, of the geometric mean probability of what was chosen.
    pub rlh: Option<f64>,
    /// The part of the null log-likelihood that the model explains; the mean over draws.
    pub percent_certainty: Option<f64>,
    /// McFadden's R².
    pub mcfadden: Option<f64>,
    /// Akaike's criterion.
    pub aic: Option<f64>,
    /// Schwarz's criterion; it counts tasks.
    pub bic: Option<f64>,
    /// The share of answers that the model finds likeliest, with probabilities averaged over draws.
    pub hit_rate: Option<f64>,
    /// The same in holdout tasks.
    pub holdout_hit_rate: Option<f64>,
    /// Its 90 % interval, from how respondents differ.
    pub holdout_hit_rate_interval: Option<Interval>,
    /// The mean absolute error of shares in holdout tasks that all respondents saw alike.
    pub holdout_mae: Option<f64>,
    /// Its 90 % interval, from how respondents differ.
    pub holdout_mae_interval: Option<Interval>,
    /// The share of the ratings' variance that the pooled fit explains.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r_squared: Option<f64>,
}

impl FitReport {
    /// Only the figures of holdout tasks, from the predicted probabilities of all their alternatives.
    pub(super) fn of_holdout(
        survey: &ChoiceSurvey,
        plan: &CodingPlan,
        holdout: &ChoiceDesign,
        predicted: &[f64],
    ) -> Self {
        let rate = holdout_hit_rate(holdout, predicted);
        let error = holdout_error(survey, plan, predicted);
        Self {
            holdout_hit_rate: rate.map(|rate| rate.value),
            holdout_hit_rate_interval: rate.and_then(|rate| rate.interval),
            holdout_mae: error.map(|error| error.value),
            holdout_mae_interval: error.and_then(|error| error.interval),
            ..Self::default()
        }
    }
}

/// A respondent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RespondentReport {
    /// The id.
    pub id: String,
    /// The root likelihood: the mean over draws, or of the respondent's fit.
    pub rlh: f64,
    /// Whether that is below chance, 1 over the number of alternatives.
    pub is_below_chance: bool,
    /// The posterior standard deviation of each column of `utilities.csv`.
    pub standard_deviations: Vec<f64>,
}

/// The population's covariance of the model's parameters.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CovarianceReport {
    /// The parameters in order: attribute and level.
    pub columns: Vec<String>,
    /// Posterior means.
    pub estimate: Vec<Vec<f64>>,
    /// Posterior standard deviations.
    pub standard_error: Vec<Vec<f64>>,
}

/// Traces of one chain, thinned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TraceReport {
    /// Iterations between two entries.
    pub every: usize,
    /// The log-likelihood.
    pub log_likelihood: Vec<f64>,
    /// The population means, in the order of the parameters.
    pub means: Vec<Vec<f64>>,
}

/// The prior of hierarchical Bayes, for the report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PriorReport {
    /// The prior itself.
    #[serde(flatten)]
    pub prior: Prior,
    /// The unit in which the prior sees each linear attribute.
    pub units: Vec<(String, f64)>,
}

/// What an estimation says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EstimationReport {
    /// The model.
    pub model: Model,
    /// The layout of the files.
    pub layout: &'static str,
    /// Respondents with usable tasks.
    pub respondents: usize,
    /// Usable tasks, without holdout.
    pub tasks: usize,
    /// Alternatives shown in them, None included.
    pub alternatives: usize,
    /// What was left out.
    pub left_out: Vec<LeftOut>,
    /// The log-likelihood; of hierarchical Bayes, the mean over draws.
    pub log_likelihood: Option<f64>,
    /// Its Monte Carlo standard error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_likelihood_mcse: Option<f64>,
    /// The log-likelihood at equal chances in each task.
    pub null_log_likelihood: Option<f64>,
    /// The mean rating where all parameters are 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intercept: Option<f64>,
    /// The parameters: every level of an attribute, slopes, None.
    pub parameters: Vec<ParameterReport>,
    /// How many draws of each respondent are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draws: Option<usize>,
    /// How well the model fits.
    pub fit: FitReport,
    /// Whether the result can be relied on: the optimum was found, or all chains converged.
    pub converged: bool,
    /// Respondents whose part-worths a sign constraint bounds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constrained_respondents: Option<usize>,
    /// How the chains ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sampling: Option<SamplingReport>,
    /// What was assumed, in sentences.
    pub assumed: Vec<String>,
    /// The seed.
    pub seed: u64,
    /// How long it took; set by who measures it.
    pub seconds: f64,
    /// Per respondent; only in `estimation.json`.
    #[serde(skip)]
    pub individual: Vec<RespondentReport>,
    /// The population's covariance; only in `estimation.json`.
    #[serde(skip)]
    pub covariance: Option<CovarianceReport>,
    /// Traces; only in `estimation.json`.
    #[serde(skip)]
    pub traces: Vec<TraceReport>,
}

/// How the chains ran.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SamplingReport {
    /// How many chains.
    pub chains: usize,
    /// Iterations of each, the burn-in included.
    pub iterations: usize,
    /// Iterations before draws counted.
    pub burn_in: usize,
    /// The mean acceptance probability of the respondents' moves.
    pub acceptance: f64,
    /// The mean of the population's variances.
    pub average_variance: f64,
    /// The root mean square of the part-worths' posterior means.
    pub parameter_rms: f64,
    /// Respondents whose root likelihood is below chance.
    pub below_chance: usize,
    /// The prior.
    pub prior: PriorReport,
}

/// The complete report, as `estimation.json` has it.
#[derive(Serialize)]
struct CompleteReport<'r> {
    #[serde(flatten)]
    report: &'r EstimationReport,
    individual: &'r [RespondentReport],
    #[serde(skip_serializing_if = "Option::is_none")]
    covariance: Option<&'r CovarianceReport>,
    traces: &'r [TraceReport],
}

impl EstimationReport {
    /// The report with everything, as JSON.
    pub fn to_complete_json(&self) -> Vec<u8> {
        let complete = CompleteReport {
            report: self,
            individual: &self.individual,
            covariance: self.covariance.as_ref(),
            traces: &self.traces,
        };
        // All keys are texts, so serializing to memory cannot fail.
        let mut bytes = serde_json::to_vec_pretty(&complete).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}
