//! Bars over categories: market share by product, money by brand over a sweep's points.

use super::drawing::legend_above;
use super::{DataTable, Drawing, Graphic, Row};
use plotly::common::{Line, Marker, Title};
use plotly::layout::{Axis, AxisType, BarMode, RangeMode};
use plotly::{Bar, Layout, Trace};

/// How several series share a category's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Side by side.
    Beside,
    /// One over the other: filled bars and outlines.
    Over,
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
    /// Names along the axis, from left to right.
    pub categories: Vec<String>,
    /// In the order drawn: a later one lies over an earlier one.
    pub series: Vec<BarSeries>,
    /// How the series share a place.
    pub grouping: Grouping,
}

/// Neutral enough to be seen on bars of any colour, on a light and on a dark page.
const OUTLINE: &str = "#7b8495";

impl Bars {
    /// The chart and its numbers.
    pub fn graphic(&self) -> Graphic {
        let traces: Vec<_> = self
            .series
            .iter()
            .map(|series| self.trace(series))
            .collect();
        Graphic::new(Drawing::new(&traces, self.layout()), self.table())
    }

    fn trace(&self, series: &BarSeries) -> Box<dyn Trace> {
        let marker = match &series.fill {
            Fill::Colour(colour) => Marker::new().color(colour.clone()),
            Fill::Each(colours) => Marker::new().color_array(colours.clone()),
            Fill::Outline => Marker::new()
                .color("rgba(0,0,0,0)")
                .line(Line::new().color(OUTLINE).width(2.0)),
        };
        Bar::new(self.categories.clone(), series.values.clone())
            .name(&series.name)
            .marker(marker)
            .hover_template(format!(
                "%{{x}}<br>{}: %{{y:,}} {}<extra></extra>",
                series.name, self.unit
            ))
    }

    fn layout(&self) -> Layout {
        let mode = match self.grouping {
            Grouping::Beside => BarMode::Group,
            Grouping::Over => BarMode::Overlay,
        };
        let values = Title::with_text(format!("{}, {}", self.measure, self.unit));
        Layout::new()
            .bar_mode(mode)
            .bar_gap(0.3)
            .show_legend(self.series.len() > 1)
            .legend(legend_above())
            // A category axis even where every category is a number, such as a sweep's point.
            .x_axis(Axis::new().type_(AxisType::Category))
            .y_axis(Axis::new().title(values).range_mode(RangeMode::ToZero))
    }

    fn table(&self) -> DataTable {
        let row = |(place, category): (usize, &String)| Row {
            category: category.clone(),
            cells: self
                .series
                .iter()
                .map(|series| series.values.get(place).copied().flatten().into())
                .collect(),
        };
        DataTable {
            category: self.category.clone(),
            series: self
                .series
                .iter()
                .map(|series| series.name.clone())
                .collect(),
            unit: self.unit.clone(),
            rows: self.categories.iter().enumerate().map(row).collect(),
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
            categories: vec!["Tesla Model 3".to_owned(), "500".to_owned()],
            series: vec![
                BarSeries {
                    name: "live".to_owned(),
                    values: vec![Some(12.0), None],
                    fill: Fill::Each(vec!["#c00".to_owned(), "#0c0".to_owned()]),
                },
                BarSeries {
                    name: "baseline".to_owned(),
                    values: vec![Some(10.0), Some(2.0)],
                    fill: Fill::Outline,
                },
            ],
            grouping: Grouping::Over,
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
            "%{x}<br>live: %{y:,} respondents<extra></extra>"
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
    fn the_table_has_the_same_numbers() {
        let table = bars().graphic().table;
        assert!(table.header().eq(["product", "live", "baseline"]));
        assert_eq!(
            table.rows[0].cells,
            [Cell::Number(12.0), Cell::Number(10.0)]
        );
        assert_eq!(table.rows[1].cells, [Cell::Empty, Cell::Number(2.0)]);
    }
}
