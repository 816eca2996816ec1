//! Bars from left to right, a row per category, with a text at the end of each row: shares by product.

use conjoint::report::{Cell, Column, Table};
use plotly::layout::{Axis, AxisType, BarMode, Margin, RangeMode, TicksDirection};

use super::categories::AxisNames;
use super::digits::AMOUNT;
use super::drawing::Layout;
use super::trace::{Kind, Mode, Name, Trace, Values};
use super::{BarSeries, Drawing, Fill, Graphic, markup};
use crate::format::{capitalize, first_line, shorten};

/// A chart of rows.
#[derive(Debug, Clone, PartialEq)]
pub struct RowBars {
    /// What a category is: "product", "brand" …
    pub category: String,
    /// What the bars measure, for the axis.
    pub measure: String,
    /// The unit of every value.
    pub unit: String,
    /// From top to bottom.
    pub categories: Vec<String>,
    /// In the order drawn: a later one covers an earlier one.
    pub series: Vec<BarSeries>,
    /// What is printed at the end of each row: value and interval.
    pub ends: Vec<String>,
    /// Further columns of the table: the header, and a value for each category.
    pub columns: Vec<(String, Vec<Option<f64>>)>,
}

/// The width of a line of a name, in letters: on a phone, names leave room for bars.
const LINE: usize = 18;

/// The width of a letter at the end of a bar, in pixels.
const LETTER: usize = 7;

/// The least width of the bars between long names and long texts at the ends, in pixels. A phone has no
/// more.
const MIN_WIDTH: usize = 40;

/// How many rows of one line are as high as rows of these names.
pub fn height_in_rows(names: &[String]) -> usize {
    let mut rests = names.iter().map(|name| first_line(name, LINE).1);
    match rests.all(str::is_empty) {
        true => names.len(),
        false => names.len() * 3 / 2,
    }
}

/// A name in one line, or in two, of which the second may be cut.
fn two_lines(name: &str) -> String {
    match first_line(name, LINE) {
        (name, "") => name.to_owned(),
        (first, second) => format!("{first}<br>{}", shorten(second, LINE)),
    }
}

impl RowBars {
    /// The chart and its numbers.
    pub fn graphic(&self) -> Graphic {
        let names = self.categories.iter().map(String::as_str);
        let names = AxisNames::with_format(names, two_lines);
        let hover = format!(
            "{}<br>%{{fullData.meta}}: %{{x:{AMOUNT}}} {}<extra></extra>",
            names.placeholder("%{y}"),
            self.unit
        );
        let bars = self.series.iter().map(|series| Trace {
            name: Name(&series.name),
            x: Some(Values::Numbers(series.drawn(1))),
            y: Some(names.places()),
            customdata: names.whole(),
            error_x: series.error_bars(1),
            marker: Some(series.marker(1)),
            hovertemplate: &hover,
            ..match &series.fill {
                Fill::Mark(_) => Trace {
                    mode: Some(Mode::Markers),
                    ..Trace::default()
                },
                _ => Trace {
                    r#type: Kind::Bar,
                    orientation: Some("h"),
                    ..Trace::default()
                },
            }
        });
        let ends = Trace {
            mode: Some(Mode::Text),
            x: Some(Values::Numbers(self.farthest())),
            y: Some(names.places()),
            text: Some(Values::Texts(
                self.ends
                    .iter()
                    .map(|end| format!("\u{2002}{end}"))
                    .collect(),
            )),
            textposition: Some("middle right"),
            cliponaxis: Some(false),
            showlegend: Some(false),
            hoverinfo: Some("skip"),
            ..Trace::default()
        };
        let traces: Vec<Trace> = bars.chain([ends]).collect();
        Graphic::new(Drawing::new(&traces, &self.layout()), self.table())
    }

    /// The end of each row: of its longest bar or interval.
    fn farthest(&self) -> Vec<Option<f64>> {
        let farthest = |place: usize| {
            let ends = self.series.iter().flat_map(|series| {
                let interval = series.intervals.get(place).copied().flatten();
                let value = series.values.get(place).copied().flatten();
                [value, interval.map(|interval| interval.high)]
            });
            let ends = ends.flatten().filter(|end| end.is_finite());
            Some(ends.fold(0.0, f64::max))
        };
        (0..self.categories.len()).map(farthest).collect()
    }

    /// The room on the right for the text at the end of the longest bar, in pixels.
    fn end_width(&self) -> usize {
        let lengths = self.ends.iter().map(|end| end.chars().count());
        // And a space in front of it.
        LETTER * (lengths.max().unwrap_or(0) + 1)
    }

    fn layout(&self) -> Layout {
        let title = format!("{}, {}", capitalize(&self.measure), self.unit);
        Layout {
            xaxis: Some(
                Axis::new()
                    .title(markup::title(title))
                    .range_mode(RangeMode::ToZero)
                    // Few, because the values are printed, and level, which fits a phone.
                    .n_ticks(3)
                    .tick_angle(0.0)
                    .zero_line(true),
            ),
            yaxis: Some(
                Axis::new()
                    .type_(AxisType::Category)
                    // From top to bottom.
                    .range(vec![self.categories.len() as f64 - 0.5, -0.5])
                    .auto_margin(true)
                    // Keeps the names off the bars.
                    .ticks(TicksDirection::Outside)
                    .tick_length(6)
                    .tick_color("rgba(0,0,0,0)")
                    .dtick(1.0),
            ),
            barmode: Some(BarMode::Overlay),
            bargap: Some(0.3),
            showlegend: self.series.len() > 1,
            minreducedwidth: Some(MIN_WIDTH),
            margin: Some(Margin::new().right(self.end_width()).left(8).top(32)),
            ..Layout::default()
        }
    }

