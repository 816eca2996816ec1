//! How the share of one product falls as its price rises, and what its brand makes of it.
//!
//! The product alone is moved over the surveyed range of the price, at points of equal distance
//! and at the price as it stands; everybody chooses anew at each by the method's rule. The share's
//! interval is that of a bootstrap of the respondents (see [`crate::stats::bootstrap`]) whose chances at
//! every price stay what they are: all points are of the same resampled people. Beyond the survey
//! there is no curve: levels that nobody was asked about would draw it.

use nalgebra::DMatrix;

use crate::analysis::trial::Trial;
use crate::index_vec::{AttributeIndex, BrandIndex, ProductIndex};
use crate::market::{Figures, PriceList};
use crate::simulation::Simulation;
use crate::stats::bootstrap::{Bootstrap, Estimate, Level};
use crate::stats::quantile::sorted;
use crate::study::Cell;
use crate::study::Offer;

/// How many points there are over the surveyed range.
pub const POINTS: u32 = 25;

/// One product at every price.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct DemandCurve {
    /// The product.
    pub product: ProductIndex,
    /// The attribute that is taken for the price.
    pub attribute: AttributeIndex,
    /// The price as it stands, of which there is a point.
    pub current: Option<f64>,
    /// The brand whose money is told.
    pub brand: Option<BrandIndex>,
    /// By ascending price.
    pub points: Vec<DemandPoint>,
}

/// One price.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct DemandPoint {
    /// The price, in the attribute's unit.
    pub price: f64,
    /// The product's share by the rule, 0–1.
    pub share: Estimate,
    /// What the product's brand has and earns after the period; `None` in a study without money.
    pub money: Option<Figures>,
}

impl DemandCurve {
    /// The curve of a product that is on offer, over the surveyed levels of a numeric attribute.
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
        let prices = prices(study.schema.attributes[attribute].range(), current);
        let mut trial = Trial::new(simulation);
        let mut chances = Vec::new();
        let mut money = Vec::new();
        for price in &prices {
            let priced = |offer: &mut Offer| offer.cells[attribute] = Cell::Number(*price);
            let (choices, offers) = trial.with(product, &priced);
            chances.extend(choices.chances(product));
            let base = simulation.customer_base.as_ref().zip(brand);
            money.push(base.map(|(base, brand)| {
                let brands = base.changes(choices.demand(), &PriceList::new(study, offers));
                brands[brand].new
            }));
        }
        let people = &study.respondents;
        let chances = DMatrix::from_vec(people.len(), prices.len(), chances);
        let shares = bootstrap.means(&chances, &people.ids, &people.weights, level);
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

/// The prices of the points, ascending: over the range, and the one as it stands.
fn prices(range: Option<(f64, f64)>, current: Option<f64>) -> Vec<f64> {
    let mut prices: Vec<f64> = current.into_iter().collect();
    if let Some((low, high)) = range {
        let step = (high - low) / f64::from(POINTS - 1);
        // The last point is the highest level itself, whatever the steps add up to.
        let points = (0..POINTS).map(|point| match point + 1 {
            POINTS => high,
            _ => low + step * f64::from(point),
        });
        prices.extend(points);
    }
    let mut prices = sorted(prices, f64::total_cmp);
    prices.dedup();
    prices
}
