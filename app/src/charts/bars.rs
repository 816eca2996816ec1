//! Bars over categories: market share by product, money by brand over a sweep's points.

use super::categories::{self, MANY, distinct, read_as};
use super::digits::{largest, signed_format};
use super::drawing::Layout;
use super::thinning::{one_in, rounded};
use super::trace::{Colour, ErrorBars, Kind, Line, Marker, Mode, Trace, Values};
use super::{Categories, Cell, DataTable, Drawing, Graphic, Row};
use crate::format::{capitalize, count};
use conjoint::stats::bootstrap::Interval;
use plotly::common::{ExponentFormat, Title};
use plotly::layout::{Axis, BarMode, RangeMode};

/// How several series share a category's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Side by side.
    SideBySide,
    /// One over the other: filled bars and outlines.
    Overlaid,
    /// Each a line over the categories, which are numbers and stand where these lie.
    AlongAxis,
}

/// What a series' bars look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fill {
    /// All in one CSS colour.
    Colour(String),
    /// A CSS colour for each category.
    Each(Vec<String>),
    /// An outline without a fill, for a value to compare with.
    Outline,
}

/// A value for each category; a missing one leaves a gap.
#[derive(Debug, Clone, PartialEq)]
pub struct BarSeries {
    /// As the legend and the table's header say it.
    pub name: String,
    /// As many as there are categories.
    pub values: Vec<Option<f64>>,
    /// What the bars look like.
    pub fill: Fill,
    /// Where each value lies; none at all, or as many as there are categories.
    pub intervals: Vec<Option<Interval>>,
}

impl BarSeries {
    /// The columns of its numbers: the value, and where it lies.
    fn columns(&self) -> Vec<String> {
        let name = &self.name;
        let mut columns = vec![name.clone()];
        if !self.intervals.is_empty() {
            columns.extend([format!("{name}, low"), format!("{name}, high")]);
        }
        columns
    }

    /// The numbers of a category.
    fn cells(&self, place: usize) -> Vec<Cell> {
        let mut cells = vec![self.values.get(place).copied().flatten().into()];
        if !self.intervals.is_empty() {
            let interval = self.intervals.get(place).copied().flatten();
            cells.push(interval.map(|it| it.low).into());
            cells.push(interval.map(|it| it.high).into());
        }
        cells
    }

    /// How far each drawn value reaches.
    fn error_bars(&self, step: usize) -> Option<ErrorBars> {
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
    /// In the order drawn: a later one lies over an earlier one.
    pub series: Vec<BarSeries>,
    /// How the series share a place.
    pub grouping: Grouping,
}

/// Bars that are drawn, at most: more would be thinner than a pixel of a wide figure, and which
/// of them are seen would be chance.
const BARS: usize = 800;

/// Neutral enough to be seen on bars of any colour, on a light and on a dark page.
const OUTLINE: &str = "#7b8495";

/// Whether values are amounts or differences.
#[derive(Clone, Copy, PartialEq)]
enum Reading {
    Amounts,
    Differences,
}

impl Bars {
    /// The chart and its numbers.
    pub fn graphic(&self) -> Graphic {
        self.read_as(Reading::Amounts)
    }

    /// The same of values that are differences: hover texts have signs and as many digits as the
    /// largest needs, and the line of no difference stands out.
    pub fn graphic_of_changes(&self) -> Graphic {
        self.read_as(Reading::Differences)
    }

    fn read_as(&self, reading: Reading) -> Graphic {
        let points = self.categories.names.len();
        let step = one_in(points, BARS / self.series.len().max(1));
        let names = self.categories.names.iter().step_by(step);
        // An axis with a title is one of numbers; one that they lie along reads them itself.
        let numbers = self.categories.title.is_some() && !self.lies_along();
        let names: Vec<_> = names.map(|name| read_as(name, numbers)).collect();
        let names = distinct(names.iter().map(String::as_str));
        let hover = self.hover(reading);
        let series = self.series.iter();
        let traces: Vec<_> = series
            .map(|series| self.trace(series, &names, step, &hover))
            .collect();
        let layout = self.layout(reading, names.len());
        Graphic::new(Drawing::new(&traces, &layout), self.table())
            .with_note(self.note(reading, step))
    }

