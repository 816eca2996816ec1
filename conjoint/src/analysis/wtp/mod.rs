//! Willingness to pay: the value of an attribute level in money, compared with a reference level.
//!
//! - `algebraic`: each respondent's difference of part-worths divided by the slope of the price, and
//!   the median over respondents;
//! - `simulated`: the price increase of a product among its competitors and None with which its share
//!   returns to what it was with the reference level;
//! - `distribution`: the amounts of all respondents, and the difference of two levels' amounts;
//! - `exceedance`: the share of respondents with more than an amount.
//!
//! The reference is the product's level, or the surveyed level nearest to its value. All amounts are
//! in the unit of the attribute used as the price.

mod algebraic;
mod distribution;
mod exceedance;
mod simulated;

use super::price::PriceError;
use crate::choice::Rule;
use crate::choice::utility;
use crate::index_vec::{AttributeIndex, LevelIndex, Position, ProductIndex};
use crate::simulation::Simulation;
use crate::stats::bootstrap::{Bootstrap, Interval, Level, Resamples};
use crate::study::{Attribute, Cell, Cells, Levels, Study};

use algebraic::AlgebraicMedians;
pub use distribution::{
    AmountDistribution, LevelComparison, QUANTILES, compare_levels, compute_distributions,
};
pub use exceedance::{Exceedance, LevelWorth};
use simulated::PricedProduct;

/// A warning for readers of [`LevelWtp::algebraic`].
pub const WARNING: &str = "the algebraic willingness to pay overstates what buyers would pay in most \
    cases, because it ignores competitors and the option to buy nothing";

/// What to compute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WtpRequest {
    /// The product whose price changes; it is on the market.
    pub product: ProductIndex,
    /// The attribute used as the price; it is numeric.
    pub price: AttributeIndex,
    /// The only attribute whose levels to evaluate; if `None`, all attributes except the price.
    pub attribute: Option<AttributeIndex>,
    /// The resamples behind the intervals.
    pub bootstrap: Bootstrap,
    /// The confidence level of the intervals.
    pub level: Level,
}

/// The willingness to pay for all requested levels.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct WillingnessToPay {
    /// The product whose price changes.
    pub product: ProductIndex,
    /// The attribute used as the price.
    pub price: AttributeIndex,
    /// The rule of the simulated amounts: the choice model's, or the rule that replaces it; see
    /// [`Rule::closed_form`].
    pub rule: Rule,
    /// The number of included respondents.
    pub respondents: usize,
    /// The number of them who like paying more, or do not care: the line through their part-worths
    /// does not fall as the price rises, so they have no algebraic amount.
    pub like_paying_more: usize,
    /// All levels except the references, in the order of the attributes.
    pub levels: Vec<LevelWtp>,
}

/// The willingness to pay for one level.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct LevelWtp {
    /// Its attribute.
    pub attribute: AttributeIndex,
    /// The level.
    pub level: LevelIndex,
    /// The reference level.
    pub reference: LevelIndex,
    /// The median of the respondents' amounts; `None` if all respondents like paying more.
    pub algebraic: Option<WtpEstimate>,
    /// The price change with which the share returns; `None` if it does not return in the range of
    /// prices that is searched.
    pub simulated: Option<WtpEstimate>,
}

/// An amount with its confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct WtpEstimate {
    /// The amount.
    pub amount: f64,
    /// The interval.
    pub interval: Interval,
    /// Whether the amount or an end of its interval reaches the edge of the prices tried, so that it is
    /// only a bound.
    pub is_bounded: bool,
}

impl WtpEstimate {
    /// An amount with the percentile interval of its replicates.
    fn new(amount: f64, replicates: Vec<f64>, level: Level) -> Option<Self> {
        let interval = Interval::from_replicates(replicates, level)?;
        Some(Self {
            amount,
            interval,
            is_bounded: false,
        })
    }
}

