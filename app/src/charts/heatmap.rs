//! A matrix as colours: how much those who choose one product are attracted to another.

use super::drawing::with_field;
use super::thinning::rounded;
use super::{Cell, DataTable, Drawing, Graphic, Row};
use plotly::common::{Anchor, ColorBar, ColorScale, ColorScaleElement, Font, Orientation, Title};
use plotly::layout::{Axis, Shape, ShapeLine, ShapeType};
use plotly::{HeatMap, Layout, Trace};

/// A row or a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// As the axis, the hover text and the table say it: `<brand> <model>`.
    pub name: String,
    /// What it belongs to, e.g. its brand: a line is drawn where two neighbours differ in it.
    pub block: String,
}

/// A heatmap, its first row at the top.
#[derive(Debug, Clone, PartialEq)]
pub struct Heatmap {
    /// What a row is: "Predicted choice".
    pub row: String,
    /// What a column is: "Competing offer".
    pub column: String,
    /// The unit of every value: "%".
    pub unit: String,
    /// The rows from top to bottom.
    pub rows: Vec<Label>,
    /// The columns from left to right.
    pub columns: Vec<Label>,
    /// Row by row. A 0 is left blank in the drawing and stands as 0 in the table.
    pub values: Vec<Vec<f64>>,
    /// The value at the upper end of the colour scale, whose lower end is 0; fixed, so that
    /// colours can be compared before and after an edit.
    pub highest: f64,
    /// Row and column of the cell to outline.
    pub chosen: Option<(usize, usize)>,
}

/// Columns up to which a cell is wide enough for its value.
const LABELLED: usize = 30;

/// The middle of viridis (N. Smith and S. van der Walt, 2015): even steps of lightness for every
/// eye, and neither end is lost on a white or on a dark page.
const COLOURS: [&str; 5] = ["#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962"];

/// Of the scale's length, up to which a value fades into nothing. Not 0: of two colours at one
/// place plotly.js takes the second.
const NOTHING: f64 = 1e-6;

/// Visible on a light and on a dark page and between cells of any colour.
const RULE: &str = "#7b8495";

/// The opposite of every colour of the scale.
const OUTLINE: &str = "#e6550d";

impl Heatmap {
    /// The chart and its numbers.
    pub fn graphic(&self) -> Graphic {
        Graphic::new(
            Drawing::of_json(&[self.trace()], self.layout()),
            self.table(),
        )
    }

    /// Cells are drawn at the numbers of their rows and columns and the axes' ticks name them,
    /// because two products may have one name and would be one category.
    fn trace(&self) -> String {
        let cells = |row: &Vec<f64>| row.iter().copied().map(rounded).collect::<Vec<f64>>();
        // Above the cells, whose width a phone has none to spare of.
        let bar = ColorBar::new()
            .orientation(Orientation::Horizontal)
            .y(1.0)
            .y_anchor(Anchor::Bottom)
            .thickness(10)
            .outline_width(0)
            .tick_suffix(format!(" {}", self.unit));
        let labels = self
            .values
            .iter()
            .map(|row| row.iter().copied().map(label).collect());
        let trace = HeatMap::<f64, f64, Vec<f64>>::new_z(self.values.iter().map(cells).collect())
            .zmin(0.0)
            .zmax(self.highest)
            .color_scale(scale())
            .color_bar(bar)
            .text_matrix(labels.collect::<Vec<Vec<String>>>())
            .hover_template(self.hover());
        if self.columns.len() > LABELLED {
            return trace.to_json();
        }
        // plotly.js chooses a size that fits, and black or white by the cell's colour.
        with_field(&trace.to_json(), "texttemplate", "%{text}")
    }

    fn hover(&self) -> String {
        let mut column = self.column.chars();
        let initial = column.next().map(char::to_lowercase);
        let column: String = initial.into_iter().flatten().chain(column).collect();
        format!(
            "{} %{{y}},<br>{column} %{{x}}:<br>%{{z:,.1f}} {}<extra></extra>",
            self.row, self.unit
        )
    }

