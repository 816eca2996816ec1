//! One series of bars.

use conjoint::stats::bootstrap::Interval;

use crate::charts::thinning::rounded;
use crate::charts::trace::{Color, ErrorBars, Line, Marker};
use conjoint::report::Cell;

/// What a series' bars look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fill {
    /// All in one CSS color.
    Color(String),
    /// A CSS color for each category.
    Each(Vec<String>),
    /// An outline without a fill, for a value to compare with.
    Outline,
    /// A mark in one CSS color instead of a bar, for further values to compare with; in rows only.
    Mark(String),
}

/// A value for each category; a missing one leaves a gap.
#[derive(Debug, Clone, PartialEq)]
pub struct BarSeries {
    /// Its name in the legend and in the table's header.
    pub name: String,
    /// As many as there are categories.
    pub values: Vec<Option<f64>>,
    /// What the bars look like.
    pub fill: Fill,
    /// The interval of each value; empty, or as many as there are categories.
    pub intervals: Vec<Option<Interval>>,
}

/// Neutral enough to be visible on bars of any color, on a light and on a dark page.
const OUTLINE: &str = "#7b8495";

impl BarSeries {
    /// The table's columns: the value, and the ends of its interval.
    pub(in crate::charts) fn columns(&self) -> Vec<String> {
        let name = &self.name;
        let mut columns = vec![name.clone()];
        if !self.intervals.is_empty() {
            columns.extend([format!("{name}, low"), format!("{name}, high")]);
        }
        columns
    }

    /// The table's cells for a category.
    pub(in crate::charts) fn cells(&self, place: usize) -> Vec<Cell> {
        let mut values = vec![self.values.get(place).copied().flatten()];
        if !self.intervals.is_empty() {
            let interval = self.intervals.get(place).copied().flatten();
            values.extend([interval.map(|it| it.low), interval.map(|it| it.high)]);
        }
        let cells = values.into_iter();
        cells
            .map(|value| Cell::optional(value, Cell::number))
            .collect()
    }

    /// The drawn values: every `step`th.
    pub(in crate::charts) fn drawn(&self, step: usize) -> Vec<Option<f64>> {
        let finite = |value: &Option<f64>| value.filter(|value| value.is_finite()).map(rounded);
        self.values.iter().step_by(step).map(finite).collect()
    }

    /// What the drawn bars look like.
    pub(in crate::charts) fn marker(&self, step: usize) -> Marker {
        match &self.fill {
            Fill::Color(color) | Fill::Mark(color) => Marker {
                color: Color::One(color.clone()),
                ..Marker::default()
            },
            Fill::Each(colors) => Marker {
                color: Color::Each(colors.iter().step_by(step).cloned().collect()),
                ..Marker::default()
            },
            Fill::Outline => Marker {
                line: Some(Line::new(OUTLINE, 2.0)),
                ..Marker::default()
            },
        }
    }

    /// The intervals of the drawn values, as distances from them.
    pub(in crate::charts) fn error_bars(&self, step: usize) -> Option<ErrorBars> {
        if self.intervals.is_empty() {
            return None;
        }
        let pairs = || self.values.iter().zip(&self.intervals).step_by(step);
        let above =
            pairs().map(|(value, interval)| Some(rounded(interval.as_ref()?.high - (*value)?)));
        let below =
            pairs().map(|(value, interval)| Some(rounded((*value)? - interval.as_ref()?.low)));
        Some(ErrorBars {
            symmetric: false,
            array: above.collect(),
            arrayminus: below.collect(),
            color: OUTLINE,
            thickness: 1.5,
            width: 4.0,
        })
    }
}
