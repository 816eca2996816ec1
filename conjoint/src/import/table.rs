//! A sheet or text file as a table with a row per respondent: where its header is and which of its
//! columns are numbers.

use std::collections::HashSet;

use super::roles;
use crate::format::tabular::{Grid, GridCell};

/// A table with a header.
#[derive(Clone, Debug)]
pub(crate) struct WideTable<'g> {
    pub(crate) grid: &'g Grid,
    pub(crate) columns: Vec<TableColumn>,
    /// The row with the names.
    pub(crate) name_row: usize,
    /// The first row below the header.
    pub(crate) first_row: usize,
    /// Whether a row above the names has the names of the attributes.
    pub(crate) has_uppers: bool,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableColumn {
    /// Its position in the grid.
    pub(crate) index: usize,
    /// Its name in the row directly above the numbers; that of the row above where this is empty.
    pub(crate) name: String,
    /// The name in the row above, where there is one.
    pub(crate) upper: String,
    pub(crate) is_numeric: bool,
}

impl TableColumn {
    /// The name for messages: its number from 1 where it has no name.
    pub(crate) fn shown(&self) -> String {
        match self.name.as_str() {
            "" => (self.index + 1).to_string(),
            name => name.to_owned(),
        }
    }
}

impl<'g> WideTable<'g> {
    /// Finds the header of a grid; `None` if it has no numbers, or no header above them.
    pub(crate) fn find(grid: &'g Grid) -> Option<Self> {
        let numeric: Vec<bool> = (0..grid.width()).map(|c| is_numeric(grid, c)).collect();
        let first_row = (0..grid.height()).find(|row| is_data(grid, *row, &numeric))?;
        let is_machine_row = |row: &usize| grid.text(*row, 0).starts_with("{\"ImportId\"");
        let headers: Vec<usize> = (0..first_row).filter(|row| !is_machine_row(row)).collect();
        let is_qualtrics = headers.len() < first_row;
        let last = *headers.last()?;
        // Qualtrics has names in its first row and the texts of the questions in its second.
        let names = match headers.first() {
            Some(first) if is_qualtrics && !has_colons(grid, last) => *first,
            _ => last,
        };
        let above = headers
            .len()
            .checked_sub(2)
            .and_then(|place| headers.get(place));
        let uppers = above
            .filter(|_| !is_qualtrics)
            .and_then(|row| fill_right(grid, *row, &numeric));
        let column = |index: usize| {
            let upper = uppers.as_ref().and_then(|uppers| uppers.get(index));
            let upper = upper.cloned().unwrap_or_default();
            let name = match grid.text(names, index).as_ref() {
                "" => upper.clone(),
                name => name.to_owned(),
            };
            TableColumn {
                index,
                name,
                upper,
                is_numeric: numeric.get(index).copied().unwrap_or(false),
            }
        };
        Some(Self {
            grid,
            columns: (0..grid.width()).map(column).collect(),
            name_row: names,
            first_row,
            has_uppers: uppers.is_some(),
        })
    }

    /// The rows below the header.
    pub(crate) fn rows(&self) -> std::ops::Range<usize> {
        self.first_row..self.grid.height()
    }

