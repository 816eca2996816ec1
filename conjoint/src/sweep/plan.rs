//! What a sweep runs over: products and the points of their costs, checked before anything is
//! computed.

use super::error::{Field, RowError, SweepError};
use super::range::{CellError, Points, Range};
use crate::choice::ChanceSource;
use crate::index_vec::{AttributeIndex, BrandIndex, ProductIndex};
use crate::simulation::Simulation;
use crate::study::{Cell, MONTHLY_COST, Schema, Study, UPFRONT_COST, ValueError, quote_names};

/// A cost of an offer that can be swept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Cost {
    /// The cost a month.
    Monthly,
    /// The cost at signing.
    Upfront,
}

impl Cost {
    /// The cost of that column.
    pub fn from_column(column: &str) -> Option<Self> {
        [Self::Monthly, Self::Upfront]
            .into_iter()
            .find(|cost| cost.column() == column)
    }

    /// Its column in the offers' file, where the study does not name another.
    pub fn column(self) -> &'static str {
        match self {
            Self::Monthly => MONTHLY_COST,
            Self::Upfront => UPFRONT_COST,
        }
    }

    /// The one of the two that this is not.
    pub fn other(self) -> Self {
        match self {
            Self::Monthly => Self::Upfront,
            Self::Upfront => Self::Monthly,
        }
    }

    /// The costs that a study has.
    pub fn available_in(study: &Study) -> impl Iterator<Item = Self> {
        let costs = [Self::Monthly, Self::Upfront].into_iter();
        costs.filter(|cost| cost.attribute(study.schema()).is_some())
    }

    /// What the study's files call it; a study without it, what the model calls it.
    pub fn name(self, study: &Study) -> &str {
        study.settings().columns.get(self.column())
    }

    /// Its attribute, if the study has it.
    pub fn attribute(self, schema: &Schema) -> Option<AttributeIndex> {
        match self {
            Self::Monthly => schema.monthly,
            Self::Upfront => schema.upfront,
        }
    }
}

/// A row whose values leave the surveyed range of a cost: the utilities there are extrapolated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExtrapolatedRow {
    /// The row, from 1.
    pub row: usize,
    /// Which of the row's ranges: 0 for a lockstep's, 0 and 1 for a grid's.
    pub axis: usize,
    /// The cost.
    pub cost: Cost,
    /// The end of the row's range that lies outside, the begin where both do.
    pub value: f64,
    /// Lowest and highest surveyed level of the cost.
    pub range: (f64, f64),
}

impl ExtrapolatedRow {
    /// The warning, as it is told of an offer's value.
    pub fn warning(&self) -> ValueError {
        ValueError::OutsideRange {
            value: self.value,
            low: self.range.0,
            high: self.range.1,
        }
    }
}

