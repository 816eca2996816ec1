//! One cell of the attraction matrix in detail: one mark per respondent, colored by segment.

use super::drawing::{Layout, steady_margin};
use super::thinning::{MARKS, rounded, thinned};
use super::trace::{Color, Marker, Mode, Name, Trace};
use super::{Drawing, Graphic, build_table, markup};
use crate::format::count;
use conjoint::report::{Cell, Table};
use plotly::common::MarkerSymbol;
use plotly::layout::Axis;

/// A respondent whose first choice is the chosen product.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScatterPoint<'a> {
    /// The respondent's id.
    pub respondent: &'a str,
    /// The place of the respondent's segment among all segments.
    pub segment: usize,
    /// Probability of choosing the chosen product, 0–1.
    pub chosen: f64,
    /// Probability of choosing the competing product as a multiple of `chosen`, 0–1.
    pub ratio: f64,
}

/// How close a competing product comes to the chosen one.
#[derive(Debug, Clone, PartialEq)]
pub struct Scatter<'a> {
    /// The chosen product: `<brand> <model>`.
    pub chosen: &'a str,
    /// The competing product.
    pub competing: &'a str,
    /// The segments' names in the study's order, which determines their colors.
    pub segments: Vec<&'a str>,
    /// In file order.
    pub points: Vec<ScatterPoint<'a>>,
}

/// P. Tol's bright scheme (2021): distinguishable with any color vision on a light and on a dark
/// page, and different from every brand's color.
const COLORS: [&str; 6] = [
    "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377",
];

/// The color of the segment at this place of the study's order; the seventh has the first one's.
pub fn segment_color(place: usize) -> &'static str {
    COLORS[place % COLORS.len()]
}

/// Shapes distinguish segments whose colors repeat. There are five, so that only every thirtieth
/// segment has the same color and shape.
fn symbol(place: usize) -> MarkerSymbol {
    match place % 5 {
        0 => MarkerSymbol::Circle,
        1 => MarkerSymbol::Square,
        2 => MarkerSymbol::TriangleUp,
        3 => MarkerSymbol::Diamond,
        _ => MarkerSymbol::Cross,
    }
}

impl Scatter<'_> {
    /// The chart and its numbers, with a note if it leaves respondents out.
    pub fn graphic(&self) -> Graphic {
        let places = thinned(self.points.len());
        let drawn: Vec<_> = places
            .filter_map(|place| self.points.get(place).copied())
            .collect();
        let hover = self.hover();
        let segments = self.segments.iter().enumerate();
        let traces: Vec<_> = segments
            .filter_map(|(place, name)| trace(place, name, &drawn, &hover))
            .collect();
        let note = (self.points.len() > MARKS).then(|| {
            let counts = [MARKS, self.points.len()].map(count);
            format!("Thinned to {} of {} respondents", counts[0], counts[1])
        });
        Graphic::new(Drawing::new(&traces, &self.layout()), self.table(&drawn)).with_note(note)
    }

    fn hover(&self) -> String {
        format!(
            "Respondent %{{text}}, %{{fullData.meta}}<br>{}: %{{x:.1%}}<br>{}: %{{y:.3f}}\
             <extra></extra>",
            self.probability(),
            self.ratio()
        )
    }

    fn layout(&self) -> Layout {
        let probability = format!("{}, probability of choice", self.probability());
        let across = Axis::new()
            .title(markup::title(probability))
            .tick_format("~%")
            .zero_line(false);
        Layout {
            xaxis: Some(across),
            yaxis: Some(Axis::new().title(markup::title(self.ratio()))),
            showlegend: true,
            margin: Some(steady_margin()),
            ..Layout::default()
        }
    }

    fn probability(&self) -> String {
        format!("P({})", self.chosen)
    }

    fn ratio(&self) -> String {
        format!("P({}) / P({})", self.competing, self.chosen)
    }

    fn table(&self, drawn: &[ScatterPoint<'_>]) -> Table {
        let row = |point: &ScatterPoint<'_>| {
            let segment = self.segments.get(point.segment);
            let cells = vec![
                Cell::optional(segment, |name| Cell::text(*name)),
                Cell::number(point.chosen),
                Cell::number(point.ratio),
            ];
            (point.respondent.to_owned(), cells)
        };
        let series = ["segment".to_owned(), self.probability(), self.ratio()];
        // The names say what the numbers are; the segment has no unit.
        build_table("respondent", series, "", drawn.iter().map(row))
    }
}

