//! Part-worths from ratings: ordinary least squares, per respondent and pooled, as in the R package
//! conjoint (A. Bąk and T. Bartłomowicz, "Conjoint analysis method and its implementation in conjoint R
//! package", 2012).
//!
//! `rating = intercept + x b + error`, effects coding by default. A respondent with fewer ratings than
//! parameters + 1 is left out, of the pooled fit too.

use super::coding::CodingPlan;
use super::error::EstimationError;
use super::matrix::{cholesky, gram_of_lower, invert_lower, multiply};
use super::tasks::{ChoiceSurvey, LeftOut, SurveyRespondent};

/// A least-squares fit.
#[derive(Clone, Debug, PartialEq)]
pub struct LeastSquares {
    /// The mean rating where all parameters are 0.
    pub intercept: f64,
    /// The parameters.
    pub estimates: Vec<f64>,
    /// The covariance of the parameters, row after row; `None` without a degree of freedom.
    pub covariance: Option<Vec<f64>>,
    /// The share of the variance that the fit explains.
    pub r_squared: f64,
}

/// The fits of a survey of ratings.
#[derive(Clone, Debug, PartialEq)]
pub struct RatingFit {
    /// All ratings together.
    pub pooled: LeastSquares,
    /// The positions of the respondents that were fitted.
    pub respondents: Vec<usize>,
    /// Their fits.
    pub individual: Vec<LeastSquares>,
    /// Who was left out.
    pub left_out: Vec<LeftOut>,
}

/// Fits ratings.
///
/// # Errors
/// No respondent with enough ratings, or profiles that cannot separate the parameters.
pub fn fit_ratings(survey: &ChoiceSurvey, plan: &CodingPlan) -> Result<RatingFit, EstimationError> {
    let needed = plan.width + 1;
    let has_enough = |person: &SurveyRespondent| {
        person
            .tasks
            .iter()
            .map(|task| task.answer.len())
            .sum::<usize>()
            >= needed
    };
    let mut respondents = Vec::new();
    let mut individual = Vec::new();
    let mut singular = 0;
    let mut all_rows = Vec::new();
    for (place, person) in survey
        .respondents
        .iter()
        .enumerate()
        .filter(|(_, person)| has_enough(person))
    {
        let rows = rating_rows(person, plan);
        match fit(&rows, needed) {
            Some(fit) => {
                respondents.push(place);
                individual.push(fit);
                all_rows.extend(rows);
            }
            None => singular += 1,
        }
    }
    let few = survey.respondents.len() - respondents.len() - singular;
    let reasons = [
        (few, format!("respondent with fewer than {needed} ratings")),
        (
            singular,
            "respondent whose profiles cannot separate the parameters".to_owned(),
        ),
    ];
    let left_out = reasons.into_iter().filter(|(count, _)| *count > 0);
    let left_out = left_out
        .map(|(count, reason)| LeftOut { count, reason })
        .collect();
    let pooled = fit(&all_rows, needed);
    match pooled.filter(|_| !respondents.is_empty()) {
        Some(pooled) => Ok(RatingFit {
            pooled,
            respondents,
            individual,
            left_out,
        }),
        None if singular > 0 => Err(EstimationError::Singular {
            file: survey.source.clone(),
            columns: plan
                .column_names()
                .iter()
                .map(super::identification::show_name)
                .collect(),
        }),
        None => Err(EstimationError::FewRatings {
            file: survey.source.clone(),
            needed,
        }),
    }
}

/// The design of each rating with 1 in front, and the rating.
type RatingRow = (Vec<f64>, f64);

fn rating_rows(person: &SurveyRespondent, plan: &CodingPlan) -> Vec<RatingRow> {
    let tasks = person
        .tasks
        .iter()
        .flat_map(|task| task.alternatives().zip(&task.answer));
    let rows = tasks.map(|((levels, _), rating)| {
        let mut row = vec![1.0; plan.width + 1];
        if let Some(rest) = row.get_mut(1..) {
            plan.write_row(levels, false, rest);
        }
        (row, *rating)
    });
    rows.filter(|(_, rating)| rating.is_finite()).collect()
}

/// Solves the normal equations; `None` if they are singular.
fn fit(rows: &[RatingRow], n: usize) -> Option<LeastSquares> {
    let mut products = vec![0.0; n * n];
    let mut right = vec![0.0; n];
    for (row, rating) in rows {
        for (i, one) in row.iter().enumerate() {
            *right.get_mut(i)? += one * rating;
            for (j, other) in row.iter().enumerate() {
                *products.get_mut(i * n + j)? += one * other;
            }
        }
    }
    let scale: Vec<f64> = (0..n)
        .map(|i| products.get(i * n + i).copied().unwrap_or(0.0).sqrt())
        .collect();
    let l = cholesky(&products, n)?;
    // A column whose rest is rounding noise follows from the others.
    let is_dependent = |i: usize| {
        l.get(i * n + i)
            .zip(scale.get(i))
            .is_none_or(|(rest, scale)| rest / scale < 1e-6)
    };
    if (0..n).any(is_dependent) {
        return None;
    }
    let inverse = gram_of_lower(&invert_lower(&l, n), n);
    let mut solution = vec![0.0; n];
    multiply(&inverse, &right, &mut solution);
    let fitted = |row: &[f64]| row.iter().zip(&solution).map(|(x, b)| x * b).sum::<f64>();
    let residual: f64 = rows
        .iter()
        .map(|(row, rating)| (rating - fitted(row)).powi(2))
        .sum();
    let mean = rows.iter().map(|(_, rating)| rating).sum::<f64>() / rows.len() as f64;
    let total: f64 = rows.iter().map(|(_, rating)| (rating - mean).powi(2)).sum();
    let freedom = rows.len().saturating_sub(n);
    let covariance = (freedom > 0).then(|| {
        let variance = residual / freedom as f64;
        let rows = inverse.chunks_exact(n).skip(1);
        rows.flat_map(|row| row.iter().skip(1).map(|entry| variance * entry))
            .collect()
    });
    Some(LeastSquares {
        intercept: solution.first().copied()?,
        estimates: solution.get(1..)?.to_vec(),
        covariance,
        r_squared: if total > 0.0 {
            1.0 - residual / total
        } else {
            1.0
        },
    })
}
