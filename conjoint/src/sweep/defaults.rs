//! The tables that sweeps start with, and the rows that are added to them.

use super::grid::GridRow;
use super::lockstep::LockstepRow;
use super::plan::Cost;
use super::range::{Range, remove_rounding_noise};
use super::row_text::{self, GridRowText, LockstepRowText};
use crate::index_vec::{IndexVec, ProductIndex};
use crate::simulation::Simulation;
use crate::study::{LARGEST_NUMBER, Offer, Schema, Study};

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

/// A cost below this is as good as none: steps of a share of it would be lost in rounding.
const SMALLEST: f64 = 0.01;

/// The table that a lockstep starts with.
///
/// It has the rows of the published application of 2020 whose product the study offers, at a cost
/// within the row's range. A study that fits none has one row instead: five points around the
/// cost of the first offer with a brand and that cost. Without such an offer it is empty.
///
/// Source: that application's default tables, which are defaults for its own study.
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
        let (offer, range) = (find(study, id)?, Range::from(*cells));
        is_within(own(study, offer, cost)?, &range).then(|| row(offer, range))
    });
    let mut derived = branded(study, &study.offers)
        .filter_map(|offer| Some(row(offer, around(study, cost, own(study, offer, cost)?))));
    kept_or(published, derived.next(), LockstepRowText::from)
}

/// The table that a grid starts with, monthly cost along x and upfront cost along y.
///
/// As for [`lockstep_table`], it has the published rows that fit both costs of their product, or one
/// row around both costs of the first offer with a brand that has them.
pub fn grid_table(study: &Study) -> Vec<GridRowText> {
    let costs = |offer: &Offer| {
        let [x, y] = [Cost::Monthly, Cost::Upfront].map(|cost| own(study, offer, cost));
        x.zip(y)
    };
    let row = |offer: &Offer, x: Range, y: Range| GridRow {
        product: offer.id.to_string(),
        x,
        y,
    };
    let published = GRID.iter().filter_map(|(id, x, y)| {
        let offer = find(study, id)?;
        let (own_x, own_y) = costs(offer)?;
        let (x, y) = (Range::from(*x), Range::from(*y));
        (is_within(own_x, &x) && is_within(own_y, &y)).then(|| row(offer, x, y))
    });
    let mut derived = branded(study, &study.offers).filter_map(|offer| {
        let (x, y) = costs(offer)?;
        let x = around(study, Cost::Monthly, x);
        Some(row(offer, x, around(study, Cost::Upfront, y)))
    });
    kept_or(published, derived.next(), GridRowText::from)
}

/// A row to add to a lockstep's table: the first offer with a brand that is not in the table, in
/// the scenario's order. Its own cost is the baseline, and it goes in step with the first row
/// that can be read: as many points, the same step, the baseline at the same point; without one,
/// five points around its own cost. `None` when every offer stands in the table.
pub fn suggest_lockstep_row(
    simulation: &Simulation,
    cost: Cost,
    table: &[LockstepRowText],
) -> Option<LockstepRowText> {
    let offer = next_offer(simulation, table.iter().map(|row| row.product.as_str()))?;
    let ranges = table.iter().map(|row| &row.range);
    let row = LockstepRow {
        product: offer.id.to_string(),
        range: in_step(simulation.selected(), offer, cost, ranges),
    };
    Some(row.into())
}

/// A row to add to a grid's table, monthly cost along x and upfront cost along y; as
/// [`suggest_lockstep_row`] on either axis.
pub fn suggest_grid_row(simulation: &Simulation, table: &[GridRowText]) -> Option<GridRowText> {
    let offer = next_offer(simulation, table.iter().map(|row| row.product.as_str()))?;
    let study = simulation.selected();
    let row = GridRow {
        product: offer.id.to_string(),
        x: in_step(study, offer, Cost::Monthly, table.iter().map(|row| &row.x)),
        y: in_step(study, offer, Cost::Upfront, table.iter().map(|row| &row.y)),
    };
    Some(row.into())
}

fn kept_or<R, T>(rows: impl Iterator<Item = R>, other: Option<R>, texts: fn(R) -> T) -> Vec<T> {
    let kept: Vec<T> = rows.map(texts).collect();
    if kept.is_empty() {
        other.map(texts).into_iter().collect()
    } else {
        kept
    }
}