impl WillingnessToPay {
    /// Computes the willingness to pay of the included respondents.
    ///
    /// # Examples
    /// ```
    /// use conjoint::analysis::price::find_price_attribute;
    /// use conjoint::analysis::wtp::{WillingnessToPay, WtpRequest};
    /// use conjoint::stats::bootstrap::{Bootstrap, Level};
    /// use conjoint::testing::generate_simulation;
    ///
    /// let simulation = generate_simulation(1, &[("Gen X", 20)]);
    /// let study = simulation.selected();
    /// let request = WtpRequest {
    ///     product: simulation.scenario().find("9").unwrap(),
    ///     price: find_price_attribute(study, None).unwrap(),
    ///     attribute: study.schema().find("range"),
    ///     bootstrap: Bootstrap::default(),
    ///     level: Level::default(),
    /// };
    /// let wtp = WillingnessToPay::compute(&simulation, &request).unwrap();
    /// // One level of the attribute is the reference.
    /// let range = &study.schema().attributes()[request.attribute.unwrap()];
    /// assert_eq!(wtp.levels.len(), range.levels.len() - 1);
    /// ```
    ///
    /// # Errors
    /// The product has no price that could change.
    pub fn compute(simulation: &Simulation, request: &WtpRequest) -> Result<Self, PriceError> {
        let study = simulation.selected();
        let people = &study.respondents;
        let offer = &simulation.scenario().offers()[request.product];
        let priced = PricedProduct::new(simulation, request.product, request.price);
        let priced = priced.ok_or_else(|| unpriced(simulation, request))?;
        let resamples = request.bootstrap.resamples(&people.ids, &people.weights);
        let resamples = ResampleCache::new(resamples, people.len());
        let medians = AlgebraicMedians::new(study, request.price, &offer.cells, &resamples);
        let mut levels = Vec::new();
        for (attribute, reference, level) in list_levels(study, request, &offer.cells) {
            let values = [reference, level].map(|level| level_cell(study, attribute, level));
            let is_comparable = has_price(study, request.price, attribute, &offer.cells, values);
            let [first, second] = values.map(|cell| {
                utility::value_part_worths(study, attribute, cell, &offer.cells, &|_| false)
            });
            let algebraic = || medians.estimate([&first, &second], request.level);
            let simulated = || priced.estimate(attribute, values, &resamples, request.level);
            levels.push(LevelWtp {
                attribute,
                level,
                reference,
                algebraic: is_comparable.then(algebraic).flatten(),
                simulated: is_comparable.then(simulated).flatten(),
            });
        }
        Ok(Self {
            product: request.product,
            price: request.price,
            rule: priced.rule(),
            respondents: people.count_included(&people.weights),
            like_paying_more: medians.excluded_count(),
            levels,
        })
    }
}

/// The error of a product without the requested price.
fn unpriced(simulation: &Simulation, request: &WtpRequest) -> PriceError {
    let attributes = simulation.selected().schema().attributes();
    PriceError::Unpriced {
        id: simulation.scenario().offers()[request.product]
            .id
            .to_string(),
        attribute: attributes[request.price].name.clone(),
    }
}

/// The requested levels, each with its attribute and reference.
fn list_levels(
    study: &Study,
    request: &WtpRequest,
    cells: &Cells,
) -> Vec<(AttributeIndex, LevelIndex, LevelIndex)> {
    let mut levels = Vec::new();
    for (index, attribute) in study.schema.attributes.enumerate() {
        let is_requested = request.attribute.is_none_or(|requested| requested == index);
        if index == request.price || !is_requested || !study.schema.has_effects(index) {
            continue;
        }
        let Some(reference) = find_reference(attribute, cells[index]) else {
            continue;
        };
        let others = (0..attribute.levels.len()).map(LevelIndex::from_index);
        let others = others.filter(|level| *level != reference);
        levels.extend(others.map(|level| (index, reference, level)));
    }
    levels
}

