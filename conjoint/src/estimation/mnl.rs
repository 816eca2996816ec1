//! The multinomial logit by maximum likelihood (D. McFadden, "Conditional logit analysis of qualitative
//! choice behavior", 1974).
//!
//! Newton's method with a line search; the log-likelihood is concave, so there is one optimum. Standard
//! errors come from the inverse Hessian, and from the sandwich `H⁻¹ (Σ_i s_i s_iᵀ) H⁻¹` with the scores
//! `s_i` of the respondents, without a correction for few of them.

use super::coding::{CodingPlan, ParameterName};
use super::design::ChoiceDesign;
use super::error::EstimationError;
use super::likelihood::Workspace;
use super::matrix::{dot, invert_positive, multiply};
use super::tasks::{ChoiceSurvey, NOT_SHOWN};

/// The most steps of Newton's method: far more than a finite optimum needs.
const MOST_STEPS: usize = 60;
/// The optimum is found when the next step would gain less than this part of the log-likelihood.
const TOLERANCE: f64 = 1e-13;
/// A difference of utilities beyond which a choice is certain in practice: a probability of 3e-7.
const CERTAIN: f64 = 15.0;

/// The estimates.
#[derive(Clone, Debug, PartialEq)]
pub struct LogitFit {
    /// The parameters.
    pub estimates: Vec<f64>,
    /// Their covariance by the inverse Hessian, row after row.
    pub covariance: Vec<f64>,
    /// Their covariance by the sandwich, clustered by respondent, row after row.
    pub clustered_covariance: Vec<f64>,
    /// The log-likelihood at the estimates.
    pub log_likelihood: f64,
    /// The log-likelihood at equal chances within each observation.
    pub null_log_likelihood: f64,
    /// How many steps were taken.
    pub steps: usize,
}

/// Log-likelihood, gradient and information of all respondents.
struct Point {
    log_likelihood: f64,
    gradient: Vec<f64>,
    information: Vec<f64>,
}

impl Point {
    fn compute(design: &ChoiceDesign, b: &[f64], workspace: &mut Workspace) -> Self {
        let n = design.width;
        let mut point = Self {
            log_likelihood: 0.0,
            gradient: vec![0.0; n],
            information: vec![0.0; n * n],
        };
        for block in design.blocks() {
            let weight = block.weight;
            let log_likelihood =
                workspace.add_information(block, b, weight, &mut point.information);
            point.log_likelihood += weight * log_likelihood;
            let residual = &mut workspace.probabilities;
            for (value, answer) in residual.iter_mut().zip(block.answer) {
                *value = answer - *value;
            }
            for (entry, column) in point.gradient.iter_mut().zip(block.columns()) {
                *entry += weight * dot(residual, column);
            }
        }
        point
    }
}

/// Fits the multinomial logit.
///
/// # Errors
/// A parameter that runs to infinity, because it predicts the choices perfectly. The design must be
/// identified, which [`super::identification`] checks.
pub fn fit_logit(
    survey: &ChoiceSurvey,
    design: &ChoiceDesign,
    plan: &CodingPlan,
) -> Result<LogitFit, EstimationError> {
    let mut workspace = Workspace::default();
    let n = design.width;
    let mut b = vec![0.0; n];
    let mut point = Point::compute(design, &b, &mut workspace);
    let null_log_likelihood = point.log_likelihood;
    let mut steps = 0;
    let mut inverse = None;
    while steps < MOST_STEPS {
        inverse = invert_positive(&point.information, n);
        let Some(inverse) = &inverse else { break };
        let mut step = vec![0.0; n];
        multiply(inverse, &point.gradient, &mut step);
        let gain = dot(&step, &point.gradient);
        if gain <= TOLERANCE * (1.0 + point.log_likelihood.abs()) {
            break;
        }
        steps += 1;
        let Some(next) = search_line(
            design,
            &b,
            &step,
            gain,
            point.log_likelihood,
            &mut workspace,
        ) else {
            break;
        };
        b = next;
        point = Point::compute(design, &b, &mut workspace);
    }
    let Some(covariance) = inverse.filter(|_| !is_separated(design, &b)) else {
        return Err(name_separated(survey, design, plan, &b));
    };
    Ok(LogitFit {
        clustered_covariance: clustered(design, &b, &covariance, &mut workspace),
        covariance,
        log_likelihood: point.log_likelihood,
        null_log_likelihood,
        estimates: b,
        steps,
    })
}

/// The first of the step, its half, its quarter and so on that gains enough.
fn search_line(
    design: &ChoiceDesign,
    b: &[f64],
    step: &[f64],
    gain: f64,
    log_likelihood: f64,
    workspace: &mut Workspace,
) -> Option<Vec<f64>> {
    let mut length = 1.0;
    for _ in 0..40 {
        let next: Vec<f64> = b
            .iter()
            .zip(step)
            .map(|(b, step)| b + length * step)
            .collect();
        let blocks = design.blocks();
        let reached: f64 = blocks
            .map(|block| block.weight * workspace.predict(block, &next))
            .sum();
        if reached >= log_likelihood + 1e-4 * length * gain - 1e-12 * log_likelihood.abs() {
            return Some(next);
        }
        length *= 0.5;
    }
    None
}

