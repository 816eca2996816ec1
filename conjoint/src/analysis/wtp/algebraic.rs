//! Algebraic willingness to pay: each respondent's amount for a level, in the price's unit.
//!
//! `(u[r](level) − u[r](reference)) / −β[r]`, with the part-worths u and the slope β, utility units
//! per unit of price, of the least-squares line through respondent r's part-worths over the surveyed
//! prices (B. K. Orme, "Assessing the monetary value of attribute levels with conjoint analysis:
//! warnings and suggestions", 2001).
//!
//! The result is the weighted median over respondents, because amounts with a slope of nearly 0 are
//! huge. It overstates what buyers would pay, see [`super::WARNING`].

use super::{ResampleCache, WtpEstimate};
use crate::choice::utility;
use crate::index_vec::AttributeIndex;
use crate::stats::bootstrap::Level;
use crate::stats::sort::stable_sort;
use crate::study::{Cell, Cells, Levels, Study};

/// The median amounts of all levels.
pub(super) struct AlgebraicMedians<'r> {
    /// The slope of each respondent's price line, below 0; `None` for excluded respondents.
    slopes: Vec<Option<f64>>,
    excluded_count: usize,
    weights: &'r [f64],
    resamples: &'r ResampleCache,
}

impl<'r> AlgebraicMedians<'r> {
    /// Computes the slopes of a numeric attribute used as the price, for an offer with these values.
    pub(super) fn new(
        study: &'r Study,
        price: AttributeIndex,
        cells: &Cells,
        resamples: &'r ResampleCache,
    ) -> Self {
        let weights = study.respondents.weights.as_slice();
        let slopes = compute_slopes(study, price, cells).into_iter().zip(weights);
        let slopes = slopes.map(|(slope, weight)| (*weight > 0.0).then_some(slope));
        let slopes: Vec<Option<f64>> = slopes.collect();
        let excluded = slopes.iter().flatten().filter(|slope| **slope >= 0.0);
        Self {
            excluded_count: study.respondents.count_people(excluded.count()),
            slopes: slopes
                .iter()
                .map(|slope| slope.filter(|slope| *slope < 0.0))
                .collect(),
            weights,
            resamples,
        }
    }

    /// The number of included respondents whose line does not fall, and who have no amount.
    pub(super) fn excluded_count(&self) -> usize {
        self.excluded_count
    }

    /// The median amount for a level, from the part-worths of the reference and of the level, each
    /// respondents long, with its interval at a confidence level.
    pub(super) fn estimate(
        &self,
        [reference, level]: [&[f64]; 2],
        confidence: Level,
    ) -> Option<WtpEstimate> {
        let amounts = sort_amounts(&self.individual([reference, level]));
        let replicates = self
            .resamples
            .replicates(&|weights| median(&amounts, weights));
        WtpEstimate::new(median(&amounts, self.weights)?, replicates, confidence)
    }
}

impl AlgebraicMedians<'_> {
    /// Every respondent's amount for a level, from the part-worths of the reference and of the level;
    /// `None` for respondents who are not included or like paying more.
    pub(super) fn individual(&self, [reference, level]: [&[f64]; 2]) -> Vec<Option<f64>> {
        let pairs = reference.iter().zip(level).zip(&self.slopes);
        pairs
            .map(|((reference, level), slope)| Some((level - reference) / -(*slope)?))
            .collect()
    }
}

/// The amounts that exist, ascending, each with the number of its respondent.
pub(super) fn sort_amounts(amounts: &[Option<f64>]) -> Vec<(usize, f64)> {
    let amounts = amounts.iter().enumerate();
    let amounts = amounts.filter_map(|(respondent, amount)| Some((respondent, (*amount)?)));
    stable_sort(amounts.collect(), |(_, one): &(usize, f64), (_, other)| {
        one.total_cmp(other)
    })
}

/// The weighted median of ascending amounts, each with the number of its respondent. `None` if the weights
/// are all 0.
fn median(amounts: &[(usize, f64)], weights: &[f64]) -> Option<f64> {
    quantile(amounts, weights, 0.5)
}

/// The weighted quantile of ascending amounts at a fraction; the mean of two amounts if it falls between
/// them. `None` if the weights are all 0.
pub(super) fn quantile(amounts: &[(usize, f64)], weights: &[f64], fraction: f64) -> Option<f64> {
    let total: f64 = amounts
        .iter()
        .map(|(respondent, _)| weights[*respondent])
        .sum();
    let weighted = amounts
        .iter()
        .map(|(respondent, amount)| (weights[*respondent], *amount));
    let mut weighted = weighted.filter(|(weight, _)| *weight > 0.0);
    let (mut below, target) = (0.0, total * fraction);
    let (_, amount) = weighted.find(|(weight, _)| {
        below += weight;
        below >= target
    })?;
    if below > target {
        return Some(amount);
    }
    let above = weighted.next().map_or(amount, |(_, above)| above);
    Some((amount + above) / 2.0)
}

/// The slope of each respondent's least-squares line through the part-worths of an offer's numeric
/// attribute, with its interactions, utility units per unit of the attribute.
fn compute_slopes(study: &Study, attribute: AttributeIndex, cells: &Cells) -> Vec<f64> {
    let mut slopes = vec![0.0; study.respondents.len()];
    let surveyed = study.schema.surveyed_for(attribute, cells);
    let Levels::Numeric(levels) = &surveyed.levels else {
        return slopes;
    };
    let mean = levels.iter().sum::<f64>() / levels.len() as f64;
    let squares: f64 = levels.iter().map(|level| (level - mean).powi(2)).sum();
    for level in levels {
        let cell = Cell::Number(*level);
        let part_worths = utility::value_part_worths(study, attribute, cell, cells, &|_| false);
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
