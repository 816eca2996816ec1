//! One row of a table: texts, numbers, and names that may occur once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use csv::StringRecord;

use super::super::error::FormatError;
use super::super::problem::{Place, Problems};
use super::TableError;
use crate::study::value::{ValueError, parse_number};

/// One row of a table.
pub(crate) struct Row<'t> {
    pub(super) file: &'static str,
    pub(crate) line: u64,
    pub(super) header: &'t [String],
    pub(super) record: &'t StringRecord,
}

impl Row<'_> {
    /// The cell's text, without leading and trailing blanks.
    pub(crate) fn text(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default()
    }

    /// The cell's place.
    pub(crate) fn place(&self, column: usize) -> Place {
        match self.header.get(column) {
            Some(name) if !name.is_empty() => Place::cell(self.file, self.line, name),
            _ => Place::cell(self.file, self.line, &(column + 1).to_string()),
        }
    }

    /// The cell's text. Reports an empty cell, with what is wanted there.
    pub(crate) fn require_text(
        &self,
        column: usize,
        wanted: &'static str,
        problems: &mut Problems,
    ) -> Option<&str> {
        let text = self.text(column);
        if text.is_empty() {
            let wanted = wanted.into();
            problems.add(self.place(column), ValueError::Empty { wanted });
            return None;
        }
        Some(text)
    }

    /// The cell's number if it passes `check`. Reports anything else.
    pub(crate) fn require_number(
        &self,
        column: usize,
        check: fn(f64) -> Result<f64, FormatError>,
        problems: &mut Problems,
    ) -> Option<f64> {
        let number = parse_number(self.text(column)).map_err(FormatError::from);
        match number.and_then(check) {
            Ok(value) => Some(value),
            Err(error) => {
                problems.add(self.place(column), error);
                None
            }
        }
    }
}

/// Checks a share or rate: a number between 0 and 1.
pub(crate) fn check_share(value: f64) -> Result<f64, FormatError> {
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(FormatError::NotAShare { value })
    }
}

/// The names of a column, each of which may occur once.
#[derive(Default)]
pub(crate) struct UniqueNames(HashMap<String, u64>);

impl UniqueNames {
    /// Adds the name in a cell. If it occurred before, reports that and returns false.
    pub(crate) fn add(&mut self, row: &Row<'_>, column: usize, problems: &mut Problems) -> bool {
        match self.0.entry(row.text(column).to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(row.line);
                true
            }
            Entry::Occupied(entry) => {
                let (name, first) = (entry.key().clone(), *entry.get());
                problems.add(row.place(column), TableError::Twice { name, first });
                false
            }
        }
    }
}
