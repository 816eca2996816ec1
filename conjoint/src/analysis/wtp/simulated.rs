//! What a level is worth in the market: by how much the price of a product that has it may rise
//! until as many buy as bought it with the reference level at its price (B. K. Orme, "Estimating
//! willingness to pay (WTP) given competition in conjoint analysis", 2021; G. M. Allenby and
//! others, "Economic valuation of product features", 2014, on why competitors must be there).
//!
//! Only this product changes, so that a respondent's chance of it has a closed form:
//! `P(x) = 1 / (1 + R·exp(−s·(V + u(x))))`, where R are the odds of all others, `Σ_k exp(s·U[k])`
//! and None's, V the product's utility beside the price, and u(x) that of the price. The first
//! price at which the share is back, from the price as it stands, is found by bisection. The
//! interval is that of a bootstrap of the respondents, who all keep their chances; between the
//! prices that are computed, which lie closer the nearer they are to the one found, shares are
//! taken to be linear.
//!
//! By first choice a share moves in steps, and in randomized first choice by draws: there is no
//! one price with which it returns, and the share of preference stands in for them.

use nalgebra::DVectorView;

use super::{ResampleCache, WtpEstimate};
use crate::choice::Rule;
use crate::choice::utility::{self, WITHDRAWN};
use crate::index_vec::{AttributeIndex, IndexVec, Position, ProductIndex};
use crate::simulation::Simulation;
use crate::stats::bootstrap::Level;
use crate::stats::quantile::sorted;
use crate::study::{Cell, Study};

/// How far beyond the surveyed prices the share may return, in surveyed ranges.
const BEYOND: f64 = 2.0;
/// In how many steps the prices are walked to find where the share returns.
const STEPS: usize = 100;
/// How often a step is halved to find the price.
const HALVINGS: usize = 45;
/// How far the price next to the one found lies from it, as a part of all prices, and how much
/// farther each one is than the one before it.
const NEXT: f64 = 1.0 / 256.0;
const GROWTH: f64 = 1.5;

/// A product among its competitors, whose price and levels may change.
pub(super) struct Market<'s> {
    study: &'s Study,
    attribute: AttributeIndex,
    cells: &'s IndexVec<AttributeIndex, Cell>,
    rule: Rule,
    scale: f64,
    price: f64,
    /// The lowest and highest price that are tried.
    range: [f64; 2],
    /// The product's utility to every respondent without that of its price.
    utilities: Vec<f64>,
    /// The logarithm of the odds of all others.
    others: Vec<f64>,
}

impl<'s> Market<'s> {
    /// Of a product, unless it has no price.
    pub(super) fn new(
        simulation: &'s Simulation,
        product: ProductIndex,
        attribute: AttributeIndex,
    ) -> Option<Self> {
        let study: &Study = simulation.selected();
        let cells = &simulation.scenario().offers()[product].cells;
        let price = cells[attribute].number()?;
        let (low, high) = study.schema.attributes[attribute].range()?;
        let beyond = BEYOND * (high - low);
        // Nobody is paid for buying, unless that was surveyed.
        let lowest = (low - beyond).max(low.min(0.0));
        let rule = simulation.model().rule.closed_form();
        let all = simulation.live().utilities();
        let mut utilities: Vec<f64> = all.column(product.index()).iter().copied().collect();
        subtract(study, attribute, cells, &mut utilities);
        Some(Self {
            study,
            attribute,
            cells,
            rule,
            scale: simulation.model().scale,
            price,
            range: [lowest.min(price), (high + beyond).max(price)],
            utilities,
            others: others(simulation, rule, product),
        })
    }

    pub(super) fn rule(&self) -> Rule {
        self.rule
    }

    /// The amount for the second of two levels of an attribute, of which the first is the
    /// reference, each by respondent.
    pub(super) fn worth(
        &self,
        attribute: AttributeIndex,
        levels: [&[f64]; 2],
        resamples: &ResampleCache,
        interval: Level,
    ) -> Option<WtpEstimate> {
        // Where nothing else can be taken, no price costs a buyer.
        if self.others.iter().all(|others| *others == WITHDRAWN) {
            return None;
        }
        let mut without = self.utilities.clone();
        subtract(self.study, attribute, self.cells, &mut without);
        let [reference, level] = levels.map(|level| -> Vec<f64> {
            let sums = without.iter().zip(level);
            sums.map(|(sum, part_worth)| sum + part_worth).collect()
        });
        let target = self.chances(&reference, self.price);
        // By how much each respondent's chance lies above that with the reference level.
        let gains = |price: f64| -> Vec<f64> {
            let chances = self.chances(&level, price);
            let pairs = chances.iter().zip(&target);
            pairs.map(|(chance, target)| chance - target).collect()
        };
        let weights = self.study.respondents.weights.as_slice();
        let returns = self.returns(&|price| sum(&gains(price), weights))?;
        let prices = self.around(returns);
        let gains: Vec<Vec<f64>> = prices.iter().map(|price| gains(*price)).collect();
        let middle = prices.partition_point(|price| *price < returns);
        let replicates = resamples.replicates(&|weights| {
            let gain = |place: usize| gains.get(place).map(|gains| sum(gains, weights));
            Some(replicate(&prices, middle, &gain)? - self.price)
        });
        WtpEstimate::of(returns - self.price, replicates, interval)
    }

