//! Why files cannot be imported, and what would help.

use std::fmt;

use super::scale::Scale;
use crate::format::Problems;
use crate::format::tabular::{Grid, TabularError};
use crate::study::text::show_text;

/// A place in one of the user's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePlace {
    /// The file, with the sheet in brackets in a workbook.
    pub file: String,
    /// The line or row, counted from 1.
    pub row: Option<u64>,
    /// The column's name, or its number from 1 if it has no name.
    pub column: Option<String>,
}

impl SourcePlace {
    /// A whole file.
    pub(crate) fn file(file: &str) -> Self {
        let file = file.to_owned();
        Self {
            file,
            row: None,
            column: None,
        }
    }

    /// A whole table.
    pub(crate) fn table(grid: &Grid) -> Self {
        Self::file(&match &grid.sheet {
            Some(sheet) => format!("{} [{sheet}]", grid.file),
            None => grid.file.clone(),
        })
    }

    /// The same place in a line.
    pub(crate) fn at(mut self, line: u64) -> Self {
        self.row = Some(line);
        self
    }

    /// The same place in a column.
    pub(crate) fn in_column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }
}

impl fmt::Display for SourcePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(row) = self.row {
            write!(f, ":{row}")?;
        }
        match &self.column {
            Some(column) => write!(f, ": {}", show_text(column)),
            None => Ok(()),
        }
    }
}

/// What only the user knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The surveyed numbers of an attribute.
    Numbers {
        /// The attribute.
        attribute: String,
        /// How many levels need one; `None` for a coefficient per unit, which needs the extremes.
        levels: Option<usize>,
    },
    /// The names of all levels.
    Labels,
    /// Which of these columns is the utility of choosing nothing.
    None(Vec<String>),
}

/// Why files cannot be imported.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// A file that is no table.
    #[error(transparent)]
    Tabular(#[from] TabularError),
    /// No file was given.
    #[error("no file is given; name the file with the utilities")]
    NoFile,
    /// A file of which no format reads utilities.
    #[error(
        "{file}: no utilities are found here; expected is a table with a row per respondent and a column per level, below a header"
    )]
    Unrecognized {
        /// The file.
        file: String,
    },
    /// A format that does not exist.
    #[error("--as: there is no format `{id}`; formats are {known}")]
    UnknownFormat {
        /// What was given.
        id: String,
        /// The formats.
        known: String,
    },
    /// Choices instead of utilities.
    #[error(
        "{file}: these are choices ({kind}), not utilities; open them with `conjoint estimate`"
    )]
    Choices {
        /// The file.
        file: String,
        /// Their layout, in words.
        kind: &'static str,
    },
    /// A file of an estimation that has no utilities of respondents.
    #[error("{file}: {content}; {remedy}")]
    OtherContent {
        /// The file.
        file: String,
        /// What the file contains.
        content: &'static str,
        /// Which file to open instead.
        remedy: &'static str,
    },
    /// Something that only the user knows.
    #[error("{place}: {question}; answer with {option}")]
    Question {
        /// Where the question arises.
        place: SourcePlace,
        /// What is unknown.
        question: String,
        /// The option that answers it, with an example.
        option: String,
        /// What kind of answer is needed.
        unknown: Box<Unknown>,
    },
    /// Utilities on another scale than that of the choices.
    #[error("{place}: {}", scale.gate())]
    Rescaled {
        /// The table.
        place: SourcePlace,
        /// The scale.
        scale: Scale,
    },
    /// An option that names something that does not exist.
    #[error(
        "{option}: there is no {kind} `{}`; known are {known}",
        show_text(name)
    )]
    UnknownName {
        /// The option.
        option: &'static str,
        /// What it names.
        kind: &'static str,
        /// The name.
        name: String,
        /// What it could name.
        known: String,
    },
    /// An option with an invalid value.
    #[error("{option}: {problem}")]
    Option {
        /// The option.
        option: String,
        /// What is wrong, and what would be right.
        problem: String,
    },
    /// A problem at a place of a file.
    #[error("{place}: {problem}")]
    Invalid {
        /// Where it is.
        place: SourcePlace,
        /// What is wrong, and what would be right.
        problem: String,
    },
    /// The study that results cannot be used.
    #[error(transparent)]
    Study(#[from] Problems),
}

impl ImportError {
    /// A problem at a place.
    pub(crate) fn invalid(place: SourcePlace, problem: impl Into<String>) -> Self {
        let problem = problem.into();
        Self::Invalid { place, problem }
    }
}
