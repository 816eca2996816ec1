//! A table of numbers as colors: how much the buyers of one product are attracted to another, or what
//! two costs change.

mod dimension;
mod marks;
mod scale;

pub use dimension::{Dimension, Label};
pub use marks::{Mark, MarkKind};
pub use scale::Scale;

use super::categories::{self, AxisNames, MANY};
use super::digits::signed_format;
use super::drawing::Layout;
use super::thinning::rounded;
use super::trace::{ColorBar, Kind, Trace, Values};
use super::{Drawing, Graphic, build_table, markup};
use crate::format::{capitalize, decimals, uncapitalize};
use conjoint::report::{Cell, Table};
use conjoint::stats::bootstrap::Interval;
use plotly::common::{ExponentFormat, Font};
use plotly::layout::{Shape, ShapeLine, ShapeType};

/// Where the first row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstRow {
    /// At the top, as in a table.
    Top,
    /// At the bottom, as on an axis of numbers.
    Bottom,
}

/// A heatmap.
#[derive(Debug, Clone, PartialEq)]
pub struct Heatmap {
    /// What a row is.
    pub rows: Dimension,
    /// What a column is, from left to right.
    pub columns: Dimension,
    /// The unit of every value: "%", "$ thousand a month".
    pub unit: String,
    /// Row by row; a missing one leaves a gap.
    pub values: Vec<Vec<Option<f64>>>,
    /// The 90 % intervals of the values, row by row; empty where values have none.
    pub intervals: Vec<Vec<Option<Interval>>>,
    /// What the colors mean.
    pub scale: Scale,
    /// Where the first row is.
    pub first_row: FirstRow,
    /// Cells to mark.
    pub marks: Vec<Mark>,
}

/// The number of characters that fit into a map's width.
const MAX_WIDTH: usize = 100;

/// The longest unit, in characters, that follows every number of the color bar.
const MAX_SUFFIX: usize = 3;

/// Visible on a light and on a dark page and between cells of any color.
const RULE: &str = "#7b8495";

impl Heatmap {
    /// The chart and its numbers, with a note on what the marks mean.
    pub fn graphic(&self) -> Graphic {
        let labels = self.labels();
        let large = labels.is_some();
        let names = [&self.rows, &self.columns].map(Dimension::names);
        let hover = self.hover(&names);
        let trace = self.trace(labels, &names, &hover);
        let drawing = Drawing::new(&[trace], &self.layout(large));
        Graphic::new(drawing, self.table()).with_note(marks::legend(self))
    }

