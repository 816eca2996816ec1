//! Utility of a product to a respondent: the sum of part-worths over the attributes.
//!
//! `U[r,j] = Σ_attributes u_r(attribute, value of product j)`, in utility units. The part-worth of a
//! number is interpolated linearly between the two surveyed levels around it, and extrapolated from
//! the outermost two beyond the surveyed range. There, the slope of a price is at most 0 for each
//! respondent, so that nobody starts to buy a product because its price rose: `u(edge) + min(slope, 0)
//! · (value − edge)`. An interaction adds the part-worth of the product's pair of values, which is
//! interpolated and extrapolated in the same way; a price's slope outside the range is limited in total,
//! with its interactions. Columns are one value per respondent.

use crate::index_vec::{AttributeIndex, Position};
use crate::study::{Attribute, Cell, Cells, Levels, Offer, Schema, Study};

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

/// Writes the utility of `offer`, without that of the attributes in `excluded` and of their
/// interactions, into `column`.
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
    // Numbers follow names, see `add_part_worths`. The costs come last and in this order: a sweep adds
    // them to the sum of the others, too, and must get the same bits, so that a copy of an offer ties
    // with it.
    let (numbers, names): (Vec<AttributeIndex>, Vec<AttributeIndex>) = match schema.interactions() {
        [] => (others.collect(), Vec::new()),
        _ => others.partition(|attribute| schema.attributes[*attribute].is_numeric()),
    };
    let order = names.into_iter().chain(numbers);
    let order = order.chain(costs.into_iter().flatten());
    let order: Vec<AttributeIndex> = order
        .filter(|attribute| !excluded.contains(attribute))
        .collect();
    column.fill(0.0);
    for (place, attribute) in order.iter().enumerate() {
        let later = order.get(place + 1..).unwrap_or_default();
        let pending = |other| later.contains(&other) || excluded.contains(&other);
        add_part_worths(study, *attribute, &offer.cells, &pending, column);
    }
}

/// Adds the part-worths of an offer's value of an attribute, and of its interactions with all attributes
/// that are not `pending`, to `column`.
///
/// A numeric attribute must be added after the attributes that it interacts with, because the slope of a
/// price outside the surveyed range is limited in total.
pub(crate) fn add_part_worths(
    study: &Study,
    attribute: AttributeIndex,
    cells: &Cells,
    pending: &dyn Fn(AttributeIndex) -> bool,
    column: &mut [f64],
) {
    let parts = list_parts(&study.schema, attribute, cells, pending, |column| {
        column_part_worths(study, column)
    });
    PartWorths::add_all(&parts, column);
}

/// Adds the part-worths of an offer's value of an attribute with all its interactions to `column`.
pub(crate) fn add_all_part_worths(
    study: &Study,
    attribute: AttributeIndex,
    cells: &Cells,
    column: &mut [f64],
) {
    add_part_worths(study, attribute, cells, &|_| false, column);
}

/// The numbers behind an offer's value of an attribute, and behind its interactions with attributes that
/// are not `pending`; `column` returns those of a column of part-worths.
pub(crate) fn list_parts<'s>(
    schema: &Schema,
    attribute: AttributeIndex,
    cells: &Cells,
    pending: &dyn Fn(AttributeIndex) -> bool,
    column: impl Fn(usize) -> &'s [f64],
) -> Vec<PartWorths<'s>> {
    let own = &schema.attributes[attribute];
    let mut parts = vec![PartWorths::from_columns(own, cells[attribute], &column)];
    for interaction in schema.interactions_of(attribute) {
        let (base, dependent) = (interaction.base, interaction.dependent);
        let other = if base == attribute { dependent } else { base };
        let Some(term) = interaction.term(cells).filter(|_| !pending(other)) else {
            continue;
        };
        parts.push(match cells[dependent] {
            Cell::Level(level) => term.column(level).map_or(PartWorths::None, |place| {
                PartWorths::Level(column(interaction.first_column + place))
            }),
            cell => PartWorths::from_columns(&term.points, cell, &column),
        });
    }
    parts
}