    fn layout(&self) -> Layout {
        let axis = |title: &str, labels: &[Label]| {
            let names = labels.iter().map(|label| label.name.clone());
            Axis::new()
                .title(Title::with_text(title))
                .tick_values((0..labels.len()).map(|place| place as f64).collect())
                .tick_text(names.collect())
                .tick_font(Font::new().size(11))
                .show_grid(false)
                .zero_line(false)
        };
        let (right, bottom) = (end(&self.columns), end(&self.rows));
        Layout::new()
            .x_axis(
                axis(&self.column, &self.columns)
                    .range(vec![-0.5, right])
                    // Leaning to the left, where the rows' names make room; plotly.js leaves
                    // out names that would lean over the right edge.
                    .tick_angle(-60.0),
            )
            .y_axis(axis(&self.row, &self.rows).range(vec![bottom, -0.5]))
            .shapes(self.shapes())
    }

    /// Lines between blocks, and the outline of the chosen cell above them.
    fn shapes(&self) -> Vec<Shape> {
        let (right, bottom) = (end(&self.columns), end(&self.rows));
        let line = |x: [f64; 2], y: [f64; 2]| {
            shape(ShapeType::Line, x, y).line(ShapeLine::new().color(RULE).width(1.0))
        };
        let upright = borders(&self.columns).map(|x| line([x, x], [-0.5, bottom]));
        let level = borders(&self.rows).map(|y| line([-0.5, right], [y, y]));
        let chosen = self
            .chosen
            .filter(|(row, column)| *row < self.rows.len() && *column < self.columns.len());
        let outline = chosen.map(|(row, column)| {
            let around = |place: usize| [place as f64 - 0.5, place as f64 + 0.5];
            shape(ShapeType::Rect, around(column), around(row))
                .line(ShapeLine::new().color(OUTLINE).width(3.0))
        });
        upright.chain(level).chain(outline).collect()
    }

    fn table(&self) -> DataTable {
        let row = |(label, values): (&Label, &Vec<f64>)| Row {
            category: label.name.clone(),
            cells: values.iter().copied().map(Cell::number).collect(),
        };
        DataTable {
            category: self.row.clone(),
            series: self
                .columns
                .iter()
                .map(|label| label.name.clone())
                .collect(),
            unit: self.unit.clone(),
            rows: self.rows.iter().zip(&self.values).map(row).collect(),
        }
    }
}

/// The whole number that fits into a cell; none for 0, so that the others stand out.
fn label(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        String::new()
    } else {
        format!("{value:.0}")
    }
}

/// 0 lets the page shine through, so that an empty cell is light on a light page and dark on a
/// dark one; what is more begins at the scale's first colour.
fn scale() -> ColorScale {
    let steps = (COLOURS.len() - 1) as f64;
    let colour = |(place, colour): (usize, &&str)| {
        ColorScaleElement((place as f64 / steps).max(NOTHING), (*colour).to_owned())
    };
    let mut elements = vec![ColorScaleElement(0.0, "rgba(0,0,0,0)".to_owned())];
    elements.extend(COLOURS.iter().enumerate().map(colour));
    ColorScale::Vector(elements)
}

/// Where the axis ends: half a cell beyond the last place.
fn end(labels: &[Label]) -> f64 {
    labels.len() as f64 - 0.5
}

