//! What a sweep runs over: ranges of costs, checked before anything is computed.

use super::fault::{Field, RowFault, SweepFault};
use crate::indexed::ProductIndex;
use crate::scenario::Scenario;
use crate::study::{MONTHLY_COST, Study, UPFRONT_COST, quoted};

/// More points than this are a slip of the pen, and would take minutes.
pub const MOST_POINTS: usize = 10_000;

/// More pairs of points than this are a slip of the pen: a page shows 200 × 200 at most, and this
/// many take seconds on the study that ships.
pub const MOST_PAIRS: usize = 250_000;

/// How far a point may lie beside the grid, as a share of the step: rounding, and no more.
const ON_GRID: f64 = 1e-6;

/// A cost of a lease that can be swept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// The cost a month.
    Monthly,
    /// The cost at signing.
    Upfront,
}

impl Cost {
    /// The cost of that column.
    pub fn named(column: &str) -> Option<Self> {
        [Self::Monthly, Self::Upfront]
            .into_iter()
            .find(|cost| cost.column() == column)
    }

    /// Its column in the offers' file.
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
}

/// A range of values as a table's row writes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The first value.
    pub begin: f64,
    /// The last value.
    pub end: f64,
    /// From one value to the next; negative where the end is below the begin.
    pub step: f64,
    /// The value that changes are measured from.
    pub baseline: f64,
}

/// The points of a range, and which of them is the baseline.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Points {
    pub(crate) values: Vec<f64>,
    pub(crate) baseline: usize,
}

impl Range {
    /// The points, or the cell that is wrong.
    pub(crate) fn points(&self) -> Result<Points, (Field, SweepFault)> {
        let Self {
            begin,
            end,
            step,
            baseline,
        } = *self;
        let cells = [
            (Field::Begin, begin),
            (Field::End, end),
            (Field::Step, step),
            (Field::Baseline, baseline),
        ];
        for (field, value) in cells {
            if value.is_nan() || value.abs() > 1e12 {
                return Err((field, SweepFault::NotFinite { value }));
            }
        }
        if step == 0.0 {
            return Err((Field::Step, SweepFault::StepZero));
        }
        let steps = (end - begin) / step;
        if steps < 0.0 {
            let right = -step;
            return Err((Field::Step, SweepFault::StepAway { begin, end, right }));
        }
        let whole = steps.round();
        if whole >= MOST_POINTS as f64 {
            let points = whole + 1.0;
            return Err((Field::Step, SweepFault::TooManyPoints { points }));
        }
        let point = |k: f64| tidy(begin + k * step);
        if (steps - whole).abs() > ON_GRID {
            let fault = SweepFault::StepUneven {
                step,
                begin,
                end,
                below: point(steps.floor()),
                above: point(steps.ceil()),
            };
            return Err((Field::Step, fault));
        }
        let values: Vec<f64> = (0..=whole as usize).map(|k| point(k as f64)).collect();
        let nearest = ((baseline - begin) / step).round().clamp(0.0, whole);
        if (baseline - point(nearest)).abs() > ON_GRID * step.abs() {
            let nearest = point(nearest);
            let fault = SweepFault::BaselineOffGrid { baseline, nearest };
            return Err((Field::Baseline, fault));
        }
        Ok(Points {
            values,
            baseline: nearest as usize,
        })
    }
}

/// Rids a sum of steps of the rounding that `0.1 + 0.2` shows.
fn tidy(value: f64) -> f64 {
    const DECIMALS: f64 = 1e6;
    let tidied = (value * DECIMALS).round() / DECIMALS;
    if (tidied - value).abs() <= 1e-12 * value.abs().max(1.0) {
        tidied
    } else {
        value
    }
}

/// Finds the rows' products; every row that names none, or one named before, is told.
pub(crate) fn products<'i>(
    study: &Study,
    scenario: &Scenario,
    ids: impl Iterator<Item = &'i str>,
    faults: &mut Vec<RowFault>,
) -> Vec<ProductIndex> {
    let offers = scenario.offers();
    let mut found: Vec<ProductIndex> = Vec::new();
    let mut rows: Vec<&str> = Vec::new();
    for id in ids {
        let fault = if let Some(first) = rows.iter().position(|other| *other == id) {
            Some(SweepFault::ProductTwice {
                id: id.to_owned(),
                first: first + 1,
            })
        } else {
            match scenario.find(id) {
                None => Some(SweepFault::UnknownProduct {
                    id: id.to_owned(),
                    known: quoted(offers.iter().map(|offer| offer.id.as_str())),
                }),
                Some(product) if study.schema.brand_of(&offers[product]).is_none() => {
                    Some(SweepFault::NoBrand { id: id.to_owned() })
                }
                Some(product) => {
                    found.push(product);
                    None
                }
            }
        };
        rows.push(id);
        faults.extend(fault.map(|fault| RowFault {
            row: rows.len(),
            axis: 0,
            field: Field::Product,
            fault,
        }));
    }
    if rows.is_empty() {
        faults.push(RowFault {
            row: 1,
            axis: 0,
            field: Field::Product,
            fault: SweepFault::NoRow,
        });
    }
    found
}

