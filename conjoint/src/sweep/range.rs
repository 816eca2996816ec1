//! A range of values, and its points.

use super::error::{Field, SweepError};
use crate::study::{LARGEST_NUMBER, remove_rounding_noise};

/// The most points of a range; more of them are a typing error, and would take minutes.
pub const MAX_POINTS: usize = 10_000;

/// The most pairs of points of a grid; more of them are a typing error. This many take seconds on the
/// study that ships, and a heatmap cannot show more.
pub const MAX_PAIRS: usize = 250_000;

/// How far a value may be from a point to count as that point, as a fraction of the step.
const ON_GRID: f64 = 1e-6;

/// A range of values as written in a table's row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The first value.
    pub begin: f64,
    /// The last value.
    pub end: f64,
    /// The distance from one value to the next; negative if the last value is below the first.
    pub step: f64,
    /// The value from which changes are measured.
    pub baseline: f64,
}

/// The end of the values tried at which one of them is. A best value there says that the best one may be
/// beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum RangeEdge {
    /// The lowest value.
    Lowest,
    /// The highest value.
    Highest,
}

impl RangeEdge {
    /// The edge at which the value at a position is, where the values rise or fall. `None` between the
    /// edges, and for the only value.
    pub fn find(values: &[f64], position: usize) -> Option<Self> {
        let (first, last) = (values.first()?, values.last()?);
        let value = values.get(position)?;
        match (values.len() > 1, *value) {
            (true, value) if value == first.min(*last) => Some(Self::Lowest),
            (true, value) if value == first.max(*last) => Some(Self::Highest),
            _ => None,
        }
    }

    /// Its name in results.
    pub fn label(self) -> &'static str {
        match self {
            Self::Lowest => "lowest",
            Self::Highest => "highest",
        }
    }
}

/// The points of a range, and the position of the baseline.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Points {
    pub(super) values: Vec<f64>,
    pub(super) baseline: usize,
}

/// An invalid cell of a row, and what is wrong with it.
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
    /// The points, or the invalid cell.
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

    /// The cells, in the order of [`Field::RANGE`].
    pub(super) fn cells(&self) -> [f64; 4] {
        [self.begin, self.end, self.step, self.baseline]
    }
}

/// The values from `begin` to `end`, or the invalid cell.
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
            nearest: find_nearest_step(end - begin, step),
        };
        return Err((Field::Step, error));
    }
    Ok((0..=whole as usize).map(|k| point(k as f64)).collect())
}

/// The step closest to `step` that divides a width, with at most two decimals if one between half and
/// twice the step has so few.
fn find_nearest_step(width: f64, step: f64) -> f64 {
    let steps = width / step;
    let counts = (steps / 2.0).ceil().max(1.0) as usize..=(steps * 2.0).ceil() as usize;
    let candidates = || {
        counts
            .clone()
            .map(|count| remove_rounding_noise(width / count as f64))
    };
    let is_short = |step: &f64| (step * 100.0).fract() == 0.0;
    let distance = |candidate: &f64| (candidate - step).abs();
    let closest = |candidates: &mut dyn Iterator<Item = f64>| {
        candidates.min_by(|one, other| distance(one).total_cmp(&distance(other)))
    };
    let short = closest(&mut candidates().filter(is_short));
    short
        .or_else(|| closest(&mut candidates()))
        .unwrap_or(width)
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
    fn points_run_from_begin_to_end() {
        let points = range(399.0, 499.0, 20.0, 419.0).points().unwrap();
        assert_eq!(points.values, [399.0, 419.0, 439.0, 459.0, 479.0, 499.0]);
        assert_eq!(points.baseline, 1);
        let down = range(0.3, 0.0, -0.1, 0.1).points().unwrap();
        assert_eq!(down.values, [0.3, 0.2, 0.1, 0.0]);
        assert_eq!(range(5.0, 5.0, 1.0, 5.0).points().unwrap().values, [5.0]);
    }

    #[test]
    fn edges_are_found_in_both_directions() {
        let edges = |values: &[f64]| -> Vec<Option<RangeEdge>> {
            let positions = 0..=values.len();
            positions.map(|at| RangeEdge::find(values, at)).collect()
        };
        let (low, high) = (Some(RangeEdge::Lowest), Some(RangeEdge::Highest));
        assert_eq!(edges(&[1.0, 2.0, 3.0]), [low, None, high, None]);
        assert_eq!(edges(&[2.0, 1.0]), [high, low, None]);
        assert_eq!(edges(&[2.0]), [None, None]);
    }

    #[test]
    fn every_invalid_cell_has_its_own_message() {
        let error = |range: Range| {
            let (field, error) = range.points().unwrap_err();
            format!("{}: {error}", field.name())
        };
        assert!(error(range(1.0, 2.0, 0.0, 1.0)).starts_with("step: the step must not be 0"));
        assert!(error(range(1.0, 2.0, -0.5, 1.0)).contains("write 0.5"));
        assert!(error(range(0.0, 100.0, 30.0, 0.0)).ends_with("end at 90 or 120"));
        assert!(error(range(0.0, 100.0, 30.0, 0.0)).contains("the nearest that does is 25,"));
        assert!(error(range(0.0, 1.0, 0.3, 0.0)).contains("the nearest that does is 0.25,"));
        assert!(error(range(100.0, 0.0, -30.0, 0.0)).contains("the nearest that does is -25,"));
        assert!(error(range(0.0, 100.0, 25.0, 30.0)).ends_with("the nearest is 25"));
        assert!(error(range(0.0, 10_000.0, 1.0, 0.0)).starts_with("step: the range has 10001"));
        for step in [1e-12, 1e-300, 1e-320] {
            let message = error(range(0.0, 1e12, step, 0.0));
            assert!(message.starts_with("step: the range has more than 10000 points"));
        }
        assert!(error(range(f64::NAN, 1.0, 1.0, 0.0)).starts_with("begin: NaN is not"));
        assert!(range(0.0, 9_999.0, 1.0, 0.0).points().is_ok());
    }
}
