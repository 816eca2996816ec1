//! Where a study's files are wrong: a place and a fault make a problem, and a study has a list.

use crate::order::sorted;
use std::fmt;

use super::fault::Fault;
use super::files::NAMES;
use super::text::shown;

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
            write!(f, ": {}", shown(column))?;
        }
        Ok(())
    }
}

/// One thing that is wrong with a study.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What it is, and what would be right.
    #[source]
    pub fault: Fault,
}

/// Everything that is wrong with a study, in file and row order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Notes a fault.
    pub(crate) fn add(&mut self, place: Place, fault: Fault) {
        self.0.push(Problem { place, fault });
    }

    /// Orders them by file, as [`super::NAMES`] lists these, and by row.
    pub(super) fn sort(&mut self) {
        let rank = |file: &str| NAMES.iter().position(|name| *name == file);
        let place = |problem: &Problem| (rank(&problem.place.file), problem.place.row);
        let problems = std::mem::take(&mut self.0);
        self.0 = sorted(problems, |one, other| place(one).cmp(&place(other)));
    }

    /// How many there are, warnings among them.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The problems in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// Whether any of them keeps the study from being used.
    pub fn any_error(&self) -> bool {
        self.0.iter().any(|problem| !problem.fault.is_warning())
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
