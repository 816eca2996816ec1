//! A table of cells with the place of each in the user's own file.

use std::borrow::Cow;

use csv::ReaderBuilder;
use serde::{Deserialize, Serialize};

use super::dialect::{separator_of, split_hint};
use super::{NumberStyle, TabularError};

/// A cell of a [`Grid`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum GridCell {
    /// Nothing, or white space.
    Empty,
    /// A number of a workbook.
    Number(f64),
    /// A text, without white space at its ends; in a text file numbers are texts as well.
    Text(String),
}

/// A table: the cells of a text file, or of one sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// The file's name.
    pub file: String,
    /// The sheet's name, in a workbook.
    pub sheet: Option<String>,
    /// Whether the sheet is hidden.
    pub is_hidden: bool,
    rows: Vec<Vec<GridCell>>,
    /// The line or row of each row, counted from 1 as the user's program does.
    lines: Vec<u64>,
    style: NumberStyle,
    /// What separates the cells of a text.
    separator: u8,
}

/// Whether a text says that a value is missing.
pub fn is_missing(text: &str) -> bool {
    matches!(
        text.trim(),
        "" | "NA" | "N/A" | "." | "-" | "#N/A" | "NaN" | "nan" | "NULL"
    )
}

impl Grid {
    /// Reads a text; rows without any content are left out.
    pub(crate) fn from_text(file: &str, text: &str) -> Result<Self, TabularError> {
        let (hint, body) = split_hint(text);
        let skipped = u64::from(hint.is_some());
        let separator = hint.unwrap_or_else(|| separator_of(body));
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            .from_reader(body.as_bytes());
        let (mut rows, mut lines) = (Vec::new(), Vec::new());
        // The reader takes in memory, and texts were decoded: no record can fail.
        for record in reader.records().map_while(Result::ok) {
            let line = record.position().map_or(0, |start| find_line(body, start)) + skipped;
            let cells: Vec<GridCell> = record.iter().map(text_cell).collect();
            if cells.iter().any(|cell| *cell != GridCell::Empty) {
                rows.push(cells);
                lines.push(line);
            }
        }
        if let Some(line) = open_quote(body) {
            let (file, line) = (file.to_owned(), line + skipped);
            return Err(TabularError::OpenQuote { file, line });
        }
        let style = detect_style(&rows, separator);
        Ok(Self {
            file: file.to_owned(),
            sheet: None,
            is_hidden: false,
            rows,
            lines,
            style,
            separator,
        })
    }

    /// A sheet of a workbook; rows without any content are left out.
    pub(super) fn from_sheet(
        file: &str,
        sheet: &str,
        is_hidden: bool,
        rows: impl Iterator<Item = (u64, Vec<GridCell>)>,
    ) -> Self {
        let filled = rows.filter(|(_, cells)| cells.iter().any(|cell| *cell != GridCell::Empty));
        let (lines, rows) = filled.unzip();
        Self {
            file: file.to_owned(),
            sheet: Some(sheet.to_owned()),
            is_hidden,
            rows,
            lines,
            style: NumberStyle::DecimalPoint,
            separator: b',',
        }
    }

    /// How many rows have content.
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// How many cells the longest row has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The line of the file, or the row of the sheet, counted from 1.
    pub fn line(&self, row: usize) -> u64 {
        self.lines.get(row).copied().unwrap_or(0)
    }

    /// How the file's numbers are written.
    pub fn style(&self) -> NumberStyle {
        self.style
    }

    /// How the numbers below the first rows are written; headers may be in another style.
    pub fn style_below(&self, rows: usize) -> NumberStyle {
        match self.sheet {
            Some(_) => self.style,
            None => detect_style(self.rows.get(rows..).unwrap_or_default(), self.separator),
        }
    }

    /// The cells of a row; none beyond the last row.
    pub fn row(&self, row: usize) -> &[GridCell] {
        self.rows.get(row).map_or(&[], Vec::as_slice)
    }

