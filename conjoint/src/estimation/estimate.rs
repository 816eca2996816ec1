//! One call per model: from a survey to estimates, part-worths and a report.

use std::sync::Arc;

use super::coding::{Coding, CodingPlan};
use super::design::ChoiceDesign;
use super::error::EstimationError;
use super::hb::{
    ChainInputs, ChainResult, ChainSummary, Constraints, Direction, Prior, Stopping, run,
};
use super::identification::check_identification;
use super::mnl::fit_logit;
use super::pooled::{estimate_logit, estimate_ratings};
use super::report::{EstimationReport, FitReport};
use super::study::{Draws, PartWorths};
use super::tasks::ChoiceSurvey;

/// A model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Model {
    /// Hierarchical Bayes.
    #[default]
    #[serde(rename = "hb")]
    Hierarchical,
    /// The multinomial logit: the same part-worths for everybody.
    #[serde(rename = "mnl")]
    Logit,
    /// Least squares on ratings.
    #[serde(rename = "ols")]
    LeastSquares,
}

/// What to estimate, and how.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct EstimationSettings {
    /// The model.
    pub model: Model,
    /// The coding; by default effects, and dummies for the multinomial logit.
    pub coding: Option<Coding>,
    /// Chains of hierarchical Bayes.
    pub chains: usize,
    /// Iterations of each, the burn-in included; by default until they have converged.
    pub iterations: Option<usize>,
    /// Iterations before draws count.
    pub burn_in: Option<usize>,
    /// Draws of each respondent to keep.
    pub keep: usize,
    /// The seed.
    pub seed: u64,
    /// The prior variance per parameter.
    pub prior_variance: f64,
    /// The prior degrees of freedom beyond the number of parameters.
    pub prior_df: f64,
    /// Another prior than that of the two numbers.
    pub prior: Option<Prior>,
    /// Sign constraints by attribute.
    pub directions: Vec<(String, Direction)>,
}

impl EstimationSettings {
    /// The default settings of a model.
    pub fn new(model: Model) -> Self {
        Self {
            model,
            coding: None,
            chains: 2,
            iterations: None,
            burn_in: None,
            keep: 500,
            seed: 1,
            prior_variance: 2.0,
            prior_df: 5.0,
            prior: None,
            directions: Vec::new(),
        }
    }
}

/// Iterations after which chains that have not converged are given up.
const MOST_ITERATIONS: usize = 20_000;
/// The burn-in unless the user says otherwise.
const BURN_IN: usize = 250;

/// What an estimation gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimation {
    /// The figures.
    pub report: EstimationReport,
    /// The part-worths: of each respondent, or of the population.
    pub part_worths: PartWorths,
    /// Draws of the respondents' part-worths.
    pub draws: Option<Draws>,
}

/// Estimates part-worths. `progress` gets the summaries of the chains of hierarchical Bayes after each
/// batch of iterations; it returns false to stop early.
///
/// # Errors
/// A design that cannot separate the parameters, a parameter without a finite estimate, too few
/// respondents or ratings, settings out of range.
pub fn estimate(
    survey: &ChoiceSurvey,
    settings: &EstimationSettings,
    progress: &mut dyn FnMut(&[ChainSummary]) -> bool,
) -> Result<Estimation, EstimationError> {
    match settings.model {
        Model::Hierarchical => fit_hierarchy(survey, settings, progress),
        Model::Logit => estimate_logit(survey, settings),
        Model::LeastSquares => estimate_ratings(survey, settings),
    }
}

/// The plan and the design, once the choices can separate the parameters.
pub(super) fn identified(
    survey: &ChoiceSurvey,
    coding: Coding,
) -> Result<(CodingPlan, ChoiceDesign), EstimationError> {
    let plan = CodingPlan::new(survey, coding);
    check_width(survey, &plan)?;
    let design = ChoiceDesign::new(survey, &plan);
    check_identification(&survey.source, &design, &plan)?;
    Ok((plan, design))
}

/// Checks that there are attributes.
pub(super) fn check_attributes(survey: &ChoiceSurvey) -> Result<(), EstimationError> {
    match survey.attributes.is_empty() {
        false => Ok(()),
        true => Err(EstimationError::Option {
            option: "--attribute",
            problem: format!(
                "{} has no column that varies within tasks; name the attributes",
                survey.source
            ),
        }),
    }
}

/// Checks the number of parameters, before a design that would not fit in memory is built.
fn check_width(survey: &ChoiceSurvey, plan: &CodingPlan) -> Result<(), EstimationError> {
    check_attributes(survey)?;
    let tasks = survey.respondents.iter().flat_map(|person| &person.tasks);
    let observations: usize = tasks
        .map(|task| 1 + usize::from(task.would_buy.is_some()))
        .sum();
    match plan.width > observations {
        false => Ok(()),
        true => Err(EstimationError::TooManyParameters {
            file: survey.source.clone(),
            parameters: plan.width,
            tasks: observations,
        }),
    }
}

