//! Part-worths of an attribute's levels, comparable with each other.
//!
//! Each respondent's part-worths are centered within their attribute,
//! `C[r,l] = u[r,l] − mean over the attribute's levels of u[r,·]`, respondents × levels, utility
//! units, so that 0 is the respondent's average level, and then averaged over respondents.
//! Part-worths of different attributes can be compared by their range, but not by their value
//! (B. K. Orme, "Getting Started with Conjoint Analysis", 2010, chapter 9).

use crate::index_vec::{IndexVec, RespondentIndex};
use crate::stats::bootstrap::{Bootstrap, Estimate, Level};
use crate::study::{Effect, Study};

/// Computes the mean centered part-worths over the included respondents, those with a weight above
/// 0. The result has each surveyed attribute and interaction in the utilities file's order, with the
/// part-worths of its levels or pairs in their order, utility units.
pub fn compute_part_worths(
    study: &Study,
    weights: &IndexVec<RespondentIndex, f64>,
    bootstrap: &Bootstrap,
    level: Level,
) -> Vec<(Effect, Vec<Estimate>)> {
    let schema = &study.schema;
    let mut centered = study.respondents.part_worths.clone();
    for effect in schema.effects() {
        let columns = schema.effect_columns(effect);
        let mut levels = centered.columns_mut(columns.start, columns.len());
        let means = levels.column_mean();
        levels
            .column_iter_mut()
            .for_each(|mut level| level -= &means);
    }
    let ids = &study.respondents.ids;
    let means = bootstrap.means(&centered, ids, weights, level);
    // The columns are in the order of the effects and their levels.
    let mut means = means.into_iter();
    let effects = schema.effects().map(|effect| {
        let levels = schema.effect_columns(effect).len();
        (effect, means.by_ref().take(levels).collect())
    });
    effects.collect()
}