    /// A cell; [`GridCell::Empty`] where the row is shorter.
    pub fn cell(&self, row: usize, column: usize) -> &GridCell {
        const EMPTY: GridCell = GridCell::Empty;
        self.rows
            .get(row)
            .and_then(|cells| cells.get(column))
            .unwrap_or(&EMPTY)
    }

    /// A cell as text; a whole number has no decimals.
    pub fn text(&self, row: usize, column: usize) -> Cow<'_, str> {
        match self.cell(row, column) {
            GridCell::Empty => Cow::Borrowed(""),
            GridCell::Text(text) => Cow::Borrowed(text),
            GridCell::Number(number) => Cow::Owned(number.to_string()),
        }
    }

    /// A cell as a number; `None` for a text that is no number.
    pub fn number(&self, row: usize, column: usize) -> Option<f64> {
        match self.cell(row, column) {
            GridCell::Empty => None,
            GridCell::Number(number) => Some(*number),
            GridCell::Text(text) => self.style.parse(text),
        }
    }

    /// Whether a cell is empty or says that its value is missing.
    pub fn is_missing(&self, row: usize, column: usize) -> bool {
        match self.cell(row, column) {
            GridCell::Empty => true,
            GridCell::Number(_) => false,
            GridCell::Text(text) => is_missing(text),
        }
    }

    /// The place of a row as messages name it: `file:line`, or `file [sheet]:row`.
    pub fn place(&self, row: usize) -> String {
        let line = self.line(row);
        match &self.sheet {
            Some(sheet) => format!("{} [{sheet}]:{line}", self.file),
            None => format!("{}:{line}", self.file),
        }
    }
}

fn detect_style(rows: &[Vec<GridCell>], separator: u8) -> NumberStyle {
    let texts = rows.iter().flatten().filter_map(|cell| match cell {
        GridCell::Text(text) => Some(text.as_str()),
        GridCell::Number(_) | GridCell::Empty => None,
    });
    NumberStyle::detect(texts, separator)
}

fn text_cell(text: &str) -> GridCell {
    match text.trim() {
        "" => GridCell::Empty,
        text => GridCell::Text(text.to_owned()),
    }
}

/// The line of a record that the reader began to look for at a position, which may be before empty lines.
fn find_line(text: &str, start: &csv::Position) -> u64 {
    let rest = usize::try_from(start.byte()).ok();
    let rest = rest.and_then(|start| text.as_bytes().get(start..));
    let bytes = rest.unwrap_or_default().iter();
    let empty = bytes.take_while(|byte| b"\r\n".contains(byte));
    start.line() + empty.filter(|byte| **byte == b'\n').count() as u64
}

/// The line of a quote that is never closed.
fn open_quote(text: &str) -> Option<u64> {
    if !text.contains('"') {
        return None;
    }
    let (mut line, mut opened) = (1, None);
    for byte in text.bytes() {
        match byte {
            b'"' => opened = if opened.is_some() { None } else { Some(line) },
            b'\n' => line += 1,
            _ => {}
        }
    }
    opened
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_keep_the_lines_of_the_users_file() {
        let grid = Grid::from_text("a.csv", "sep=;\nid;x\n\n ; \nr1; 1,5 \n").unwrap();
        assert_eq!((grid.height(), grid.width()), (2, 2));
        assert_eq!((grid.line(0), grid.line(1)), (2, 5));
        assert_eq!(grid.number(1, 1), Some(1.5));
        assert_eq!(grid.place(1), "a.csv:5");
        assert_eq!(*grid.cell(9, 9), GridCell::Empty);
    }

    #[test]
    fn empty_lines_count() {
        let grid = Grid::from_text("a.csv", "\nid,x\r\n\r\n\r\nr1,\"a\n\nb\"\n\nr2,1\n").unwrap();
        let lines: Vec<u64> = (0..grid.height()).map(|row| grid.line(row)).collect();
        assert_eq!(lines, [2, 5, 9]);
    }

    #[test]
    fn an_open_quote_is_named_with_its_line() {
        let error = Grid::from_text("a.csv", "id,x\nr1,\"open\nr2,1\n").unwrap_err();
        assert!(error.to_string().starts_with("a.csv:2: a quote"), "{error}");
    }
}
