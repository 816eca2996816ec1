//! Where a study's files are wrong: a place and an error make a problem.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use super::error::FormatError;
use super::error_kind::ErrorKind;
use super::file_names::FILE_NAMES;
use crate::stats::sort::stable_sort;
use crate::study::text::show_text;

/// Where in a study's files something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The line of the file, counted from 1 as in an editor.
    pub row: Option<u64>,
    /// The column's name, or its number from 1 if it has no name.
    pub column: Option<String>,
}

impl Place {
    /// A whole file.
    pub fn file(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            row: None,
            column: None,
        }
    }

    /// A row of a file.
    pub fn row(file: &str, row: u64) -> Self {
        Self {
            row: Some(row),
            ..Self::file(file)
        }
    }

    /// A column of a file.
    pub fn column(file: &str, column: &str) -> Self {
        Self {
            column: Some(column.to_owned()),
            ..Self::file(file)
        }
    }

    /// A cell of a file.
    pub fn cell(file: &str, row: u64, column: &str) -> Self {
        Self {
            column: Some(column.to_owned()),
            ..Self::row(file, row)
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(f, ":{row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ": {}", show_text(column))?;
        }
        Ok(())
    }
}

/// One thing that is wrong with a study.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{place}: {error}")]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What is wrong, and what would be right.
    #[source]
    pub error: FormatError,
}

/// What two problems have in common if they differ only in their row and their details: file, column
/// and kind of error.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ProblemKind {
    file: String,
    column: Option<String>,
    error: ErrorKind,
}

impl Problem {
    /// The kind of the problem.
    pub fn kind(&self) -> ProblemKind {
        ProblemKind {
            file: self.place.file.clone(),
            column: self.place.column.clone(),
            error: self.error.kind(),
        }
    }
}

/// Everything that is wrong with a study, in the order of files and rows.
///
/// Every row of a column can be wrong, and so can every column. Of the problems in rows, only the
/// first thousand of each kind are stored, or the first twenty once very many are stored. The
/// others are only counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    stored: Vec<Problem>,
    /// The number of problems of each kind, for problems that have a row.
    counts: HashMap<ProblemKind, usize>,
    len: usize,
    warnings: usize,
}

/// The maximum number of stored problems of one kind.
const MAX_OF_A_KIND: usize = 1_000;

/// Once this many problems are stored in all, the maximum per kind is [`FEW_OF_A_KIND`].
const MANY: usize = 100_000;
const FEW_OF_A_KIND: usize = 20;

impl Problems {
    /// Adds a problem.
    pub(crate) fn add(&mut self, place: Place, error: impl Into<FormatError>) {
        let error = error.into();
        self.len += 1;
        self.warnings += usize::from(error.is_warning());
        let problem = Problem { place, error };
        if problem.place.row.is_some() {
            let count = self.counts.entry(problem.kind()).or_default();
            *count += 1;
            let max = match self.stored.len() {
                ..MANY => MAX_OF_A_KIND,
                _ => FEW_OF_A_KIND,
            };
            if *count > max {
                return;
            }
        }
        self.stored.push(problem);
    }

    /// Sorts them by file, in the order of [`super::FILE_NAMES`], and then by row.
    pub(crate) fn sort(&mut self) {
        let rank = |file: &str| FILE_NAMES.iter().position(|name| *name == file);
        let place = |problem: &Problem| (rank(&problem.place.file), problem.place.row);
        let problems = std::mem::take(&mut self.stored);
        self.stored = stable_sort(problems, |one, other| place(one).cmp(&place(other)));
    }

    /// Renames a file in all problems, for one that was read in its place.
    #[must_use]
    pub fn rename_file(mut self, file: &str, name: &str) -> Self {
        let rename = |found: &mut String| {
            if found == file {
                name.clone_into(found);
            }
        };
        for problem in &mut self.stored {
            rename(&mut problem.place.file);
        }
        let counts = std::mem::take(&mut self.counts).into_iter();
        let counts = counts.map(|(mut kind, count)| {
            rename(&mut kind.file);
            (kind, count)
        });
        self.counts = counts.collect();
        self
    }

