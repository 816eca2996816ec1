//! Tables as an Excel workbook: a worksheet for each table, with its title in the first row, the
//! columns' names in the second, and numbers as numbers.
//!
//! The same tables give the same bytes, whatever the time.

use std::borrow::Cow;
use std::collections::BTreeSet;

use conjoint::report::{Cell, Table};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

/// Excel's limits: rows and columns of a worksheet, UTF-16 units of a text and of the name on a
/// worksheet's tab.
const MAX_ROWS: usize = 1_048_576;
const MAX_COLUMNS: usize = 16_384;
const MAX_TEXT: usize = 32_767;
const MAX_NAME: usize = 31;

/// The rows above those of the table: its title and its header.
const ABOVE: usize = 2;
/// With more rows than are visible at once, a table gets a filter.
const FILTERED: usize = 20;
/// The significant digits shown of a column's smallest number; the cell holds all of them.
const SIGNIFICANT: i32 = 6;
/// The narrowest and the widest column, characters.
const NARROWEST: usize = 8;
const WIDEST: usize = 60;
/// What a tab's name may not begin or end with, and a space, which would be invisible there.
const EDGES: [char; 2] = ['\'', ' '];
/// The background of column names, as in the page's tables.
const SHADE: Color = Color::RGB(0xE3_E6EC);

/// Why tables cannot be written as a workbook.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookError {
    /// More rows than a worksheet can have.
    #[error(
        "“{title}” has {rows} rows, and an Excel sheet at most {}; take its CSV file",
        MAX_ROWS - ABOVE
    )]
    Rows {
        /// The table.
        title: String,
        /// Its number of rows.
        rows: usize,
    },
    /// More columns than a worksheet can have.
    #[error(
        "“{title}” has {columns} columns, and an Excel sheet at most {MAX_COLUMNS}; take its CSV file"
    )]
    Columns {
        /// The table.
        title: String,
        /// Its number of columns.
        columns: usize,
    },
    /// A text that is too long for a cell.
    #[error(
        "“{title}”, row {row}, column {column}: a text of {length} characters, and an Excel cell \
         holds at most {MAX_TEXT}; shorten it in the study's files"
    )]
    Text {
        /// The table.
        title: String,
        /// The table's row, from 1; 0 for its header.
        row: usize,
        /// The table's column, from 1.
        column: usize,
        /// Its length, UTF-16 units.
        length: usize,
    },
    /// Any other error of the writer.
    #[error("the workbook cannot be written: {0}")]
    Writer(#[from] XlsxError),
}

