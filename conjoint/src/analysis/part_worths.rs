//! What the levels of an attribute are worth to the respondents, compared with each other.
//!
//! A part-worth is centred within its attribute, `C[r,l] = u[r,l] − mean over the attribute's
//! levels of u[r,·]`, so that 0 is a level of middling worth to the respondent, and then averaged
//! over respondents. Part-worths of different attributes differ in range, and not in height
//! (B. K. Orme, "Getting Started with Conjoint Analysis", 2010, chapter 9).

use crate::index_vec::{AttributeIndex, IndexVec, RespondentIndex};
use crate::stats::bootstrap::{Bootstrap, Estimate, Level};
use crate::study::Study;

/// The mean centred part-worths over the respondents who count, those of a weight above 0: for
/// every surveyed attribute, in the utilities file's order, those of its levels in their order,
/// utility units.
pub fn compute_part_worths(
    study: &Study,
    weights: &IndexVec<RespondentIndex, f64>,
    bootstrap: &Bootstrap,
    level: Level,
) -> Vec<(AttributeIndex, Vec<Estimate>)> {
    let attributes = &study.schema.attributes;
    let mut centred = study.respondents.part_worths.clone();
    for attribute in attributes {
        let mut levels = centred.columns_mut(attribute.first_column, attribute.levels.len());
        let means = levels.column_mean();
        levels
            .column_iter_mut()
            .for_each(|mut level| level -= &means);
    }
    let ids = &study.respondents.ids;
    let worths = bootstrap.means(&centred, ids, weights, level);
    // The columns stand as the attributes order their levels.
    let mut worths = worths.into_iter();
    let surveyed = study.schema.surveyed().map(|attribute| {
        let levels = attributes[attribute].levels.len();
        (attribute, worths.by_ref().take(levels).collect())
    });
    surveyed.collect()
}