    /// Moves the problems of a file that was made from the user's own one to that one. `line` is the line there
    /// that a line was made from.
    #[must_use]
    pub(crate) fn trace_file(
        mut self,
        file: &str,
        own: &str,
        line: impl Fn(u64) -> Option<u64>,
    ) -> Self {
        let places = self.stored.iter_mut().map(|problem| &mut problem.place);
        for place in places.filter(|place| place.file == file) {
            place.row = place.row.map(|row| line(row).unwrap_or(row));
        }
        self.rename_file(file, own)
    }

    /// Uses the names that the files have instead of those of 2020, in places and in messages.
    #[must_use]
    pub(crate) fn with_spellings(mut self, spellings: &BTreeMap<String, String>) -> Self {
        if spellings.is_empty() {
            return self;
        }
        let names = Arc::new(spellings.clone());
        for problem in &mut self.stored {
            let error = Box::new(problem.error.clone());
            let names = Arc::clone(&names);
            problem.error = FormatError::Renamed { error, names };
        }
        for (name, spelling) in spellings {
            self = self.rename_file(name, spelling);
        }
        self
    }

    /// The number of problems, including warnings and those that are only counted.
    pub fn len(&self) -> usize {
        self.len
    }

    /// The number of warnings, including those that are only counted.
    pub fn warning_count(&self) -> usize {
        self.warnings
    }

    /// The number of problems that have a row and the same kind as a given one, including itself; 1
    /// if it has no row.
    pub fn count_like(&self, problem: &Problem) -> usize {
        let has_row = problem.place.row.is_some();
        let count = has_row.then(|| self.counts.get(&problem.kind())).flatten();
        count.copied().unwrap_or(1)
    }

    /// Whether there are no problems.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The stored problems, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.stored.iter()
    }

    /// Whether any of them is more than a warning, so that the study cannot be used.
    pub fn has_errors(&self) -> bool {
        self.len > self.warnings
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.stored.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::super::table::TableError;
    use super::*;
    use crate::study::ValueError;

    fn empty() -> ValueError {
        ValueError::Empty { wanted: "".into() }
    }

    #[test]
    fn the_first_thousand_of_a_kind_are_stored() {
        let mut problems = Problems::default();
        for row in 2..=2_002 {
            problems.add(Place::cell("a.csv", row, "b"), empty());
        }
        problems.add(Place::cell("a.csv", 7, "c"), empty());
        problems.add(Place::row("a.csv", 7), TableError::NotUtf8);
        for _ in 0..1_500 {
            problems.add(Place::file("a.csv"), TableError::ColumnTwice);
        }
        let low = ValueError::OutsideRange {
            value: 0.0,
            low: 1.0,
            high: 2.0,
        };
        problems.add(Place::cell("a.csv", 8, "c"), low);
        assert_eq!(problems.iter().count(), 1_000 + 1 + 1 + 1_500 + 1);
        assert_eq!(problems.len(), 2_001 + 1 + 1 + 1_500 + 1);
        assert_eq!(problems.warning_count(), 1);
        let first = problems.iter().next().unwrap();
        assert_eq!(first.place.row, Some(2));
        assert_eq!(problems.count_like(first), 2_001);
        assert_eq!(problems.count_like(problems.iter().last().unwrap()), 1);
    }

    #[test]
    fn many_completely_wrong_columns_do_not_fill_the_memory() {
        let mut problems = Problems::default();
        for column in 0..200 {
            for row in 2..=1_001 {
                problems.add(Place::cell("a.csv", row, &column.to_string()), empty());
            }
        }
        assert_eq!(problems.len(), 200_000);
        assert_eq!(problems.iter().count(), 102_000);
    }

    #[test]
    fn a_renamed_file_keeps_its_counts() {
        let mut problems = Problems::default();
        for row in 2..=4 {
            problems.add(Place::cell("a.csv", row, "b"), empty());
        }
        problems.add(Place::file("b.csv"), TableError::ColumnTwice);
        let problems = problems.rename_file("a.csv", "mine.csv");
        let first = problems.iter().next().unwrap();
        assert_eq!(first.place, Place::cell("mine.csv", 2, "b"));
        assert_eq!(problems.count_like(first), 3);
        assert_eq!(problems.iter().last().unwrap().place, Place::file("b.csv"));
    }
}