    fn table(&self) -> Table {
        let row = |(place, category): (usize, &String)| -> (String, Vec<Cell>) {
            let cells = self.series.iter().flat_map(|series| series.cells(place));
            let further = self.columns.iter().map(|(_, values)| {
                let value = values.get(place).copied().flatten();
                Cell::optional(value, Cell::number)
            });
            (category.clone(), cells.chain(further).collect())
        };
        let columns = self.series.iter().flat_map(BarSeries::columns);
        let columns = columns.map(|name| Column::new(name).with_unit(&self.unit));
        let further = self.columns.iter().map(|(header, _)| Column::new(header));
        let first = std::iter::once(Column::new(&self.category));
        let mut table = Table::new("", first.chain(columns).chain(further));
        for (category, cells) in self.categories.iter().enumerate().map(row) {
            table.push(std::iter::once(Cell::Text(category)).chain(cells));
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::Fill;
    use conjoint::stats::bootstrap::Interval;
    use serde_json::{Value, json};

    fn rows() -> RowBars {
        RowBars {
            category: "product".to_owned(),
            measure: "share".to_owned(),
            unit: "%".to_owned(),
            categories: ["Kia Niro", "Kia Niro"].map(str::to_owned).to_vec(),
            series: vec![
                BarSeries {
                    name: "live".to_owned(),
                    values: vec![Some(20.0), None],
                    fill: Fill::Color("#c00".to_owned()),
                    intervals: vec![
                        Some(Interval {
                            low: 18.0,
                            high: 23.0,
                        }),
                        None,
                    ],
                },
                BarSeries {
                    name: "baseline".to_owned(),
                    values: vec![Some(21.0), Some(4.0)],
                    fill: Fill::Outline,
                    intervals: Vec::new(),
                },
            ],
            ends: ["20.0 %", "–"].map(str::to_owned).to_vec(),
            columns: vec![("respondents".to_owned(), vec![Some(112.0), None])],
        }
    }

    #[test]
    fn each_row_ends_with_its_text_behind_its_longest_part() {
        let graphic = rows().graphic();
        let traces: Value = serde_json::from_str(graphic.drawing.traces()).unwrap();
        assert_eq!(traces[0]["orientation"], "h");
        assert_eq!(traces[0]["y"], json!(["Kia Niro", "Kia Niro (2)"]));
        assert_eq!(traces[0]["error_x"]["array"], json!([3.0, null]));
        assert_eq!(traces[2]["mode"], "text");
        assert_eq!(traces[2]["x"], json!([23.0, 4.0]));
        assert_eq!(traces[2]["text"], json!(["\u{2002}20.0 %", "\u{2002}–"]));
    }

    #[test]
    fn the_texts_at_the_ends_have_as_much_room_as_they_need() {
        let right = |ends: [&str; 2]| {
            let rows = RowBars {
                ends: ends.map(str::to_owned).to_vec(),
                ..rows()
            };
            let layout: Value = serde_json::from_str(rows.graphic().drawing.layout()).unwrap();
            layout["margin"]["r"].as_u64().unwrap()
        };
        assert_eq!(right(["20.0 %", "–"]), 49);
        assert_eq!(right(["20.0 % (18.2–23.1)", "–"]), 133);
    }

    #[test]
    fn a_long_name_is_cut_after_two_lines_and_whole_in_hover_text_and_table() {
        let long = "Kia Niro EV Comfort with the Winter Package of 2026";
        let graphic = RowBars {
            categories: ["Kia Niro", long].map(str::to_owned).to_vec(),
            ..rows()
        }
        .graphic();
        let traces: Value = serde_json::from_str(graphic.drawing.traces()).unwrap();
        for place in [0, 2] {
            let shown = json!(["Kia Niro", "Kia Niro EV<br>Comfort w…of 2026"]);
            assert_eq!(traces[place]["y"], shown);
        }
        assert_eq!(traces[0]["customdata"], json!(["Kia Niro", long]));
        assert_eq!(
            traces[0]["hovertemplate"],
            "%{customdata}<br>%{fullData.meta}: %{x:,.4~r} %<extra></extra>"
        );
        assert_eq!(graphic.table.rows[1][0], Cell::text(long));
    }

    #[test]
    fn rows_of_two_lines_are_higher() {
        let height = |names: &[&str]| {
            let names: Vec<_> = names.iter().copied().map(str::to_owned).collect();
            height_in_rows(&names)
        };
        assert_eq!(height(&["Kia Niro"; 4]), 4);
        assert_eq!(height(&["Kia Niro", "Kia Niro EV with Comfort"]), 3);
    }

    #[test]
    fn the_table_has_the_same_numbers_and_the_further_columns() {
        let table = rows().graphic().table;
        let columns = [
            "product",
            "live",
            "live, low",
            "live, high",
            "baseline",
            "respondents",
        ];
        assert!(table.names().eq(columns));
        let cells = [Cell::Empty, Cell::Empty, Cell::Empty, Cell::number(4.0)];
        assert_eq!(table.rows[1][1..5], cells);
    }
}