/// An offer's value with a level of an attribute.
fn level_cell(study: &Study, attribute: AttributeIndex, level: LevelIndex) -> Cell {
    match &study.schema.attributes[attribute].levels {
        Levels::Categorical(_) => Cell::Level(level),
        Levels::Numeric(levels) => levels
            .get(level.index())
            .map_or(Cell::Empty, |level| Cell::Number(*level)),
    }
}

/// Whether the offer's price was surveyed with both values of an attribute. Where brands have prices of
/// their own, it may not.
fn has_price(
    study: &Study,
    price: AttributeIndex,
    attribute: AttributeIndex,
    cells: &Cells,
    values: [Cell; 2],
) -> bool {
    let schema = &study.schema;
    let mut interactions = schema.interactions_of(price);
    if !interactions.any(|interaction| interaction.contains(attribute)) {
        return true;
    }
    values.into_iter().all(|cell| {
        let mut cells = cells.clone();
        cells[attribute] = cell;
        let surveyed = schema.surveyed_for(price, &cells);
        let amount = cells[price].number();
        let is_near = |amount: f64| surveyed.check_distance(amount).is_ok();
        amount.is_some_and(is_near)
    })
}

/// The resamples behind all intervals: kept in memory if they fit, otherwise drawn again for every
/// level.
enum ResampleCache {
    Stored(Vec<Vec<f64>>),
    Redrawn(Box<Resamples>),
}

impl ResampleCache {
    /// The most weights that are kept, 64 MB.
    const MAX_WEIGHTS: usize = 8_000_000;

    fn new(resamples: Resamples, respondents: usize) -> Self {
        let (count, _) = resamples.size_hint();
        if count.saturating_mul(respondents) <= Self::MAX_WEIGHTS {
            Self::Stored(resamples.collect())
        } else {
            Self::Redrawn(Box::new(resamples))
        }
    }

    /// The replicates of a figure, without the resamples in which it is `None`.
    fn replicates(&self, figure: &dyn Fn(&[f64]) -> Option<f64>) -> Vec<f64> {
        match self {
            Self::Stored(resamples) => {
                let resamples = resamples.iter();
                resamples.filter_map(|weights| figure(weights)).collect()
            }
            Self::Redrawn(resamples) => {
                let resamples = Resamples::clone(resamples);
                resamples.filter_map(|weights| figure(&weights)).collect()
            }
        }
    }
}

/// The level of a value: the nearest one, of two equally near the lower. The first level if there is
/// no value, and `None` if the attribute was not surveyed.
fn find_reference(attribute: &Attribute, cell: Cell) -> Option<LevelIndex> {
    match (&attribute.levels, cell) {
        (Levels::Numeric(levels), Cell::Number(value)) => {
            let distance = |level: &f64| (level - value).abs();
            let levels = levels.iter().enumerate();
            let nearest =
                levels.min_by(|(_, one), (_, other)| distance(one).total_cmp(&distance(other)));
            nearest.map(|(level, _)| LevelIndex::from_index(level))
        }
        (Levels::Categorical(_), Cell::Level(level)) => Some(level),
        (levels, _) => (!levels.is_empty()).then(|| LevelIndex::from_index(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resamples_that_do_not_fit_are_drawn_again() {
        let bootstrap = Bootstrap {
            resamples: 9,
            ..Bootstrap::default()
        };
        let ids = ["a", "b", "c"].map(str::to_owned).to_vec().into();
        let resamples = || bootstrap.resamples(&ids, &vec![1.0, 2.0, 4.0].into());
        let stored = ResampleCache::new(resamples(), 3);
        let redrawn = ResampleCache::new(resamples(), ResampleCache::MAX_WEIGHTS);
        assert!(matches!(
            (&stored, &redrawn),
            (ResampleCache::Stored(_), ResampleCache::Redrawn(_))
        ));
        let first = |weights: &[f64]| weights.first().copied().filter(|weight| *weight > 0.0);
        let replicates = stored.replicates(&first);
        assert!((1..9).contains(&replicates.len()), "{replicates:?}");
        for _ in 0..2 {
            assert_eq!(redrawn.replicates(&first), replicates);
        }
    }
}
