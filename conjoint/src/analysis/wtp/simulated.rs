//! Simulated willingness to pay: the price increase of a product with which as many respondents buy
//! it with the level as bought it with the reference level at its price, in the price's unit (B. K.
//! Orme, "Estimating willingness to pay (WTP) given competition in conjoint analysis", 2021; G. M.
//! Allenby and others, "Economic valuation of product features", 2014, on why competitors must be
//! included).
//!
//! Only this product changes, so that a respondent's probability of choosing it has a closed form:
//! `P(x) = 1 / (1 + R·exp(−s·(V + u(x))))`, with the scale factor s, the odds R of all alternatives,
//! `Σ_k exp(s·U[k])` including None's, the product's utility V without its price, and the utility
//! u(x) of the price. Starting from the current price, the first price at which the share returns is
//! found by bisection.
//!
//! The interval comes from a bootstrap of the respondents, whose probabilities do not change. Shares
//! are computed at some prices, which are closer together near the result, and interpolated
//! linearly between them.
//!
//! By first choice a share changes in steps, and by randomized first choice through draws, so that no
//! single price returns it; the share of preference is used instead.

use nalgebra::DVectorView;

use super::{ResampleCache, WtpEstimate};
use crate::choice::Rule;
use crate::choice::utility::{self, WITHDRAWN};
use crate::index_vec::{AttributeIndex, Position, ProductIndex};
use crate::simulation::Simulation;
use crate::stats::bootstrap::{Interval, Level};
use crate::stats::sort::stable_sort;
use crate::study::{Cell, Cells, Study};

/// How far beyond the surveyed prices the search goes, in surveyed ranges: as far as an offer's price
/// may be.
const SEARCH_MARGIN: f64 = 1.0;
/// The number of steps from the current price to the end of the range.
const STEPS: usize = 100;
/// The number of bisections of the step in which the share returns.
const BISECTIONS: usize = 45;
/// The distance of the computed price next to the result, as a fraction of the range.
const FIRST_DISTANCE: f64 = 1.0 / 256.0;
/// The ratio of each distance to the one before it.
const DISTANCE_RATIO: f64 = 1.5;

/// A product among its competitors, whose price and levels may change.
pub(super) struct PricedProduct<'s> {
    study: &'s Study,
    price_attribute: AttributeIndex,
    cells: &'s Cells,
    rule: Rule,
    scale: f64,
    current_price: f64,
    /// The lowest and the highest price of the search.
    range: [f64; 2],
    /// The product's utility to each respondent without its price.
    utilities: Vec<f64>,
    /// The logarithm of the odds of all alternatives, by respondent.
    alternatives: Vec<f64>,
}

impl<'s> PricedProduct<'s> {
    /// Prepares a product; `None` if it has no price.
    pub(super) fn new(
        simulation: &'s Simulation,
        product: ProductIndex,
        price_attribute: AttributeIndex,
    ) -> Option<Self> {
        let study: &Study = simulation.selected();
        let cells = &simulation.scenario().offers()[product].cells;
        let current_price = cells[price_attribute].number()?;
        let (low, high) = study.schema.surveyed_for(price_attribute, cells).range()?;
        let margin = SEARCH_MARGIN * (high - low);
        // Buyers are not paid for buying, unless the survey had negative prices.
        let lowest = (low - margin).max(low.min(0.0));
        let rule = simulation.model().rule.closed_form();
        let all = simulation.live().utilities();
        let utilities = all.column(product.index()).iter().copied().collect();
        let own = utility::value_part_worths(
            study,
            price_attribute,
            cells[price_attribute],
            cells,
            &|_| false,
        );
        let utilities = subtract(utilities, &own);
        Some(Self {
            study,
            price_attribute,
            cells,
            rule,
            scale: simulation.model().scale,
            current_price,
            range: [
                lowest.min(current_price),
                (high + margin).max(current_price),
            ],
            utilities,
            alternatives: compute_alternatives(simulation, rule, product),
        })
    }

    /// The rule with a closed form that the amounts are computed by.
    pub(super) fn rule(&self) -> Rule {
        self.rule
    }

