//! A study's files as other programs write them, brought into the form that
//! [`read_study`](super::read_study) reads: UTF-8, commas, decimal points, one table per file.
//!
//! Every row keeps its line, so that problems name the line of the user's own file. The page does not
//! need this: it receives files that were checked before, and should not carry the code.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::error::FormatError;
use super::file_names::{FILE_NAMES, NEUTRAL_NAMES, SETTINGS, UTILITIES, canonical_name};
use super::files::StudyFiles;
use super::problem::{Place, Problem, Problems};
use super::read::{StudyReading, read_study};
use super::table::{BYTE_ORDER_MARK, TableError};
use super::tabular::{
    Grid, GridCell, InputFile, NumberStyle, TabularError, decode, is_workbook, uses_commas,
};
use crate::csv_text::write_rows;
use crate::study::quote_names;

/// The rows of the utilities file that name attributes and levels.
const UTILITY_HEADERS: usize = 2;

/// Reads a study like [`read_study`], from files in any usual encoding, with any usual separator and
/// decimal mark, or from one workbook with a sheet per table.
///
/// # Errors
/// As [`read_study`], and a workbook that cannot be opened.
///
/// # Examples
/// ```
/// use conjoint::format::{StudyFiles, open_study};
///
/// let mut files = StudyFiles::default();
/// let utilities = "id;brand;brand;price;price\nid;A;B;19,90;29,90\n1;0,5;-0,5;1,25;-1,25\n";
/// files.insert("utilities.csv", utilities.into());
/// files.insert("offers.csv", "id;brand;model;price\n1;A;;24,90\n2;B;;19,90\n".into());
/// let study = open_study(&files)?.study;
/// assert_eq!(study.offers().len(), 2);
/// # Ok::<(), conjoint::format::Problems>(())
/// ```
pub fn open_study(files: &StudyFiles) -> Result<StudyReading, Problems> {
    let mut normal = normalize_files(files);
    let mut problems = Problems::default();
    for (name, bytes) in files.iter().filter(|(_, bytes)| is_workbook(bytes)) {
        let workbook = InputFile::open(name, bytes.to_vec());
        if let Err(problem) = add_workbook(normal.to_mut(), &workbook) {
            problems.add(problem.place, problem.error);
        }
    }
    match problems.is_empty() {
        true => read_study(&normal),
        false => Err(problems),
    }
}

/// Brings tables of text into the form that [`read_study`] reads; borrowed where they have it already.
pub fn normalize_files(files: &StudyFiles) -> Cow<'_, StudyFiles> {
    let mut normal = Cow::Borrowed(files);
    for (name, bytes) in files.iter() {
        if !name.ends_with(".csv")
            || !FILE_NAMES.contains(&canonical_name(name))
            || is_workbook(bytes)
        {
            continue;
        }
        if let Some(bytes) = normalize_table(name, bytes) {
            normal.to_mut().replace(name, bytes);
        }
    }
    normal
}

/// The table of a file in plain form; `None` if it has that already, or is no table, which reading it
/// reports.
fn normalize_table(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let headers = match canonical_name(name) {
        UTILITIES => UTILITY_HEADERS,
        _ => 1,
    };
    let text = decode(bytes)?;
    let is_utf8 = std::str::from_utf8(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)).is_ok();
    if is_utf8 && uses_commas(&text) && !has_quotes_below(&text, headers) {
        return None;
    }
    let grid = Grid::from_text(name, &text).ok()?;
    let style = grid.style_below(headers);
    let is_plain = |row: usize| {
        let mut cells = grid.row(row).iter();
        row < headers || cells.all(|cell| matches!(plain_cell(cell, style), Cow::Borrowed(_)))
    };
    let is_unchanged = is_utf8 && uses_commas(&text) && (0..grid.height()).all(is_plain);
    (!is_unchanged).then(|| {
        write_grid(&grid, |row, _, cell| match row < headers {
            true => cell_text(cell),
            false => plain_cell(cell, style),
        })
    })
}

/// Whether there are quotes below the first lines. Without them a comma cannot be a decimal mark.
fn has_quotes_below(text: &str, lines: usize) -> bool {
    let headers: usize = text.split_inclusive('\n').take(lines).map(str::len).sum();
    text.get(headers..).is_some_and(|body| body.contains('"'))
}

/// A cell as text.
fn cell_text(cell: &GridCell) -> Cow<'_, str> {
    match cell {
        GridCell::Empty => Cow::Borrowed(""),
        GridCell::Text(text) => Cow::Borrowed(text),
        GridCell::Number(number) => Cow::Owned(number.to_string()),
    }
}

/// A cell as text; a number with a decimal comma or separated thousands becomes a plain one.
fn plain_cell(cell: &GridCell, style: NumberStyle) -> Cow<'_, str> {
    let text = match cell {
        GridCell::Text(text) => text,
        other => return cell_text(other),
    };
    let has_marks = text.contains([',', '.', '\u{2212}', '\u{a0}', '\u{202f}']);
    if !has_marks || text.contains('%') {
        return Cow::Borrowed(text);
    }
    let (other, is_plain) = match style {
        NumberStyle::DecimalPoint => (NumberStyle::DecimalComma, text.parse::<f64>().is_ok()),
        NumberStyle::DecimalComma => (NumberStyle::DecimalPoint, false),
    };
    if is_plain {
        return Cow::Borrowed(text);
    }
    // A number that contradicts the style of the file, as `0,5` among `1.5`, has only one meaning.
    let number = style.parse(text).or_else(|| other.parse(text));
    number.map_or(Cow::Borrowed(text), |number| Cow::Owned(number.to_string()))
}

