//! Default tables of sweeps, and suggestions for rows to add.

use super::Cost;
use super::grid::GridRow;
use super::lockstep::LockstepRow;
use super::range::Range;
use super::row_text::{self, GridRowText, LockstepRowText};
use crate::index_vec::{IndexVec, ProductIndex};
use crate::simulation::Simulation;
use crate::study::{Attribute, LARGEST_NUMBER, Offer, Schema, Study, remove_rounding_noise};

/// Begin, end, step and baseline.
type Cells = [f64; 4];

/// The sweeps of the application that published the study of electric vehicle leases (2020).
const MONTHLY: [(&str, Cells); 3] = [
    ("9", [399.0, 499.0, 20.0, 399.0]),
    ("10", [900.0, 1000.0, 20.0, 900.0]),
    ("11", [999.0, 1199.0, 40.0, 999.0]),
];
const UPFRONT: [(&str, Cells); 2] = [
    ("7", [3940.0, 4740.0, 200.0, 4740.0]),
    ("8", [4940.0, 5740.0, 200.0, 5740.0]),
];
/// Monthly cost along x, upfront cost along y.
const GRID: [(&str, Cells, Cells); 2] = [
    (
        "7",
        [155.0, 205.0, 10.0, 195.0],
        [4540.0, 5040.0, 100.0, 4940.0],
    ),
    (
        "8",
        [255.0, 305.0, 10.0, 295.0],
        [5340.0, 5840.0, 100.0, 5740.0],
    ),
];

/// A cost below this counts as 0, because steps of a fraction of it would be lost in rounding.
const SMALLEST: f64 = 0.01;

/// The default table of a lockstep.
///
/// It has the rows of the published application of 2020 whose product the study offers at a cost
/// within the row's range. If there are none, it has one row of five points around the cost of the
/// first offer with a brand and that cost, or no row without such an offer.
///
/// Source: the default tables of that application, which are made for its own study.
pub fn lockstep_table(study: &Study, cost: Cost) -> Vec<LockstepRowText> {
    let published: &[(&str, Cells)] = match cost {
        Cost::Monthly => &MONTHLY,
        Cost::Upfront => &UPFRONT,
    };
    let row = |offer: &Offer, range: Range| LockstepRow {
        product: offer.id.to_string(),
        range,
    };
    let published = published.iter().filter_map(|(id, cells)| {
        let (offer, range) = (find_branded_offer(study, id)?, Range::from(*cells));
        is_within(cost_of(study, offer, cost)?, &range).then(|| row(offer, range))
    });
    let mut derived = branded_offers(study, &study.offers).filter_map(|offer| {
        Some(row(
            offer,
            range_around(study, cost, cost_of(study, offer, cost)?),
        ))
    });
    rows_or(published, derived.next(), LockstepRowText::from)
}

/// The default table of a grid, with the monthly cost along x and the upfront cost along y.
///
/// Like [`lockstep_table`], it has the published rows that fit both costs of their product, or one
/// row around both costs of the first offer with a brand and both costs.
pub fn grid_table(study: &Study) -> Vec<GridRowText> {
    let costs = |offer: &Offer| {
        let [x, y] = [Cost::Monthly, Cost::Upfront].map(|cost| cost_of(study, offer, cost));
        x.zip(y)
    };
    let row = |offer: &Offer, x: Range, y: Range| GridRow {
        product: offer.id.to_string(),
        x,
        y,
    };
    let published = GRID.iter().filter_map(|(id, x, y)| {
        let offer = find_branded_offer(study, id)?;
        let (x_value, y_value) = costs(offer)?;
        let (x, y) = (Range::from(*x), Range::from(*y));
        (is_within(x_value, &x) && is_within(y_value, &y)).then(|| row(offer, x, y))
    });
    let mut derived = branded_offers(study, &study.offers).filter_map(|offer| {
        let (x, y) = costs(offer)?;
        let x = range_around(study, Cost::Monthly, x);
        Some(row(offer, x, range_around(study, Cost::Upfront, y)))
    });
    rows_or(published, derived.next(), GridRowText::from)
}

/// A row to add to a lockstep's table, for the first offer with a brand that is not in the table, in
/// the scenario's order. The offer's cost is the baseline. Step, number of points and baseline point
/// match the first readable row; without one, the row has five points around the offer's cost. `None`
/// if all offers are in the table.
pub fn suggest_lockstep_row(
    simulation: &Simulation,
    cost: Cost,
    table: &[LockstepRowText],
) -> Option<LockstepRowText> {
    let offer = next_offer(simulation, table.iter().map(|row| row.product.as_str()))?;
    let ranges = table.iter().map(|row| &row.range);
    let row = LockstepRow {
        product: offer.id.to_string(),
        range: matching_range(simulation.selected(), offer, cost, ranges),
    };
    Some(row.into())
}

/// A row to add to a grid's table, with the monthly cost along x and the upfront cost along y; each
/// axis like [`suggest_lockstep_row`].
pub fn suggest_grid_row(simulation: &Simulation, table: &[GridRowText]) -> Option<GridRowText> {
    let offer = next_offer(simulation, table.iter().map(|row| row.product.as_str()))?;
    let study = simulation.selected();
    let row = GridRow {
        product: offer.id.to_string(),
        x: matching_range(study, offer, Cost::Monthly, table.iter().map(|row| &row.x)),
        y: matching_range(study, offer, Cost::Upfront, table.iter().map(|row| &row.y)),
    };
    Some(row.into())
}

