//! What a level is worth to each respondent: `(u(level) − u(reference)) / −β`, with β the slope
//! of the least-squares line through the respondent's part-worths over the surveyed prices (B. K.
//! Orme, "Assessing the monetary value of attribute levels with conjoint analysis: warnings and
//! suggestions", 2001).
//!
//! Its median over respondents is told, because amounts over a slope of nearly nothing are huge.
//! It overstates what buyers would pay, see [`super::WARNING`].

use super::{ResampleCache, WtpEstimate};
use crate::choice::utility;
use crate::index_vec::{LevelIndex, Position};
use crate::stats::bootstrap::Level;
use crate::stats::quantile::sorted;
use crate::study::{Attribute, Levels, Study};

/// What is needed for the median amounts of all levels.
pub(super) struct Medians<'r> {
    /// The slope of every respondent's price line, below 0; `None` for who is left out.
    slopes: Vec<Option<f64>>,
    left_out: usize,
    weights: &'r [f64],
    resamples: &'r ResampleCache,
}

impl<'r> Medians<'r> {
    pub(super) fn new(study: &'r Study, price: &Attribute, resamples: &'r ResampleCache) -> Self {
        let weights = study.respondents.weights.as_slice();
        let slopes = slopes(study, price).into_iter().zip(weights);
        let slopes = slopes.map(|(slope, weight)| (*weight > 0.0).then_some(slope));
        let slopes: Vec<Option<f64>> = slopes.collect();
        let left_out = slopes.iter().flatten().filter(|slope| **slope >= 0.0);
        Self {
            left_out: left_out.count(),
            slopes: slopes
                .iter()
                .map(|slope| slope.filter(|slope| *slope < 0.0))
                .collect(),
            weights,
            resamples,
        }
    }

    /// How many who count have no line that falls.
    pub(super) fn left_out(&self) -> usize {
        self.left_out
    }

    /// The median amount for the second of two levels, of which the first is the reference, each
    /// by respondent.
    pub(super) fn worth(
        &self,
        [reference, level]: [&[f64]; 2],
        interval: Level,
    ) -> Option<WtpEstimate> {
        let pairs = reference.iter().zip(level).zip(&self.slopes).enumerate();
        let amounts = pairs.filter_map(|(who, ((reference, level), slope))| {
            let slope = (*slope)?;
            Some((who, (level - reference) / -slope))
        });
        let amounts = sorted(amounts.collect(), |(_, one): &(usize, f64), (_, other)| {
            one.total_cmp(other)
        });
        let replicates = self
            .resamples
            .replicates(&|weights| median(&amounts, weights));
        WtpEstimate::of(median(&amounts, self.weights)?, replicates, interval)
    }
}

/// The amount in the middle of the weight, of amounts ascending with whose they are; where the
/// middle falls between two, half-way. `None` where no weight is left.
fn median(amounts: &[(usize, f64)], weights: &[f64]) -> Option<f64> {
    let total: f64 = amounts.iter().map(|(who, _)| weights[*who]).sum();
    let weighted = amounts.iter().map(|(who, amount)| (weights[*who], *amount));
    let mut weighted = weighted.filter(|(weight, _)| *weight > 0.0);
    let mut below = 0.0;
    let (_, amount) = weighted.find(|(weight, _)| {
        below += weight;
        below >= total / 2.0
    })?;
    if below > total / 2.0 {
        return Some(amount);
    }
    let above = weighted.next().map_or(amount, |(_, above)| above);
    Some((amount + above) / 2.0)
}

/// The slope of every respondent's least-squares line through the part-worths of a numeric
/// attribute, utility units a unit of the attribute.
fn slopes(study: &Study, attribute: &Attribute) -> Vec<f64> {
    let mut slopes = vec![0.0; study.respondents.len()];
    let Levels::Numeric(levels) = &attribute.levels else {
        return slopes;
    };
    let mean = levels.iter().sum::<f64>() / levels.len() as f64;
    let squares: f64 = levels.iter().map(|level| (level - mean).powi(2)).sum();
    for (place, level) in levels.iter().enumerate() {
        let part_worths =
            utility::level_part_worths(study, attribute, LevelIndex::from_index(place));
        for (slope, part_worth) in slopes.iter_mut().zip(part_worths) {
            *slope += (level - mean) * part_worth / squares;
        }
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_are_weighted() {
        let amounts = [(2, -1.0), (0, 3.0), (1, 5.0), (3, 100.0)];
        for (weights, expected) in [
            ([1.0, 1.0, 1.0, 1.0], Some(4.0)),
            ([1.0, 1.0, 1.0, 0.0], Some(3.0)),
            ([1.0, 0.0, 1.0, 2.0], Some(51.5)),
            ([0.5, 0.5, 4.0, 1.0], Some(-1.0)),
            ([0.0, 0.0, 0.0, 2.0], Some(100.0)),
            ([0.0; 4], None),
        ] {
            assert_eq!(median(&amounts, &weights), expected, "{weights:?}");
        }
    }
}