    /// The column of a name, ignoring case.
    pub(crate) fn find_column(&self, name: &str) -> Option<&TableColumn> {
        let name = name.trim();
        let mut columns = self.columns.iter();
        columns.find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// The column of ids: the first with such a name, or else the first one if its cells are unique
    /// texts or whole numbers.
    pub(crate) fn id_column(&self) -> Option<usize> {
        let mut columns = self.columns.iter();
        if let Some(named) = columns.find(|column| roles::is_id(&column.name)) {
            return Some(named.index);
        }
        let first = self.columns.first()?;
        let texts: Vec<String> = self
            .rows()
            .map(|row| self.grid.text(row, 0).into_owned())
            .collect();
        let unique: HashSet<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
        let is_whole = |row: usize| self.grid.number(row, 0).is_none_or(|n| n.fract() == 0.0);
        let is_used = roles::is_ignored(&first.name) || roles::is_none(&first.name);
        let is_id = unique.len() == texts.len() && self.rows().all(is_whole) && !is_used;
        is_id.then_some(0)
    }

    /// Whether all numbers of a column are whole, and there is one.
    pub(crate) fn is_whole(&self, index: usize) -> bool {
        let mut numbers = self
            .rows()
            .filter_map(|row| self.grid.number(row, index))
            .peekable();
        numbers.peek().is_some() && numbers.all(|number| number.fract() == 0.0)
    }
}

/// Whether a column consists of numbers: most of its last cells are.
fn is_numeric(grid: &Grid, column: usize) -> bool {
    let height = grid.height();
    let last = height - (height / 3).max(1).min(height)..height;
    let (mut numbers, mut missing, mut texts) = (0, 0, 0);
    for row in last {
        match grid.cell(row, column) {
            GridCell::Empty => {}
            _ if grid.number(row, column).is_some() => numbers += 1,
            _ if grid.is_missing(row, column) => missing += 1,
            // Excel shows a number that does not fit as hashes.
            _ if grid.text(row, column).bytes().all(|byte| byte == b'#') => numbers += 1,
            _ => texts += 1,
        }
    }
    numbers + missing > texts
}

/// Whether a row is one of a respondent: no text where the column is numeric, and numbers in at least
/// half of these columns.
fn is_data(grid: &Grid, row: usize, numeric: &[bool]) -> bool {
    // `Participant` is a name, `Participant 7` an id.
    let id = grid.text(row, 0);
    if roles::is_id(&id) && !id.ends_with(|letter: char| letter.is_ascii_digit()) {
        return false;
    }
    let columns = || {
        numeric
            .iter()
            .enumerate()
            .filter(|(_, is)| **is)
            .map(|(c, _)| c)
    };
    let is_number = |column: usize| grid.number(row, column).is_some();
    let filled = columns().filter(|column| {
        is_number(*column)
            || (*grid.cell(row, *column) != GridCell::Empty && grid.is_missing(row, *column))
    });
    let is_text = |column: usize| {
        let text = grid.text(row, column);
        !is_number(column)
            && !grid.is_missing(row, column)
            && text.starts_with(|letter: char| letter.is_alphabetic() || "\"{$€£".contains(letter))
    };
    // A cell of a respondent may be damaged; a header has texts in most columns.
    let texts = columns().filter(|column| is_text(*column)).count();
    let count = columns().count();
    let most = match grid.number(row, 0) {
        Some(_) => count / 2,
        None => count / 4,
    };
    count > 0 && filled.count() * 2 >= count && texts <= most
}

/// Whether most names of a row are an attribute and a level.
fn has_colons(grid: &Grid, row: usize) -> bool {
    let width = grid.width();
    let fitting = (0..width).filter(|column| grid.text(row, *column).contains(": "));
    fitting.count() * 2 >= width
}

/// The names of a row above the header, filled to the right where cells were merged; `None` if it has
/// fewer than two names over numbers, as a title has.
fn fill_right(grid: &Grid, row: usize, numeric: &[bool]) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for column in 0..grid.width() {
        let text = grid.text(row, column);
        let name = match text.as_ref() {
            "" if numeric.get(column) == Some(&true) => names.last().cloned().unwrap_or_default(),
            text => text.to_owned(),
        };
        names.push(name);
    }
    let over_numbers = || {
        names
            .iter()
            .zip(numeric)
            .skip(1)
            .filter(|(name, is)| **is && !name.is_empty())
    };
    let distinct: HashSet<&String> = over_numbers().map(|(name, _)| name).collect();
    let count = numeric.iter().skip(1).filter(|is| **is).count();
    (distinct.len() >= 2 && over_numbers().count() * 2 >= count).then_some(names)
}
