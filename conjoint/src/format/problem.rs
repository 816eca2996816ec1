//! Where a study's files are wrong: a place and a fault make a problem, and a study has a list.

use std::collections::HashMap;
use std::fmt;

use super::error::{ErrorKind, FormatError};
use super::files::FILE_NAMES;
use crate::stats::sort::stable_sort;
use crate::study::text::show_text;

/// Where in a study's files something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's name.
    pub file: String,
    /// The line of the file, counted from 1 as an editor does.
    pub row: Option<u64>,
    /// The column's name, or its number from 1 where it has none.
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
    /// What it is, and what would be right.
    #[source]
    pub error: FormatError,
}

/// Problems that differ from row to row alone: their file, their column and the kind of fault.
type Kind = (String, Option<String>, ErrorKind);

/// Everything that is wrong with a study, in file and row order.
///
/// A column may be wrong from end to end, and so may every other: of problems that differ from
/// row to row alone the first thousand are kept, the first twenty of each kind where there are
/// very many kinds, and the others counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    kept: Vec<Problem>,
    /// How many there are of each kind, of those that have a row.
    counts: HashMap<Kind, usize>,
    len: usize,
    warnings: usize,
}

/// The most problems kept of one kind.
const MOST_OF_A_KIND: usize = 1_000;

/// With so many kept in all, only so few of a kind are.
const MANY: usize = 100_000;
const FEW_OF_A_KIND: usize = 20;

impl Problems {
    /// Notes a fault.
    pub(crate) fn add(&mut self, place: Place, error: impl Into<FormatError>) {
        let error = error.into();
        self.len += 1;
        self.warnings += usize::from(error.is_warning());
        let problem = Problem { place, error };
        if let Some(kind) = kind(&problem) {
            let count = self.counts.entry(kind).or_default();
            *count += 1;
            let most = match self.kept.len() {
                ..MANY => MOST_OF_A_KIND,
                _ => FEW_OF_A_KIND,
            };
            if *count > most {
                return;
            }
        }
        self.kept.push(problem);
    }

    /// Orders them by file, as [`super::FILE_NAMES`] lists these, and by row.
    pub(crate) fn sort(&mut self) {
        let rank = |file: &str| FILE_NAMES.iter().position(|name| *name == file);
        let place = |problem: &Problem| (rank(&problem.place.file), problem.place.row);
        let problems = std::mem::take(&mut self.kept);
        self.kept = stable_sort(problems, |one, other| place(one).cmp(&place(other)));
    }

    /// The same problems where a file goes by another name: that of one read in its place.
    #[must_use]
    pub fn rename_file(mut self, file: &str, name: &str) -> Self {
        let own = |own: &String| own == file;
        for problem in self.kept.iter_mut().filter(|it| own(&it.place.file)) {
            name.clone_into(&mut problem.place.file);
        }
        let counts = std::mem::take(&mut self.counts).into_iter();
        let counts = counts.map(|((file, column, fault), count)| {
            let file = if own(&file) { name.to_owned() } else { file };
            ((file, column, fault), count)
        });
        self.counts = counts.collect();
        self
    }

    /// How many there are, warnings among them, and those that are not kept.
    pub fn len(&self) -> usize {
        self.len
    }

    /// How many of them keep the study from nothing, those that are not kept among them.
    pub fn warning_count(&self) -> usize {
        self.warnings
    }

    /// How many there are that differ from one of them in the row alone, itself among them.
    pub fn count_like(&self, problem: &Problem) -> usize {
        let count = kind(problem).and_then(|kind| self.counts.get(&kind));
        count.copied().unwrap_or(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The problems that are kept, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.kept.iter()
    }

    /// Whether any of them keeps the study from being used.
    pub fn has_errors(&self) -> bool {
        self.len > self.warnings
    }
}

/// The kind of a problem that has a row.
fn kind(problem: &Problem) -> Option<Kind> {
    let Place { file, column, row } = &problem.place;
    row.map(|_| (file.clone(), column.clone(), problem.error.kind()))
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.kept.iter().enumerate() {
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
    use super::*;
    use crate::study::ValueError;

    fn empty() -> ValueError {
        ValueError::Empty { wanted: "".into() }
    }

    #[test]
    fn of_one_kind_the_first_thousand_are_kept() {
        let mut problems = Problems::default();
        for row in 2..=2_002 {
            problems.add(Place::cell("a.csv", row, "b"), empty());
        }
        problems.add(Place::cell("a.csv", 7, "c"), empty());
        problems.add(Place::row("a.csv", 7), FormatError::NotUtf8);
        for _ in 0..1_500 {
            problems.add(Place::file("a.csv"), FormatError::ColumnTwice);
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
    fn many_columns_wrong_from_end_to_end_fill_no_memory() {
        let mut problems = Problems::default();
        for column in 0..200 {
            for row in 2..=1_001 {
                problems.add(Place::cell("a.csv", row, &column.to_string()), empty());
            }
        }
        assert_eq!(problems.len(), 200_000);
        assert_eq!(problems.iter().count(), 102_000);
    }
}
