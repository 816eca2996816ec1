//! Bars over categories: market share by product, money by brand over the points of a sweep.

mod series;

use conjoint::report::Table;
use plotly::common::ExponentFormat;
use plotly::layout::{Axis, BarMode, RangeMode};

use super::categories::{self, AxisNames, MANY, localized};
use super::digits::{AMOUNT, largest, signed_format};
use super::drawing::Layout;
use super::thinning::one_in;
use super::trace::{Kind, Line, Mode, Name, Trace, Values};
use super::{Categories, Drawing, Graphic, build_table, markup};
use crate::format::{capitalize, count};

pub use series::{BarSeries, Fill};

/// How several series share a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Side by side.
    SideBySide,
    /// One over the other: filled bars and outlines.
    Overlaid,
    /// One on top of the other, for parts of a whole.
    Stacked,
    /// As lines over the categories, which are numbers and lie at their values.
    AlongAxis,
}

/// A bar chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// What a category is: "product", "brand" …
    pub category: String,
    /// What the bars measure, for the axis: "first choices" …
    pub measure: String,
    /// The unit of every value: "respondents", "%", "$ thousand a month" …
    pub unit: String,
    /// Along the axis, from left to right.
    pub categories: Categories,
    /// In the order drawn: a later one covers an earlier one.
    pub series: Vec<BarSeries>,
    /// How the series share a category.
    pub grouping: Grouping,
}

/// The largest number of bars that are drawn. More would be thinner than a pixel of a wide figure,
/// so that it would be chance which of them are visible.
const MAX_BARS: usize = 800;

/// What the values are.
#[derive(Clone, Copy, PartialEq)]
enum Meaning {
    Amounts,
    Differences,
}

impl Bars {
    /// The chart of amounts, and its numbers.
    pub fn graphic(&self) -> Graphic {
        self.draw(Meaning::Amounts)
    }

    /// The chart of differences, and its numbers: hover texts have signs and as many digits as the
    /// largest difference needs, and the line at 0 is thicker.
    pub fn graphic_of_changes(&self) -> Graphic {
        self.draw(Meaning::Differences)
    }

    fn draw(&self, meaning: Meaning) -> Graphic {
        let points = self.categories.names.len();
        let step = one_in(points, MAX_BARS / self.series.len().max(1));
        let names = self.categories.names.iter().step_by(step);
        // Categories are numbers if the axis has a title. Lines need them in plotly.js's notation.
        let are_numbers = self.categories.title.is_some() && !self.is_along_axis();
        let names: Vec<_> = names.map(|name| localized(name, are_numbers)).collect();
        let names = AxisNames::new(names.iter().map(String::as_str));
        let hover = self.hover(meaning, &names);
        let series = self.series.iter();
        let traces: Vec<_> = series
            .map(|series| self.trace(series, &names, step, &hover))
            .collect();
        let layout = self.layout(meaning, names.len());
        Graphic::new(Drawing::new(&traces, &layout), self.table())
            .with_note(self.note(meaning, step))
    }