/// A table as CSV, with every row on its line.
fn write_grid<'g>(
    grid: &'g Grid,
    text: impl Fn(usize, usize, &'g GridCell) -> Cow<'g, str>,
) -> Vec<u8> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut line = 1;
    for row in 0..grid.height() {
        while line < grid.line(row) {
            bytes.push(b'\n');
            line += 1;
        }
        let cells = grid.row(row).iter().enumerate();
        let cells = cells.map(|(column, cell)| text(row, column, cell).into_owned());
        let written = write_rows([cells.collect::<Vec<String>>()]);
        line += written.iter().filter(|byte| **byte == b'\n').count() as u64;
        bytes.extend(written);
    }
    bytes
}

/// Puts the sheets that have the name of a table in the place of their workbook.
///
/// # Errors
/// A workbook that cannot be opened, or without a sheet of a study; the files stay as they are.
pub fn add_workbook(files: &mut StudyFiles, workbook: &InputFile) -> Result<(), Box<Problem>> {
    let file = workbook.name.as_str();
    let grids = workbook.grids();
    let grids = grids.map_err(|error| Box::new(place_error(file, error)))?;
    let name = |grid: &&Grid| grid.sheet.clone().unwrap_or_default();
    let visible = grids.iter().filter(|grid| !grid.is_hidden);
    let tables = visible.filter_map(|grid| Some((table_of_sheet(&name(&grid))?, grid)));
    let tables: Vec<(&str, &Grid)> = tables.collect();
    if tables.is_empty() {
        let sheets = grids.iter().filter_map(|grid| grid.sheet.as_deref());
        let error = match grids.is_empty() {
            true => FormatError::EmptyWorkbook,
            false => FormatError::NoSheet {
                sheets: quote_names(sheets.collect::<Vec<_>>()),
            },
        };
        let place = Place::file(file);
        return Err(Box::new(Problem { place, error }));
    }
    files.remove(file);
    for (table, grid) in tables {
        let content = match table {
            SETTINGS => settings_of_sheet(grid),
            UTILITIES => {
                let names = filled_names(grid);
                write_grid(grid, |row, column, cell| match names.get(column) {
                    Some(name) if row == 0 => Cow::Owned(name.clone()),
                    _ => cell_text(cell),
                })
            }
            _ => write_grid(grid, |_, _, cell| cell_text(cell)),
        };
        files.remove(table);
        files.insert(table, content);
        files.set_spelling(table, format!("{file} [{}]", name(&grid)));
    }
    Ok(())
}

/// The names of attributes in the first row of a sheet, where merged cells keep their text only in the
/// first one.
fn filled_names(grid: &Grid) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for column in 0..grid.width() {
        let name = match grid.cell(0, column) {
            GridCell::Empty if *grid.cell(1, column) != GridCell::Empty => names.last().cloned(),
            cell => Some(cell_text(cell).into_owned()),
        };
        names.push(name.unwrap_or_default());
    }
    names
}

/// The table that a sheet is named after.
fn table_of_sheet(sheet: &str) -> Option<&'static str> {
    let sheet = sheet.trim();
    let stem = |name: &'static str| name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_named = |name: &'static str| {
        stem(name).eq_ignore_ascii_case(sheet) || name.eq_ignore_ascii_case(sheet)
    };
    let mut neutral = NEUTRAL_NAMES.into_iter();
    let neutral = neutral.find(|(_, neutral)| is_named(neutral));
    let found = neutral.map(|(canonical, _)| canonical);
    found.or_else(|| FILE_NAMES.into_iter().find(|name| is_named(name)))
}

/// The settings in a sheet with a key and a value in each row; `columns.brand` is a key in `columns`.
fn settings_of_sheet(grid: &Grid) -> Vec<u8> {
    let mut settings = Map::new();
    for row in 0..grid.height() {
        let key = grid.text(row, 0).into_owned();
        let value = match grid.cell(row, 1) {
            GridCell::Number(number) => Value::from(*number),
            GridCell::Text(text) if text.eq_ignore_ascii_case("true") => Value::Bool(true),
            GridCell::Text(text) if text.eq_ignore_ascii_case("false") => Value::Bool(false),
            cell => Value::from(cell_text(cell).into_owned()),
        };
        match key.split_once('.') {
            Some((group, key)) => {
                let group = settings.entry(group).or_insert_with(|| Map::new().into());
                if let Some(group) = group.as_object_mut() {
                    group.insert(key.to_owned(), value);
                }
            }
            None => {
                settings.insert(key, value);
            }
        }
    }
    // A map of texts and numbers always has a JSON form.
    serde_json::to_vec_pretty(&settings).unwrap_or_default()
}

/// The error of a table with its place.
fn place_error(file: &str, error: TabularError) -> Problem {
    let (place, error) = match error {
        TabularError::OpenQuote { line, .. } => {
            (Place::row(file, line), TableError::OpenQuote.into())
        }
        TabularError::NotText { .. } => (Place::file(file), TableError::NotUtf8.into()),
        TabularError::Workbook { reason, .. } => {
            (Place::file(file), FormatError::Workbook { reason })
        }
        TabularError::TooLarge { limit, .. } => {
            (Place::file(file), FormatError::TooLarge { limit })
        }
    };
    Problem { place, error }
}