    /// The amount for a level of an attribute in place of the reference, with its interval at a confidence
    /// level. `None` if the share does not return in the range of prices.
    pub(super) fn estimate(
        &self,
        attribute: AttributeIndex,
        values: [Cell; 2],
        resamples: &ResampleCache,
        confidence: Level,
    ) -> Option<WtpEstimate> {
        let (amount, replicates) = self.find_amount(attribute, values, resamples)?;
        let estimate = WtpEstimate::new(amount, replicates, confidence)?;
        let Interval { low, high } = estimate.interval;
        Some(WtpEstimate {
            is_bounded: self.is_at_edge(amount, &[low, high]),
            ..estimate
        })
    }

    /// Whether an amount or any of its replicates reaches the edge of the prices tried.
    pub(super) fn is_at_edge(&self, amount: f64, replicates: &[f64]) -> bool {
        let [lowest, highest] = self.range.map(|price| price - self.current_price);
        let is_at_edge = |amount: &f64| *amount <= lowest || *amount >= highest;
        is_at_edge(&amount) || replicates.iter().any(is_at_edge)
    }

    /// The amount for a level of an attribute in place of the reference, and its replicates.
    pub(super) fn find_amount(
        &self,
        attribute: AttributeIndex,
        values: [Cell; 2],
        resamples: &ResampleCache,
    ) -> Option<(f64, Vec<f64>)> {
        // Without alternatives, no price loses a buyer.
        if self.alternatives.iter().all(|odds| *odds == WITHDRAWN) {
            return None;
        }
        let is_price = |other| other == self.price_attribute;
        let part_worths =
            |cell| utility::value_part_worths(self.study, attribute, cell, self.cells, &is_price);
        let own = part_worths(self.cells[attribute]);
        let without = subtract(self.utilities.clone(), &own);
        let [reference, level] = values.map(|cell| {
            let sums = without.iter().zip(part_worths(cell));
            let sums = sums.map(|(sum, part_worth)| sum + part_worth).collect();
            let mut cells = self.cells.clone();
            cells[attribute] = cell;
            (sums, cells)
        });
        let target = self.compute_probabilities(&reference, self.current_price);
        // Each respondent's gain in probability over the reference level at its price.
        let gains_at = |price: f64| -> Vec<f64> {
            let probabilities = self.compute_probabilities(&level, price);
            let pairs = probabilities.iter().zip(&target);
            pairs
                .map(|(probability, target)| probability - target)
                .collect()
        };
        let weights = self.study.respondents.weights.as_slice();
        let result = self.find_return_price(&|price| dot(&gains_at(price), weights))?;
        let prices = self.list_prices_around(result);
        let gains: Vec<Vec<f64>> = prices.iter().map(|price| gains_at(*price)).collect();
        let middle = prices.partition_point(|price| *price < result);
        let replicates = resamples.replicates(&|weights| {
            let gain = |place: usize| gains.get(place).map(|gains| dot(gains, weights));
            Some(interpolate_return_price(&prices, middle, &gain)? - self.current_price)
        });
        Some((result - self.current_price, replicates))
    }

    /// Each respondent's probability of choosing the product at a price, from its utilities without
    /// the price and its other values.
    fn compute_probabilities(
        &self,
        (utilities, cells): &(Vec<f64>, Cells),
        price: f64,
    ) -> Vec<f64> {
        let mut sums = utilities.clone();
        let mut cells = cells.clone();
        cells[self.price_attribute] = Cell::Number(price);
        utility::add_all_part_worths(self.study, self.price_attribute, &cells, &mut sums);
        let probability = |(utility, odds): (&f64, &f64)| match *utility {
            WITHDRAWN => 0.0,
            utility => (1.0 + (odds - self.scale * utility).exp()).recip(),
        };
        let pairs = sums.iter().zip(&self.alternatives);
        pairs.map(probability).collect()
    }

