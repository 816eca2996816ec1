//! The prices that a product may have in a price game.

use crate::index_vec::ProductIndex;
use crate::stats::sort::stable_sort;
use crate::study::{Attribute, Cell, Offer, Schema, Study, remove_rounding_noise};
use crate::sweep::RangeEdge;

/// The largest price change by default, percent of the price at the start; prices change in steps of
/// 1 %.
const MAX_PERCENT: i32 = 20;
/// The number of prices between bounds that the request sets.
const PRICES: u32 = 41;

/// The lowest and the highest monthly cost that a product may have in a price game.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PriceBounds {
    /// The lowest monthly cost.
    pub low: f64,
    /// The highest monthly cost.
    pub high: f64,
}

/// A monthly cost at the end of a game, and the values that it could have had.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct FinalPrice {
    /// The product.
    pub product: ProductIndex,
    /// Its monthly cost.
    pub price: f64,
    /// The lowest and the highest value that was tried.
    pub bounds: PriceBounds,
    /// The bound at which the price stopped; its brand might gain by going farther.
    pub edge: Option<RangeEdge>,
}

/// The bounds of an offer's monthly cost that a request does not set: from 80 % to 120 % of the cost at
/// the start, as far as that is within the surveyed range. `None` for an offer without a monthly cost.
pub fn default_price_bounds(study: &Study, offer: &Offer) -> Option<PriceBounds> {
    let (prices, _) = list_prices(study, offer, None)?;
    let (low, high) = (*prices.first()?, *prices.last()?);
    Some(PriceBounds { low, high })
}

/// The prices that a product may have, ascending, and the position of its current price; `None` if it
/// has no price.
pub(super) fn list_prices(
    study: &Study,
    offer: &Offer,
    bounds: Option<PriceBounds>,
) -> Option<(Vec<f64>, usize)> {
    let monthly = study.schema.monthly?;
    let current = Schema::cell(offer, Some(monthly)).number()?;
    let mut prices = match bounds {
        Some(PriceBounds { low, high }) => {
            let step = (high - low) / f64::from(PRICES - 1);
            let price = |place| match place + 1 {
                PRICES => high,
                _ => remove_rounding_noise(low + step * f64::from(place)),
            };
            (0..PRICES).map(price).collect()
        }
        None => list_default_prices(study.schema.surveyed_for(monthly, &offer.cells), current),
    };
    if !prices.contains(&current) {
        prices.push(current);
        prices = stable_sort(prices, f64::total_cmp);
    }
    let position = prices.iter().position(|price| *price == current)?;
    Some((prices, position))
}

/// The prices around the current one within the surveyed range, ascending.
fn list_default_prices(attribute: &Attribute, current: f64) -> Vec<f64> {
    let percents = (-MAX_PERCENT..=MAX_PERCENT).filter(|percent| *percent != 0);
    let prices = percents
        .map(|percent| remove_rounding_noise(current + current * f64::from(percent) / 100.0));
    let is_inside = |price: &f64| !attribute.is_outside(Cell::Number(*price));
    prices.filter(is_inside).collect()
}
