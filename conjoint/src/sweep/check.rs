//! Checks a sweep's table: the products, and the points of their costs.

use super::Cost;
use super::error::{Field, RowError, SweepError};
use super::range::{CellError, Points, Range};
use crate::index_vec::{BrandIndex, ProductIndex};
use crate::simulation::Simulation;
use crate::study::{Study, ValueError, quote_names};

/// Checks that the study has the cost.
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

/// Finds the products of the rows, each by its id; `None` is an empty cell. A row is an error if it
/// has no valid id, or the same id as a row before it.
pub(super) fn find_products<'i>(
    simulation: &Simulation,
    ids: impl Iterator<Item = Option<&'i str>>,
    errors: &mut Vec<RowError>,
) -> Vec<ProductIndex> {
    let mut products: Vec<ProductIndex> = Vec::new();
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
            _ => find_product(simulation, id),
        };
        match product {
            Ok(product) => products.push(product),
            Err(error) => errors.push(product_error(rows.len(), error)),
        }
    }
    if rows.is_empty() {
        errors.push(product_error(1, SweepError::NoRow));
    }
    products
}

fn find_product(simulation: &Simulation, id: Option<&str>) -> Result<ProductIndex, SweepError> {
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

/// The brand of the first row's product; `None` only if the table has errors.
pub(super) fn find_focal_brand(
    simulation: &Simulation,
    products: &[ProductIndex],
) -> Option<BrandIndex> {
    let offers = simulation.scenario().offers();
    let offer = offers.get(*products.first()?)?;
    simulation.selected().schema.brand_of(offer)
}

/// Whether the baselines of all rows must be at the same point.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum BaselineRule {
    /// Every row may have its own.
    Own,
    /// All have that of the first row.
    Common,
}

/// The points of all rows along one axis, which changes a cost. All rows must have as many points as the
/// first valid row, and baselines as the rule says. A row whose cells are not numbers comes with its
/// errors, and is not compared with the others.
pub(super) fn check_axis(
    study: &Study,
    (axis, cost): (usize, Cost),
    rule: BaselineRule,
    ranges: impl Iterator<Item = Result<Range, Vec<CellError>>>,
    errors: &mut Vec<RowError>,
) -> Vec<Points> {
    let mut rows: Vec<Points> = Vec::new();
    let mut first_row = 0;
    for (row, range) in (1..).zip(ranges) {
        let checked = range.and_then(|range| {
            let points = range.points().map_err(|error| vec![error])?;
            check_distance(study, cost, range)?;
            match rows.first() {
                Some(first) => {
                    let compared = compare_points(points, first, first_row, rule);
                    compared.map_err(|error| vec![error])
                }
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
                axis,
                field,
                error,
            })),
        }
    }
    rows
}

/// Checks that both ends of a range are near enough to the surveyed range of the cost; the values
/// between them are then as well.
fn check_distance(study: &Study, cost: Cost, range: Range) -> Result<(), Vec<CellError>> {
    let Some(attribute) = cost.attribute(&study.schema) else {
        return Ok(());
    };
    let ends = [(Field::Begin, range.begin), (Field::End, range.end)].into_iter();
    let invalid = ends.filter_map(|(field, value)| {
        let error = study.schema.check_number(attribute, value).err()?;
        Some((field, SweepError::Text(error)))
    });
    let invalid: Vec<CellError> = invalid.collect();
    match invalid.is_empty() {
        true => Ok(()),
        false => Err(invalid),
    }
}

/// The number of points along an axis.
pub(super) fn count_points(rows: &[Points]) -> usize {
    rows.first().map_or(0, |row| row.values.len())
}

/// The number of the baseline point along an axis, from 0; `None` if rows have different ones.
pub(super) fn find_baseline(rows: &[Points]) -> Option<usize> {
    let first = rows.first()?.baseline;
    rows.iter()
        .all(|row| row.baseline == first)
        .then_some(first)
}

/// The points of a row, if their number, and by the rule their baseline, match the first row's.
fn compare_points(
    points: Points,
    first: &Points,
    first_row: usize,
    rule: BaselineRule,
) -> Result<Points, CellError> {
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
        Some(right) if rule == BaselineRule::Common && points.baseline != first.baseline => {
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
    use crate::testing::generate_study;

    #[test]
    fn all_rows_need_the_first_rows_count_and_baseline() {
        let mut errors = Vec::new();
        let range = |cells: [f64; 4]| Ok(Range::from(cells));
        let ranges = [
            range([300.0, 304.0, 1.0, 302.0]),
            range([300.0, 308.0, 1.0, 304.0]),
            range([300.0, 308.0, 2.0, 302.0]),
            range([300.0, 308.0, 2.0, 304.0]),
            // The surveyed range is 120 to 1250.
            range([-100.0, 2400.0, 625.0, -100.0]),
        ];
        let study = generate_study(1, &[("Gen X", 1)]);
        let axis = (1, Cost::Monthly);
        let ranges = ranges.into_iter();
        check_axis(&study, axis, BaselineRule::Common, ranges, &mut errors);
        let cells: Vec<_> = errors.iter().map(|e| (e.row, e.axis, e.field)).collect();
        let (end, begin, baseline) = (Field::End, Field::Begin, Field::Baseline);
        let expected = [(2, 1, end), (3, 1, baseline), (5, 1, begin), (5, 1, end)];
        assert_eq!(cells, expected);
        assert!(errors[1].error.to_string().ends_with("here 304"));
        let message = "2400 is too far outside the surveyed range 120–1250; write a value above 0, \
                       at most 2380";
        assert_eq!(errors[3].error.to_string(), message);
    }
}
