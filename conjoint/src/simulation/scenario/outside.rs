//! Values of offers outside the surveyed range, where utilities are extrapolated.

use super::Scenario;
use crate::index_vec::{AttributeIndex, ProductIndex};
use crate::study::{Cell, Study};

/// A value of an offer outside the surveyed range of its attribute. Every figure that depends on the
/// offer's utility is extrapolated.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct OutsideValue {
    /// The offer.
    pub product: ProductIndex,
    /// The attribute.
    pub attribute: AttributeIndex,
    /// The value.
    pub value: f64,
    /// The lowest surveyed level.
    pub low: f64,
    /// The highest surveyed level.
    pub high: f64,
}

impl OutsideValue {
    /// The value of an offer on an attribute, if it is outside the surveyed range.
    pub fn new(
        study: &Study,
        product: ProductIndex,
        attribute: AttributeIndex,
        cell: Cell,
    ) -> Option<Self> {
        let (low, high) = study.schema().attributes()[attribute].range()?;
        let value = cell.number()?;
        (value < low || value > high).then_some(Self {
            product,
            attribute,
            value,
            low,
            high,
        })
    }
}

impl Scenario {
    /// The values outside the surveyed range of all offers on the market, by offer and then by
    /// attribute.
    pub fn find_outside_values(&self, study: &Study) -> Vec<OutsideValue> {
        let offers = self.offers().enumerate();
        let offers = offers.filter(|(_, offer)| !offer.withdrawn);
        let values = offers.flat_map(|(product, offer)| {
            let cells = offer.cells.enumerate();
            cells.filter_map(move |(attribute, cell)| {
                OutsideValue::new(study, product, attribute, *cell)
            })
        });
        values.collect()
    }
}
