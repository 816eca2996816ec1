//! The best price of one product: the objective at every price of the surveyed range.
//!
//! Only the product's price changes. The prices are the ends of the surveyed range, the multiples of a
//! round step between them, and the current price; the survey says nothing about prices beyond.

use super::gain::{Gain, GainEstimator};
use super::objective::Objective;
use super::price_demand::compute_outcomes;
use crate::index_vec::{AttributeIndex, ProductIndex};
use crate::simulation::Simulation;
use crate::stats::bootstrap::{Bootstrap, Level};
use crate::stats::sort::stable_sort;
use crate::study::remove_rounding_noise;
use crate::sweep::RangeEdge;

/// The most steps between the ends of the surveyed range.
const MAX_STEPS: f64 = 40.0;
/// The round steps, in units of a power of ten.
const ROUND_STEPS: [f64; 4] = [1.0, 2.0, 2.5, 5.0];

/// The objective over the price of one product.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct BestPrice {
    /// The product.
    pub product: ProductIndex,
    /// The attribute used as the price.
    pub attribute: AttributeIndex,
    /// The current price, which is one of the points.
    pub current: Option<f64>,
    /// The points, by ascending price; never empty.
    pub points: Vec<PricePoint>,
    /// The position of the point with the highest objective; the lowest price of several.
    pub best: usize,
    /// The end of the surveyed range at which the best price is; a better one may be beyond.
    pub edge: Option<RangeEdge>,
}

/// One price, and what it brings.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PricePoint {
    /// The price, in the attribute's unit.
    pub price: f64,
    /// The product's share, the objective, and its gain over the current price.
    pub gain: Gain,
}

impl BestPrice {
    /// Computes the objective at every price of a product on the market. `None` for an attribute
    /// without a surveyed range.
    ///
    /// # Examples
    /// ```
    /// use conjoint::analysis::price::{find_price_attribute, find_priced_offer};
    /// use conjoint::optimizer::{Beneficiary, BestPrice, Objective, ObjectiveMeasure};
    /// use conjoint::stats::bootstrap::{Bootstrap, Level};
    /// use conjoint::testing::generate_simulation;
    ///
    /// let simulation = generate_simulation(1, &[("Gen X", 20)]);
    /// let price = find_price_attribute(simulation.selected(), None).unwrap();
    /// let product = find_priced_offer(&simulation, Some("9")).unwrap();
    /// let brand = simulation.selected().find_brand("Tesla").unwrap();
    /// let objective = Objective {
    ///     measure: ObjectiveMeasure::Share,
    ///     beneficiary: Beneficiary::Brand(brand),
    /// };
    /// let (bootstrap, level) = (Bootstrap::default(), Level::default());
    /// let found = BestPrice::compute(&simulation, product, price, objective, bootstrap, level);
    /// // The lowest price has the highest share.
    /// assert_eq!(found.unwrap().best, 0);
    /// ```
    pub fn compute(
        simulation: &Simulation,
        product: ProductIndex,
        attribute: AttributeIndex,
        objective: Objective,
        bootstrap: Bootstrap,
        level: Level,
    ) -> Option<Self> {
        let study = simulation.selected();
        let range = study.schema.attributes[attribute].range();
        let range = range.filter(|(low, high)| low < high)?;
        let current = simulation.scenario().offers()[product].cells[attribute].number();
        let estimator = GainEstimator::new(simulation, objective, bootstrap, level);
        let prices = list_prices(range, current);
        let mut outcomes = compute_outcomes(&estimator, product, attribute, &prices).into_iter();
        let today = outcomes.next()?;
        let points = prices
            .iter()
            .zip(outcomes)
            .map(|(price, outcome)| PricePoint {
                price: *price,
                gain: estimator.compare(&outcome, &today),
            });
        let points: Vec<PricePoint> = points.collect();
        let mut best = 0;
        for (position, point) in points.iter().enumerate() {
            let highest = points.get(best)?.gain.objective.mean;
            if point.gain.objective.mean > highest {
                best = position;
            }
        }
        Some(Self {
            edge: RangeEdge::find(&prices, best),
            product,
            attribute,
            current,
            points,
            best,
        })
    }

    /// The point with the highest objective.
    pub fn best_point(&self) -> Option<&PricePoint> {
        self.points.get(self.best)
    }
}

/// The prices of the points, ascending.
fn list_prices((low, high): (f64, f64), current: Option<f64>) -> Vec<f64> {
    let step = round_step(high - low);
    let first = (low / step).ceil();
    let count = ((high - low) / step) as usize + 1;
    let between = (0..count).map(|place| remove_rounding_noise((first + place as f64) * step));
    let between = between.filter(|price| low < *price && *price < high);
    let prices = [low, high].into_iter().chain(between).chain(current);
    let mut prices = stable_sort(prices.collect(), f64::total_cmp);
    prices.dedup();
    prices
}

