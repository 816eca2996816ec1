//! From the results of chains to a report, part-worths and draws.

use super::coding::Columns;
use super::diagnostics::Diagnostics;
use super::estimate::{Estimation, EstimationSettings, base_report};
use super::hb::{ChainInputs, ChainResult, have_converged};
use super::predictions::hit_rate;
use super::report::{
    CovarianceReport, EstimationReport, FitReport, ParameterReport, PriorReport, RespondentReport,
    SamplingReport, TraceReport,
};
use super::study::{Draws, PartWorths};
use super::tasks::ChoiceSurvey;
use crate::stats::quantile::percentile;

/// Entries of a trace in `estimation.json`.
const TRACE_LENGTH: usize = 500;
/// A sign constraint bounds a respondent whose posterior mean is fewer standard deviations away from the
/// bound than this: a normal distribution that is cut at its mode has 1.32, one that is not cut 2 or more.
const BOUND: f64 = 1.5;

/// The mean of a sum over the draws of all chains.
struct Means<'r> {
    results: &'r [ChainResult],
    draws: f64,
}

impl Means<'_> {
    fn over_draws(&self, of: impl Fn(&ChainResult) -> &[f64]) -> Vec<f64> {
        self.mean(of, self.draws)
    }

    fn over_predictions(&self, of: impl Fn(&ChainResult) -> &[f64]) -> Vec<f64> {
        let count: usize = self.results.iter().map(|result| result.predictions).sum();
        self.mean(of, count as f64)
    }

    fn mean(&self, of: impl Fn(&ChainResult) -> &[f64], count: f64) -> Vec<f64> {
        let length = self.results.first().map_or(0, |result| of(result).len());
        let mut sum = vec![0.0; length];
        for result in self.results {
            for (sum, value) in sum.iter_mut().zip(of(result)) {
                *sum += value;
            }
        }
        sum.iter_mut().for_each(|sum| *sum /= count.max(1.0));
        sum
    }
}

/// Standard deviations from means and means of squares.
fn deviations(means: &[f64], squares: &[f64]) -> Vec<f64> {
    let pairs = means.iter().zip(squares);
    pairs
        .map(|(mean, square)| (square - mean * mean).max(0.0).sqrt())
        .collect()
}

/// Puts the results of chains together.
pub(super) fn summarize(
    survey: &ChoiceSurvey,
    settings: &EstimationSettings,
    inputs: &ChainInputs,
    results: &[ChainResult],
) -> Estimation {
    let draws: usize = results.iter().map(|result| result.draws).sum();
    let means = Means {
        results,
        draws: draws as f64,
    };
    let columns = inputs.plan.study_columns();
    let values = means.over_draws(|result| &result.column_sum);
    let spreads = deviations(
        &values,
        &means.over_draws(|result| &result.column_square_sum),
    );
    let width = columns.len().max(1);
    let part_worths = PartWorths {
        ids: survey
            .respondents
            .iter()
            .map(|person| person.id.clone())
            .collect(),
        values: values.chunks(width).map(<[f64]>::to_vec).collect(),
        columns,
    };
    let rlh = means.over_draws(|result| &result.rlh_sum);
    let individual = individual_reports(survey, &rlh, &spreads, width);
    let log_likelihood = diagnose(results, |result| &result.log_likelihood);
    let null: f64 = super::hb::null_log_likelihood(&inputs.design);
    let traces: Vec<&[Vec<f64>]> = results
        .iter()
        .map(|result| result.means.as_slice())
        .collect();
    let kept = collect_draws(survey.respondents.len(), width, settings.keep, results);
    let mut report = EstimationReport {
        log_likelihood: Some(log_likelihood.mean),
        log_likelihood_mcse: Some(log_likelihood.mcse),
        null_log_likelihood: Some(null),
        parameters: parameter_reports(inputs, results),
        draws: Some(kept.draws),
        fit: fit_report(survey, inputs, &means, &rlh, log_likelihood.mean / null),
        converged: have_converged(&traces),
        constrained_respondents: count_bound(inputs, &means),
        covariance: Some(covariance_report(inputs, &means)),
        traces: results.iter().map(trace_report).collect(),
        ..base_report(survey, settings)
    };
    if survey.respondents.iter().any(|person| person.weight != 1.0) {
        report
            .assumed
            .push("Hierarchical Bayes ignores the weights of respondents.".to_owned());
    }
    report.sampling = Some(sampling_report(
        inputs,
        results,
        &report,
        &individual,
        &part_worths,
    ));
    report.individual = individual;
    Estimation {
        report,
        part_worths,
        draws: (settings.keep > 0).then_some(kept),
    }
}

