//! On which scale utilities are, and what may be computed from them.
//!
//! Zero-centered diffs: within each respondent, every attribute sums to 0 and the mean of the ranges of
//! the attributes is 100. Ratings and preference values: the lowest level of each attribute is 0 and
//! the highest ones sum to 100, or the format says so. Ranges of raw utilities say nothing else.

use super::boundaries::{count_decimals, sums_to_zero};
use super::draft::{Draft, DraftAttribute};

/// The scale of utilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// That of the choices: probabilities follow from the utilities.
    Raw,
    /// Zero-centered diffs: each respondent's utilities are multiplied by a number.
    #[serde(rename = "zero-centred")]
    ZeroCentered,
    /// Points of a rating.
    Rating,
}

/// The mean of the ranges of zero-centered diffs.
const DIFFS_RANGE: f64 = 100.0;
/// Ranges of raw utilities have never been seen above this, where a linear attribute hides its own.
const LARGE_RANGE: f64 = 30.0;

impl Scale {
    /// Why utilities on this scale need a decision.
    pub(crate) fn gate(self) -> &'static str {
        match self {
            Self::Raw => "these are raw utilities",
            Self::ZeroCentered => {
                "these are zero-centered diffs, from which only first choice can be computed; open the raw \
                 utilities (in Lighthouse Studio the sheet `Individual Utilities (Raw)`, or the export Raw), or go \
                 on with first choice only: --rescaled"
            }
            Self::Rating => {
                "these are points of a rating, from which only first choice can be computed; go on with first \
                 choice only: --rescaled"
            }
        }
    }

    /// Finds the scale of a draft.
    pub(crate) fn detect(draft: &Draft) -> Self {
        if let Some(scale) = draft.scale {
            return scale;
        }
        let rows: Vec<Vec<f64>> = draft
            .rows
            .iter()
            .filter(|row| row.iter().all(|value| value.is_finite()))
            .cloned()
            .collect();
        if rows.is_empty() {
            return Self::Raw;
        }
        let levels = |attribute: &&DraftAttribute| {
            !attribute.is_linear && !attribute.is_conditional && attribute.levels.len() > 1
        };
        let attributes: Vec<&DraftAttribute> = draft.attributes.iter().filter(levels).collect();
        if attributes.is_empty() {
            return Self::Raw;
        }
        let has_linear = draft.attributes.iter().any(|found| found.is_linear);
        match is_zero_centered(&rows, &attributes, has_linear) {
            true => Self::ZeroCentered,
            false if is_rating(&rows, &attributes) => Self::Rating,
            false => Self::Raw,
        }
    }
}

/// The part-worths of an attribute's levels for a respondent.
fn part_worths(attribute: &DraftAttribute, row: &[f64]) -> Vec<f64> {
    let levels = attribute.levels.iter();
    levels.map(|level| level.source.value(row)).collect()
}

fn bounds(values: &[f64]) -> (f64, f64) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (low, high)
}

fn is_zero_centered(rows: &[Vec<f64>], attributes: &[&DraftAttribute], has_linear: bool) -> bool {
    let decimals = count_decimals(rows);
    let sums_are_zero = attributes.iter().all(|attribute| {
        let values: Vec<Vec<f64>> = rows.iter().map(|row| part_worths(attribute, row)).collect();
        sums_to_zero(&values, 0..attribute.levels.len(), decimals)
    });
    let mean_range = |row: &Vec<f64>| {
        let ranges = attributes.iter().map(|attribute| {
            let (low, high) = bounds(&part_worths(attribute, row));
            high - low
        });
        ranges.sum::<f64>() / attributes.len() as f64
    };
    // Rounding moves each end of a range by half of the last decimal.
    let tolerance = 0.01_f64.max(10.0_f64.powi(-decimals));
    let is_diffs = |row: &Vec<f64>| match has_linear {
        true => (LARGE_RANGE..=4.0 * DIFFS_RANGE).contains(&mean_range(row)),
        false => (mean_range(row) - DIFFS_RANGE).abs() <= tolerance,
    };
    sums_are_zero && rows.iter().all(is_diffs)
}

/// Whether the lowest level of each attribute is 0, and the highest ones sum to 100 %, or the highest of
/// all is 100.
fn is_rating(rows: &[Vec<f64>], attributes: &[&DraftAttribute]) -> bool {
    rows.iter().all(|row| {
        let bounds: Vec<(f64, f64)> = attributes
            .iter()
            .map(|attribute| bounds(&part_worths(attribute, row)))
            .collect();
        let sum: f64 = bounds.iter().map(|(_, high)| high).sum();
        let most = bounds.iter().map(|(_, high)| *high).fold(0.0, f64::max);
        let is_near = |value: f64, target: f64| (value - target).abs() <= 0.005 * target;
        let starts_at_zero = bounds.iter().all(|(low, _)| *low == 0.0);
        starts_at_zero && (is_near(sum, 100.0) || is_near(sum, 1.0) || is_near(most, 100.0))
    })
}