    fn trace<'a>(
        &self,
        series: &'a BarSeries,
        names: &AxisNames,
        step: usize,
        hover: &'a str,
    ) -> Trace<'a> {
        let line = self.line_color(series).map(|color| Line::new(color, 2.0));
        Trace {
            r#type: match line {
                Some(_) => Kind::Scatter,
                None => Kind::Bar,
            },
            mode: line.as_ref().map(|_| Mode::LinesAndMarkers),
            line,
            name: Name(&series.name),
            x: Some(names.places()),
            customdata: names.whole(),
            y: Some(Values::Numbers(series.drawn(step))),
            error_y: series.error_bars(step),
            marker: Some(series.marker(step)),
            hovertext: self.has_details().then(|| self.detail_lines(step)),
            hovertemplate: hover,
            ..Trace::default()
        }
    }

    /// The color of a series that is a line instead of bars.
    fn line_color<'s>(&self, series: &'s BarSeries) -> Option<&'s str> {
        match &series.fill {
            Fill::Color(color) if self.is_along_axis() => Some(color),
            _ => None,
        }
    }

    /// The category's name, which may be a bare number, follows the axis title in the hover text.
    fn hover(&self, meaning: Meaning, names: &AxisNames) -> String {
        let values = self.series.iter().flat_map(|series| &series.values);
        let number = match meaning {
            Meaning::Amounts => AMOUNT.to_owned(),
            Meaning::Differences => signed_format(largest(values.copied().flatten())),
        };
        let name = names.placeholder("%{x}");
        let category = match &self.categories.title {
            Some(title) => format!("{}: {name}", markup::escape(&capitalize(title))),
            None => name.to_owned(),
        };
        let details = if self.has_details() {
            "%{hovertext}"
        } else {
            ""
        };
        format!(
            "{category}<br>%{{fullData.meta}}: %{{y:{number}}} {}{details}<extra></extra>",
            self.unit
        )
    }

    fn is_along_axis(&self) -> bool {
        self.grouping == Grouping::AlongAxis
    }

    fn has_details(&self) -> bool {
        let mut details = self.categories.details.iter();
        details.any(|detail| !detail.is_empty())
    }

    /// The further line of each drawn category's hover text.
    fn detail_lines(&self, step: usize) -> Values {
        let details = self.categories.details.iter().step_by(step);
        let line = |detail: &String| match detail.as_str() {
            "" => String::new(),
            detail => format!("<br>{detail}"),
        };
        Values::Texts(details.map(line).collect())
    }

    fn layout(&self, meaning: Meaning, names: usize) -> Layout {
        let mode = match self.grouping {
            Grouping::SideBySide => BarMode::Group,
            Grouping::Stacked => BarMode::Stack,
            Grouping::Overlaid | Grouping::AlongAxis => BarMode::Overlay,
        };
        let mut series = self.series.iter();
        let has_bars = series.any(|series| self.line_color(series).is_none());
        let x = match &self.categories.title {
            Some(title) if self.is_along_axis() => Axis::new()
                .title(markup::title(capitalize(title)))
                .zero_line(false),
            Some(title) => categories::axis(names).title(markup::title(capitalize(title))),
            // Unlike the points of a sweep, a name cannot be guessed from its neighbors.
            None if names > MANY => categories::axis(0),
            None => categories::axis(0).dtick(1.0),
        };
        let mut y = Axis::new()
            .title(markup::title(format!("{}, {}", self.measure, self.unit)))
            .range_mode(RangeMode::ToZero)
            // The unit may be thousands, of which "10k" would be ambiguous.
            .exponent_format(ExponentFormat::None)
            .separate_thousands(true);
        if meaning == Meaning::Differences {
            y = y.zero_line_width(2);
        }
        Layout {
            xaxis: Some(x),
            yaxis: Some(y),
            barmode: has_bars.then_some(mode),
            bargap: has_bars.then_some(0.3),
            showlegend: self.series.len() > 1,
            ..Layout::default()
        }
    }

    /// What the drawing leaves out, and why it may look empty.
    fn note(&self, meaning: Meaning, step: usize) -> Option<String> {
        let values = self.series.iter().flat_map(|series| &series.values);
        let mut values = values.copied().flatten().peekable();
        let points = self.categories.names.len();
        let thinned = (step > 1).then(|| {
            let [step, points] = [step, points].map(count);
            let category = &self.category;
            format!("Drawn: one {category} in {step}; the table has all {points}.")
        });
        let unchanged = (meaning == Meaning::Differences
            && values.peek().is_some()
            && values.all(|value| value == 0.0))
        .then(|| "No change: every value is 0.".to_owned());
        let notes: Vec<String> = thinned.into_iter().chain(unchanged).collect();
        (!notes.is_empty()).then(|| notes.join(" "))
    }

    fn table(&self) -> Table {
        let row = |(place, category): (usize, &String)| {
            let cells = self.series.iter().flat_map(|series| series.cells(place));
            (category.clone(), cells.collect())
        };
        let series = self.series.iter().flat_map(BarSeries::columns);
        let names = self.categories.names.iter();
        build_table(
            &self.category,
            series,
            &self.unit,
            names.enumerate().map(row),
        )
    }
}

#[cfg(test)]
mod tests;