/// The offers that have a brand.
fn branded<'s>(
    study: &'s Study,
    offers: &'s IndexVec<ProductIndex, Offer>,
) -> impl Iterator<Item = &'s Offer> {
    let offers = offers.iter();
    offers.filter(|offer| study.schema.brand_of(offer).is_some())
}

fn find<'s>(study: &'s Study, id: &str) -> Option<&'s Offer> {
    branded(study, &study.offers).find(|offer| offer.id.as_str() == id)
}

/// The cost that an offer has of its own.
fn own(study: &Study, offer: &Offer, cost: Cost) -> Option<f64> {
    Schema::cell(offer, cost.attribute(&study.schema)).number()
}

fn is_within(value: f64, range: &Range) -> bool {
    (range.begin..=range.end).contains(&value)
}

/// Five points with a cost in their middle, a round twentieth of it apart. Where they would leave
/// what a cost can be, the cost is the first of them, or the last.
fn around(study: &Study, cost: Cost, own: f64) -> Range {
    const POINTS: usize = 5;
    let size = if own.abs() < SMALLEST {
        // What a product that costs nothing could cost, the survey knows.
        let attribute = cost.attribute(&study.schema);
        let surveyed = attribute.and_then(|attribute| study.schema.attributes[attribute].range());
        surveyed.map_or(1.0, |(_, high)| high.max(1.0))
    } else {
        own.abs()
    };
    let step = rounded(size / 20.0);
    let placed = |baseline| placed(own, step, POINTS, baseline);
    let possible = |range: &Range| range.begin >= 0.0 && range.end <= LARGEST_NUMBER;
    let mut ranges = [POINTS / 2, 0, POINTS - 1].into_iter().map(placed);
    ranges.find(possible).unwrap_or_else(|| placed(0))
}

/// The range whose baseline is `own` and the point of that number, from 0.
fn placed(own: f64, step: f64, points: usize, baseline: usize) -> Range {
    let above = points.saturating_sub(baseline + 1);
    Range {
        begin: remove_rounding_noise(own - baseline as f64 * step),
        end: remove_rounding_noise(own + above as f64 * step),
        step,
        baseline: own,
    }
}

/// The number nearest by ratio that has one digit, 1, 2 or 5.
fn rounded(value: f64) -> f64 {
    // Written and read, a number parts into digits and a power of ten without rounding.
    let written = format!("{value:e}");
    let Some((digits, exponent)) = written.split_once('e') else {
        return value;
    };
    // Between two of them lies the root of their product.
    let digit = match digits.parse::<f64>() {
        Ok(digits) if digits * digits < 2.0 => "1",
        Ok(digits) if digits * digits < 10.0 => "2",
        Ok(digits) if digits * digits < 50.0 => "5",
        _ => "10",
    };
    format!("{digit}e{exponent}").parse().unwrap_or(value)
}

/// The first offer with a brand that no row of a table names, one on the market if there is one.
fn next_offer<'s, 't>(
    simulation: &'s Simulation,
    listed: impl Iterator<Item = &'t str> + Clone,
) -> Option<&'s Offer> {
    let offers = branded(simulation.selected(), simulation.scenario().offers());
    let is_listed = |offer: &Offer| {
        let mut ids = listed.clone();
        ids.any(|id| row_text::parse_id(id) == Some(offer.id.as_str()))
    };
    // Of equal ones the first: one that is on the market comes before one that is not.
    offers
        .filter(|offer| !is_listed(offer))
        .min_by_key(|offer| offer.withdrawn)
}

/// The range of an offer that goes in step with the first of `ranges` that can be read.
fn in_step<'t>(
    study: &Study,
    offer: &Offer,
    cost: Cost,
    ranges: impl Iterator<Item = &'t [String; 4]>,
) -> Range {
    // An offer without the cost is priced as if it were 0.
    let own = own(study, offer, cost).unwrap_or(0.0);
    let readable = |texts| {
        let range = row_text::parse_range(texts).ok()?;
        Some((range.step, range.points().ok()?))
    };
    match { ranges }.find_map(readable) {
        Some((step, points)) => placed(own, step, points.values.len(), points.baseline),
        None => around(study, cost, own),
    }
}
