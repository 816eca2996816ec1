//! Demand curves: a product's share and its brand's money at every price.
//!
//! `S(x) = Σ_r w[r]·P[r](x) / Σ_r w[r]`, with the weights w and the probability P of respondent r,
//! by the rule of the choice model, that they choose the product at the price x. Only the product's
//! price changes: over the surveyed range at equidistant points, and at the current price. There is
//! no curve beyond the surveyed range, because the survey says nothing about it.
//!
//! The intervals of the shares come from a bootstrap of the respondents, whose probabilities do not
//! change (see [`crate::stats::bootstrap`]). All points use the same resamples.

use nalgebra::DMatrix;

use super::offer_trial::OfferTrial;
use crate::index_vec::{AttributeIndex, BrandIndex, ProductIndex};
use crate::market::{Figures, PriceList};
use crate::simulation::Simulation;
use crate::stats::bootstrap::{Bootstrap, Estimate, Level};
use crate::stats::sort::stable_sort;
use crate::study::{Cell, Offer};

/// The number of points over the surveyed range.
pub const POINTS: u32 = 25;

/// The demand curve of one product.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct DemandCurve {
    /// The product.
    pub product: ProductIndex,
    /// The attribute used as the price.
    pub attribute: AttributeIndex,
    /// The current price, which is one of the points.
    pub current: Option<f64>,
    /// The brand whose money the points have.
    pub brand: Option<BrandIndex>,
    /// The points, by ascending price.
    pub points: Vec<DemandPoint>,
}

/// One price of a demand curve.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct DemandPoint {
    /// The price, in the attribute's unit.
    pub price: f64,
    /// The product's share by the rule of the choice model, 0–1.
    pub share: Estimate,
    /// The figures of the product's brand after the period; `None` in a study without money.
    pub money: Option<Figures>,
}

impl DemandCurve {
    /// Computes the curve of a product on the market over the surveyed levels of a numeric
    /// attribute.
    ///
    /// # Examples
    /// ```
    /// use conjoint::analysis::demand_curve::{DemandCurve, POINTS};
    /// use conjoint::analysis::price::{find_price_attribute, find_priced_offer};
    /// use conjoint::stats::bootstrap::{Bootstrap, Level};
    /// use conjoint::testing::generate_simulation;
    ///
    /// let simulation = generate_simulation(1, &[("Gen X", 20)]);
    /// let price = find_price_attribute(simulation.selected(), None).unwrap();
    /// let product = find_priced_offer(&simulation, Some("9")).unwrap();
    /// let (bootstrap, level) = (Bootstrap::default(), Level::default());
    /// let curve = DemandCurve::compute(&simulation, product, price, bootstrap, level);
    /// // The surveyed range, and the current price.
    /// assert_eq!(curve.points.len(), POINTS as usize + 1);
    /// ```
    pub fn compute(
        simulation: &Simulation,
        product: ProductIndex,
        attribute: AttributeIndex,
        bootstrap: Bootstrap,
        level: Level,
    ) -> Self {
        let study = simulation.selected();
        let offer = &simulation.scenario().offers()[product];
        let current = offer.cells[attribute].number();
        let brand = study.schema.brand_of(offer);
        let surveyed = study.schema.surveyed_for(attribute, &offer.cells);
        let prices = list_prices(surveyed.range(), current);
        let mut trial = OfferTrial::new(simulation);
        let mut probabilities = Vec::new();
        let mut money = Vec::new();
        for price in &prices {
            let set_price = |offer: &mut Offer| offer.cells[attribute] = Cell::Number(*price);
            let (choices, offers) = trial.change_offer(product, &set_price);
            probabilities.extend(choices.chances(product));
            let base = simulation.customer_base.as_ref().zip(brand);
            money.push(base.map(|(base, brand)| {
                let brands = base.changes(choices.demand(), &PriceList::new(study, offers));
                brands[brand].new
            }));
        }
        let people = &study.respondents;
        let probabilities = DMatrix::from_vec(people.len(), prices.len(), probabilities);
        let shares = bootstrap.means(&probabilities, &people.ids, &people.weights, level);
        let points = prices.iter().zip(shares).zip(money);
        let points = points.map(|((price, share), money)| DemandPoint {
            price: *price,
            share,
            money,
        });
        Self {
            product,
            attribute,
            current,
            brand,
            points: points.collect(),
        }
    }
}

impl DemandCurve {
    /// The price at which the brand's EBIT is highest, the lowest of several; `None` in a study without
    /// money.
    pub fn highest_ebit(&self) -> Option<f64> {
        let mut best: Option<(f64, f64)> = None;
        for point in &self.points {
            let ebit = point.money?.ebit;
            if best.is_none_or(|(_, highest)| ebit > highest) {
                best = Some((point.price, ebit));
            }
        }
        best.map(|(price, _)| price)
    }
}

/// The prices of the points, ascending: over the surveyed range, and the current price.
fn list_prices(range: Option<(f64, f64)>, current: Option<f64>) -> Vec<f64> {
    let mut prices: Vec<f64> = current.into_iter().collect();
    if let Some((low, high)) = range {
        let step = (high - low) / f64::from(POINTS - 1);
        // The last point is exactly the highest level, without the steps' rounding errors.
        let points = (0..POINTS).map(|point| match point + 1 {
            POINTS => high,
            _ => low + step * f64::from(point),
        });
        prices.extend(points);
    }
    let mut prices = stable_sort(prices, f64::total_cmp);
    prices.dedup();
    prices
}