/// The points of one axis of all rows, which go in step with the first row that has some.
pub(crate) fn axis(
    number: usize,
    ranges: impl Iterator<Item = Range>,
    faults: &mut Vec<RowFault>,
) -> Vec<Points> {
    let mut rows: Vec<Points> = Vec::new();
    let mut first_row = 0;
    for (row, range) in (1..).zip(ranges) {
        let checked = range.points().and_then(|points| match rows.first() {
            Some(first) => in_step(points, first, first_row),
            None => {
                first_row = row;
                Ok(points)
            }
        });
        match checked {
            Ok(points) => rows.push(points),
            Err((field, fault)) => faults.push(RowFault {
                row,
                axis: number,
                field,
                fault,
            }),
        }
    }
    rows
}

fn in_step(
    points: Points,
    first: &Points,
    first_row: usize,
) -> Result<Points, (Field, SweepFault)> {
    let (count, wanted) = (points.values.len(), first.values.len());
    if count != wanted {
        let fault = SweepFault::UnequalPoints {
            points: count,
            wanted,
            first_row,
        };
        return Err((Field::End, fault));
    }
    match points.values.get(first.baseline) {
        Some(right) if points.baseline != first.baseline => {
            let fault = SweepFault::UnequalBaselines {
                point: points.baseline + 1,
                wanted: first.baseline + 1,
                first_row,
                right: *right,
            };
            Err((Field::Baseline, fault))
        }
        _ => Ok(points),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(begin: f64, end: f64, step: f64, baseline: f64) -> Range {
        Range {
            begin,
            end,
            step,
            baseline,
        }
    }

    #[test]
    fn points_go_from_begin_to_end() {
        let points = range(399.0, 499.0, 20.0, 419.0).points().unwrap();
        assert_eq!(points.values, [399.0, 419.0, 439.0, 459.0, 479.0, 499.0]);
        assert_eq!(points.baseline, 1);
        let down = range(0.3, 0.0, -0.1, 0.1).points().unwrap();
        assert_eq!(down.values, [0.3, 0.2, 0.1, 0.0]);
        assert_eq!(range(5.0, 5.0, 1.0, 5.0).points().unwrap().values, [5.0]);
    }

    #[test]
    fn every_slip_has_its_own_message_and_cell() {
        let fault = |range: Range| {
            let (field, fault) = range.points().unwrap_err();
            format!("{}: {fault}", field.name())
        };
        assert!(fault(range(1.0, 2.0, 0.0, 1.0)).starts_with("step: a step of 0"));
        assert!(fault(range(1.0, 2.0, -0.5, 1.0)).contains("write 0.5"));
        assert!(fault(range(0.0, 100.0, 30.0, 0.0)).ends_with("end at 90 or 120"));
        assert!(fault(range(0.0, 100.0, 25.0, 30.0)).ends_with("the nearest is 25"));
        assert!(fault(range(0.0, 10_000.0, 1.0, 0.0)).starts_with("step: the range has 10001"));
        for step in [1e-12, 1e-300, 1e-320] {
            let told = fault(range(0.0, 1e12, step, 0.0));
            assert!(told.starts_with("step: the range has more than 10000 points"));
        }
        assert!(fault(range(f64::NAN, 1.0, 1.0, 0.0)).starts_with("begin: NaN is not"));
        assert!(range(0.0, 9_999.0, 1.0, 0.0).points().is_ok());
    }

    #[test]
    fn rows_go_in_step_with_the_first() {
        let mut faults = Vec::new();
        let ranges = [
            range(0.0, 4.0, 1.0, 2.0),
            range(0.0, 8.0, 1.0, 4.0),
            range(0.0, 8.0, 2.0, 2.0),
            range(0.0, 8.0, 2.0, 4.0),
        ];
        axis(1, ranges.into_iter(), &mut faults);
        let told: Vec<_> = faults.iter().map(|f| (f.row, f.axis, f.field)).collect();
        assert_eq!(told, [(2, 1, Field::End), (3, 1, Field::Baseline)]);
        assert!(faults[1].fault.to_string().ends_with("here 4"));
    }
}