/// Where two neighbours belong to different blocks.
fn borders(labels: &[Label]) -> impl Iterator<Item = f64> {
    let pairs = labels.iter().zip(labels.iter().skip(1)).enumerate();
    pairs
        .filter(|(_, (before, after))| before.block != after.block)
        .map(|(place, _)| place as f64 + 0.5)
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
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn labels(names: &[(&str, &str)]) -> Vec<Label> {
        let label = |(brand, model): &(&str, &str)| Label {
            name: format!("{brand} {model}"),
            block: (*brand).to_owned(),
        };
        names.iter().map(label).collect()
    }

    fn heatmap() -> Heatmap {
        let products = labels(&[("Kia", "Niro EV"), ("Kia", "Soul"), ("Tesla", "Model 3")]);
        Heatmap {
            row: "Predicted choice".to_owned(),
            column: "Competing offer".to_owned(),
            unit: "%".to_owned(),
            rows: products.clone(),
            columns: products,
            values: vec![
                vec![52.123_456_789, 18.34, 0.0],
                vec![0.0, 61.5, 15.2],
                vec![0.0, 0.0, 80.0],
            ],
            highest: 100.0,
            chosen: Some((0, 2)),
        }
    }

    fn read(json: &str) -> Value {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn cells_have_colours_labels_and_units() {
        let graphic = heatmap().graphic();
        let trace = &read(graphic.drawing.traces())[0];
        assert_eq!(trace["type"], "heatmap");
        assert_eq!(trace["z"][0], json!([52.1235, 18.34, 0.0]));
        assert_eq!(trace["zmin"], 0.0);
        assert_eq!(trace["zmax"], 100.0);
        assert_eq!(trace["text"][0], json!(["52", "18", ""]));
        assert_eq!(trace["texttemplate"], "%{text}");
        assert_eq!(trace["colorbar"]["ticksuffix"], " %");
        assert_eq!(trace["colorscale"][0], json!([0.0, "rgba(0,0,0,0)"]));
        assert_eq!(trace["colorscale"][1], json!([1e-6, "#3b528b"]));
        assert_eq!(trace["colorscale"][5], json!([1.0, "#5ec962"]));
        assert_eq!(
            trace["hovertemplate"],
            "Predicted choice %{y},<br>competing offer %{x}:<br>%{z:,.1f} %<extra></extra>"
        );
    }

    #[test]
    fn the_axes_name_the_products_in_their_order() {
        let layout = read(heatmap().graphic().drawing.layout());
        let names = json!(["Kia Niro EV", "Kia Soul", "Tesla Model 3"]);
        for axis in ["xaxis", "yaxis"] {
            assert_eq!(layout[axis]["ticktext"], names);
            assert_eq!(layout[axis]["tickvals"], json!([0.0, 1.0, 2.0]));
        }
        assert_eq!(layout["xaxis"]["range"], json!([-0.5, 2.5]));
        assert_eq!(layout["yaxis"]["range"], json!([2.5, -0.5]));
        assert_eq!(layout["xaxis"]["title"]["text"], "Competing offer");
        assert_eq!(layout["yaxis"]["title"]["text"], "Predicted choice");
    }

    #[test]
    fn brands_are_ruled_off_and_the_chosen_cell_is_outlined() {
        let layout = read(heatmap().graphic().drawing.layout());
        let corners = |shape: &Value| {
            json!([
                shape["type"],
                shape["x0"],
                shape["x1"],
                shape["y0"],
                shape["y1"]
            ])
        };
        let shapes: Vec<_> = layout["shapes"].as_array().unwrap().iter().collect();
        assert_eq!(shapes.len(), 3);
        assert_eq!(corners(shapes[0]), json!(["line", 1.5, 1.5, -0.5, 2.5]));
        assert_eq!(corners(shapes[1]), json!(["line", -0.5, 2.5, 1.5, 1.5]));
        assert_eq!(corners(shapes[2]), json!(["rect", 1.5, 2.5, -0.5, 0.5]));

        let nowhere = Heatmap {
            chosen: Some((9, 0)),
            ..heatmap()
        };
        let layout = read(nowhere.graphic().drawing.layout());
        assert_eq!(layout["shapes"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn many_columns_are_left_without_labels() {
        let many = Heatmap {
            columns: vec![labels(&[("Kia", "Soul")]).remove(0); LABELLED + 1],
            ..heatmap()
        };
        let traces = read(many.graphic().drawing.traces());
        assert_eq!(traces[0].get("texttemplate"), None);
    }

    #[test]
    fn the_table_has_every_digit_and_zeros() {
        let table = heatmap().graphic().table;
        let names = [
            "Predicted choice",
            "Kia Niro EV",
            "Kia Soul",
            "Tesla Model 3",
        ];
        assert!(table.header().eq(names));
        assert_eq!(table.unit, "%");
        assert_eq!(table.rows[0].category, "Kia Niro EV");
        assert_eq!(
            table.rows[0].cells,
            [52.123_456_789, 18.34, 0.0].map(Cell::Number)
        );
    }
}
