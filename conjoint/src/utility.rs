//! Utility of a product to a respondent: the sum of part-worths over the attributes.
//!
//! `U[r,j] = Σ_attributes u_r(attribute, value of product j)`, in utility units. The part-worth
//! of a number is interpolated linearly between the two surveyed levels around it, and
//! extrapolated from the outermost two beyond the surveyed range.

use crate::indexed::{AttributeIndex, Position};
use crate::scenario::Offer;
use crate::study::{Attribute, Cell, Levels, Study};

/// The utility of a product that nobody can choose.
pub(crate) const WITHDRAWN: f64 = f64::NEG_INFINITY;

/// Writes the utility of `offer` to every respondent into `column`.
pub(crate) fn column(study: &Study, offer: &Offer, column: &mut [f64]) {
    if offer.withdrawn {
        column.fill(WITHDRAWN);
        return;
    }
    without_costs(study, offer, column);
    // The costs come last and in this order, so that a sweep, which adds them to the same sum
    // of the others, gives the same bits: copies of an offer stay tied with it.
    for attribute in [study.schema.upfront, study.schema.monthly]
        .into_iter()
        .flatten()
    {
        add(study, attribute, offer.cells[attribute], column);
    }
}

/// Writes the utility of `offer` without that of its two costs into `column`.
pub(crate) fn without_costs(study: &Study, offer: &Offer, column: &mut [f64]) {
    let costs = [study.schema.upfront, study.schema.monthly];
    column.fill(0.0);
    for attribute in study.schema.attributes.indices() {
        if !costs.contains(&Some(attribute)) {
            add(study, attribute, offer.cells[attribute], column);
        }
    }
}

/// Adds the part-worths of one value to `column`.
pub(crate) fn add(study: &Study, attribute: AttributeIndex, cell: Cell, column: &mut [f64]) {
    let terms = PartWorths::of(study, &study.schema.attributes[attribute], cell);
    match terms {
        PartWorths::None => {}
        PartWorths::Level(part_worths) => {
            for (sum, part_worth) in column.iter_mut().zip(part_worths) {
                *sum += part_worth;
            }
        }
        PartWorths::Between { low, high, weight } => {
            for ((sum, low), high) in column.iter_mut().zip(low).zip(high) {
                *sum += between(*low, *high, weight);
            }
        }
    }
}

/// The part-worth at `weight` of the way from `low` to `high`.
#[inline]
pub(crate) fn between(low: f64, high: f64, weight: f64) -> f64 {
    low + weight * (high - low)
}

/// The respondents' part-worths that make up the utility of one value.
pub(crate) enum PartWorths<'s> {
    /// The value contributes nothing.
    None,
    /// Those of one level.
    Level(&'s [f64]),
    /// Those of two levels, and how far the value lies from the lower to the higher one.
    Between {
        low: &'s [f64],
        high: &'s [f64],
        weight: f64,
    },
}

impl<'s> PartWorths<'s> {
    /// The part-worths behind a value.
    pub(crate) fn of(study: &'s Study, attribute: &Attribute, cell: Cell) -> Self {
        let respondents = study.respondents.len();
        let matrix = study.respondents.part_worths.as_slice();
        Self::among(attribute, cell, |column| {
            let start = column * respondents;
            &matrix[start..start + respondents]
        })
    }

    /// The numbers behind a value, where `column` gives those of a column of part-worths.
    pub(crate) fn among(
        attribute: &Attribute,
        cell: Cell,
        column: impl Fn(usize) -> &'s [f64],
    ) -> Self {
        let level = |level: usize| column(attribute.first_column + level);
        match (cell, &attribute.levels) {
            (Cell::Level(index), Levels::Categorical(_)) => Self::Level(level(index.get())),
            (Cell::Number(value), Levels::Numeric(levels)) if levels.len() > 1 => {
                // The interval that holds the value, or the outermost one on its side.
                let above = levels.partition_point(|level| *level <= value);
                let high = above.clamp(1, levels.len() - 1);
                let (from, to) = (levels[high - 1], levels[high]);
                Self::Between {
                    low: level(high - 1),
                    high: level(high),
                    weight: (value - from) / (to - from),
                }
            }
            _ => Self::None,
        }
    }
}
