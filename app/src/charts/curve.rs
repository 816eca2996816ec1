//! Curves over one axis of numbers, in panels one above the other: a share over the price, and the
//! money earned at it.

use super::digits::AMOUNT;
use super::drawing::{Layout, steady_margin};
use super::scatter::segment_color;
use super::thinning::rounded;
use super::trace::{Line, Mode, Name, Trace, Values};
use super::{Drawing, Graphic, build_table, markup};
use crate::format::{capitalize, uncapitalize};
use conjoint::report::{Cell, Table};
use conjoint::stats::bootstrap::Interval;
use plotly::common::{Anchor, ExponentFormat};
use plotly::layout::{Annotation, Axis, Shape, ShapeLine, ShapeType};

/// One measure along the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// What it measures: "Share", "EBIT of Tesla".
    pub name: String,
    /// Its unit: "%", "$ thousand a month".
    pub unit: String,
    /// As many as there are places.
    pub values: Vec<Option<f64>>,
    /// The interval of each value; empty, or as many as there are places.
    pub band: Vec<Option<Interval>>,
}

/// Curves over the same places; at most three are drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Curves {
    /// What the axis measures: "monthly cost of Tesla Model 3".
    pub along: String,
    /// Its unit: "$ a month".
    pub unit: String,
    /// Ascending.
    pub places: Vec<f64>,
    /// Places to mark, each with what it is: "today", "best".
    pub marks: Vec<(f64, &'static str)>,
    /// From top to bottom.
    pub curves: Vec<Curve>,
}

/// The panels' axes, as traces and other axes name them.
const AXES: [&str; 3] = ["y", "y2", "y3"];
/// The gap between two panels, as a fraction of the height.
const GAP: f64 = 0.12;
/// The first segment's color, translucent.
const BAND: &str = "rgba(68,119,170,0.25)";
/// Visible on a light and on a dark page.
const RULE: &str = "#7b8495";

impl Curves {
    /// The chart and its numbers.
    pub fn graphic(&self) -> Graphic {
        let hovers: Vec<String> = self.curves.iter().map(|curve| self.hover(curve)).collect();
        let panels = || self.curves.iter().zip(AXES);
        let bands = panels().filter(|(curve, _)| !curve.band.is_empty());
        let bands = bands.map(|(curve, axis)| self.band(curve, axis));
        let lines = panels().zip(&hovers);
        let lines = lines.map(|((curve, axis), hover)| Trace {
            name: Name(&curve.name),
            mode: Some(Mode::Lines),
            x: Some(self.places.iter().copied().collect()),
            y: Some(Values::Numbers(drawn(&curve.values))),
            yaxis: Some(axis),
            line: Some(Line::new(segment_color(0), 2.0)),
            hovertemplate: hover,
            ..Trace::default()
        });
        let traces: Vec<Trace<'_>> = bands.chain(lines).collect();
        Graphic::new(Drawing::new(&traces, &self.layout()), self.table())
    }

    /// The outline of the band: along the upper ends and back along the lower ends.
    fn band(&self, curve: &Curve, axis: &'static str) -> Trace<'_> {
        let pairs = self.places.iter().zip(&curve.band);
        let pairs: Vec<_> = pairs
            .filter_map(|(place, interval)| Some((*place, (*interval)?)))
            .collect();
        let upper = pairs
            .iter()
            .map(|(place, interval)| (*place, interval.high));
        let lower = pairs.iter().rev();
        let lower = lower.map(|(place, interval)| (*place, interval.low));
        let (x, y): (Vec<f64>, Vec<f64>) = upper.chain(lower).unzip();
        Trace {
            mode: Some(Mode::Lines),
            x: Some(x.into_iter().collect()),
            y: Some(y.into_iter().map(rounded).collect()),
            yaxis: Some(axis),
            line: Some(Line::new(BAND, 0.0)),
            fill: Some("toself"),
            fillcolor: Some(BAND),
            hoverinfo: Some("skip"),
            ..Trace::default()
        }
    }

    fn hover(&self, curve: &Curve) -> String {
        format!(
            "{} %{{x:,.2~f}} {}:<br>{} %{{y:{AMOUNT}}} {}<extra></extra>",
            capitalize(&self.along),
            self.unit,
            uncapitalize(&curve.name),
            curve.unit
        )
    }

    fn layout(&self) -> Layout {
        let panels = self.curves.len().clamp(1, AXES.len());
        let height = (1.0 + GAP) / panels as f64;
        // The first panel is at the top.
        let tops = (0..panels).map(|place| rounded(1.0 - place as f64 * height));
        let mut axes = tops.clone().map(|top| {
            Axis::new()
                // The unit may be thousands, of which "10k" would be ambiguous.
                .exponent_format(ExponentFormat::None)
                .separate_thousands(true)
                .domain(&[rounded(top - height + GAP).max(0.0), top])
        });
        let titles = self.curves.iter().zip(tops.clone());
        let along = markup::title(format!("{}, {}", capitalize(&self.along), self.unit));
        let lowest = AXES.get(panels - 1).copied().unwrap_or("y");
        Layout {
            xaxis: Some(Axis::new().title(along).anchor(lowest)),
            yaxis: axes.next(),
            yaxis2: axes.next(),
            yaxis3: axes.next(),
            margin: Some(steady_margin()),
            shapes: self
                .marks
                .iter()
                .map(|(at, _)| vertical_line(*at))
                .collect(),
            annotations: titles
                .map(|(curve, top)| panel_title(&curve.title(), top))
                .chain(self.marks.iter().enumerate().map(mark_label))
                .collect(),
            ..Layout::default()
        }
    }

    fn table(&self) -> Table {
        let row = |(place, at): (usize, &f64)| {
            let cells = self.curves.iter().flat_map(|curve| curve.cells(place));
            (Cell::number(*at).to_text().into_owned(), cells.collect())
        };
        let category = format!("{}, {}", self.along, self.unit);
        let series = self.curves.iter().flat_map(Curve::columns);
        let rows = self.places.iter().enumerate().map(row);
        // The unit differs between the columns, whose names have it.
        build_table(category, series, "", rows)
    }
}

impl Curve {
    fn title(&self) -> String {
        format!("{}, {}", self.name, self.unit)
    }

