//! Utility of a product to a respondent: the sum of part-worths over the attributes.
//!
//! `U[r,j] = Σ_attributes u_r(attribute, value of product j)`, in utility units. The part-worth of a
//! number is interpolated linearly between the two surveyed levels around it, and extrapolated from
//! the outermost two beyond the surveyed range. There, the slope of a price is at most 0 for each
//! respondent, so that nobody starts to buy a product because its price rose: `u(edge) + min(slope, 0)
//! · (value − edge)`. Columns are one value per respondent.

use crate::index_vec::{AttributeIndex, LevelIndex, Position};
use crate::study::{Attribute, Cell, Levels, Offer, Study};

/// The utility of a product that cannot be chosen.
pub(crate) const WITHDRAWN: f64 = f64::NEG_INFINITY;

/// Writes the utility of `offer` to every respondent into `column`.
pub(crate) fn fill_column(study: &Study, offer: &Offer, column: &mut [f64]) {
    if offer.withdrawn {
        column.fill(WITHDRAWN);
        return;
    }
    fill_without(study, offer, &[], column);
}

/// Writes the utility of `offer`, without that of the attributes in `excluded`, into `column`.
pub(crate) fn fill_without(
    study: &Study,
    offer: &Offer,
    excluded: &[AttributeIndex],
    column: &mut [f64],
) {
    let schema = &study.schema;
    let costs = [schema.upfront, schema.monthly];
    let others = schema.attributes.indices();
    let others = others.filter(|attribute| !costs.contains(&Some(*attribute)));
    column.fill(0.0);
    // The costs come last and in this order. A sweep adds them to the sum of the others, too, and must
    // get the same bits, so that a copy of an offer ties with it.
    for attribute in others.chain(costs.into_iter().flatten()) {
        if !excluded.contains(&attribute) {
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
    PartWorths::new(study, &study.schema.attributes[attribute], cell).add_to(column);
}

/// The slope of the utility at a value, in utility units per unit of the attribute, by respondent.
///
/// It is the slope of the interval that contains the value: of the one above a surveyed level, and of
/// the outermost one beyond the surveyed range, where that of a price is at most 0. `None` if the value
/// is not a number.
pub(crate) fn slopes(study: &Study, attribute: AttributeIndex, cell: Cell) -> Option<Vec<f64>> {
    let attribute = &study.schema.attributes[attribute];
    let (low, high, highest) = match PartWorths::new(study, attribute, cell) {
        PartWorths::Between { low, high, .. } => (low, high, f64::INFINITY),
        PartWorths::PriceOutside { low, high, .. } => (low, high, 0.0),
        PartWorths::None | PartWorths::Level(_) => return None,
    };
    let (Levels::Numeric(levels), Cell::Number(value)) = (&attribute.levels, cell) else {
        return None;
    };
    let upper = upper_level(levels, value);
    let width = levels[upper] - levels[upper - 1];
    let pairs = low.iter().zip(high);
    Some(
        pairs
            .map(|(low, high)| ((high - low) / width).min(highest))
            .collect(),
    )
}

/// The part-worths of a level of an attribute, by respondent.
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

/// The upper level of the interval that contains the value, or of the outermost interval on its side.
/// There must be at least two levels.
fn upper_level(levels: &[f64], value: f64) -> usize {
    let above = levels.partition_point(|level| *level <= value);
    above.clamp(1, levels.len() - 1)
}

/// The number at `weight` of the way from `low` to `high`; 0 is `low` and 1 is `high`.
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
    /// Those of two levels, and how far the value is from the lower to the higher one.
    Between {
        low: &'s [f64],
        high: &'s [f64],
        weight: f64,
    },
    /// Those of the outermost two levels on the side of a price outside the surveyed range, and of the
    /// one of them at its edge. The distance is how far outside the price is, in widths of the levels'
    /// interval; it is below 0 for a price below the range.
    PriceOutside {
        low: &'s [f64],
        high: &'s [f64],
        edge: &'s [f64],
        distance: f64,
    },
}

impl<'s> PartWorths<'s> {
    /// Adds the utility of the value to a column.
    pub(crate) fn add_to(&self, column: &mut [f64]) {
        match *self {
            Self::None => {}
            Self::Level(part_worths) => {
                for (sum, part_worth) in column.iter_mut().zip(part_worths) {
                    *sum += part_worth;
                }
            }
            Self::Between { low, high, weight } => {
                for ((sum, low), high) in column.iter_mut().zip(low).zip(high) {
                    *sum += interpolate(*low, *high, weight);
                }
            }
            Self::PriceOutside {
                low,
                high,
                edge,
                distance,
            } => {
                let levels = edge.iter().zip(low.iter().zip(high));
                for (sum, (edge, (low, high))) in column.iter_mut().zip(levels) {
                    *sum += edge + distance * (high - low).min(0.0);
                }
            }
        }
    }

    /// The part-worths behind a value.
    pub(crate) fn new(study: &'s Study, attribute: &Attribute, cell: Cell) -> Self {
        Self::from_columns(attribute, cell, |column| column_part_worths(study, column))
    }

    /// The numbers behind a value, where `column` returns those of a column of part-worths.
    pub(crate) fn from_columns(
        attribute: &Attribute,
        cell: Cell,
        column: impl Fn(usize) -> &'s [f64],
    ) -> Self {
        let level = |level: usize| column(attribute.first_column + level);
        match (cell, &attribute.levels) {
            _ if !attribute.is_surveyed() => Self::None,
            (Cell::Level(index), Levels::Categorical(_)) => Self::Level(level(index.index())),
            (Cell::Number(value), Levels::Numeric(levels)) if levels.len() > 1 => {
                let high = upper_level(levels, value);
                let (from, to) = (levels[high - 1], levels[high]);
                let weight = (value - from) / (to - from);
                let (low, high) = (level(high - 1), level(high));
                match attribute.is_price {
                    true if weight < 0.0 => Self::PriceOutside {
                        low,
                        high,
                        edge: low,
                        distance: weight,
                    },
                    true if weight > 1.0 => Self::PriceOutside {
                        low,
                        high,
                        edge: high,
                        distance: weight - 1.0,
                    },
                    _ => Self::Between { low, high, weight },
                }
            }
            _ => Self::None,
        }
    }
}
