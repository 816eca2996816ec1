//! How the algebraic amounts for a level are distributed over respondents, and the difference of the
//! amounts for two levels.
//!
//! A quantile q is the smallest amount up to which respondents have at least the fraction q of the weight,
//! and the mean of it and the next amount where they have exactly that (R. J. Hyndman and Y. Fan, "Sample
//! quantiles in statistical packages", 1996, definition 2). The difference of two levels is that of their
//! amounts, and its interval that of the differences in the same resamples.

use super::algebraic::{AlgebraicMedians, quantile, sort_amounts};
use super::simulated::PricedProduct;
use super::{
    ResampleCache, WtpEstimate, WtpRequest, find_reference, has_price, level_cell, list_levels,
    unpriced,
};
use crate::analysis::price::PriceError;
use crate::choice::utility;
use crate::index_vec::{AttributeIndex, IndexVec, LevelIndex, RespondentIndex};
use crate::simulation::Simulation;

/// The fractions of the quantiles.
pub const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Every respondent's amount for a level.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct AmountDistribution {
    /// The attribute.
    pub attribute: AttributeIndex,
    /// The level.
    pub level: LevelIndex,
    /// The reference level.
    pub reference: LevelIndex,
    /// By included respondent, in the price's unit; `None` for those who like paying more, or do not care.
    pub amounts: IndexVec<RespondentIndex, Option<f64>>,
    /// The quantiles at [`QUANTILES`]; empty if no respondent has an amount.
    pub quantiles: Vec<f64>,
}

impl AmountDistribution {
    /// The share of the weights, 0–1, of respondents with an amount above a value, among those who have an
    /// amount. `None` if nobody has one.
    pub fn share_above(&self, value: f64, weights: &IndexVec<RespondentIndex, f64>) -> Option<f64> {
        let amounts = self.amounts.iter().zip(weights);
        let amounts = amounts.filter_map(|(amount, weight)| Some(((*amount)?, *weight)));
        let (above, all) = amounts.fold((0.0, 0.0), |(above, all), (amount, weight)| {
            let part = if amount > value { weight } else { 0.0 };
            (above + part, all + weight)
        });
        (all > 0.0).then(|| above / all)
    }
}

/// Computes the distribution of the amounts for each requested level.
///
/// # Errors
/// The product has no price that could change.
pub fn compute_distributions(
    simulation: &Simulation,
    request: &WtpRequest,
) -> Result<Vec<AmountDistribution>, PriceError> {
    let study = simulation.selected();
    let cells = &simulation.scenario().offers()[request.product].cells;
    if cells[request.price].number().is_none() {
        return Err(unpriced(simulation, request));
    }
    let resamples = ResampleCache::Stored(Vec::new());
    let medians = AlgebraicMedians::new(study, request.price, cells, &resamples);
    let weights = study.respondents.weights.as_slice();
    let levels = list_levels(study, request, cells).into_iter();
    let distributions = levels.map(|(attribute, reference, level)| {
        let values = [reference, level].map(|level| level_cell(study, attribute, level));
        let is_comparable = has_price(study, request.price, attribute, cells, values);
        let [first, second] = values
            .map(|cell| utility::value_part_worths(study, attribute, cell, cells, &|_| false));
        let amounts = match is_comparable {
            true => medians.individual([&first, &second]),
            false => vec![None; weights.len()],
        };
        let sorted = sort_amounts(&amounts);
        let quantiles = QUANTILES
            .iter()
            .filter_map(|q| quantile(&sorted, weights, *q));
        AmountDistribution {
            attribute,
            level,
            reference,
            quantiles: quantiles.collect(),
            amounts: amounts.into(),
        }
    });
    Ok(distributions.collect())
}

/// The difference of the amounts for two levels of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LevelComparison {
    /// The attribute.
    pub attribute: AttributeIndex,
    /// The level with the amount from which the other's is subtracted, and the other level.
    pub levels: [LevelIndex; 2],
    /// The difference of the medians of the respondents' amounts.
    pub algebraic: Option<WtpEstimate>,
    /// The difference of the simulated amounts.
    pub simulated: Option<WtpEstimate>,
}

/// Computes the difference of the amounts for two levels, each against the reference level.
///
/// # Errors
/// The product has no price that could change.
pub fn compare_levels(
    simulation: &Simulation,
    request: &WtpRequest,
    attribute: AttributeIndex,
    levels: [LevelIndex; 2],
) -> Result<LevelComparison, PriceError> {
    let study = simulation.selected();
    let people = &study.respondents;
    let cells = &simulation.scenario().offers()[request.product].cells;
    let priced = PricedProduct::new(simulation, request.product, request.price);
    let priced = priced.ok_or_else(|| unpriced(simulation, request))?;
    let resamples = request.bootstrap.resamples(&people.ids, &people.weights);
    let resamples = ResampleCache::new(resamples, people.len());
    let medians = AlgebraicMedians::new(study, request.price, cells, &resamples);
    let reference = find_reference(&study.schema.attributes[attribute], cells[attribute]);
    let reference = reference.map(|level| level_cell(study, attribute, level));
    let reference = reference.unwrap_or(cells[attribute]);
    let values = levels.map(|level| level_cell(study, attribute, level));
    let is_comparable = has_price(study, request.price, attribute, cells, values);
    let part_worths = |cell| utility::value_part_worths(study, attribute, cell, cells, &|_| false);
    let base = part_worths(reference);
    let [one, other] = values.map(|cell| medians.individual([&base, &part_worths(cell)]));
    let (one, other) = (sort_amounts(&one), sort_amounts(&other));
    let difference =
        |weights: &[f64]| Some(quantile(&one, weights, 0.5)? - quantile(&other, weights, 0.5)?);
    let algebraic = difference(people.weights.as_slice()).and_then(|amount| {
        WtpEstimate::new(amount, resamples.replicates(&difference), request.level)
    });
    let [one, other] =
        values.map(|cell| priced.find_amount(attribute, [reference, cell], &resamples));
    let simulated = one.zip(other).and_then(|((one, first), (other, second))| {
        let pairs = first.iter().zip(&second);
        let replicates = pairs.map(|(one, other)| one - other).collect();
        let estimate = WtpEstimate::new(one - other, replicates, request.level)?;
        let is_bounded = priced.is_at_edge(one, &first) || priced.is_at_edge(other, &second);
        Some(WtpEstimate {
            is_bounded,
            ..estimate
        })
    });
    Ok(LevelComparison {
        attribute,
        levels,
        algebraic: algebraic.filter(|_| is_comparable),
        simulated: simulated.filter(|_| is_comparable),
    })
}