    /// Every respondent's chance of taking the product at a price, where the rest of its utility
    /// is that.
    fn chances(&self, utilities: &[f64], price: f64) -> Vec<f64> {
        let mut sums = utilities.to_vec();
        utility::add_part_worths(self.study, self.attribute, Cell::Number(price), &mut sums);
        let chance = |(utility, others): (&f64, &f64)| match *utility {
            WITHDRAWN => 0.0,
            utility => (1.0 + (others - self.scale * utility).exp()).recip(),
        };
        sums.iter().zip(&self.others).map(chance).collect()
    }

    /// The price nearest to the one as it stands from which on the gain is gone; `None` where it is
    /// not within the prices that are tried.
    fn returns(&self, gain: &dyn Fn(f64) -> f64) -> Option<f64> {
        let here = gain(self.price);
        if here == 0.0 {
            return Some(self.price);
        }
        // A gain is paid for upwards, a loss is made good downwards.
        let is_gain = here > 0.0;
        let end = if is_gain {
            self.range[1]
        } else {
            self.range[0]
        };
        let step = (end - self.price) / STEPS as f64;
        let mut inner = self.price;
        let is_beyond = |price: f64| (gain(price) > 0.0) != is_gain;
        let mut places = (1..=STEPS).map(|place| self.price + step * place as f64);
        let mut outer = places.find(|price| {
            let found = is_beyond(*price);
            if !found {
                inner = *price;
            }
            found
        })?;
        for _ in 0..HALVINGS {
            let middle = (inner + outer) / 2.0;
            if is_beyond(middle) {
                outer = middle;
            } else {
                inner = middle;
            }
        }
        Some((inner + outer) / 2.0)
    }

    /// Prices around one, ascending, closer the nearer they are to it.
    fn around(&self, price: f64) -> Vec<f64> {
        let [low, high] = self.range;
        let mut distance = (high - low) * NEXT;
        let mut prices = vec![low, price, high];
        while distance < high - low {
            let near = [price - distance, price + distance];
            prices.extend(near.into_iter().filter(|near| low < *near && *near < high));
            distance *= GROWTH;
        }
        let mut prices = sorted(prices, f64::total_cmp);
        prices.dedup();
        prices
    }
}

/// The price at which the gain is gone, searched from the one at `middle` outwards; the outermost
/// price where it is not.
fn replicate(prices: &[f64], middle: usize, gain: &dyn Fn(usize) -> Option<f64>) -> Option<f64> {
    let (mut place, mut here) = (middle, gain(middle)?);
    if here == 0.0 {
        return prices.get(middle).copied();
    }
    let is_gain = here > 0.0;
    loop {
        let next = if is_gain {
            Some(place + 1)
        } else {
            place.checked_sub(1)
        };
        let Some((next, there)) = next.and_then(|next| Some((next, gain(next)?))) else {
            return prices.get(place).copied();
        };
        if (there > 0.0) != is_gain {
            let (from, to) = (prices.get(place)?, prices.get(next)?);
            return Some(utility::interpolate(*from, *to, here / (here - there)));
        }
        (place, here) = (next, there);
    }
}

/// The logarithm of the odds of all that can be taken instead of the product, by respondent; −∞
/// where nothing can.
fn others(simulation: &Simulation, rule: Rule, product: ProductIndex) -> Vec<f64> {
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
        let rest = || {
            let row = row.clone().filter(|(other, _)| *other != product.index());
            row.map(|(_, utility)| scale * utility)
                .chain([scale * none])
        };
        let best = rest().fold(WITHDRAWN, f64::max);
        match best {
            WITHDRAWN => WITHDRAWN,
            best => {
                best + rest()
                    .map(|utility| (utility - best).exp())
                    .sum::<f64>()
                    .ln()
            }
        }
    });
    odds.collect()
}

/// Takes the part-worths of a product's value on an attribute from sums.
fn subtract(
    study: &Study,
    attribute: AttributeIndex,
    cells: &IndexVec<AttributeIndex, Cell>,
    sums: &mut [f64],
) {
    let mut part_worths = vec![0.0; sums.len()];
    utility::add_part_worths(study, attribute, cells[attribute], &mut part_worths);
    for (sum, part_worth) in sums.iter_mut().zip(&part_worths) {
        *sum -= part_worth;
    }
}

fn sum(values: &[f64], weights: &[f64]) -> f64 {
    let weights = DVectorView::from_slice(weights, weights.len());
    DVectorView::from_slice(values, values.len()).dot(&weights)
}