/// Whether choices have become certain at the estimates: for a column, all the information about its
/// parameter is gone.
fn is_separated(design: &ChoiceDesign, b: &[f64]) -> bool {
    separated_columns(design, b)
        .iter()
        .any(|is_separated| *is_separated)
}

/// The columns whose information at the estimates is a tiny part of that at equal chances, while their
/// parameters are large.
fn separated_columns(design: &ChoiceDesign, b: &[f64]) -> Vec<bool> {
    let mut workspace = Workspace::default();
    let n = design.width;
    let information = |b: &[f64], workspace: &mut Workspace| {
        let mut sum = vec![0.0; n * n];
        for block in design.blocks() {
            workspace.add_information(block, b, block.weight, &mut sum);
        }
        invert_positive(&sum, n)
    };
    let Some(at_zero) = information(&vec![0.0; n], &mut workspace) else {
        return vec![false; n];
    };
    let at_estimates = information(b, &mut workspace);
    (0..n)
        .map(|column| {
            let place = column * n + column;
            let before = at_zero.get(place).copied().unwrap_or(1.0);
            let after = at_estimates
                .as_ref()
                .and_then(|inverse| inverse.get(place).copied());
            let spread = column_range(design, column) * b.get(column).copied().unwrap_or(0.0).abs();
            spread > CERTAIN && after.is_none_or(|after| after > 1e4 * before)
        })
        .collect()
}

/// The largest difference of a column's values.
fn column_range(design: &ChoiceDesign, column: usize) -> f64 {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for block in design.blocks() {
        for value in block.columns().nth(column).unwrap_or_default() {
            low = low.min(*value);
            high = high.max(*value);
        }
    }
    (high - low).max(0.0)
}

/// The error that names the parameter that runs to infinity: a level that was never or always chosen if
/// there is one, else the largest parameter.
fn name_separated(
    survey: &ChoiceSurvey,
    design: &ChoiceDesign,
    plan: &CodingPlan,
    b: &[f64],
) -> EstimationError {
    let names = plan.column_names();
    let separated = separated_columns(design, b);
    let is_suspect = |attribute: &str| {
        let mut columns = names.iter().zip(&separated);
        columns.any(|(name, is_separated)| *is_separated && name.attribute == attribute)
    };
    let error = |name: ParameterName, reason: &str| EstimationError::Separated {
        file: survey.source.clone(),
        attribute: name.attribute,
        level: name.level,
        reason: reason.to_owned(),
    };
    for (place, attribute) in survey.attributes.iter().enumerate() {
        if !is_suspect(&attribute.name) {
            continue;
        }
        for (level, shown) in attribute.levels.iter().enumerate() {
            let name = ParameterName {
                attribute: attribute.name.clone(),
                level: shown.text.clone(),
            };
            match count_choices(survey, place, level) {
                (contests, 0) if contests > 0 => {
                    return error(name, "it was never chosen against another level");
                }
                (contests, chosen) if contests > 0 && contests == chosen => {
                    return error(name, "it was always chosen against other levels");
                }
                _ => {}
            }
        }
    }
    let sizes = b
        .iter()
        .enumerate()
        .map(|(column, b)| b.abs() * column_range(design, column));
    let largest = sizes
        .enumerate()
        .max_by(|one, other| one.1.total_cmp(&other.1));
    let name = largest
        .and_then(|(column, _)| names.get(column))
        .cloned()
        .unwrap_or(ParameterName {
            attribute: String::new(),
            level: String::new(),
        });
    error(name, "together with the other attributes")
}

/// In how many tasks a level was shown against others, and in how many of these it was chosen.
fn count_choices(survey: &ChoiceSurvey, attribute: usize, level: usize) -> (usize, usize) {
    let (mut contests, mut chosen) = (0, 0);
    for task in survey.respondents.iter().flat_map(|person| &person.tasks) {
        let has = |levels: &[u32]| {
            levels
                .get(attribute)
                .is_some_and(|other| *other != NOT_SHOWN && *other as usize == level)
        };
        let shown: Vec<bool> = task.alternatives().map(|(levels, _)| has(levels)).collect();
        if shown.contains(&true) && shown.contains(&false) {
            contests += 1;
            chosen += usize::from(shown.get(task.chosen()) == Some(&true));
        }
    }
    (contests, chosen)
}

/// The sandwich covariance, clustered by respondent.
fn clustered(
    design: &ChoiceDesign,
    b: &[f64],
    inverse: &[f64],
    workspace: &mut Workspace,
) -> Vec<f64> {
    let n = design.width;
    let mut meat = vec![0.0; n * n];
    let mut score = vec![0.0; n];
    // H⁻¹ s of each respondent, so that the sum of their squares is the sandwich.
    let mut influence = vec![0.0; n];
    for block in design.blocks() {
        workspace.evaluate(block, b, &mut score);
        multiply(inverse, &score, &mut influence);
        for (row, one) in meat.chunks_exact_mut(n).zip(&influence) {
            for (entry, other) in row.iter_mut().zip(&influence) {
                *entry += block.weight * block.weight * one * other;
            }
        }
    }
    meat
}
