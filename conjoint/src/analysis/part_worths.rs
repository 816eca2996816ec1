//! Part-worths of an attribute's levels, comparable with each other.
//!
//! Each respondent's part-worths are centered within their attribute,
//! `C[r,l] = u[r,l] − mean over the attribute's levels of u[r,·]`, respondents × levels, utility
//! units, so that 0 is the respondent's average level, and then averaged over respondents.
//! Part-worths of different attributes can be compared by their range, but not by their value
//! (B. K. Orme, "Getting Started with Conjoint Analysis", 2010, chapter 9).

use crate::index_vec::{AttributeIndex, IndexVec, RespondentIndex};
use crate::stats::bootstrap::{Bootstrap, Estimate, Level};
use crate::study::Study;

/// Computes the mean centered part-worths over the included respondents, those with a weight above
/// 0. The result has each surveyed attribute in the utilities file's order, with the part-worths of
/// its levels in their order, utility units.
pub fn compute_part_worths(
    study: &Study,
    weights: &IndexVec<RespondentIndex, f64>,
    bootstrap: &Bootstrap,
    level: Level,
) -> Vec<(AttributeIndex, Vec<Estimate>)> {
    let attributes = &study.schema.attributes;
    let mut centered = study.respondents.part_worths.clone();
    for attribute in attributes {
        let mut levels = centered.columns_mut(attribute.first_column, attribute.levels.len());
        let means = levels.column_mean();
        levels
            .column_iter_mut()
            .for_each(|mut level| level -= &means);
    }
    let ids = &study.respondents.ids;
    let means = bootstrap.means(&centered, ids, weights, level);
    // The columns are in the order of the attributes and their levels.
    let mut means = means.into_iter();
    let surveyed = study.schema.surveyed_attributes().map(|attribute| {
        let levels = attributes[attribute].levels.len();
        (attribute, means.by_ref().take(levels).collect())
    });
    surveyed.collect()
}