/// A workbook with these tables as worksheets, in this order, as bytes.
///
/// # Errors
/// A table that exceeds what Excel allows, by its title, row and column.
pub fn write(tables: &[Table]) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = Workbook::new();
    let since = ExcelDateTime::from_ymd(2020, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&since));
    let mut taken = BTreeSet::new();
    for table in tables {
        check(table)?;
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(tab(&table.title, &mut taken))?;
        fill(worksheet, table)?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// Checks that a table fits.
fn check(table: &Table) -> Result<(), WorkbookError> {
    let title = || table.title.clone();
    let rows = table.rows.len();
    if rows > MAX_ROWS - ABOVE {
        let title = title();
        return Err(WorkbookError::Rows { title, rows });
    }
    let widths = table.rows.iter().map(Vec::len);
    let columns = widths.fold(table.columns.len(), usize::max);
    if columns > MAX_COLUMNS {
        let title = title();
        return Err(WorkbookError::Columns { title, columns });
    }
    let texts = |row: &Vec<Cell>| {
        let cells = row.iter().enumerate();
        let texts = cells.filter_map(|(place, cell)| Some((place, units(&text(cell)?))));
        texts.collect::<Vec<_>>()
    };
    let header = table.names().map(units).enumerate();
    let all = std::iter::once(header.collect()).chain(table.rows.iter().map(texts));
    for (row, texts) in all.enumerate() {
        if let Some((column, length)) = texts.into_iter().find(|(_, length)| *length > MAX_TEXT) {
            return Err(WorkbookError::Text {
                title: title(),
                row,
                column: column + 1,
                length,
            });
        }
    }
    Ok(())
}

/// Writes a table that fits.
fn fill(worksheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let title = match table.unit() {
        "" => table.title.clone(),
        unit => format!("{}, {unit}", table.title),
    };
    let bold = Format::new().set_bold();
    let head = bold
        .clone()
        .set_background_color(SHADE)
        .set_border_bottom(FormatBorder::Thin);
    // A longer title is cut to what a cell can hold; no value of the table is lost.
    worksheet.write_string_with_format(0, 0, cut(&title, MAX_TEXT), &bold)?;
    let filtered = table.rows.len() > FILTERED;
    for (place, name) in table.names().enumerate() {
        let values = || table.rows.iter().filter_map(|row| row.get(place));
        let column = ColumnFormat::fit(values);
        let head = match column.is_number {
            true => head.clone().set_align(FormatAlign::Right),
            false => head.clone(),
        };
        // Fits: `check` counted.
        let at = place as u16;
        worksheet.write_string_with_format(1, at, name, &head)?;
        // The filter's button covers part of the name.
        let name = units(name) + if filtered { 3 } else { 0 };
        let width = column.width.max(name).clamp(NARROWEST, WIDEST) + 1;
        worksheet.set_column_width(at, width as f64)?;
        column.write(worksheet, at, values())?;
    }
    worksheet.set_freeze_panes(ABOVE as u32, 1)?;
    if let Some(last) = table.columns.len().checked_sub(1).filter(|_| filtered) {
        let end = table.rows.len() + ABOVE - 1;
        worksheet.autofilter(ABOVE as u32 - 1, 0, end as u32, last as u16)?;
    }
    Ok(())
}

/// The format of a column's values.
struct ColumnFormat {
    is_number: bool,
    /// Of numbers that are not whole.
    decimals: usize,
    /// Of the longest value, characters.
    width: usize,
}

impl ColumnFormat {
    fn fit<'t, I: Iterator<Item = &'t Cell>>(values: impl Fn() -> I) -> Self {
        let numbers = || values().filter_map(number);
        let parts = || numbers().filter(|value| value.fract() != 0.0);
        let smallest = parts().map(f64::abs).fold(f64::INFINITY, f64::min);
        let needed = parts().map(fraction).max().unwrap_or_default();
        let useful = (f64::from(SIGNIFICANT - 1) - smallest.log10().floor()).clamp(2.0, 9.0);
        let decimals = needed.min(useful as usize);
        let shown = |cell: &Cell| match (text(cell), cell.value()) {
            (Some(text), _) => units(&text),
            (None, Some(value)) if value.fract() != 0.0 => format!("{value:.decimals$}").len(),
            (None, Some(value)) => format!("{value:.0}").len(),
            (None, None) => 0,
        };
        Self {
            is_number: numbers().next().is_some(),
            decimals,
            width: values().map(shown).max().unwrap_or_default(),
        }
    }

    /// Writes the values below the header.
    fn write<'t>(
        &self,
        worksheet: &mut Worksheet,
        at: u16,
        values: impl Iterator<Item = &'t Cell>,
    ) -> Result<(), XlsxError> {
        let whole = Format::new().set_num_format("0");
        let decimals = Format::new().set_num_format(format!("0.{:0<1$}", "", self.decimals));
        for (row, value) in values.enumerate() {
            // Fits: `check` counted.
            let row = (row + ABOVE) as u32;
            if let Some(text) = text(value) {
                worksheet.write_string(row, at, text)?;
            } else if let Some(value) = number(value) {
                let is_whole = value.fract() == 0.0;
                let format = if is_whole { &whole } else { &decimals };
                worksheet.write_number_with_format(row, at, value, format)?;
            }
        }
        Ok(())
    }
}

/// A number that Excel can hold; it has neither infinities nor a negative zero.
/// The text in a cell; numbers have none.
fn text(cell: &Cell) -> Option<Cow<'_, str>> {
    matches!(cell, Cell::Text(_) | Cell::List(_)).then(|| cell.to_data())
}

/// The number in a cell as Excel can store it: finite, and zero without a sign.
fn number(cell: &Cell) -> Option<f64> {
    let value = cell.value().filter(|value| value.is_finite())?;
    Some(value + 0.0)
}

/// The number of decimals of a number.
fn fraction(value: f64) -> usize {
    let text = value.to_string();
    text.find('.').map_or(0, |point| text.len() - point - 1)
}

/// A text's length as Excel counts it, UTF-16 units.
fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The beginning of a text, of at most `most` UTF-16 units.
fn cut(text: &str, most: usize) -> &str {
    let mut length = 0;
    let end = text.char_indices().find(|(_, letter)| {
        length += letter.len_utf16();
        length > most
    });
    end.map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

/// The name on a table's tab: its title without what Excel forbids there. It differs from those that
/// are `taken`, in lower case.
fn tab(title: &str, taken: &mut BTreeSet<String>) -> String {
    let forbidden = |letter: char| letter.is_control() || r"[]:*?/\".contains(letter);
    let words: Vec<&str> = title
        .split(|letter: char| letter.is_whitespace() || forbidden(letter))
        .filter(|word| !word.is_empty())
        .collect();
    let name = words.join(" ");
    let name = match name.trim_matches(EDGES) {
        "" => "Table",
        name => name,
    };
    let with = |end: &str| {
        let begin = cut(name, MAX_NAME - units(end));
        format!("{}{end}", begin.trim_end_matches(EDGES))
    };
    let numbered = (2..).map(|number: u32| with(&format!(" ({number})")));
    let is_free = |name: &String| {
        let name = name.to_lowercase();
        // Excel reserves this one.
        name != "history" && taken.insert(name)
    };
    // There are more numbers than tables.
    let mut names = std::iter::once(with("")).chain(numbered);
    names.find(is_free).unwrap_or_default()
}

#[cfg(test)]
mod tests;