    /// The price nearest to the current one at which the gain changes its sign; `None` if there is
    /// none in the range.
    fn find_return_price(&self, gain: &dyn Fn(f64) -> f64) -> Option<f64> {
        let current_gain = gain(self.current_price);
        if current_gain == 0.0 {
            return Some(self.current_price);
        }
        // A gain allows a higher price, a loss demands a lower one.
        let is_gain = current_gain > 0.0;
        let end = if is_gain {
            self.range[1]
        } else {
            self.range[0]
        };
        let step = (end - self.current_price) / STEPS as f64;
        let is_beyond = |price: f64| (gain(price) > 0.0) != is_gain;
        let mut inner = self.current_price;
        let mut trials = (1..=STEPS).map(|trial| self.current_price + step * trial as f64);
        let mut outer = trials.find(|price| {
            let is_found = is_beyond(*price);
            if !is_found {
                inner = *price;
            }
            is_found
        })?;
        for _ in 0..BISECTIONS {
            let middle = (inner + outer) / 2.0;
            if is_beyond(middle) {
                outer = middle;
            } else {
                inner = middle;
            }
        }
        Some((inner + outer) / 2.0)
    }

    /// Ascending prices over the range, closer together near this price, which is one of them.
    fn list_prices_around(&self, price: f64) -> Vec<f64> {
        let [low, high] = self.range;
        let mut distance = (high - low) * FIRST_DISTANCE;
        let mut prices = vec![low, price, high];
        while distance < high - low {
            let near = [price - distance, price + distance];
            prices.extend(near.into_iter().filter(|near| low < *near && *near < high));
            distance *= DISTANCE_RATIO;
        }
        let mut prices = stable_sort(prices, f64::total_cmp);
        prices.dedup();
        prices
    }
}

/// The price at which the gain is 0, interpolated between the first two prices, from the one at
/// `middle` outwards, between which it changes its sign; the outermost price if it does not.
fn interpolate_return_price(
    prices: &[f64],
    middle: usize,
    gain: &dyn Fn(usize) -> Option<f64>,
) -> Option<f64> {
    let (mut place, mut gain_here) = (middle, gain(middle)?);
    if gain_here == 0.0 {
        return prices.get(middle).copied();
    }
    let is_gain = gain_here > 0.0;
    loop {
        let next = if is_gain {
            Some(place + 1)
        } else {
            place.checked_sub(1)
        };
        let Some((next, next_gain)) = next.and_then(|next| Some((next, gain(next)?))) else {
            return prices.get(place).copied();
        };
        if (next_gain > 0.0) != is_gain {
            let (price, next_price) = (prices.get(place)?, prices.get(next)?);
            let weight = gain_here / (gain_here - next_gain);
            return Some(utility::interpolate(*price, *next_price, weight));
        }
        (place, gain_here) = (next, next_gain);
    }
}

/// The logarithm of the odds of everything that can be chosen instead of the product, by respondent;
/// −∞ if nothing can.
fn compute_alternatives(simulation: &Simulation, rule: Rule, product: ProductIndex) -> Vec<f64> {
    let scale = simulation.model().scale;
    let none = &simulation.chooser().none;
    if !rule.compares_products() {
        let alternatives = simulation.chooser().separate_alternatives();
        return alternatives.map(|none| scale * none).collect();
    }
    let utilities = simulation.live().utilities();
    let rows = utilities.row_iter().zip(none);
    let odds = rows.map(|(row, none)| {
        let row = row.iter().enumerate();
        let alternatives = || {
            let row = row.clone().filter(|(other, _)| *other != product.index());
            row.map(|(_, utility)| scale * utility)
                .chain([scale * none])
        };
        match alternatives().fold(WITHDRAWN, f64::max) {
            WITHDRAWN => WITHDRAWN,
            best => {
                let terms = alternatives().map(|utility| (utility - best).exp());
                best + terms.sum::<f64>().ln()
            }
        }
    });
    odds.collect()
}

fn subtract(mut sums: Vec<f64>, part_worths: &[f64]) -> Vec<f64> {
    for (sum, part_worth) in sums.iter_mut().zip(part_worths) {
        *sum -= part_worth;
    }
    sums
}

fn dot(values: &[f64], weights: &[f64]) -> f64 {
    let weights = DVectorView::from_slice(weights, weights.len());
    DVectorView::from_slice(values, values.len()).dot(&weights)
}
