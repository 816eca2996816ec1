//! Changes in a sweep: figures compared with those of a baseline.

use super::grid::GridResult;
use super::lockstep::LockstepResult;
use super::range::RangeEdge;
use crate::index_vec::{BrandIndex, IndexVec, ParentIndex, Position};
use crate::market::{Change, Figures, Measure, consolidate};
use crate::study::Study;

/// What the figures of a lockstep's points are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// The figures where all products have their baseline values.
    Defined,
    /// Today's figures, at the start of the period.
    Initial,
}

/// The unit of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeUnit {
    /// The measure's own unit, as a difference.
    Nominal,
    /// Percent of the absolute value at the baseline.
    Percentage,
}

impl LockstepResult {
    /// Every brand's change from the baseline, point by point.
    pub fn changes(&self, baseline: Baseline) -> Vec<IndexVec<BrandIndex, Figures>> {
        let points = self.points.iter().map(|point| point.brands.clone());
        self.compare(baseline, &self.reference, points.collect())
    }

    /// Every parent's change from the baseline, point by point.
    ///
    /// Figures are consolidated before they are compared, so that a parent's ARPU is weighted by
    /// customers on both sides.
    pub fn changes_by_parent(
        &self,
        study: &Study,
        baseline: Baseline,
    ) -> Vec<IndexVec<ParentIndex, Figures>> {
        let points = self.points.iter();
        let points = points.map(|point| consolidate(study, &point.brands));
        let reference = consolidate(study, &self.reference);
        self.compare(baseline, &reference, points.collect())
    }

    fn compare<I: Position>(
        &self,
        baseline: Baseline,
        reference: &IndexVec<I, Change>,
        points: Vec<IndexVec<I, Change>>,
    ) -> Vec<IndexVec<I, Figures>> {
        let changes = points.iter().map(|point| {
            let change = |(index, change): (I, &Change)| {
                let reference = match (baseline, reference.get(index)) {
                    (Baseline::Defined, Some(defined)) => defined.new,
                    _ => change.base,
                };
                change.new.minus(reference)
            };
            point.enumerate().map(change).collect()
        });
        changes.collect()
    }
}

impl GridResult {
    /// The changes of a measure from the baseline pair: a row for each point of y, a column for each
    /// point of x; see [`GridResult::change_at`].
    pub fn changes(&self, measure: Measure, unit: ChangeUnit) -> Vec<Vec<Option<f64>>> {
        let row = |(y, row): (usize, &Vec<Figures>)| {
            let columns = 0..row.len();
            columns
                .map(|x| self.change_at((x, y), measure, unit))
                .collect()
        };
        self.figures.iter().enumerate().map(row).collect()
    }

    /// The change of a measure from the baseline pair to a pair (its point along x, its point
    /// along y).
    ///
    /// A percentage refers to the absolute value at the baseline, so that a rise is positive even if
    /// the baseline is a loss. `None` if the change is not a finite number, such as a percentage of
    /// a baseline of 0.
    pub fn change_at(
        &self,
        pair: (usize, usize),
        measure: Measure,
        unit: ChangeUnit,
    ) -> Option<f64> {
        let baseline = self.figures_at(self.baseline)?;
        let difference = self.figures_at(pair)?.minus(baseline).get(measure);
        let change = match unit {
            ChangeUnit::Nominal => difference,
            // Not finite for a baseline of 0.
            ChangeUnit::Percentage => difference / baseline.get(measure).abs() * 100.0,
        };
        Some(change).filter(|change| change.is_finite())
    }

    /// The pair (its point along x, its point along y) with the highest figure of a measure. Of equal
    /// figures the baseline's comes first, then the lowest y, then the lowest x. `None` if no figure
    /// is a number.
    pub fn best(&self, measure: Measure) -> Option<(usize, usize)> {
        let is_number = |figures: &Figures| !figures.get(measure).is_nan();
        let baseline = self.figures_at(self.baseline).filter(is_number);
        let mut best = baseline.map(|figures| (self.baseline, figures));
        for (y, row) in self.figures.iter().enumerate() {
            for (x, figures) in row.iter().enumerate() {
                let is_higher = match best {
                    Some((_, highest)) => figures.minus(highest).get(measure) > 0.0,
                    None => is_number(figures),
                };
                if is_higher {
                    best = Some(((x, y), *figures));
                }
            }
        }
        best.map(|(pair, _)| pair)
    }

    /// Whether a pair is at an edge of the range of the first product: along x, and along y. A best pair
    /// there says that the best one may be beyond.
    pub fn edges_at(&self, (x, y): (usize, usize)) -> [Option<RangeEdge>; 2] {
        let edge = |rows: &[Vec<f64>], position| RangeEdge::find(rows.first()?, position);
        [edge(&self.x, x), edge(&self.y, y)]
    }

    fn figures_at(&self, (x, y): (usize, usize)) -> Option<Figures> {
        self.figures.get(y)?.get(x).copied()
    }
}
