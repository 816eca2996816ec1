//! Estimates of one set of part-worths for everybody: the multinomial logit, and least squares.

use super::coding::{Coding, CodingPlan, expand};
use super::design::ChoiceDesign;
use super::error::EstimationError;
use super::estimate::{Estimation, EstimationSettings, base_report, check_attributes, identified};
use super::matrix::multiply;
use super::mnl::{LogitFit, fit_logit};
use super::ols::fit_ratings;
use super::predictions::{hit_rate, mean_rlh, predict_all};
use super::report::{EstimationReport, FitReport, ParameterReport};
use super::study::part_worths;
use super::tasks::ChoiceSurvey;

/// The quantile of the standard normal distribution that bounds 90 %.
pub(super) const Z_90: f64 = 1.644_853_626_951_472_7;

/// Estimates the multinomial logit.
pub(super) fn estimate_logit(
    survey: &ChoiceSurvey,
    settings: &EstimationSettings,
) -> Result<Estimation, EstimationError> {
    let (plan, design) = identified(survey, settings.coding.unwrap_or(Coding::Dummy))?;
    if !settings.directions.is_empty() {
        return Err(EstimationError::Option {
            option: "--decreasing and --increasing",
            problem: "sign constraints need --model hb".to_owned(),
        });
    }
    let fit = fit_logit(survey, &design, &plan)?;
    let fitted = predict_all(&design, &fit.estimates);
    let holdout = ChoiceDesign::holdout(survey, &plan);
    let predicted = predict_all(&holdout, &fit.estimates);
    let parameters = plan.width as f64;
    let tasks = survey.task_count() as f64;
    let explained = 1.0 - fit.log_likelihood / fit.null_log_likelihood;
    let report = EstimationReport {
        log_likelihood: Some(fit.log_likelihood),
        null_log_likelihood: Some(fit.null_log_likelihood),
        parameters: logit_parameters(&plan, &fit),
        fit: FitReport {
            rlh: Some(mean_rlh(&design, &fit.estimates)),
            percent_certainty: Some(explained),
            mcfadden: Some(explained),
            aic: Some(2.0 * parameters - 2.0 * fit.log_likelihood),
            bic: Some(parameters * libm::log(tasks) - 2.0 * fit.log_likelihood),
            hit_rate: hit_rate(&design, &fitted),
            ..FitReport::of_holdout(survey, &plan, &holdout, &predicted)
        },
        ..base_report(survey, settings)
    };
    let ids = vec!["population".to_owned()];
    Ok(Estimation {
        report,
        part_worths: part_worths(&plan, ids, &[fit.estimates]),
        draws: None,
    })
}

/// The variance of a sum of parameters.
fn variance_of(terms: &[(usize, f64)], covariance: &[f64], n: usize) -> f64 {
    let mut factors = vec![0.0; n];
    for (column, factor) in terms {
        if let Some(entry) = factors.get_mut(*column) {
            *entry += factor;
        }
    }
    let mut product = vec![0.0; n];
    multiply(covariance, &factors, &mut product);
    super::matrix::dot(&product, &factors)
}

fn logit_parameters(plan: &CodingPlan, fit: &LogitFit) -> Vec<ParameterReport> {
    let parameters = plan.parameter_names().into_iter().zip(plan.expansion());
    let parameters = parameters.map(|(name, terms)| {
        let estimate = expand(&terms, &fit.estimates);
        let error = variance_of(&terms, &fit.covariance, plan.width).sqrt();
        let clustered = variance_of(&terms, &fit.clustered_covariance, plan.width).sqrt();
        ParameterReport {
            standard_error_clustered: Some(clustered),
            ..normal_parameter(name.attribute, name.level, estimate, Some(error))
        }
    });
    parameters.collect()
}

/// A parameter with a normal interval.
fn normal_parameter(
    attribute: String,
    level: String,
    estimate: f64,
    error: Option<f64>,
) -> ParameterReport {
    ParameterReport {
        attribute,
        level,
        estimate,
        standard_error: error,
        z: error
            .filter(|error| *error > 0.0)
            .map(|error| estimate / error),
        low: error.map(|error| estimate - Z_90 * error),
        high: error.map(|error| estimate + Z_90 * error),
        ..ParameterReport::default()
    }
}

/// Estimates part-worths from ratings.
pub(super) fn estimate_ratings(
    survey: &ChoiceSurvey,
    settings: &EstimationSettings,
) -> Result<Estimation, EstimationError> {
    let plan = CodingPlan::new(survey, settings.coding.unwrap_or(Coding::Effects));
    check_attributes(survey)?;
    let fit = fit_ratings(survey, &plan)?;
    let mut report = base_report(survey, settings);
    report.respondents = fit.respondents.len();
    report.left_out.extend(fit.left_out);
    let used = fit
        .respondents
        .iter()
        .filter_map(|place| survey.respondents.get(*place));
    let ids = used.clone().map(|person| person.id.clone()).collect();
    let ratings = used
        .flat_map(|person| &person.tasks)
        .map(|task| task.answer.len());
    // Each rating is a task with one profile.
    report.tasks = ratings.sum();
    report.alternatives = report.tasks;
    report.intercept = Some(fit.pooled.intercept);
    report.fit.r_squared = Some(fit.pooled.r_squared);
    let parameters = plan.parameter_names().into_iter().zip(plan.expansion());
    let parameters = parameters.map(|(name, terms)| {
        let estimate = expand(&terms, &fit.pooled.estimates);
        let covariance = fit.pooled.covariance.as_ref();
        let error = covariance.map(|covariance| variance_of(&terms, covariance, plan.width).sqrt());
        normal_parameter(name.attribute, name.level, estimate, error)
    });
    report.parameters = parameters.collect();
    let individual: Vec<Vec<f64>> = fit
        .individual
        .into_iter()
        .map(|fit| fit.estimates)
        .collect();
    Ok(Estimation {
        report,
        part_worths: part_worths(&plan, ids, &individual),
        draws: None,
    })
}