/// How well the model fits; `unexplained` is the mean log-likelihood over that at equal chances.
fn fit_report(
    survey: &ChoiceSurvey,
    inputs: &ChainInputs,
    means: &Means<'_>,
    rlh: &[f64],
    unexplained: f64,
) -> FitReport {
    let fitted = means.over_predictions(|result| &result.fitted_sum);
    let predicted = means.over_predictions(|result| &result.holdout_sum);
    FitReport {
        rlh: Some(rlh.iter().sum::<f64>() / rlh.len().max(1) as f64),
        percent_certainty: Some(1.0 - unexplained),
        hit_rate: hit_rate(&inputs.design, &fitted),
        ..FitReport::of_holdout(survey, &inputs.plan, &inputs.holdout, &predicted)
    }
}

fn diagnose(results: &[ChainResult], of: impl Fn(&ChainResult) -> &[f64]) -> Diagnostics {
    let chains: Vec<&[f64]> = results.iter().map(of).collect();
    Diagnostics::compute(&chains)
}

fn parameter_reports(inputs: &ChainInputs, results: &[ChainResult]) -> Vec<ParameterReport> {
    let names = inputs.plan.parameter_names().into_iter().enumerate();
    let reports = names.map(|(place, name)| {
        let mean = diagnose(results, |result| {
            result.means.get(place).map_or(&[], Vec::as_slice)
        });
        let variance = diagnose(results, |result| {
            result.variances.get(place).map_or(&[], Vec::as_slice)
        });
        let draws = results
            .iter()
            .filter_map(|result| result.means.get(place))
            .flatten()
            .copied();
        let mut draws: Vec<f64> = draws.collect();
        ParameterReport {
            attribute: name.attribute,
            level: name.level,
            estimate: mean.mean,
            standard_error: Some(mean.deviation),
            standard_error_clustered: None,
            z: (mean.deviation > 0.0).then(|| mean.mean / mean.deviation),
            low: percentile(&mut draws, 0.05),
            high: percentile(&mut draws, 0.95),
            mcse: Some(mean.mcse),
            rhat: Some(mean.rhat),
            ess: Some(mean.ess),
            variance: Some(variance.into()),
        }
    });
    reports.collect()
}

fn individual_reports(
    survey: &ChoiceSurvey,
    rlh: &[f64],
    spreads: &[f64],
    width: usize,
) -> Vec<RespondentReport> {
    let people = survey
        .respondents
        .iter()
        .zip(rlh)
        .zip(spreads.chunks(width));
    let reports = people.map(|((person, rlh), spreads)| {
        let shown: usize = person.tasks.iter().map(|task| task.is_none.len()).sum();
        let chance = person.tasks.len() as f64 / shown.max(1) as f64;
        RespondentReport {
            id: person.id.clone(),
            rlh: *rlh,
            is_below_chance: *rlh < chance,
            standard_deviations: spreads.to_vec(),
        }
    });
    reports.collect()
}