    /// The table's columns: the value, and the ends of its interval.
    fn columns(&self) -> Vec<String> {
        let title = self.title();
        let ends = [format!("{title}, low"), format!("{title}, high")];
        let ends = ends.into_iter().filter(|_| !self.band.is_empty());
        std::iter::once(title).chain(ends).collect()
    }

    fn cells(&self, place: usize) -> Vec<Cell> {
        let value = self.values.get(place).copied().flatten();
        let interval = self.band.get(place).copied().flatten();
        let ends = [interval.map(|it| it.low), interval.map(|it| it.high)];
        let ends = ends.into_iter().filter(|_| !self.band.is_empty());
        let values = std::iter::once(value).chain(ends);
        values
            .map(|value| Cell::optional(value, Cell::number))
            .collect()
    }
}

fn drawn(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let finite = values.iter().map(|value| value.filter(|it| it.is_finite()));
    finite.map(|value| value.map(rounded)).collect()
}

/// A title above the left end of a panel: there is no room for it next to the axis.
fn panel_title(title: &str, top: f64) -> Annotation {
    Annotation::new()
        .text(markup::title_text(title))
        .x_ref("paper")
        .y_ref("paper")
        .x(0.0)
        .y(top)
        .show_arrow(false)
        .x_anchor(Anchor::Left)
        .y_anchor(Anchor::Bottom)
}

/// What a vertical line is, at the top of the first panel, or for the next line at the bottom of the
/// last, so that neighbors do not cover each other.
fn mark_label((place, (at, label)): (usize, &(f64, &str))) -> Annotation {
    let (end, anchor) = match place {
        0 => (1.0, Anchor::Top),
        _ => (0.0, Anchor::Bottom),
    };
    Annotation::new()
        .text(*label)
        .x(*at)
        .y_ref("paper")
        .y(end)
        .show_arrow(false)
        .x_anchor(Anchor::Left)
        .y_anchor(anchor)
}

/// A vertical line through all panels.
fn vertical_line(at: f64) -> Shape {
    Shape::new()
        .shape_type(ShapeType::Line)
        .x0(at)
        .x1(at)
        .y_ref("paper")
        .y0(0.0)
        .y1(1.0)
        .line(ShapeLine::new().color(RULE).width(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn curve(name: &str, values: [Option<f64>; 2]) -> Curve {
        Curve {
            name: name.to_owned(),
            unit: "%".to_owned(),
            values: values.to_vec(),
            band: Vec::new(),
        }
    }

    fn curves() -> Curves {
        let mut share = curve("Share", [Some(30.0), Some(20.0)]);
        let interval = |low, high| Some(Interval { low, high });
        share.band = vec![interval(28.0, 33.0), interval(17.0, 22.0)];
        Curves {
            along: "monthly cost of Kia Soul".to_owned(),
            unit: "$ a month".to_owned(),
            places: vec![100.0, 200.0 / 3.0 + 100.0],
            marks: vec![(120.0, "today"), (150.0, "best")],
            curves: vec![share, curve("EBIT", [Some(-1.0), None])],
        }
    }

    #[test]
    fn panels_are_one_above_the_other() {
        let graphic = curves().graphic();
        let traces: Value = serde_json::from_str(graphic.drawing.traces()).unwrap();
        assert_eq!(traces[0]["fill"], "toself");
        assert_eq!(traces[0]["y"], json!([33.0, 22.0, 17.0, 28.0]));
        assert_eq!(traces[1]["y"], json!([30.0, 20.0]));
        assert_eq!(traces[2]["y"], json!([-1.0, null]));
        assert_eq!(traces[2]["yaxis"], "y2");
        assert_eq!(
            traces[1]["hovertemplate"],
            "Monthly cost of Kia Soul %{x:,.2~f} $ a month:<br>share %{y:,.4~r} %<extra></extra>"
        );
        let layout: Value = serde_json::from_str(graphic.drawing.layout()).unwrap();
        assert_eq!(layout["xaxis"]["anchor"], "y2");
        assert_eq!(
            layout["xaxis"]["title"]["text"],
            "Monthly cost of Kia Soul, $ a month"
        );
        assert_eq!(layout["yaxis"]["domain"], json!([0.56, 1.0]));
        assert_eq!(layout["annotations"][1]["text"], "EBIT, %");
        assert_eq!(layout["annotations"][1]["y"], 0.44);
        assert_eq!(layout["shapes"][0]["x0"], 120.0);
        assert_eq!(layout["shapes"][1]["x0"], 150.0);
        assert_eq!(layout["annotations"][3]["text"], "best");
        assert_eq!(layout["annotations"][3]["y"], 0.0);
        assert!(layout.get("yaxis3").is_none());
    }

    #[test]
    fn the_table_has_the_same_numbers() {
        let table = curves().graphic().table;
        assert!(table.names().eq([
            "monthly cost of Kia Soul, $ a month",
            "Share, %",
            "Share, %, low",
            "Share, %, high",
            "EBIT, %"
        ]));
        assert_eq!(table.rows[1][0], Cell::text("166.6666667"));
        assert_eq!(
            table.rows[1][1..],
            [
                Cell::number(20.0),
                Cell::number(17.0),
                Cell::number(22.0),
                Cell::Empty
            ]
        );
    }
}