/// The rows, or the fallback if there are none, as text.
fn rows_or<R, T>(
    rows: impl Iterator<Item = R>,
    fallback: Option<R>,
    to_text: fn(R) -> T,
) -> Vec<T> {
    let rows: Vec<T> = rows.map(to_text).collect();
    if rows.is_empty() {
        fallback.map(to_text).into_iter().collect()
    } else {
        rows
    }
}

/// The offers that have a brand.
fn branded_offers<'s>(
    study: &'s Study,
    offers: &'s IndexVec<ProductIndex, Offer>,
) -> impl Iterator<Item = &'s Offer> {
    let offers = offers.iter();
    offers.filter(|offer| study.schema.brand_of(offer).is_some())
}

fn find_branded_offer<'s>(study: &'s Study, id: &str) -> Option<&'s Offer> {
    branded_offers(study, &study.offers).find(|offer| offer.id.as_str() == id)
}

/// The offer's cost, if it has one.
fn cost_of(study: &Study, offer: &Offer, cost: Cost) -> Option<f64> {
    Schema::cell(offer, cost.attribute(&study.schema)).number()
}

fn is_within(value: f64, range: &Range) -> bool {
    (range.begin..=range.end).contains(&value)
}

/// A range of five points around a value of a cost, about a twentieth of it apart. The value is the
/// middle point; if a point would leave the surveyed range then, it is the first or the last point, and
/// if neither helps, the points are closer together. A value outside the surveyed range may have
/// points as far away as an offer's cost may be.
fn range_around(study: &Study, cost: Cost, value: f64) -> Range {
    const POINTS: usize = 5;
    /// Steps to try, as fractions of the first one.
    const FRACTIONS: [f64; 4] = [1.0, 0.5, 0.2, 0.1];
    let attribute = cost.attribute(&study.schema);
    let attribute = attribute.map(|attribute| &study.schema.attributes[attribute]);
    let surveyed = attribute.and_then(Attribute::range);
    let is_inside = surveyed.is_some_and(|(low, high)| (low..=high).contains(&value));
    let is_near = |value: f64| attribute.is_some_and(|it| it.check_distance(value).is_ok());
    let is_possible = |range: &Range| match surveyed {
        Some((low, high)) if is_inside => range.begin >= low && range.end <= high,
        Some(_) if is_near(value) => is_near(range.begin) && is_near(range.end),
        _ => range.begin >= 0.0 && range.end <= LARGEST_NUMBER,
    };
    let size = if value.abs() < SMALLEST {
        // The survey shows what the product could cost.
        surveyed.map_or(1.0, |(_, high)| high.max(1.0))
    } else {
        value.abs()
    };
    let step = round_to_one_digit(size / 20.0);
    let mut ranges = FRACTIONS.iter().flat_map(|fraction| {
        let step = round_to_one_digit(step * fraction);
        let baselines = [POINTS / 2, 0, POINTS - 1].into_iter();
        baselines.map(move |baseline| build_range(value, step, POINTS, baseline))
    });
    let first = build_range(value, step, POINTS, 0);
    ranges.find(is_possible).unwrap_or(first)
}

/// The range whose point number `baseline`, from 0, is the baseline and has this value.
fn build_range(value: f64, step: f64, points: usize, baseline: usize) -> Range {
    let above = points.saturating_sub(baseline + 1);
    Range {
        begin: remove_rounding_noise(value - baseline as f64 * step),
        end: remove_rounding_noise(value + above as f64 * step),
        step,
        baseline: value,
    }
}

/// The nearest number, by ratio, whose only digit is 1, 2 or 5.
fn round_to_one_digit(value: f64) -> f64 {
    // Formatting splits a number into digits and a power of ten without rounding errors.
    let formatted = format!("{value:e}");
    let Some((digits, exponent)) = formatted.split_once('e') else {
        return value;
    };
    // By ratio, the middle of two digits is the square root of their product.
    let digit = match digits.parse::<f64>() {
        Ok(digits) if digits * digits < 2.0 => "1",
        Ok(digits) if digits * digits < 10.0 => "2",
        Ok(digits) if digits * digits < 50.0 => "5",
        _ => "10",
    };
    format!("{digit}e{exponent}").parse().unwrap_or(value)
}

/// The first offer with a brand that is not listed yet; offers on the market come first.
fn next_offer<'s, 't>(
    simulation: &'s Simulation,
    listed: impl Iterator<Item = &'t str> + Clone,
) -> Option<&'s Offer> {
    let offers = branded_offers(simulation.selected(), simulation.scenario().offers());
    let is_listed = |offer: &Offer| {
        let mut ids = listed.clone();
        ids.any(|id| row_text::parse_id(id) == Some(offer.id.as_str()))
    };
    // `min_by_key` returns the first of several minima.
    offers
        .filter(|offer| !is_listed(offer))
        .min_by_key(|offer| offer.withdrawn)
}

/// A range for an offer that matches the first readable one of `ranges`.
fn matching_range<'t>(
    study: &Study,
    offer: &Offer,
    cost: Cost,
    ranges: impl Iterator<Item = &'t [String; 4]>,
) -> Range {
    // An offer without the cost is priced as if the cost were 0.
    let value = cost_of(study, offer, cost).unwrap_or(0.0);
    let readable = |texts| {
        let range = row_text::parse_range(texts).ok()?;
        Some((range.step, range.points().ok()?))
    };
    match { ranges }.find_map(readable) {
        Some((step, points)) => build_range(value, step, points.values.len(), points.baseline),
        None => range_around(study, cost, value),
    }
}
