//! All lines, or those that a greedy search with exchange visits.

use std::collections::BTreeMap;

use crate::index_vec::ProductIndex;
use crate::simulation::Simulation;

use super::evaluate::LineEvaluator;
use super::{
    LineError, LineMethod, LineRequest, LineResult, MAX_EXHAUSTIVE, ProductLine, check_objective,
    list_candidates,
};

/// The most respondents' choices of an exhaustive search, some minutes' work.
const MAX_WORK: u64 = 200_000_000_000;

/// The respondents' choices between two reports, some hundredths of a second's work.
const STEP_WORK: u64 = 10_000_000;

/// A search of lines that was checked against a simulation.
pub struct LineSearch {
    evaluator: LineEvaluator,
    size: usize,
    top: usize,
    kept: Vec<ProductIndex>,
    best: Vec<(Vec<usize>, [f64; 2])>,
    evaluated_count: u64,
}

impl LineSearch {
    /// Checks a request and prepares the search.
    ///
    /// # Errors
    /// A request that cannot be computed.
    pub fn new(simulation: &Simulation, request: &LineRequest) -> Result<Self, LineError> {
        check_objective(simulation, request)?;
        let candidates = list_candidates(simulation, request)?;
        Ok(Self {
            evaluator: LineEvaluator::new(simulation, request, candidates),
            size: request.size,
            top: request.top,
            kept: request.kept.clone(),
            best: Vec::new(),
            evaluated_count: 0,
        })
    }

    /// The reach of the kept offers without any candidate.
    pub fn reach_of_kept(mut self) -> f64 {
        let [_, reach] = self.evaluator.evaluate(&[]);
        reach
    }

    /// The offers that lines are chosen from, in file order.
    pub fn candidates(&self) -> &[ProductIndex] {
        self.evaluator.candidates()
    }

    /// Searches the best lines.
    pub fn run(self) -> LineResult {
        self.run_reporting(&mut |_| ())
    }

    /// Searches the best lines, and reports the fraction that is done, 0–1, now and then.
    pub fn run_reporting(self, report: &mut dyn FnMut(f64)) -> LineResult {
        let count = count_sets(self.evaluator.candidates().len(), self.size);
        let work = count.saturating_mul(self.evaluator.estimate_work());
        let method = match count <= MAX_EXHAUSTIVE && work <= MAX_WORK {
            true => LineMethod::Exhaustive,
            false => LineMethod::Greedy,
        };
        self.run_with(method, report)
    }

    /// Searches the best lines by a method.
    pub(super) fn run_with(
        mut self,
        method: LineMethod,
        report: &mut dyn FnMut(f64),
    ) -> LineResult {
        match method {
            LineMethod::Exhaustive => self.search_all(report),
            LineMethod::Greedy => self.search_greedily(report),
        }
        let candidates = self.evaluator.candidates();
        let best = self
            .best
            .iter()
            .map(|(positions, [objective_value, reach])| {
                let chosen = positions.iter().filter_map(|place| candidates.get(*place));
                let mut products: Vec<ProductIndex> =
                    self.kept.iter().chain(chosen).copied().collect();
                products.sort_unstable();
                ProductLine {
                    products,
                    objective_value: *objective_value,
                    reach: *reach,
                }
            });
        LineResult {
            method,
            evaluated_count: self.evaluated_count,
            best: best.collect(),
        }
    }

    fn search_all(&mut self, report: &mut dyn FnMut(f64)) {
        let count = self.evaluator.candidates().len();
        let all = count_sets(count, self.size);
        let interval = self.lines_between_reports();
        let mut positions: Vec<usize> = (0..self.size).collect();
        loop {
            let figures = self.evaluator.evaluate(&positions);
            self.evaluated_count += 1;
            self.enter(&positions, figures);
            if self.evaluated_count.is_multiple_of(interval) {
                report(self.evaluated_count as f64 / all as f64);
            }
            if !advance(&mut positions, count) {
                return;
            }
        }
    }

    /// How many lines are some hundredths of a second's work.
    fn lines_between_reports(&self) -> u64 {
        (STEP_WORK / self.evaluator.estimate_work().max(1)).max(1)
    }

