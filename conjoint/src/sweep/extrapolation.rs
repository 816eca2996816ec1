//! Warnings about rows that leave the surveyed range of a cost.

use super::Cost;
use super::range::Points;
use crate::index_vec::ProductIndex;
use crate::study::{Cell, Study, ValueError};

/// A row with values outside the surveyed range of a cost, where utilities are extrapolated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExtrapolatedRow {
    /// The row, from 1.
    pub row: usize,
    /// The row's range: 0 for a lockstep's, 0 (x) or 1 (y) for a grid's.
    pub axis: usize,
    /// The cost.
    pub cost: Cost,
    /// The end of the row's range that is outside; the first value if both ends are.
    pub value: f64,
    /// The lowest and the highest surveyed level of the cost.
    pub range: (f64, f64),
}

impl ExtrapolatedRow {
    /// The warning, in the words used for an offer's value.
    pub fn warning(&self) -> ValueError {
        ValueError::OutsideRange {
            value: self.value,
            low: self.range.0,
            high: self.range.1,
        }
    }
}

/// The rows of one axis that leave the surveyed range.
pub(super) fn find_extrapolated_rows(
    study: &Study,
    cost: Cost,
    axis: usize,
    (products, rows): (&[ProductIndex], &[Points]),
) -> impl Iterator<Item = ExtrapolatedRow> {
    let attribute = cost.attribute(&study.schema);
    let rows = products.iter().zip(rows);
    (1..).zip(rows).filter_map(move |(row, (product, points))| {
        let attribute = match study.offers.get(*product) {
            Some(offer) => study.schema.surveyed_for(attribute?, &offer.cells),
            None => &study.schema.attributes[attribute?],
        };
        let ends = [points.values.first(), points.values.last()];
        let mut ends = ends.into_iter().flatten();
        let value = *ends.find(|end| attribute.is_outside(Cell::Number(**end)))?;
        Some(ExtrapolatedRow {
            row,
            axis,
            cost,
            value,
            range: attribute.range()?,
        })
    })
}
