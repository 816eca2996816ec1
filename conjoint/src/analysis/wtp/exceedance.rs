//! The share of respondents whose algebraic amount for a level exceeds each of some amounts.
//!
//! `E(x) = Σ_{r: a[r] > x} w[r] / Σ_r w[r]`, 0–1, with the amounts a and the weights w of the respondents who
//! have an amount. The amounts x run from the lowest to the highest quantile of [`super::QUANTILES`] of any
//! of the levels, because single respondents with a price line that is nearly flat have huge amounts.

use super::{
    AmountDistribution, LevelComparison, WtpRequest, compare_levels, compute_distributions,
};
use crate::analysis::price::PriceError;
use crate::index_vec::{IndexVec, LevelIndex, RespondentIndex};
use crate::simulation::Simulation;

/// The number of amounts.
const PLACES: u32 = 101;

/// How the amounts for a level are distributed, and what another level is worth in comparison.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LevelWorth {
    /// The reference level.
    pub reference: LevelIndex,
    /// Amounts at equal distances, ascending, in the price's unit; empty if no respondent has one.
    pub amounts: Vec<f64>,
    /// The level, and the one that it is compared with.
    pub levels: Vec<Exceedance>,
    /// The difference of both, where there is another.
    pub difference: Option<LevelComparison>,
}

/// How the amounts for a level are distributed over respondents.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Exceedance {
    /// The level.
    pub level: LevelIndex,
    /// The share of respondents with more than each of the amounts, 0–1.
    pub shares_above: Vec<f64>,
    /// The share of respondents with more than nothing, 0–1; `None` if nobody has an amount.
    pub share_above_zero: Option<f64>,
    /// The quantiles at [`super::QUANTILES`]; empty if no respondent has an amount.
    pub quantiles: Vec<f64>,
}

impl Exceedance {
    fn new(
        found: &AmountDistribution,
        weights: &IndexVec<RespondentIndex, f64>,
        amounts: &[f64],
    ) -> Self {
        let shares = amounts
            .iter()
            .map(|amount| found.share_above(*amount, weights));
        Self {
            level: found.level,
            shares_above: shares.flatten().collect(),
            share_above_zero: found.share_above(0.0, weights),
            quantiles: found.quantiles.clone(),
        }
    }
}

impl LevelWorth {
    /// Computes the distribution for a level of the requested attribute, and for another one to compare
    /// with. `None` if the level is the reference, or the request names no attribute.
    ///
    /// # Errors
    /// The product has no price that could change.
    pub fn compute(
        simulation: &Simulation,
        request: &WtpRequest,
        level: LevelIndex,
        other: Option<LevelIndex>,
    ) -> Result<Option<Self>, PriceError> {
        let Some(attribute) = request.attribute else {
            return Ok(None);
        };
        let other = other.filter(|other| *other != level);
        let all = compute_distributions(simulation, request)?;
        let find = |level| all.iter().find(|found| found.level == level);
        let Some(first) = find(level) else {
            return Ok(None);
        };
        let second = other.and_then(find);
        let difference = match second {
            Some(second) => {
                let levels = [level, second.level];
                Some(compare_levels(simulation, request, attribute, levels)?)
            }
            None => None,
        };
        let found: Vec<&AmountDistribution> = [first].into_iter().chain(second).collect();
        let amounts = list_amounts(&found);
        let weights = &simulation.selected().respondents.weights;
        let levels = found
            .iter()
            .map(|found| Exceedance::new(found, weights, &amounts));
        Ok(Some(Self {
            reference: first.reference,
            levels: levels.collect(),
            difference,
            amounts,
        }))
    }
}

/// Equidistant amounts from the lowest to the highest quantile.
fn list_amounts(found: &[&AmountDistribution]) -> Vec<f64> {
    let quantiles = || {
        found
            .iter()
            .flat_map(|found| found.quantiles.iter().copied())
    };
    let ends = quantiles()
        .reduce(f64::min)
        .zip(quantiles().reduce(f64::max));
    let Some((low, high)) = ends else {
        return Vec::new();
    };
    if low == high {
        return vec![low];
    }
    let step = (high - low) / f64::from(PLACES - 1);
    (0..PLACES)
        .map(|place| low + f64::from(place) * step)
        .collect()
}
