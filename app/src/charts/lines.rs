//! Several lines over one axis: traces of chains, densities of levels, ordered values.

use super::digits::AMOUNT;
use super::drawing::{Layout, steady_margin};
use super::scatter::segment_color;
use super::thinning::{one_in, rounded};
use super::trace::{Line, Mode, Name, Trace};
use super::{Drawing, Graphic, build_table, markup};
use conjoint::report::{Cell, Table};
use plotly::layout::Axis;

/// The most points of a line; more would not be seen.
const MOST_POINTS: usize = 500;

/// A line through points that are equally far apart along the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct EvenLine {
    /// Its name in the legend and in the table's header.
    pub name: String,
    /// Where it starts along the axis.
    pub start: f64,
    /// The distance between two points.
    pub step: f64,
    /// The values.
    pub values: Vec<f64>,
}

/// Lines over one axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// What the axis measures.
    pub along: String,
    /// What the values measure.
    pub measure: String,
    /// In the order of the legend.
    pub lines: Vec<EvenLine>,
    /// Heights of horizontal rules, such as a threshold: a name and the height.
    pub rules: Vec<(String, f64)>,
}

impl Lines {
    /// The chart, and the table that belongs to it; see [`Lines::point_table`] for one with every point.
    pub fn graphic(&self, table: Table) -> Graphic {
        let hover = format!(
            "{} %{{x:{AMOUNT}}}:<br>%{{fullData.meta}} %{{y:{AMOUNT}}}<extra></extra>",
            self.along
        );
        let lines = self.lines.iter().enumerate();
        let lines = lines.map(|(place, line)| {
            let every = one_in(line.values.len(), MOST_POINTS);
            Trace {
                name: Name(&line.name),
                uid: Some(line.name.clone()),
                mode: Some(Mode::Lines),
                x0: Some(line.start),
                dx: Some(line.step * every as f64),
                y: Some(
                    line.values
                        .iter()
                        .step_by(every)
                        .copied()
                        .map(rounded)
                        .collect(),
                ),
                line: Some(Line::new(segment_color(place), 1.5)),
                hovertemplate: &hover,
                ..Trace::default()
            }
        });
        let (low, high) = self.ends();
        let rules = self.rules.iter().map(|(name, height)| Trace {
            name: Name(name),
            uid: Some(name.clone()),
            mode: Some(Mode::Lines),
            x: Some([low, high].into_iter().collect()),
            y: Some([*height; 2].into_iter().collect()),
            line: Some(Line::new("#7b8495", 1.0)),
            hovertemplate: &hover,
            ..Trace::default()
        });
        let traces: Vec<Trace<'_>> = lines.chain(rules).collect();
        let layout = Layout {
            xaxis: Some(
                Axis::new()
                    .title(markup::title(&self.along))
                    .zero_line(false),
            ),
            yaxis: Some(Axis::new().title(markup::title(&self.measure))),
            showlegend: traces.len() > 1,
            margin: Some(steady_margin()),
            ..Layout::default()
        };
        Graphic::new(Drawing::new(&traces, &layout), table)
    }

    /// A row for each point of the first line, and a column for each line.
    pub fn point_table(&self) -> Table {
        let places = self.lines.first().map_or(0, |line| line.values.len());
        let rows = (0..places).map(|place| {
            let at = self
                .lines
                .first()
                .map_or(0.0, |line| line.start + place as f64 * line.step);
            let values = self.lines.iter().map(|line| line.values.get(place));
            let cells = values.map(|value| Cell::optional(value.copied(), Cell::number));
            (Cell::number(at).to_text().into_owned(), cells.collect())
        });
        let names = self.lines.iter().map(|line| line.name.clone());
        build_table(self.along.clone(), names, "", rows)
    }

    /// The ends of all lines along the axis.
    fn ends(&self) -> (f64, f64) {
        let ends = self.lines.iter().map(|line| {
            let steps = line.values.len().saturating_sub(1) as f64;
            (line.start, line.start + steps * line.step)
        });
        let ends = ends.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        ends.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn lines(length: usize) -> Lines {
        Lines {
            along: "Draw".to_owned(),
            measure: "Population mean".to_owned(),
            lines: vec![EvenLine {
                name: "chain <1>".to_owned(),
                start: 1.0,
                step: 1.0,
                values: (0..length).map(|value| value as f64).collect(),
            }],
            rules: vec![("chance".to_owned(), 0.25)],
        }
    }

    #[test]
    fn lines_and_rules_are_drawn_over_the_same_axis() {
        let lines = lines(3);
        let graphic = lines.graphic(lines.point_table());
        let traces: Value = serde_json::from_str(graphic.drawing.traces()).unwrap();
        assert_eq!(traces[0]["y"], json!([0.0, 1.0, 2.0]));
        assert_eq!(
            (&traces[0]["x0"], &traces[0]["dx"]),
            (&json!(1.0), &json!(1.0))
        );
        assert_eq!(traces[1]["x"], json!([1.0, 3.0]));
        assert_eq!(graphic.table.rows[2][0], Cell::text("3"));
        assert_eq!(graphic.table.rows[2][1], Cell::number(2.0));
    }

    #[test]
    fn long_lines_are_thinned_in_the_drawing_only() {
        let lines = lines(2000);
        let graphic = lines.graphic(lines.point_table());
        let traces: Value = serde_json::from_str(graphic.drawing.traces()).unwrap();
        assert_eq!(traces[0]["y"].as_array().unwrap().len(), 500);
        assert_eq!(traces[0]["dx"], json!(4.0));
        assert_eq!(graphic.table.rows.len(), 2000);
    }
}