/// Estimates hierarchical Bayes.
///
/// # Errors
/// As [`estimate`].
pub fn fit_hierarchy(
    survey: &ChoiceSurvey,
    settings: &EstimationSettings,
    progress: &mut dyn FnMut(&[ChainSummary]) -> bool,
) -> Result<Estimation, EstimationError> {
    let (inputs, stopping) = prepare_hierarchy(survey, settings)?;
    let results = run(&inputs, settings.chains, stopping, progress);
    Ok(combine_chains(survey, settings, &inputs, &results))
}

/// What each chain of hierarchical Bayes needs, and when chains stop: for chains that do not run in one
/// program. Otherwise [`fit_hierarchy`] does everything.
///
/// # Errors
/// As [`estimate`].
pub fn prepare_hierarchy(
    survey: &ChoiceSurvey,
    settings: &EstimationSettings,
) -> Result<(Arc<ChainInputs>, Stopping), EstimationError> {
    let found = survey.respondents.len();
    if found < 2 {
        let file = survey.source.clone();
        return Err(EstimationError::FewRespondents { file, found });
    }
    let (plan, design) = identified(survey, settings.coding.unwrap_or(Coding::Effects))?;
    prepare_chains(survey, settings, plan, design)
}

/// Puts the results of all chains together, in the order of their numbers.
pub fn combine_chains(
    survey: &ChoiceSurvey,
    settings: &EstimationSettings,
    inputs: &ChainInputs,
    results: &[ChainResult],
) -> Estimation {
    super::hierarchy_report::summarize(survey, settings, inputs, results)
}

/// The inputs of chains, and when they stop.
///
/// # Errors
/// Settings out of range.
pub fn prepare_chains(
    survey: &ChoiceSurvey,
    settings: &EstimationSettings,
    plan: CodingPlan,
    design: ChoiceDesign,
) -> Result<(Arc<ChainInputs>, Stopping), EstimationError> {
    let out_of_range = |option: &'static str, problem: &str| {
        let problem = problem.to_owned();
        Err(EstimationError::Option { option, problem })
    };
    if !(settings.prior_variance > 0.0 && settings.prior_variance.is_finite()) {
        return out_of_range("--prior-variance", "write a number above 0, for example 2");
    }
    if !(settings.prior_df > 0.0 && settings.prior_df < 1e9) {
        return out_of_range("--prior-df", "write a number above 0, for example 5");
    }
    let burn_in = match (settings.burn_in, settings.iterations) {
        (Some(burn_in), _) => burn_in,
        (None, Some(iterations)) => BURN_IN.min(iterations / 2),
        (None, None) => BURN_IN,
    };
    if settings
        .iterations
        .is_some_and(|iterations| iterations < burn_in + 4)
    {
        return out_of_range(
            "--iterations",
            "it includes the burn-in; write at least 4 more than --burn-in",
        );
    }
    let stopping = match settings.iterations {
        Some(iterations) => Stopping::Iterations(iterations),
        None => Stopping::Converged(MOST_ITERATIONS.max(2 * burn_in)),
    };
    let constraints = Constraints::new(&plan, &settings.directions)?;
    let prior = settings.prior.clone();
    let prior =
        prior.unwrap_or_else(|| Prior::new(&plan, settings.prior_variance, settings.prior_df));
    // Separable choices have no pooled estimates, but a prior: such chains start at 0.
    let start = fit_logit(survey, &design, &plan).map(|fit| fit.estimates);
    let chains = settings.chains.max(1);
    let inputs = ChainInputs {
        holdout: ChoiceDesign::holdout(survey, &plan),
        start: start.unwrap_or_else(|_| vec![0.0; plan.width]),
        seed: settings.seed,
        burn_in,
        keep: settings.keep.div_ceil(chains),
        prior,
        constraints,
        plan,
        design,
    };
    Ok((Arc::new(inputs), stopping))
}

/// A report without estimates.
pub(super) fn base_report(
    survey: &ChoiceSurvey,
    settings: &EstimationSettings,
) -> EstimationReport {
    EstimationReport {
        model: settings.model,
        layout: survey.layout,
        respondents: survey.respondents.len(),
        tasks: survey.task_count(),
        alternatives: survey.alternative_count(),
        left_out: survey.left_out.clone(),
        log_likelihood: None,
        log_likelihood_mcse: None,
        null_log_likelihood: None,
        intercept: None,
        parameters: Vec::new(),
        draws: None,
        fit: FitReport::default(),
        converged: true,
        constrained_respondents: None,
        sampling: None,
        assumed: survey.assumptions.clone(),
        seed: settings.seed,
        seconds: 0.0,
        individual: Vec::new(),
        covariance: None,
        traces: Vec::new(),
    }
}