    /// Adds the best candidate until the line is full, then exchanges one candidate for another as long as
    /// that helps.
    ///
    /// Growing is reported as the first half of the work; how often candidates are exchanged is not known
    /// before, so that each exchange halves what is left.
    fn search_greedily(&mut self, report: &mut dyn FnMut(f64)) {
        let count = self.evaluator.candidates().len();
        let mut known: BTreeMap<Vec<usize>, [f64; 2]> = BTreeMap::new();
        let mut line: Vec<usize> = Vec::new();
        while line.len() < self.size {
            let others = (0..count).filter(|place| !line.contains(place));
            let grown: Vec<Vec<usize>> = others.map(|place| with(&line, None, place)).collect();
            let Some((best, _)) = self.find_best(&grown, &mut known) else {
                return;
            };
            line = best;
            report(line.len() as f64 / self.size as f64 / 2.0);
        }
        let mut left = 0.5;
        let mut value = self.compute(&line, &mut known)[0];
        loop {
            let exchanges = line.iter().flat_map(|out| {
                let others = (0..count).filter(|place| !line.contains(place));
                others.map(|place| with(&line, Some(*out), place))
            });
            let exchanges: Vec<Vec<usize>> = exchanges.collect();
            match self.find_best(&exchanges, &mut known) {
                Some((best, better)) if better > value => {
                    (line, value) = (best, better);
                    left /= 2.0;
                    report(1.0 - left);
                }
                _ => return,
            }
        }
    }

    /// The first of the lines with the highest objective, and its value.
    fn find_best(
        &mut self,
        lines: &[Vec<usize>],
        known: &mut BTreeMap<Vec<usize>, [f64; 2]>,
    ) -> Option<(Vec<usize>, f64)> {
        let mut best: Option<(Vec<usize>, f64)> = None;
        for line in lines {
            let [value, _] = self.compute(line, known);
            if best.as_ref().is_none_or(|(_, highest)| value > *highest) {
                best = Some((line.clone(), value));
            }
        }
        best
    }

    /// The figures of a line, computed once.
    fn compute(&mut self, line: &[usize], known: &mut BTreeMap<Vec<usize>, [f64; 2]>) -> [f64; 2] {
        if let Some(figures) = known.get(line) {
            return *figures;
        }
        let figures = self.evaluator.evaluate(line);
        self.evaluated_count += 1;
        known.insert(line.to_vec(), figures);
        if line.len() == self.size {
            self.enter(line, figures);
        }
        figures
    }

    /// Keeps a line that is among the best.
    fn enter(&mut self, positions: &[usize], figures: [f64; 2]) {
        let is_better = |(other, [value, _]): &(Vec<usize>, [f64; 2])| {
            *value > figures[0] || *value == figures[0] && other.as_slice() < positions
        };
        if self.best.len() == self.top && self.best.last().is_none_or(is_better) {
            return;
        }
        let place = self.best.partition_point(is_better);
        self.best.insert(place, (positions.to_vec(), figures));
        self.best.truncate(self.top);
    }
}

/// A line with another candidate, instead of one of its own or in addition; positions ascend.
fn with(line: &[usize], without: Option<usize>, place: usize) -> Vec<usize> {
    let kept = line.iter().copied().filter(|other| Some(*other) != without);
    let mut line: Vec<usize> = kept.chain([place]).collect();
    line.sort_unstable();
    line
}

/// The next set of positions in lexicographic order; false after the last one.
fn advance(positions: &mut [usize], count: usize) -> bool {
    let size = positions.len();
    let movable = (0..size).rev();
    let mut movable = movable.filter(|place| {
        let last = count - (size - place);
        positions
            .get(*place)
            .is_some_and(|position| *position < last)
    });
    let Some(place) = movable.next() else {
        return false;
    };
    let Some(start) = positions.get(place).copied() else {
        return false;
    };
    for (offset, position) in positions.iter_mut().skip(place).enumerate() {
        *position = start + 1 + offset;
    }
    true
}

/// The number of sets of a size: the binomial coefficient.
fn count_sets(count: usize, size: usize) -> u64 {
    let size = size.min(count - size) as u128;
    let mut sets: u128 = 1;
    for step in 1..=size {
        sets = sets * (count as u128 - size + step) / step;
        if sets > u128::from(u64::MAX) {
            return u64::MAX;
        }
    }
    u64::try_from(sets).unwrap_or(u64::MAX)
}
