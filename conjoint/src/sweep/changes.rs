//! What a sweep changes: figures held against those of a baseline.

use super::grid::GridResult;
use super::lockstep::LockstepResult;
use crate::index_vec::{BrandIndex, IndexVec, ParentIndex, Position};
use crate::market::{Change, Figures, Measure, consolidate};
use crate::study::Study;

/// What the figures of a lockstep's points are held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// The figures at the table's baseline point.
    Defined,
    /// Today's figures, before the period.
    Initial,
}

/// How a change is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeUnit {
    /// As a difference, in the measure's own unit.
    Nominal,
    /// In percent of the baseline's size.
    Percentage,
}

impl LockstepResult {
    /// Every brand's change against the baseline, a list a point.
    pub fn changes(&self, baseline: Baseline) -> Vec<IndexVec<BrandIndex, Figures>> {
        let points = self.points.iter().map(|point| point.brands.clone());
        self.against(baseline, points.collect())
    }

    /// Every parent's change against the baseline, a list a point.
    ///
    /// Figures are consolidated first and compared then, so that a parent's ARPU is weighted by
    /// customers on either side.
    pub fn changes_by_parent(
        &self,
        study: &Study,
        baseline: Baseline,
    ) -> Vec<IndexVec<ParentIndex, Figures>> {
        let points = self.points.iter();
        let points = points.map(|point| consolidate(study, &point.brands));
        self.against(baseline, points.collect())
    }

    fn against<I: Position>(
        &self,
        baseline: Baseline,
        points: Vec<IndexVec<I, Change>>,
    ) -> Vec<IndexVec<I, Figures>> {
        let defined = points.get(self.baseline);
        let changes = points.iter().map(|point| {
            let change = |(index, change): (I, &Change)| {
                let defined = defined.and_then(|point| point.get(index));
                let from = match (baseline, defined) {
                    (Baseline::Defined, Some(defined)) => defined.new,
                    _ => change.base,
                };
                change.new.minus(from)
            };
            point.enumerate().map(change).collect()
        });
        changes.collect()
    }
}

impl GridResult {
    /// The change of a measure against the baseline pair: a row a point of y, a column a point
    /// of x; as [`GridResult::change_at`] gives each.
    pub fn changes(&self, measure: Measure, relative: ChangeUnit) -> Vec<Vec<Option<f64>>> {
        let row = |(y, row): (usize, &Vec<Figures>)| {
            let columns = 0..row.len();
            columns
                .map(|x| self.change_at((x, y), measure, relative))
                .collect()
        };
        self.figures.iter().enumerate().map(row).collect()
    }

    /// The change of a measure from the baseline pair to a pair (its point along x, its point
    /// along y).
    ///
    /// A percentage is of the baseline's absolute value, so that a rise is positive where the
    /// baseline is a loss. `None` where there is none: of a baseline of 0, or beyond every number.
    pub fn change_at(
        &self,
        pair: (usize, usize),
        measure: Measure,
        relative: ChangeUnit,
    ) -> Option<f64> {
        let baseline = self.at(self.baseline)?;
        let difference = self.at(pair)?.minus(baseline).get(measure);
        let change = match relative {
            ChangeUnit::Nominal => difference,
            // Over a baseline of 0 this is no number, and told as none.
            ChangeUnit::Percentage => difference / baseline.get(measure).abs() * 100.0,
        };
        Some(change).filter(|change| change.is_finite())
    }

    /// The pair (its point along x, its point along y) with the highest figure of a measure: the
    /// baseline where no other is higher, else the first of y, then of x. `None` for a table
    /// without a number.
    pub fn best(&self, measure: Measure) -> Option<(usize, usize)> {
        let is_number = |figures: &Figures| !figures.get(measure).is_nan();
        let baseline = self.at(self.baseline).filter(is_number);
        let mut best = baseline.map(|figures| (self.baseline, figures));
        for (y, row) in self.figures.iter().enumerate() {
            for (x, figures) in row.iter().enumerate() {
                let higher = match best {
                    Some((_, highest)) => figures.minus(highest).get(measure) > 0.0,
                    None => is_number(figures),
                };
                if higher {
                    best = Some(((x, y), *figures));
                }
            }
        }
        best.map(|(pair, _)| pair)
    }

    fn at(&self, (x, y): (usize, usize)) -> Option<Figures> {
        self.figures.get(y)?.get(x).copied()
    }
}
