//! A range of costs, and the points that it has.

use super::error::{Field, SweepError};
use crate::study::LARGEST_NUMBER;

/// More points than this are a slip of the pen, and would take minutes.
pub const MAX_POINTS: usize = 10_000;

/// More pairs of points than this are a slip of the pen: a heatmap has no more cells to see, and
/// this many take seconds on the study that ships.
pub const MAX_PAIRS: usize = 250_000;

/// How far a point may lie beside the grid, as a share of the step: rounding, and no more.
const ON_GRID: f64 = 1e-6;

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
pub(super) struct Points {
    pub(super) values: Vec<f64>,
    pub(super) baseline: usize,
}

/// What is wrong with one cell of a row.
pub(crate) type CellError = (Field, SweepError);

impl From<[f64; 4]> for Range {
    /// Begin, end, step and baseline.
    fn from([begin, end, step, baseline]: [f64; 4]) -> Self {
        Self {
            begin,
            end,
            step,
            baseline,
        }
    }
}

impl Range {
    /// The points, or the cell that is wrong.
    pub(super) fn points(&self) -> Result<Points, CellError> {
        let Self {
            begin,
            end,
            step,
            baseline,
        } = *self;
        for (field, value) in Field::RANGE.into_iter().zip(self.cells()) {
            if value.is_nan() || value.abs() > LARGEST_NUMBER {
                return Err((field, SweepError::NotFinite { value }));
            }
        }
        let values = list_values(begin, end, step)?;
        let last = values.len().saturating_sub(1);
        let nearest = ((baseline - begin) / step).round().clamp(0.0, last as f64) as usize;
        match values.get(nearest) {
            Some(point) if (baseline - point).abs() > ON_GRID * step.abs() => {
                let nearest = *point;
                let error = SweepError::BaselineOffGrid { baseline, nearest };
                Err((Field::Baseline, error))
            }
            _ => Ok(Points {
                values,
                baseline: nearest,
            }),
        }
    }

    /// Its cells, in the order of [`Field::RANGE`].
    pub(super) fn cells(&self) -> [f64; 4] {
        [self.begin, self.end, self.step, self.baseline]
    }
}

/// The values from `begin` to `end`, or the cell that is wrong.
pub(crate) fn list_values(begin: f64, end: f64, step: f64) -> Result<Vec<f64>, CellError> {
    if step == 0.0 {
        return Err((Field::Step, SweepError::StepZero));
    }
    let steps = (end - begin) / step;
    if steps < 0.0 {
        let right = -step;
        return Err((Field::Step, SweepError::StepAway { begin, end, right }));
    }
    let whole = steps.round();
    if whole >= MAX_POINTS as f64 {
        let points = whole + 1.0;
        return Err((Field::Step, SweepError::TooManyPoints { points }));
    }
    let point = |k: f64| remove_rounding_noise(begin + k * step);
    if (steps - whole).abs() > ON_GRID {
        let error = SweepError::StepUneven {
            step,
            begin,
            end,
            below: point(steps.floor()),
            above: point(steps.ceil()),
        };
        return Err((Field::Step, error));
    }
    Ok((0..=whole as usize).map(|k| point(k as f64)).collect())
}

/// Rids a sum of steps of the rounding that `0.1 + 0.2` shows.
pub(crate) fn remove_rounding_noise(value: f64) -> f64 {
    const DECIMALS: f64 = 1e6;
    let tidied = (value * DECIMALS).round() / DECIMALS;
    if (tidied - value).abs() <= 1e-12 * value.abs().max(1.0) {
        tidied
    } else {
        value
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
        let error = |range: Range| {
            let (field, error) = range.points().unwrap_err();
            format!("{}: {error}", field.name())
        };
        assert!(error(range(1.0, 2.0, 0.0, 1.0)).starts_with("step: a step of 0"));
        assert!(error(range(1.0, 2.0, -0.5, 1.0)).contains("write 0.5"));
        assert!(error(range(0.0, 100.0, 30.0, 0.0)).ends_with("end at 90 or 120"));
        assert!(error(range(0.0, 100.0, 25.0, 30.0)).ends_with("the nearest is 25"));
        assert!(error(range(0.0, 10_000.0, 1.0, 0.0)).starts_with("step: the range has 10001"));
        for step in [1e-12, 1e-300, 1e-320] {
            let description = error(range(0.0, 1e12, step, 0.0));
            assert!(description.starts_with("step: the range has more than 10000 points"));
        }
        assert!(error(range(f64::NAN, 1.0, 1.0, 0.0)).starts_with("begin: NaN is not"));
        assert!(range(0.0, 9_999.0, 1.0, 0.0).points().is_ok());
    }
}