/// The marks of a segment; `None` if no respondent of it chooses the product.
fn trace<'a>(
    place: usize,
    name: &'a str,
    drawn: &[ScatterPoint<'_>],
    hover: &'a str,
) -> Option<Trace<'a>> {
    let points = drawn.iter().filter(|point| point.segment == place);
    points.clone().next()?;
    let marker = Marker {
        color: Color::One(segment_color(place).to_owned()),
        symbol: Some(symbol(place)),
        size: Some(8.0),
        opacity: Some(0.8),
        line: None,
    };
    Some(Trace {
        name: Name(name),
        // What the reader hid belongs to the segment, not to the trace's place.
        uid: Some(name.to_owned()),
        mode: Some(Mode::Markers),
        x: Some(points.clone().map(|point| rounded(point.chosen)).collect()),
        y: Some(points.clone().map(|point| rounded(point.ratio)).collect()),
        marker: Some(marker),
        text: Some(points.map(|point| point.respondent).collect()),
        hovertemplate: hover,
        ..Trace::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn scatter(points: Vec<ScatterPoint<'_>>) -> Scatter<'_> {
        Scatter {
            chosen: "Kia Soul",
            competing: "Tesla Model 3",
            segments: vec!["Millennial", "Gen X", "Boomer \"B\""],
            points,
        }
    }

    fn point(respondent: &str, segment: usize, chosen: f64, ratio: f64) -> ScatterPoint<'_> {
        ScatterPoint {
            respondent,
            segment,
            chosen,
            ratio,
        }
    }

    fn graphic() -> Graphic {
        scatter(vec![
            point("p1", 2, 0.5, 0.123_456_789),
            point("p2", 0, 0.6, 0.2),
            point("p9", 2, 0.7, 0.3),
        ])
        .graphic()
    }

    fn read(json: &str) -> Value {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_segment_has_its_color_shape_and_respondents() {
        let traces = read(graphic().drawing.traces());
        assert_eq!(traces.as_array().unwrap().len(), 2);
        let boomers = &traces[1];
        assert_eq!(boomers["name"], "Boomer \"B\"");
        assert_eq!(boomers["uid"], "Boomer \"B\"");
        assert_eq!(boomers["x"], json!([0.5, 0.7]));
        assert_eq!(boomers["y"], json!([0.123457, 0.3]));
        assert_eq!(boomers["text"], json!(["p1", "p9"]));
        assert_eq!(boomers["marker"]["color"], segment_color(2));
        assert_eq!(boomers["marker"]["symbol"], "triangle-up");
        assert_eq!(
            boomers["hovertemplate"],
            "Respondent %{text}, %{fullData.meta}<br>P(Kia Soul): %{x:.1%}<br>\
             P(Tesla Model 3) / P(Kia Soul): %{y:.3f}<extra></extra>"
        );
    }

    #[test]
    fn the_axes_name_what_is_compared() {
        let layout = read(graphic().drawing.layout());
        assert_eq!(
            layout["xaxis"]["title"]["text"],
            "P(Kia Soul), probability of choice"
        );
        assert_eq!(layout["xaxis"]["tickformat"], "~%");
        assert_eq!(
            layout["yaxis"]["title"]["text"],
            "P(Tesla Model 3) / P(Kia Soul)"
        );
    }

    #[test]
    fn segments_differ_in_color_and_shape() {
        let colors: std::collections::BTreeSet<_> = (0..6).map(segment_color).collect();
        assert_eq!(colors.len(), 6);
        assert_eq!(segment_color(6), segment_color(0));
        assert_ne!(format!("{:?}", symbol(6)), format!("{:?}", symbol(0)));
    }

    #[test]
    fn the_table_has_every_digit_in_file_order() {
        let table = graphic().table;
        assert!(table.names().eq([
            "respondent",
            "segment",
            "P(Kia Soul)",
            "P(Tesla Model 3) / P(Kia Soul)"
        ]));
        assert_eq!(table.rows[0][0], Cell::text("p1"));
        assert_eq!(
            table.rows[0][1..],
            [
                Cell::Text("Boomer \"B\"".to_owned()),
                Cell::number(0.5),
                Cell::number(0.123_456_789)
            ]
        );
    }

    #[test]
    fn many_respondents_are_thinned_with_a_note() {
        let points = vec![point("p", 1, 0.5, 0.5); 20_000];
        let graphic = scatter(points).graphic();
        assert_eq!(
            graphic.note.as_deref(),
            Some("Thinned to 2,000 of 20,000 respondents")
        );
        assert_eq!(graphic.table.rows.len(), MARKS);
        assert_eq!(super::tests::graphic().note, None);
    }
}
