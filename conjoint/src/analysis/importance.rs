//! Attribute importances: how much each attribute decides the respondents' choices.
//!
//! A respondent's importance of an attribute is the range of the part-worths over its levels,
//! divided by the sum of all attributes' ranges: `I[r,a] = 100 · range[r,a] / Σ_b range[r,b]`,
//! respondents × attributes, percent (B. K. Orme, "Getting Started with Conjoint Analysis", 2010,
//! chapter 9). Importances are averaged over respondents; importances of averaged part-worths would
//! miss what matters to people who want opposite levels.

use nalgebra::DMatrix;

use crate::index_vec::{AttributeIndex, IndexVec, RespondentIndex};
use crate::stats::bootstrap::{Bootstrap, Estimate, Level};
use crate::study::Study;

/// The importances of all attributes.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Importances {
    /// The mean importance of each surveyed attribute, percent, in the utilities file's order.
    pub attributes: Vec<(AttributeIndex, Estimate)>,
    /// The number of included respondents who have the same part-worth for all levels of every
    /// attribute. They have no importances, and are excluded from the means.
    pub indifferent: usize,
}

/// Computes the mean importances over the included respondents, those with a weight above 0.
///
/// # Examples
/// ```
/// use conjoint::analysis::importance::compute_importances;
/// use conjoint::stats::bootstrap::{Bootstrap, Level};
/// use conjoint::testing::generate_study;
///
/// let study = generate_study(1, &[("Gen X", 20)]);
/// let weights = study.respondents().weights();
/// let result = compute_importances(&study, weights, &Bootstrap::default(), Level::default());
/// let sum: f64 = result.attributes.iter().map(|(_, importance)| importance.mean).sum();
/// assert!((sum - 100.0).abs() < 1e-9);
/// ```
pub fn compute_importances(
    study: &Study,
    weights: &IndexVec<RespondentIndex, f64>,
    bootstrap: &Bootstrap,
    level: Level,
) -> Importances {
    let attributes: Vec<AttributeIndex> = study.schema.surveyed_attributes().collect();
    let (individual, is_indifferent) = compute_individual(study, &attributes);
    let pairs = || weights.iter().copied().zip(&is_indifferent);
    let included = pairs().map(|(weight, is_indifferent)| match is_indifferent {
        true => 0.0,
        false => weight,
    });
    let indifferent = pairs().filter(|(weight, is_indifferent)| *weight > 0.0 && **is_indifferent);
    let indifferent = indifferent.count();
    let ids = &study.respondents.ids;
    let means = bootstrap.means(&individual, ids, &included.collect(), level);
    Importances {
        attributes: attributes.into_iter().zip(means).collect(),
        indifferent,
    }
}

/// The importances of each respondent, respondents × attributes, percent, and whether the respondent
/// is indifferent; indifferent respondents have zeros.
fn compute_individual(study: &Study, attributes: &[AttributeIndex]) -> (DMatrix<f64>, Vec<bool>) {
    let respondents = &study.respondents;
    let mut ranges = DMatrix::zeros(respondents.len(), attributes.len());
    for (attribute, mut ranges) in attributes.iter().zip(ranges.column_iter_mut()) {
        let part_worths = study.part_worths_of(*attribute);
        for (range, levels) in ranges.iter_mut().zip(part_worths.row_iter()) {
            *range = levels.max() - levels.min();
        }
    }
    let mut is_indifferent = Vec::with_capacity(respondents.len());
    for mut ranges in ranges.row_iter_mut() {
        let sum = ranges.sum();
        is_indifferent.push(sum <= 0.0);
        for range in ranges.iter_mut().filter(|_| sum > 0.0) {
            *range = *range / sum * 100.0;
        }
    }
    (ranges, is_indifferent)
}