/// The slope of the utility at an offer's value, in utility units per unit of the attribute, by
/// respondent.
///
/// It is the slope of the interval that contains the value: of the one above a surveyed level, and of
/// the outermost one beyond the surveyed range, where that of a price is at most 0. Interactions with the
/// offer's other values add theirs. `None` if the value is not a number.
pub(crate) fn slopes(study: &Study, attribute: AttributeIndex, cells: &Cells) -> Option<Vec<f64>> {
    let mut slopes: Option<Vec<f64>> = None;
    let mut is_limited = false;
    for part in list_parts(&study.schema, attribute, cells, &|_| false, |column| {
        column_part_worths(study, column)
    }) {
        let (low, high, width) = match part {
            PartWorths::Between {
                low, high, width, ..
            } => (low, high, width),
            PartWorths::PriceOutside {
                low, high, width, ..
            } => {
                is_limited = true;
                (low, high, width)
            }
            PartWorths::None | PartWorths::Level(_) => continue,
        };
        let slopes = slopes.get_or_insert_with(|| vec![0.0; low.len()]);
        for (slope, (low, high)) in slopes.iter_mut().zip(low.iter().zip(high)) {
            *slope += (high - low) / width;
        }
    }
    let limit = if is_limited { 0.0 } else { f64::INFINITY };
    slopes.map(|slopes| slopes.into_iter().map(|slope| slope.min(limit)).collect())
}

/// The part-worths of an attribute's value `cell`, with the interactions with an offer's other values
/// except those on `pending` attributes, by respondent.
pub(crate) fn value_part_worths(
    study: &Study,
    attribute: AttributeIndex,
    cell: Cell,
    cells: &Cells,
    pending: &dyn Fn(AttributeIndex) -> bool,
) -> Vec<f64> {
    let mut cells = cells.clone();
    cells[attribute] = cell;
    let mut column = vec![0.0; study.respondents.len()];
    add_part_worths(study, attribute, &cells, pending, &mut column);
    column
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
    /// Those of two levels, the distance of these, and how far the value is from the lower to the higher
    /// one.
    Between {
        low: &'s [f64],
        high: &'s [f64],
        width: f64,
        weight: f64,
    },
    /// Those of the outermost two levels on the side of a price outside the surveyed range, and of the
    /// one of them at its edge. The distance is how far outside the price is, in widths of the levels'
    /// interval; it is below 0 for a price below the range.
    PriceOutside {
        low: &'s [f64],
        high: &'s [f64],
        edge: &'s [f64],
        width: f64,
        distance: f64,
    },
}

impl<'s> PartWorths<'s> {
    /// Adds the utility of a value, which consists of these parts, to a column.
    fn add_all(parts: &[Self], column: &mut [f64]) {
        // The part-worths at the edge of the surveyed range, what lies beyond it before the limit, and on
        // which side the price is.
        let mut outside: Option<(Vec<[f64; 2]>, f64)> = None;
        for part in parts {
            match *part {
                Self::None => {}
                Self::Level(part_worths) => {
                    for (sum, part_worth) in column.iter_mut().zip(part_worths) {
                        *sum += part_worth;
                    }
                }
                Self::Between {
                    low, high, weight, ..
                } => {
                    for ((sum, low), high) in column.iter_mut().zip(low).zip(high) {
                        *sum += interpolate(*low, *high, weight);
                    }
                }
                Self::PriceOutside {
                    low,
                    high,
                    edge,
                    distance,
                    ..
                } => {
                    let (sums, _) =
                        outside.get_or_insert_with(|| (vec![[0.0; 2]; column.len()], distance));
                    let levels = edge.iter().zip(low.iter().zip(high));
                    for ([at_edge, beyond], (edge, (low, high))) in sums.iter_mut().zip(levels) {
                        *at_edge += edge;
                        *beyond += distance * (high - low);
                    }
                }
            }
        }
        if let Some((sums, distance)) = outside {
            for (sum, [at_edge, beyond]) in column.iter_mut().zip(sums) {
                *sum += at_edge
                    + match distance > 0.0 {
                        true => beyond.min(0.0),
                        false => beyond.max(0.0),
                    };
            }
        }
    }

    /// The numbers behind a value, where `column` returns those of a column of part-worths.
    fn from_columns(
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
                let width = to - from;
                let weight = (value - from) / width;
                let (low, high) = (level(high - 1), level(high));
                match attribute.is_price {
                    true if weight < 0.0 => Self::PriceOutside {
                        low,
                        high,
                        edge: low,
                        width,
                        distance: weight,
                    },
                    true if weight > 1.0 => Self::PriceOutside {
                        low,
                        high,
                        edge: high,
                        width,
                        distance: weight - 1.0,
                    },
                    _ => Self::Between {
                        low,
                        high,
                        width,
                        weight,
                    },
                }
            }
            _ => Self::None,
        }
    }
}
