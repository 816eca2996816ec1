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
    /// A value of an offer on an attribute with a surveyed range, if it is outside that range.
    pub fn new(
        product: ProductIndex,
        attribute: AttributeIndex,
        cell: Cell,
        range: Option<(f64, f64)>,
    ) -> Option<Self> {
        let ((low, high), value) = (range?, cell.number()?);
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
                let surveyed = study.schema().surveyed_for(attribute, &offer.cells);
                OutsideValue::new(product, attribute, *cell, surveyed.range())
            })
        });
        values.collect()
    }
}