fn sampling_report(
    inputs: &ChainInputs,
    results: &[ChainResult],
    report: &EstimationReport,
    individual: &[RespondentReport],
    part_worths: &PartWorths,
) -> SamplingReport {
    let chains = results.len();
    let iterations = results.first().map_or(0, |result| result.draws) + inputs.burn_in;
    let acceptance =
        results.iter().map(|result| result.acceptance).sum::<f64>() / chains.max(1) as f64;
    let n = inputs.plan.width;
    let covariance = report.covariance.as_ref();
    let variances = (0..n).filter_map(|k| covariance?.estimate.get(k)?.get(k).copied());
    let squares: Vec<f64> = part_worths
        .values
        .iter()
        .flatten()
        .map(|value| value * value)
        .collect();
    let units = inputs
        .plan
        .attributes
        .iter()
        .filter_map(|(name, columns)| match columns {
            Columns::Slope { unit, .. } => Some((name.clone(), *unit)),
            Columns::Levels { .. } => None,
        });
    SamplingReport {
        chains,
        iterations,
        burn_in: inputs.burn_in,
        acceptance,
        average_variance: variances.sum::<f64>() / n.max(1) as f64,
        parameter_rms: (squares.iter().sum::<f64>() / squares.len().max(1) as f64).sqrt(),
        below_chance: individual
            .iter()
            .filter(|person| person.is_below_chance)
            .count(),
        prior: PriorReport {
            prior: inputs.prior.clone(),
            units: units.collect(),
        },
    }
}

/// How many respondents a sign constraint bounds; `None` without constraints.
fn count_bound(inputs: &ChainInputs, means: &Means<'_>) -> Option<usize> {
    let count = inputs.constraints.len();
    if count == 0 {
        return None;
    }
    let slacks = means.over_draws(|result| &result.slack_sum);
    let spreads = deviations(
        &slacks,
        &means.over_draws(|result| &result.slack_square_sum),
    );
    let people = slacks.chunks(count).zip(spreads.chunks(count));
    let is_bound = |(slacks, spreads): &(&[f64], &[f64])| {
        slacks
            .iter()
            .zip(*spreads)
            .any(|(slack, spread)| *slack < BOUND * spread)
    };
    Some(people.filter(is_bound).count())
}

fn covariance_report(inputs: &ChainInputs, means: &Means<'_>) -> CovarianceReport {
    let n = inputs.plan.width;
    let estimate = means.over_draws(|result| &result.covariance_sum);
    let error = deviations(
        &estimate,
        &means.over_draws(|result| &result.covariance_square_sum),
    );
    let rows = |values: Vec<f64>| values.chunks(n.max(1)).map(<[f64]>::to_vec).collect();
    let names = inputs.plan.column_names();
    CovarianceReport {
        columns: names.iter().map(super::identification::show_name).collect(),
        estimate: rows(estimate),
        standard_error: rows(error),
    }
}

fn trace_report(result: &ChainResult) -> TraceReport {
    let every = result.draws.div_ceil(TRACE_LENGTH).max(1);
    let thin = |trace: &Vec<f64>| trace.iter().step_by(every).copied().collect();
    TraceReport {
        every,
        log_likelihood: thin(&result.log_likelihood),
        means: result.means.iter().map(thin).collect(),
    }
}

/// The kept draws of all chains, respondent by respondent, at most as many as were asked for.
fn collect_draws(
    respondents: usize,
    columns: usize,
    most: usize,
    results: &[ChainResult],
) -> Draws {
    let kept: usize = results.iter().map(|result| result.kept_count).sum();
    let draws = kept.min(most);
    let size = (respondents * columns).max(1);
    let mut values = Vec::with_capacity(respondents * draws * columns);
    for respondent in 0..respondents {
        let own = respondent * columns..(respondent + 1) * columns;
        let all = results
            .iter()
            .flat_map(|result| result.kept.chunks_exact(size));
        for draw in all.take(draws) {
            values.extend(draw.get(own.clone()).unwrap_or_default());
        }
    }
    Draws {
        respondents,
        draws,
        columns,
        values,
    }
}
