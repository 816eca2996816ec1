//! What can be wrong with a file as a table, whatever the table describes.

use super::super::file_names::MONEY_FILES;
use crate::study::text::{quote_names, show_text};

/// What is wrong with a file as a table, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// A required file is missing.
    #[error("the file is missing; every study needs it, with the columns {columns}")]
    FileMissing {
        /// The columns that it would have.
        columns: String,
    },
    /// Some of the files behind the money figures are missing.
    #[error(
        "the file is missing; add it with the columns {columns}, or also remove {} for a study without money figures",
        quote_names(MONEY_FILES.into_iter().filter(|file| file != missing))
    )]
    MoneyFileMissing {
        /// The file.
        missing: &'static str,
        /// The columns that it would have.
        columns: String,
    },
    /// The operating system cannot read a file.
    #[error("the file cannot be read ({reason}); make it readable")]
    Unreadable {
        /// The operating system's reason.
        reason: String,
    },
    /// A file without content.
    #[error("the file is empty; its first row must name the columns {columns}")]
    FileEmpty {
        /// The columns that it would have.
        columns: String,
    },
    /// A header row without rows below it.
    #[error("there are no rows below the header; add one per {what}")]
    NoRows {
        /// What a row describes.
        what: &'static str,
    },
    /// The text is not UTF-8.
    #[error("the text is not UTF-8; save the file as CSV in UTF-8")]
    NotUtf8,
    /// A quoted cell without its closing quote.
    #[error(
        "a quote is opened here and never closed; close it, or write it twice (\"\") if it belongs to the text"
    )]
    OpenQuote,
    /// The first row names none of the expected columns.
    #[error("the header row is missing; the first row must name the columns {columns}")]
    HeaderMissing {
        /// The columns that it would name.
        columns: String,
    },
    /// Cells are separated by something other than commas.
    #[error(
        "the cells are separated by {separator}; separate them with commas, and write numbers with \
         a decimal point, for example 0.25"
    )]
    OtherSeparator {
        /// What separates the cells.
        separator: &'static str,
    },
    /// A required column is missing.
    #[error("the column is missing; add it to the header")]
    ColumnMissing,
    /// Two columns have the same name.
    #[error("the column occurs twice in the header; keep one of the two")]
    ColumnTwice,
    /// A column without a name.
    #[error("the column has no name; name it, or remove it")]
    ColumnUnnamed,
    /// A column that has no meaning in this file.
    #[error("the column is unknown here; known columns are {known}")]
    ColumnUnknown {
        /// The known columns.
        known: String,
    },
    /// A row with too few or too many cells.
    #[error(
        "the row has {}, but the header has {expected}; write one per column, and put text with commas in quotes",
        count_cells(*found)
    )]
    RowLength {
        /// Cells in the row.
        found: usize,
        /// Cells in the header.
        expected: usize,
    },
    /// An id, brand or name that occurs twice.
    #[error(
        "`{}` occurs twice, first in row {first}; it may occur only once",
        show_text(name)
    )]
    Twice {
        /// The name.
        name: String,
        /// The row of its first occurrence.
        first: u64,
    },
}

fn count_cells(count: usize) -> String {
    match count {
        1 => "1 cell".to_owned(),
        count => format!("{count} cells"),
    }
}