    fn trace<'a>(
        &self,
        labels: Option<Vec<Vec<String>>>,
        names: &[AxisNames; 2],
        hover: &'a str,
    ) -> Trace<'a> {
        let [rows, columns] = names;
        let cells = |row: &Vec<Option<f64>>| {
            let drawn = |value: &Option<f64>| value.filter(|value| value.is_finite()).map(rounded);
            row.iter().map(drawn).collect::<Vec<_>>()
        };
        let values = self.values.iter().map(cells).collect();
        let remarks = marks::remarks(self);
        let trace = Trace {
            r#type: Kind::Heatmap,
            x: Some(columns.places()),
            y: Some(rows.places()),
            z: Some(Values::NumberRows(values)),
            hoverongaps: Some(false),
            colorbar: Some(self.bar()),
            hovertext: is_cut(names).then(|| self.places(names)),
            hovertemplate: hover,
            // plotly.js chooses a size that fits, and black or white depending on the cell's color.
            texttemplate: labels.is_some().then_some("%{text}"),
            text: labels.map(Values::TextRows),
            hovertemplatefallback: (!remarks.is_empty()).then_some(""),
            customdata: (!remarks.is_empty()).then_some(Values::TextRows(remarks)),
            ..Trace::default()
        };
        self.scale.paint(trace, self.extent())
    }

    /// The scale of the colors. It is above the cells because a phone has no width to spare.
    fn bar(&self) -> ColorBar {
        let short = self.unit.chars().count() <= MAX_SUFFIX;
        ColorBar {
            orientation: "h",
            y: 1.0,
            yanchor: "bottom",
            thickness: 10.0,
            outlinewidth: 0.0,
            exponentformat: ExponentFormat::None,
            separatethousands: true,
            ticksuffix: short.then(|| format!(" {}", self.unit)),
            title: (!short).then(|| markup::title(&self.unit)),
        }
    }

    fn hover(&self, names: &[AxisNames; 2]) -> String {
        let place = match is_cut(names) {
            true => "%{hovertext}".to_owned(),
            false => self.place("%{y}", "%{x}"),
        };
        // One digit more than the cell shows.
        let number = match self.scale {
            Scale::Sequential { highest } => format!(",.{}f", decimals(highest) + 1),
            Scale::Diverging => signed_format(self.extent()),
        };
        let remark = if marks::remarks(self).is_empty() {
            ""
        } else {
            "%{customdata}"
        };
        format!(
            "{place}:<br>%{{z:{number}}} {}{remark}<extra></extra>",
            self.unit
        )
    }

    /// Where a cell is: its row and its column, in words.
    fn place(&self, row: &str, column: &str) -> String {
        let row = capitalize(&self.rows.hover(row));
        let column = uncapitalize(&self.columns.hover(column));
        format!("{row},<br>{column}")
    }

    /// Where every cell is, row by row, with the whole names.
    fn places(&self, [rows, columns]: &[AxisNames; 2]) -> Values {
        let row = |row: usize| {
            let places = 0..columns.len();
            let place = |column: usize| self.place(rows.name(row), columns.name(column));
            places.map(place).collect()
        };
        Values::TextRows((0..rows.len()).map(row).collect())
    }

    fn layout(&self, large: bool) -> Layout {
        let axis = |dimension: &Dimension| {
            categories::axis(dimension.labels.len())
                .title(markup::title(dimension.title()))
                .tick_font(Font::new().size(11))
                .show_grid(false)
                .zero_line(false)
        };
        let mut across = axis(&self.columns).range(vec![-0.5, self.columns.end()]);
        if self.columns.unit.is_empty() {
            // Names lean to the left, where the rows' names make room. plotly.js omits names that
            // would extend beyond the right edge.
            across = across.tick_angle(-60.0);
        }
        let rows = match self.first_row {
            FirstRow::Top => vec![self.rows.end(), -0.5],
            FirstRow::Bottom => vec![-0.5, self.rows.end()],
        };
        Layout {
            xaxis: Some(across),
            yaxis: Some(axis(&self.rows).range(rows)),
            shapes: self.shapes(),
            annotations: marks::signs(self, large),
            ..Layout::default()
        }
    }

    /// Lines between blocks, and above them the outlines of the marked cells.
    fn shapes(&self) -> Vec<Shape> {
        let (right, bottom) = (self.columns.end(), self.rows.end());
        let line = |x: [f64; 2], y: [f64; 2]| {
            shape(ShapeType::Line, x, y).line(ShapeLine::new().color(RULE).width(1.0))
        };
        let columns = self.columns.borders();
        let columns = columns.map(|x| line([x, x], [-0.5, bottom]));
        let rows = self.rows.borders();
        let rows = rows.map(|y| line([-0.5, right], [y, y]));
        columns.chain(rows).chain(marks::outlines(self)).collect()
    }

    fn table(&self) -> Table {
        let has_intervals = !self.intervals.is_empty();
        let row = |(place, label): (usize, &Label)| {
            let values = self.values.get(place).into_iter().flatten().enumerate();
            let cells = values.flat_map(|(column, value)| {
                let interval = self.interval(place, column);
                let ends = [interval.map(|it| it.low), interval.map(|it| it.high)];
                let ends = ends.into_iter().filter(|_| has_intervals);
                std::iter::once(*value).chain(ends)
            });
            let cells = cells.map(|value| Cell::optional(value, Cell::number));
            (label.name.clone(), cells.collect())
        };
        let columns = self.columns.labels.iter();
        let series = columns.flat_map(|label| {
            let ends = ["low", "high"].map(|end| format!("{}, {end}", label.name));
            let ends = ends.into_iter().filter(|_| has_intervals);
            std::iter::once(label.name.clone()).chain(ends)
        });
        let rows = self.rows.labels.iter().enumerate();
        build_table(self.corner(), series, &self.unit, rows.map(row))
    }

    /// The interval of a cell.
    fn interval(&self, row: usize, column: usize) -> Option<Interval> {
        self.intervals.get(row)?.get(column).copied().flatten()
    }

    /// The table's first heading. It names the columns too if they are numbers.
    fn corner(&self) -> String {
        if self.columns.unit.is_empty() {
            self.rows.title()
        } else {
            format!("{} \\ {}", self.rows.title(), self.columns.title())
        }
    }

    /// The label of each cell; `None` if cells are too small.
    fn labels(&self) -> Option<Vec<Vec<String>>> {
        let columns = self.columns.labels.len();
        if columns.max(self.rows.labels.len()) > MANY {
            return None;
        }
        let decimals = decimals(self.extent());
        let label = |value: &Option<f64>| {
            let value = value.filter(|value| value.is_finite());
            value.map_or(String::new(), |value| self.scale.label(value, decimals))
        };
        let row = |row: &Vec<Option<f64>>| row.iter().map(label).collect();
        let labels: Vec<Vec<String>> = self.values.iter().map(row).collect();
        let lengths = labels.iter().flatten().map(|label| label.chars().count());
        let longest = lengths.max().unwrap_or(0);
        (columns * longest <= MAX_WIDTH).then_some(labels)
    }

    fn extent(&self) -> f64 {
        self.scale.extent(&self.values)
    }

    /// The lower and the upper edge of a row, as drawn.
    fn vertical_edges(&self, row: usize) -> [f64; 2] {
        let [before, after] = edges(row);
        match self.first_row {
            FirstRow::Top => [after, before],
            FirstRow::Bottom => [before, after],
        }
    }
}

/// Whether the axes show less than the whole names.
fn is_cut(names: &[AxisNames; 2]) -> bool {
    names.iter().any(AxisNames::is_cut)
}

/// The edges of a row or column on its axis.
fn edges(place: usize) -> [f64; 2] {
    [place as f64 - 0.5, place as f64 + 0.5]
}

fn shape(kind: ShapeType, x: [f64; 2], y: [f64; 2]) -> Shape {
    Shape::new()
        .shape_type(kind)
        .x0(x[0])
        .x1(x[1])
        .y0(y[0])
        .y1(y[1])
}

#[cfg(test)]
mod tests;
