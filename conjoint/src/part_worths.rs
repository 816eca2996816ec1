//! What the levels of an attribute are worth to the respondents, compared with each other.
//!
//! A part-worth is centred within its attribute, `C[r,l] = u[r,l] − mean over the attribute's
//! levels of u[r,·]`, so that 0 is a level of middling worth to the respondent, and then averaged
//! over respondents. Part-worths of different attributes differ in range, and not in height
//! (B. K. Orme, "Getting Started with Conjoint Analysis", 2010, chapter 9).

use nalgebra::DMatrix;

use crate::bootstrap::{Bootstrap, Estimate, Level};
use crate::indexed::{AttributeIndex, LevelIndex, List, Position, RespondentIndex};
use crate::study::Study;

/// What a level is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct PartWorth {
    /// The attribute.
    pub attribute: AttributeIndex,
    /// Which of its levels.
    pub level: LevelIndex,
    /// The mean centred part-worth, utility units.
    pub worth: Estimate,
}

/// The mean centred part-worths over the respondents who count, those of a weight above 0: of
/// every level of every attribute, in the schema's order.
pub fn part_worths(
    study: &Study,
    weights: &List<RespondentIndex, f64>,
    bootstrap: &Bootstrap,
    level: Level,
) -> Vec<PartWorth> {
    let mut centred = Vec::new();
    let mut places = Vec::new();
    for attribute in study.schema.surveyed() {
        let part_worths = study.part_worths_of(attribute);
        let means = part_worths.column_mean();
        for (level, column) in part_worths.column_iter().enumerate() {
            centred.push(column - &means);
            places.push((attribute, LevelIndex::at(level)));
        }
    }
    let centred = DMatrix::from_columns(&centred);
    let worths = bootstrap.means(&centred, &study.respondents.ids, weights, level);
    let worths = places.into_iter().zip(worths);
    worths
        .map(|((attribute, level), worth)| PartWorth {
            attribute,
            level,
            worth,
        })
        .collect()
}
