//! Attribute importances: how much each attribute decides the respondents' choices.
//!
//! A respondent's importance of an attribute is the range of the part-worths over its levels,
//! divided by the sum of all attributes' ranges: `I[r,a] = 100 · range[r,a] / Σ_b range[r,b]`,
//! respondents × attributes, percent (B. K. Orme, "Getting Started with Conjoint Analysis", 2010,
//! chapter 9). Importances are averaged over respondents; importances of averaged part-worths would
//! miss what matters to people who want opposite levels. The range of an interaction is that over its
//! pairs of levels, and counts for the pair of attributes.

use nalgebra::DMatrix;

use crate::index_vec::{IndexVec, RespondentIndex};
use crate::stats::bootstrap::{Bootstrap, Estimate, Level};
use crate::study::{Effect, Study};

/// The importances of all attributes.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Importances {
    /// The mean importance of each surveyed attribute and interaction, percent, in the utilities file's
    /// order.
    pub effects: Vec<(Effect, Estimate)>,
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
/// let sum: f64 = result.effects.iter().map(|(_, importance)| importance.mean).sum();
/// assert!((sum - 100.0).abs() < 1e-9);
/// ```
pub fn compute_importances(
    study: &Study,
    weights: &IndexVec<RespondentIndex, f64>,
    bootstrap: &Bootstrap,
    level: Level,
) -> Importances {
    let effects: Vec<Effect> = study.schema.effects().collect();
    let (individual, is_indifferent) = compute_individual(study, &effects);
    let pairs = || weights.iter().copied().zip(&is_indifferent);
    let included = pairs().map(|(weight, is_indifferent)| match is_indifferent {
        true => 0.0,
        false => weight,
    });
    let indifferent = pairs().filter(|(weight, is_indifferent)| *weight > 0.0 && **is_indifferent);
    let indifferent = study.respondents.count_people(indifferent.count());
    let ids = &study.respondents.ids;
    let means = bootstrap.means(&individual, ids, &included.collect(), level);
    Importances {
        effects: effects.into_iter().zip(means).collect(),
        indifferent,
    }
}

/// The importances of each respondent, respondents × effects, percent, and whether the respondent
/// is indifferent; indifferent respondents have zeros.
fn compute_individual(study: &Study, effects: &[Effect]) -> (DMatrix<f64>, Vec<bool>) {
    let respondents = &study.respondents;
    let mut ranges = DMatrix::zeros(respondents.len(), effects.len());
    for (effect, mut ranges) in effects.iter().zip(ranges.column_iter_mut()) {
        let part_worths = study.part_worths_of(*effect);
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
