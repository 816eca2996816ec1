//! Surveys and estimates as the page shows them.

use conjoint::estimation::hb::is_converged;
use conjoint::estimation::{
    ChoiceSurvey, ColumnRoles, Diagnostics, Estimation, EstimationReport, ParameterReport,
    SurveyRequest,
};
use conjoint::stats::kde::Density;
use conjoint::stats::quantile::percentile;

use crate::protocol::{
    AttributeDescription, EstimationResult, LevelDistribution, ParameterProgress, RespondentFit,
    SamplingResult, SurveyDescription,
};

/// What was found in files.
pub(super) fn describe_survey(
    survey: &ChoiceSurvey,
    roles: ColumnRoles,
    request: &SurveyRequest,
) -> SurveyDescription {
    let attributes = survey.attributes.iter().map(|attribute| {
        let levels = attribute.levels.iter().map(|level| level.text.clone());
        AttributeDescription {
            name: attribute.name.clone(),
            kind: attribute.kind,
            levels: levels.collect(),
        }
    });
    let people = survey.respondents.iter();
    let tasks = people.map(|person| person.tasks.len() + person.holdout.len());
    SurveyDescription {
        layout: survey.layout.to_owned(),
        roles,
        respondents: survey.respondents.len(),
        tasks: survey.task_count(),
        most_tasks: tasks.max().unwrap_or(0),
        alternatives: survey.alternative_count(),
        attributes: attributes.collect(),
        has_none: survey.has_none,
        has_ratings: request.has_ratings,
        left_out: survey.left_out.clone(),
        assumptions: survey.assumptions.clone(),
    }
}

/// How well a population mean is known.
pub(super) fn parameter_progress(diagnostics: &Diagnostics) -> ParameterProgress {
    ParameterProgress {
        rhat: Some(diagnostics.rhat).filter(|rhat| rhat.is_finite()),
        ess: diagnostics.ess,
        has_converged: is_converged(diagnostics),
    }
}

/// Estimates as the page shows them.
pub(super) fn present(estimation: &Estimation) -> EstimationResult {
    let report = &estimation.report;
    EstimationResult {
        model: report.model,
        verdict: report.verdict(),
        parameters: report.parameter_table(),
        summary: report.summary_table(),
        notes: report.notes(),
        sampling: report.sampling.is_some().then(|| sampling(report)),
        levels: level_distributions(estimation),
    }
}

fn sampling(report: &EstimationReport) -> SamplingResult {
    let names = report.parameters.iter();
    let names = names.map(|parameter| (parameter.attribute.clone(), parameter.level.clone()));
    let diagnostics = report.parameters.iter().map(|parameter: &ParameterReport| {
        parameter_progress(&Diagnostics {
            mean: parameter.estimate,
            deviation: parameter.standard_error.unwrap_or(0.0),
            mcse: parameter.mcse.unwrap_or(0.0),
            rhat: parameter.rhat.unwrap_or(f64::INFINITY),
            ess: parameter.ess.unwrap_or(0.0),
        })
    });
    let people = report.individual.iter().map(|person| RespondentFit {
        id: person.id.clone(),
        rlh: person.rlh,
        is_below_chance: person.is_below_chance,
    });
    let mut rlh: Vec<RespondentFit> = people.collect();
    rlh.sort_by(|one, other| one.rlh.total_cmp(&other.rlh));
    SamplingResult {
        parameters: names.collect(),
        diagnostics: diagnostics.collect(),
        every: report.traces.first().map_or(1, |trace| trace.every),
        traces: report
            .traces
            .iter()
            .map(|trace| trace.means.clone())
            .collect(),
        rlh,
    }
}

/// How respondents differ in each level.
fn level_distributions(estimation: &Estimation) -> Vec<LevelDistribution> {
    let part_worths = &estimation.part_worths;
    if part_worths.values.len() < 2 {
        return Vec::new();
    }
    let columns = part_worths.columns.iter().enumerate();
    let levels = columns.map(|(place, (attribute, level))| {
        let values = part_worths.values.iter();
        let mut values: Vec<f64> = values.filter_map(|row| row.get(place).copied()).collect();
        let density = Density::estimate(&values);
        let mut quantile = |rank| percentile(&mut values, rank).unwrap_or(0.0);
        LevelDistribution {
            attribute: attribute.clone(),
            level: level.clone(),
            quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map(&mut quantile),
            density,
        }
    });
    levels.collect()
}
