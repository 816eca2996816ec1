//! Utility of a product to a respondent: the sum of part-worths over the attributes.
//!
//! `U[r,j] = Σ_attributes u_r(attribute, value of product j)`, in utility units. The part-worth
//! of a number is interpolated linearly between the two surveyed levels around it, and
//! extrapolated from the outermost two beyond the surveyed range.

use crate::index_vec::{AttributeIndex, LevelIndex, Position};
use crate::study::Offer;
use crate::study::{Attribute, Cell, Levels, Study};

/// The utility of a product that nobody can choose.
pub(crate) const WITHDRAWN: f64 = f64::NEG_INFINITY;

/// Writes the utility of `offer` to every respondent into `column`.
pub(crate) fn fill_column(study: &Study, offer: &Offer, column: &mut [f64]) {
    if offer.withdrawn {
        column.fill(WITHDRAWN);
        return;
    }
    fill_without(study, offer, &[], column);
}

/// Writes the utility of `offer` without that of some attributes into `column`.
pub(crate) fn fill_without(
    study: &Study,
    offer: &Offer,
    left_out: &[AttributeIndex],
    column: &mut [f64],
) {
    let schema = &study.schema;
    let costs = [schema.upfront, schema.monthly];
    let others = schema.attributes.indices();
    let others = others.filter(|attribute| !costs.contains(&Some(*attribute)));
    column.fill(0.0);
    // The costs come last and in this order, so that a sweep, which adds them to the same sum
    // of the others, gives the same bits: copies of an offer stay tied with it.
    for attribute in others.chain(costs.into_iter().flatten()) {
        if !left_out.contains(&attribute) {
            add_part_worths(study, attribute, offer.cells[attribute], column);
        }
    }
}

/// Adds the part-worths of one value to `column`.
pub(crate) fn add_part_worths(
    study: &Study,
    attribute: AttributeIndex,
    cell: Cell,
    column: &mut [f64],
) {
    let terms = PartWorths::new(study, &study.schema.attributes[attribute], cell);
    match terms {
        PartWorths::None => {}
        PartWorths::Level(part_worths) => {
            for (sum, part_worth) in column.iter_mut().zip(part_worths) {
                *sum += part_worth;
            }
        }
        PartWorths::Between { low, high, weight } => {
            for ((sum, low), high) in column.iter_mut().zip(low).zip(high) {
                *sum += interpolate(*low, *high, weight);
            }
        }
    }
}

/// How much the utility of a value rises with it, for every respondent, in utility units a unit of
/// the attribute: the slope of the interval that holds the value, of the one above it at a surveyed
/// level, and of the outermost one beyond the surveyed range. `None` for what is no number.
pub(crate) fn slopes(study: &Study, attribute: AttributeIndex, cell: Cell) -> Option<Vec<f64>> {
    let attribute = &study.schema.attributes[attribute];
    let PartWorths::Between { low, high, .. } = PartWorths::new(study, attribute, cell) else {
        return None;
    };
    let (Levels::Numeric(levels), Cell::Number(value)) = (&attribute.levels, cell) else {
        return None;
    };
    let upper = upper_level(levels, value);
    let width = levels[upper] - levels[upper - 1];
    let pairs = low.iter().zip(high);
    Some(pairs.map(|(low, high)| (high - low) / width).collect())
}

/// The part-worths of a level of an attribute, one a respondent.
pub(crate) fn level_part_worths<'s>(
    study: &'s Study,
    attribute: &Attribute,
    level: LevelIndex,
) -> &'s [f64] {
    column_part_worths(study, attribute.first_column + level.index())
}

fn column_part_worths(study: &Study, column: usize) -> &[f64] {
    let respondents = study.respondents.len();
    let start = column * respondents;
    &study.respondents.part_worths.as_slice()[start..start + respondents]
}

/// The upper level of the interval that holds the value, or of the outermost one on its side; of
/// two levels at least.
fn upper_level(levels: &[f64], value: f64) -> usize {
    let above = levels.partition_point(|level| *level <= value);
    above.clamp(1, levels.len() - 1)
}

/// The part-worth at `weight` of the way from `low` to `high`.
#[inline]
pub(crate) fn interpolate(low: f64, high: f64, weight: f64) -> f64 {
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
    pub(crate) fn new(study: &'s Study, attribute: &Attribute, cell: Cell) -> Self {
        Self::from_columns(attribute, cell, |column| column_part_worths(study, column))
    }

    /// The numbers behind a value, where `column` gives those of a column of part-worths.
    pub(crate) fn from_columns(
        attribute: &Attribute,
        cell: Cell,
        column: impl Fn(usize) -> &'s [f64],
    ) -> Self {
        let level = |level: usize| column(attribute.first_column + level);
        match (cell, &attribute.levels) {
            (Cell::Level(index), Levels::Categorical(_)) => Self::Level(level(index.index())),
            (Cell::Number(value), Levels::Numeric(levels)) if levels.len() > 1 => {
                let high = upper_level(levels, value);
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
