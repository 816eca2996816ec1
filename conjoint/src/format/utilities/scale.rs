//! Zero-centered diffs, which look like utilities but are on another scale.
//!
//! Their definition: within each respondent, the levels of an attribute sum to 0, and the mean of the
//! attributes' ranges is 100 (Sawtooth Software, "Interpreting the Results of Conjoint Analysis").

use super::Utilities;

/// How far a sum may be from 0 for each level, and the mean range from 100, after rounding to one
/// decimal.
const ROUNDING: f64 = 0.06;
/// The mean range of the attributes.
const MEAN_RANGE: f64 = 100.0;

impl Utilities<'_> {
    /// Whether the part-worths of every respondent are zero-centered diffs.
    pub(crate) fn are_zero_centered(&self) -> bool {
        let surveyed = self.attributes.iter();
        let surveyed = surveyed.filter(|(name, _)| !self.conditional.contains(name));
        let counts = surveyed.map(|(_, levels)| levels.len());
        let counts: Vec<usize> = counts.filter(|count| *count > 0).collect();
        let columns: usize = counts.iter().sum();
        let is_possible = !counts.is_empty() && columns <= self.part_worths.ncols();
        let mut rows = self.part_worths.row_iter();
        let is_centered = |row: Vec<f64>| {
            let mut rest = row.as_slice();
            let mut ranges = 0.0;
            for count in &counts {
                let Some((levels, others)) = rest.split_at_checked(*count) else {
                    return false;
                };
                rest = others;
                let sum: f64 = levels.iter().sum();
                if sum.abs() > ROUNDING * *count as f64 {
                    return false;
                }
                let low = levels.iter().copied().fold(f64::INFINITY, f64::min);
                let high = levels.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                ranges += high - low;
            }
            let mean = ranges / counts.len() as f64;
            (mean - MEAN_RANGE).abs() <= 2.0 * ROUNDING
        };
        is_possible
            && !self.ids.is_empty()
            && rows.all(|row| is_centered(row.iter().copied().collect()))
    }
}
