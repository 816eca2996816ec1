//! How much of the respondents' choice each attribute decides.
//!
//! To one respondent it is the range of the part-worths over the attribute's levels, out of the
//! sum of all attributes' ranges: `I[r,a] = 100 · range[r,a] / Σ_b range[r,b]`, in percent
//! (B. K. Orme, "Getting Started with Conjoint Analysis", 2010, chapter 9). Importances are
//! averaged over respondents; of averaged part-worths they would miss what matters to people who
//! want opposite levels.

use nalgebra::DMatrix;

use crate::index_vec::{AttributeIndex, IndexVec, RespondentIndex};
use crate::stats::bootstrap::{Bootstrap, Estimate, Level};
use crate::study::Study;

/// How important the attributes are.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Importances {
    /// The mean importance of every surveyed attribute, percent, in the utilities file's order.
    pub attributes: Vec<(AttributeIndex, Estimate)>,
    /// Respondents who count, and to whom every level of every attribute is worth the same: they
    /// have no importances, and are left out.
    pub indifferent: usize,
}

/// The mean importances over the respondents who count, those of a weight above 0.
pub fn compute_importances(
    study: &Study,
    weights: &IndexVec<RespondentIndex, f64>,
    bootstrap: &Bootstrap,
    level: Level,
) -> Importances {
    let attributes: Vec<AttributeIndex> = study.schema.surveyed().collect();
    let (individual, is_indifferent) = individual(study, &attributes);
    let pairs = || weights.iter().copied().zip(&is_indifferent);
    let counted = pairs().map(|(weight, is_left_out)| match is_left_out {
        true => 0.0,
        false => weight,
    });
    let indifferent = pairs().filter(|(weight, is_left_out)| *weight > 0.0 && **is_left_out);
    let indifferent = indifferent.count();
    let ids = &study.respondents.ids;
    let means = bootstrap.means(&individual, ids, &counted.collect(), level);
    Importances {
        attributes: attributes.into_iter().zip(means).collect(),
        indifferent,
    }
}

/// The importances of every respondent, respondents × attributes, percent, and who has none:
/// those have zeros.
fn individual(study: &Study, attributes: &[AttributeIndex]) -> (DMatrix<f64>, Vec<bool>) {
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
