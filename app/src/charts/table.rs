//! The numbers of a figure as a table: the source of the page's table and of the CSV file.

use std::rc::Rc;

use yew::AttrValue;

/// The significant digits of a number on the page; the CSV file has all digits.
const SIGNIFICANT: usize = 10;

/// A cell after its row's category.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A number in the table's unit.
    Number(f64),
    /// A word: a segment, a respondent's id.
    Text(String),
    /// No value; the chart has a gap.
    Empty,
}

/// A row: its category and one cell per series.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Product, brand, segment or sweep point.
    pub category: String,
    /// As many as the table has series.
    pub cells: Vec<Cell>,
}

/// A header, rows and a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct DataTable {
    /// What the first column lists: "product", "brand" …
    pub category: String,
    /// The name of each further column.
    pub series: Vec<String>,
    /// The unit of every number, e.g. "respondents"; empty for a bare number.
    pub unit: String,
    /// In the order drawn.
    pub rows: Vec<Row>,
}

/// The numbers of a figure on the page, for the workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureTable {
    /// The figure's title.
    pub title: AttrValue,
    /// A description of what the figure shows; may be empty.
    pub description: AttrValue,
    /// Its numbers.
    pub table: Rc<DataTable>,
}

impl Cell {
    /// A number; NaN and infinities, which cannot be drawn, become an empty cell.
    pub fn number(value: f64) -> Self {
        if value.is_finite() {
            Self::Number(value)
        } else {
            Self::Empty
        }
    }

    /// The text on the page: plain digits with a decimal point.
    pub fn shown(&self) -> String {
        match self {
            Self::Number(value) => {
                let rounded = format!("{value:.*e}", SIGNIFICANT - 1)
                    .parse()
                    .unwrap_or(*value);
                // Adding 0 turns -0 into 0.
                (rounded + 0.0).to_string()
            }
            Self::Text(text) => text.clone(),
            Self::Empty => String::new(),
        }
    }

    /// The text in the CSV file: every digit.
    fn exact(&self) -> String {
        match self {
            Self::Number(value) => value.to_string(),
            other => other.shown(),
        }
    }
}

impl From<Option<f64>> for Cell {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::number)
    }
}

impl DataTable {
    /// The header row: the category and every series.
    pub fn header(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.category)
            .chain(&self.series)
            .map(String::as_str)
    }

    /// The table as CSV (RFC 4180: comma, CRLF, quotes where needed). The header of a column
    /// of numbers carries the unit, because a file has no caption.
    pub fn csv(&self) -> String {
        let unit = |name: &String| match self.unit.as_str() {
            "" => name.clone(),
            unit => format!("{name} ({unit})"),
        };
        let header = std::iter::once(self.category.clone()).chain(self.series.iter().map(unit));
        let mut text = line(header);
        for row in &self.rows {
            let cells = row.cells.iter().map(Cell::exact);
            text += &line(std::iter::once(row.category.clone()).chain(cells));
        }
        text
    }
}

fn line(fields: impl Iterator<Item = String>) -> String {
    let fields: Vec<_> = fields.map(quoted).collect();
    fields.join(",") + "\r\n"
}

fn quoted(field: String) -> String {
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> DataTable {
        DataTable {
            category: "product".to_owned(),
            series: vec!["live".to_owned(), "baseline".to_owned()],
            unit: "%".to_owned(),
            rows: vec![Row {
                category: "A \"plus\", red".to_owned(),
                cells: vec![Cell::number(100.0 / 3.0), Cell::Empty],
            }],
        }
    }

    #[test]
    fn csv_quotes_what_needs_it_and_keeps_every_digit() {
        assert_eq!(
            table().csv(),
            "product,live (%),baseline (%)\r\n\"A \"\"plus\"\", red\",33.333333333333336,\r\n"
        );
    }

    #[test]
    fn the_header_has_no_unit() {
        assert!(table().header().eq(["product", "live", "baseline"]));
    }

    #[test]
    fn the_page_shows_plain_digits() {
        let shown = |value: f64| Cell::number(value).shown();
        assert_eq!(shown(100.0 / 3.0), "33.33333333");
        assert_eq!(shown(0.1 + 0.2), "0.3");
        assert_eq!(shown(1_234_567.0), "1234567");
        assert_eq!(shown(-0.0), "0");
        assert_eq!(shown(f64::NAN), "");
    }
}