    fn trace<'a>(
        &self,
        series: &'a BarSeries,
        names: &[String],
        step: usize,
        hover: &'a str,
    ) -> Trace<'a> {
        let marker = match &series.fill {
            Fill::Colour(colour) => Marker {
                color: Colour::One(colour.clone()),
                ..Marker::default()
            },
            Fill::Each(colours) => Marker {
                color: Colour::Each(colours.iter().step_by(step).cloned().collect()),
                ..Marker::default()
            },
            Fill::Outline => Marker {
                line: Some(Line::new(OUTLINE, 2.0)),
                ..Marker::default()
            },
        };
        let drawn = |value: &Option<f64>| value.filter(|value| value.is_finite()).map(rounded);
        let values = series.values.iter().step_by(step).map(drawn);
        let lines = || {
            let details = self.categories.details.iter().step_by(step);
            let line = |detail: &String| match detail.as_str() {
                "" => String::new(),
                detail => format!("<br>{detail}"),
            };
            Values::Texts(details.map(line).collect())
        };
        let line = match &series.fill {
            Fill::Colour(colour) if self.lies_along() => Some(Line::new(colour, 2.0)),
            _ => None,
        };
        Trace {
            r#type: match line {
                Some(_) => Kind::Scatter,
                None => Kind::Bar,
            },
            mode: line.as_ref().map(|_| Mode::LinesAndMarkers),
            line,
            name: &series.name,
            x: Some(Values::Texts(names.to_vec())),
            y: Some(Values::Numbers(values.collect())),
            error_y: series.error_bars(step),
            marker: Some(marker),
            hovertext: self.detailed().then(lines),
            hovertemplate: hover,
            ..Trace::default()
        }
    }

    /// With the axis' title before the category, whose name may be a bare number.
    fn hover(&self, reading: Reading) -> String {
        let values = self.series.iter().flat_map(|series| &series.values);
        let number = match reading {
            Reading::Amounts => ",".to_owned(),
            Reading::Differences => signed_format(largest(values.copied().flatten())),
        };
        let category = match &self.categories.title {
            Some(title) => format!("{}: %{{x}}", capitalize(title)),
            None => "%{x}".to_owned(),
        };
        let details = if self.detailed() { "%{hovertext}" } else { "" };
        format!(
            "{category}<br>%{{fullData.name}}: %{{y:{number}}} {}{details}<extra></extra>",
            self.unit
        )
    }

    fn lies_along(&self) -> bool {
        self.grouping == Grouping::AlongAxis
    }

    fn detailed(&self) -> bool {
        self.categories
            .details
            .iter()
            .any(|detail| !detail.is_empty())
    }

    fn layout(&self, reading: Reading, names: usize) -> Layout {
        let mode = match self.grouping {
            Grouping::SideBySide => BarMode::Group,
            Grouping::Overlaid | Grouping::AlongAxis => BarMode::Overlay,
        };
        let across = match &self.categories.title {
            Some(title) if self.lies_along() => Axis::new()
                .title(Title::with_text(capitalize(title)))
                .zero_line(false),
            Some(title) => categories::axis(names).title(Title::with_text(capitalize(title))),
            // Names, unlike a sweep's points, cannot be guessed from their neighbours'.
            None if names > MANY => categories::axis(0),
            None => categories::axis(0).dtick(1.0),
        };
        let values = Title::with_text(format!("{}, {}", self.measure, self.unit));
        let mut up = Axis::new()
            .title(values)
            .range_mode(RangeMode::ToZero)
            // "10k" of thousands would be read twice.
            .exponent_format(ExponentFormat::None)
            .separate_thousands(true);
        if reading == Reading::Differences {
            up = up.zero_line_width(2);
        }
        Layout {
            xaxis: Some(across),
            yaxis: Some(up),
            barmode: Some(mode),
            bargap: Some(0.3),
            showlegend: self.series.len() > 1,
            ..Layout::default()
        }
    }

    /// What the drawing leaves out, and why it may look empty.
    fn note(&self, reading: Reading, step: usize) -> Option<String> {
        let values = self.series.iter().flat_map(|series| &series.values);
        let mut values = values.copied().flatten().peekable();
        let points = self.categories.names.len();
        let thinned = (step > 1).then(|| {
            let [step, points] = [step, points].map(count);
            let category = &self.category;
            format!("Drawn: one {category} in {step}; the table has all {points}.")
        });
        let unchanged = (reading == Reading::Differences
            && values.peek().is_some()
            && values.all(|value| value == 0.0))
        .then(|| "No change at all: every value is 0.".to_owned());
        let notes: Vec<String> = thinned.into_iter().chain(unchanged).collect();
        (!notes.is_empty()).then(|| notes.join(" "))
    }

    fn table(&self) -> DataTable {
        let row = |(place, category): (usize, &String)| Row {
            category: category.clone(),
            cells: self
                .series
                .iter()
                .flat_map(|series| series.cells(place))
                .collect(),
        };
        let names = self.categories.names.iter();
        DataTable {
            category: self.category.clone(),
            series: self.series.iter().flat_map(BarSeries::columns).collect(),
            unit: self.unit.clone(),
            rows: names.enumerate().map(row).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Cell;
    use super::*;
    use serde_json::{Value, json};

    fn bars() -> Bars {
        Bars {
            category: "product".to_owned(),
            measure: "First choices".to_owned(),
            unit: "respondents".to_owned(),
            categories: ["Tesla Model 3", "500"]
                .map(str::to_owned)
                .into_iter()
                .collect(),
            series: vec![
                BarSeries {
                    name: "live".to_owned(),
                    values: vec![Some(12.0), None],
                    fill: Fill::Each(vec!["#c00".to_owned(), "#0c0".to_owned()]),
                    intervals: Vec::new(),
                },
                BarSeries {
                    name: "baseline".to_owned(),
                    values: vec![Some(10.0), Some(2.0)],
                    fill: Fill::Outline,
                    intervals: Vec::new(),
                },
            ],
            grouping: Grouping::Overlaid,
        }
    }

    #[test]
    fn the_drawing_has_a_trace_a_series_with_units() {
        let graphic = bars().graphic();
        let traces: Value = serde_json::from_str(graphic.drawing.traces()).unwrap();
        assert_eq!(traces[0]["y"], json!([12.0, null]));
        assert_eq!(traces[0]["marker"]["color"], json!(["#c00", "#0c0"]));
        assert_eq!(
            traces[0]["hovertemplate"],
            "%{x}<br>%{fullData.name}: %{y:,} respondents<extra></extra>"
        );
        assert_eq!(traces[1]["marker"]["line"]["width"], 2.0);
        let layout: Value = serde_json::from_str(graphic.drawing.layout()).unwrap();
        assert_eq!(layout["barmode"], "overlay");
        assert_eq!(layout["xaxis"]["type"], "category");
        assert_eq!(
            layout["yaxis"]["title"]["text"],
            "First choices, respondents"
        );
    }

    #[test]
    fn numbers_lie_along_their_axis_with_intervals() {
        let series = BarSeries {
            name: "live".to_owned(),
            values: vec![Some(0.5), Some(-0.25)],
            fill: Fill::Colour("#c00".to_owned()),
            intervals: vec![
                Some(Interval {
                    low: 0.25,
                    high: 1.0,
                }),
                None,
            ],
        };
        let graphic = Bars {
            categories: Categories {
                names: ["120.5", "1250"].map(str::to_owned).to_vec(),
                title: Some("monthly cost".to_owned()),
                ..Categories::default()
            },
            series: vec![series],
            grouping: Grouping::AlongAxis,
            ..bars()
        }
        .graphic();
        let traces: Value = serde_json::from_str(graphic.drawing.traces()).unwrap();
        let trace = &traces[0];
        assert_eq!(
            [&trace["type"], &trace["mode"]],
            ["scatter", "lines+markers"]
        );
        assert_eq!(trace["x"], json!(["120.5", "1250"]));
        assert_eq!(trace["line"]["color"], "#c00");
        assert_eq!(trace["error_y"]["array"], json!([0.5, null]));
        assert_eq!(trace["error_y"]["arrayminus"], json!([0.25, null]));
        let layout: Value = serde_json::from_str(graphic.drawing.layout()).unwrap();
        assert_eq!(layout["xaxis"].get("type"), None);
        assert_eq!(layout["xaxis"]["title"]["text"], "Monthly cost");
        assert!(
            graphic
                .table
                .header()
                .eq(["product", "live", "live, low", "live, high"])
        );
        let cells = [Cell::Number(-0.25), Cell::Empty, Cell::Empty];
        assert_eq!(graphic.table.rows[1].cells, cells);
    }

    #[test]
    fn the_table_has_the_same_numbers() {
        let table = bars().graphic().table;
        assert!(table.header().eq(["product", "live", "baseline"]));
        assert_eq!(
            table.rows[0].cells,
            [Cell::Number(12.0), Cell::Number(10.0)]
        );
        assert_eq!(table.rows[1].cells, [Cell::Empty, Cell::Number(2.0)]);
    }

    fn sweep(points: usize, brands: usize) -> Bars {
        let series = |brand: usize| BarSeries {
            name: format!("Brand {brand}"),
            values: (0..points).map(|point| Some(point as f64 - 1.0)).collect(),
            fill: Fill::Colour("#c00".to_owned()),
            intervals: Vec::new(),
        };
        Bars {
            category: "point".to_owned(),
            measure: "Change in EBIT".to_owned(),
            unit: "$ thousand a month".to_owned(),
            categories: Categories {
                names: (0..points)
                    .map(|point| (399 + 20 * point).to_string())
                    .collect(),
                title: Some("monthly cost of Tesla Model 3, $ a month".to_owned()),
                details: Vec::new(),
            },
            series: (0..brands).map(series).collect(),
            grouping: Grouping::SideBySide,
        }
    }

    fn read(json: &str) -> Value {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn changes_have_signs_digits_and_a_line_at_0() {
        let mut bars = sweep(2, 2);
        bars.series[0].values = vec![Some(-0.012_345_678_9), None];
        bars.series[1].values = vec![Some(f64::NAN), Some(0.0)];
        let graphic = bars.graphic_of_changes();
        let (traces, layout) = (
            read(graphic.drawing.traces()),
            read(graphic.drawing.layout()),
        );
        assert_eq!(traces[0]["y"], json!([-0.0123457, null]));
        assert_eq!(traces[1]["y"], json!([null, 0.0]));
        assert_eq!(
            traces[0]["hovertemplate"],
            "Monthly cost of Tesla Model 3, $ a month: %{x}<br>\
             %{fullData.name}: %{y:+,.5~f} $ thousand a month<extra></extra>"
        );
        assert_eq!(layout["barmode"], "group");
        assert_eq!(layout["yaxis"]["zerolinewidth"], 2);
        assert_eq!(
            layout["xaxis"]["title"]["text"],
            "Monthly cost of Tesla Model 3, $ a month"
        );
        assert_eq!(graphic.note, None);
    }

    #[test]
    fn a_category_may_say_more_of_itself() {
        let mut bars = sweep(2, 1);
        bars.categories.details = vec!["Tesla Model S 900".to_owned(), String::new()];
        let traces = read(bars.graphic_of_changes().drawing.traces());
        assert_eq!(traces[0]["hovertext"], json!(["<br>Tesla Model S 900", ""]));
        let template = traces[0]["hovertemplate"].as_str().unwrap();
        assert!(template.ends_with("a month%{hovertext}<extra></extra>"));
    }

    #[test]
    fn too_many_bars_are_thinned_and_say_so() {
        let graphic = sweep(10_000, 8).graphic_of_changes();
        let traces = read(graphic.drawing.traces());
        assert_eq!(traces[7]["x"].as_array().unwrap().len(), 100);
        assert_eq!(traces[7]["x"][1], "2399");
        assert_eq!(traces[7]["y"][1], 99.0);
        assert_eq!(
            graphic.note.as_deref(),
            Some("Drawn: one point in 100; the table has all 10,000.")
        );
        assert_eq!(graphic.table.rows.len(), 10_000);
        assert_eq!(sweep(100, 8).graphic_of_changes().note, None);
    }

    #[test]
    fn no_change_at_all_is_told() {
        let mut bars = sweep(2, 1);
        bars.series[0].values = vec![Some(0.0), None];
        let note = bars.graphic_of_changes().note;
        assert_eq!(note.as_deref(), Some("No change at all: every value is 0."));
        assert_eq!(bars.graphic().note, None);
        bars.series[0].values = vec![None; 2];
        assert_eq!(bars.graphic_of_changes().note, None);
    }

    #[test]
    fn products_of_one_name_stay_apart() {
        let mut bars = bars();
        bars.categories.names[1] = bars.categories.names[0].clone();
        let traces = read(bars.graphic().drawing.traces());
        assert_eq!(
            traces[0]["x"],
            json!(["Tesla Model 3", "Tesla Model 3 (2)"])
        );
    }
}