/// The least round step that divides a width into at most [`MAX_STEPS`]; the width is above 0.
fn round_step(width: f64) -> f64 {
    let least = width / MAX_STEPS;
    let mut unit = 1.0;
    while unit * 10.0 <= least {
        unit *= 10.0;
    }
    while unit > least {
        unit /= 10.0;
    }
    let steps = ROUND_STEPS.iter().map(|step| step * unit);
    let step = steps.into_iter().find(|step| *step >= least);
    step.unwrap_or(unit * 10.0)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::analysis::interval::Intervals;
    use crate::analysis::price::find_price_attribute;
    use crate::choice::{ChoiceModel, NoneOption, Rule};
    use crate::index_vec::Position;
    use crate::market::Measure;
    use crate::optimizer::{Beneficiary, ObjectiveMeasure};
    use crate::testing::{generate_simulation, generate_study};

    #[test]
    fn prices_are_round_and_within_the_surveyed_range() {
        assert_eq!(round_step(1130.0), 50.0);
        assert_eq!(round_step(1.0), 0.025);
        assert_eq!(round_step(40.0), 1.0);
        let prices = list_prices((120.0, 1250.0), Some(399.0));
        assert_eq!(prices[..3], [120.0, 150.0, 200.0]);
        assert!(prices.contains(&399.0));
        assert_eq!(prices.last(), Some(&1250.0));
    }

    /// The figures at a price are those of a scenario with that price, and so are its intervals.
    #[test]
    fn a_point_is_the_simulation_at_its_price() {
        let mut simulation = generate_simulation(1, &[("Gen X", 60), ("Millennial", 40)]);
        let study = simulation.selected().clone();
        let attribute = find_price_attribute(&study, None).unwrap();
        let product = ProductIndex::from_index(8);
        let brand = study.schema.brand_of(&study.offers[product]).unwrap();
        let objective = Objective {
            measure: ObjectiveMeasure::Ebit,
            beneficiary: Beneficiary::Brand(brand),
        };
        let (bootstrap, level) = (Bootstrap::with_seed(3), Level::default());
        let found =
            BestPrice::compute(&simulation, product, attribute, objective, bootstrap, level);
        let found = found.unwrap();
        let values = found.points.iter().map(|point| point.gain.objective.mean);
        let highest = values.fold(f64::NEG_INFINITY, f64::max);
        let best = *found.best_point().unwrap();
        assert_eq!(best.gain.objective.mean, highest);
        let mut scenario = simulation.scenario().clone();
        let text = best.price.to_string();
        scenario.set(&study, product, attribute, &text).unwrap();
        simulation.set_scenario(scenario);
        let intervals = Intervals::compute(&simulation, bootstrap, level);
        assert_eq!(best.gain.share.mean, simulation.shares()[product].share);
        assert_eq!(best.gain.share.interval, intervals.products[product].live);
        let brands = simulation.brands().unwrap();
        assert_eq!(best.gain.objective.mean, brands[brand].new.ebit);
        let place = Measure::ALL.iter().position(|it| *it == Measure::Ebit);
        let money = intervals.money.unwrap()[brand][place.unwrap()];
        assert_eq!(best.gain.objective.interval, money.live);
        // The simulation started at the baseline.
        assert_eq!(best.gain.gain.interval, money.difference);
    }

    /// By every rule, with None and with weights, one pass over the resamples gives the intervals of
    /// simulations at the prices.
    #[test]
    fn intervals_are_those_of_simulations_by_every_rule() {
        let mut study = generate_study(2, &[("Gen X", 30), ("Millennial", 20)]);
        for (place, weight) in study.respondents.weights.iter_mut().enumerate() {
            *weight = 0.5 + (place % 3) as f64;
        }
        let study = Arc::new(study);
        let attribute = find_price_attribute(&study, None).unwrap();
        let product = ProductIndex::from_index(8);
        let brand = study.schema.brand_of(&study.offers[product]).unwrap();
        let objective = Objective {
            measure: ObjectiveMeasure::Revenue,
            beneficiary: Beneficiary::Brand(brand),
        };
        let (bootstrap, level) = (Bootstrap::with_seed(3), Level::default());
        for rule in Rule::ALL {
            let model = ChoiceModel {
                rule,
                draws: 20,
                none: NoneOption::Utility(1.0),
                ..ChoiceModel::default()
            };
            let mut simulation = Simulation::with_model(Arc::clone(&study), model).unwrap();
            let found =
                BestPrice::compute(&simulation, product, attribute, objective, bootstrap, level);
            let point = found.unwrap().points[3];
            let mut scenario = simulation.scenario().clone();
            let text = point.price.to_string();
            scenario.set(&study, product, attribute, &text).unwrap();
            simulation.set_scenario(scenario);
            let intervals = Intervals::compute(&simulation, bootstrap, level);
            let place = Measure::ALL.iter().position(|it| *it == Measure::Revenue);
            let money = intervals.money.unwrap()[brand][place.unwrap()];
            let pairs = [
                (point.gain.share.interval, intervals.products[product].live),
                (point.gain.objective.interval, money.live),
                (point.gain.gain.interval, money.difference),
            ];
            for (found, expected) in pairs {
                let (found, expected) = (found.unwrap(), expected.unwrap());
                let ends = [(found.low, expected.low), (found.high, expected.high)];
                for (found, expected) in ends {
                    let size = expected.abs().max(1.0);
                    assert!(
                        (found - expected).abs() < 1e-9 * size,
                        "{rule:?}: {found}, {expected}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_current_price_gains_nothing() {
        let simulation = generate_simulation(1, &[("Gen X", 40)]);
        let study = simulation.selected();
        let attribute = find_price_attribute(study, None).unwrap();
        let product = ProductIndex::from_index(0);
        let brand = study.schema.brand_of(&study.offers[product]).unwrap();
        let objective = Objective {
            measure: ObjectiveMeasure::Revenue,
            beneficiary: Beneficiary::Parent(study.brands[brand].parent),
        };
        let (bootstrap, level) = (Bootstrap::default(), Level::default());
        let found =
            BestPrice::compute(&simulation, product, attribute, objective, bootstrap, level);
        let found = found.unwrap();
        let mut points = found.points.iter();
        let current = points.find(|point| Some(point.price) == found.current);
        let gain = current.unwrap().gain.gain;
        assert_eq!(gain.mean, 0.0);
        let interval = gain.interval.unwrap();
        assert_eq!([interval.low, interval.high], [0.0, 0.0]);
    }
}