/// The rows of one axis that leave the surveyed range.
pub(super) fn outside(
    study: &Study,
    cost: Cost,
    axis: usize,
    rows: &[Points],
) -> impl Iterator<Item = ExtrapolatedRow> {
    let attribute = cost.attribute(&study.schema);
    let attribute = attribute.map(|attribute| &study.schema.attributes[attribute]);
    (1..).zip(rows).filter_map(move |(row, points)| {
        let attribute = attribute?;
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

/// Notes a cost that the study does not have.
pub(super) fn check_cost(study: &Study, cost: Cost, axis: usize, errors: &mut Vec<RowError>) {
    if cost.attribute(&study.schema).is_none() {
        let known = Cost::available_in(study).map(|cost| cost.name(study).to_owned());
        errors.push(RowError {
            row: 1,
            axis,
            field: Field::Begin,
            error: SweepError::NoCost {
                column: cost.name(study).to_owned(),
                known: known.collect(),
            },
        });
    }
}

/// Finds the rows' products; every row that names none (`None` is an empty cell), or one named
/// before, is told.
pub(super) fn products<'i>(
    simulation: &Simulation,
    ids: impl Iterator<Item = Option<&'i str>>,
    errors: &mut Vec<RowError>,
) -> Vec<ProductIndex> {
    let mut found: Vec<ProductIndex> = Vec::new();
    let mut rows: Vec<Option<&str>> = Vec::new();
    for id in ids {
        let first = rows
            .iter()
            .position(|other| other.is_some() && *other == id);
        rows.push(id);
        let product = match (id, first) {
            (Some(id), Some(first)) => Err(SweepError::DuplicateProduct {
                id: id.to_owned(),
                first: first + 1,
            }),
            _ => product(simulation, id),
        };
        match product {
            Ok(product) => found.push(product),
            Err(error) => errors.push(product_error(rows.len(), error)),
        }
    }
    if rows.is_empty() {
        errors.push(product_error(1, SweepError::NoRow));
    }
    found
}

fn product(simulation: &Simulation, id: Option<&str>) -> Result<ProductIndex, SweepError> {
    let offers = simulation.scenario().offers();
    let known = || quote_names(offers.iter().map(|offer| offer.id.as_str()));
    let Some(id) = id else {
        let wanted = format!("write the id of an offer; ids are {}", known()).into();
        return Err(ValueError::Empty { wanted }.into());
    };
    let unknown = || SweepError::UnknownProduct {
        id: id.to_owned(),
        known: known(),
    };
    let product = simulation.scenario().find(id).ok_or_else(unknown)?;
    match simulation.selected().schema.brand_of(&offers[product]) {
        Some(_) => Ok(product),
        None => Err(SweepError::NoBrand { id: id.to_owned() }),
    }
}

fn product_error(row: usize, error: SweepError) -> RowError {
    RowError {
        row,
        axis: 0,
        field: Field::Product,
        error,
    }
}

/// The brand of the product in the first row; the plan made sure that it has one.
pub(super) fn focal_brand(
    simulation: &Simulation,
    products: &[ProductIndex],
) -> Option<BrandIndex> {
    let offers = simulation.scenario().offers();
    let offer = offers.get(*products.first()?)?;
    simulation.selected().schema.brand_of(offer)
}

/// The points of one axis of all rows, which go in step with the first row that has some. A row
/// whose cells are no numbers comes with their errors, and is compared with no other.
pub(super) fn axis(
    number: usize,
    ranges: impl Iterator<Item = Result<Range, Vec<CellError>>>,
    errors: &mut Vec<RowError>,
) -> Vec<Points> {
    let mut rows: Vec<Points> = Vec::new();
    let mut first_row = 0;
    for (row, range) in (1..).zip(ranges) {
        let checked = range.and_then(|range| {
            let points = range.points().map_err(|error| vec![error])?;
            match rows.first() {
                Some(first) => in_step(points, first, first_row).map_err(|error| vec![error]),
                None => {
                    first_row = row;
                    Ok(points)
                }
            }
        });
        match checked {
            Ok(points) => rows.push(points),
            Err(cells) => errors.extend(cells.into_iter().map(|(field, error)| RowError {
                row,
                axis: number,
                field,
                error,
            })),
        }
    }
    rows
}

/// How many points an axis has, and which of them is the baseline.
pub(super) fn shape(rows: &[Points]) -> (usize, usize) {
    let first = rows.first();
    first.map_or((0, 0), |row| (row.values.len(), row.baseline))
}

/// What the money of a brand in a segment takes, in choices of a respondent.
const MONEY: u64 = 8;

/// Choices to compute for so many points: each respondent's among the products that move and the
/// best of the others, or what another rule makes of all products; and the money that follows,
/// counted as so many choices.
pub(super) fn work(simulation: &Simulation, points: usize, moving: usize) -> u64 {
    let (study, model) = (simulation.selected(), simulation.model());
    let products = simulation.scenario().offers().len() as u64;
    let each = match model.rule.chance_source() {
        ChanceSource::FirstChoices => moving as u64 + 1,
        ChanceSource::Logit | ChanceSource::Computed(_) | ChanceSource::Drawn(_) => {
            products.saturating_mul(model.rule.cost(model.draws))
        }
    };
    let choices = (study.respondents.len() as u64).saturating_mul(each);
    let earning = if study.has_money() { MONEY } else { 0 };
    let money = (study.brands.len() * study.segments.len()) as u64 * earning;
    (points as u64).saturating_mul(choices.saturating_add(money))
}

fn in_step(points: Points, first: &Points, first_row: usize) -> Result<Points, CellError> {
    let (count, wanted) = (points.values.len(), first.values.len());
    if count != wanted {
        let error = SweepError::UnequalPoints {
            points: count,
            wanted,
            first_row,
        };
        return Err((Field::End, error));
    }
    match points.values.get(first.baseline) {
        Some(right) if points.baseline != first.baseline => {
            let error = SweepError::UnequalBaselines {
                point: points.baseline + 1,
                wanted: first.baseline + 1,
                first_row,
                right: *right,
            };
            Err((Field::Baseline, error))
        }
        _ => Ok(points),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_in_step_with_the_first() {
        let mut errors = Vec::new();
        let range = |begin, end, step, baseline| {
            Ok(Range {
                begin,
                end,
                step,
                baseline,
            })
        };
        let ranges = [
            range(0.0, 4.0, 1.0, 2.0),
            range(0.0, 8.0, 1.0, 4.0),
            range(0.0, 8.0, 2.0, 2.0),
            range(0.0, 8.0, 2.0, 4.0),
        ];
        axis(1, ranges.into_iter(), &mut errors);
        let description: Vec<_> = errors.iter().map(|f| (f.row, f.axis, f.field)).collect();
        assert_eq!(description, [(2, 1, Field::End), (3, 1, Field::Baseline)]);
        assert!(errors[1].error.to_string().ends_with("here 4"));
    }
}
