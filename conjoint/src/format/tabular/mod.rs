//! Tables as people save them: text in any usual encoding and dialect, and Excel workbooks.
//!
//! A file becomes one [`Grid`] (text) or several (a workbook's sheets). Nothing here knows what a
//! column means; [`NumberStyle`] is decided once for a file, never for a single cell.
//!
//! Workbooks are read when a file is opened, by [`InputFile::open`]. Everything else takes their sheets,
//! so that the page loads the reader of workbooks only with the first of them.

mod dialect;
mod encoding;
mod grid;
mod input_file;
mod labels;
mod workbook;

use serde::{Deserialize, Serialize};

pub(crate) use dialect::uses_commas;
pub use encoding::{Encoding, decode};
pub use grid::{Grid, GridCell, is_missing};
pub use input_file::InputFile;
pub(crate) use labels::LabelList;
pub use workbook::{is_workbook, read as read_workbook};

pub use crate::study::NumberStyle;

/// The size of files, unpacked, at most, in bytes. 100,000 respondents are 90 MB.
pub const MOST_BYTES: u64 = 1 << 30;
/// [`MOST_BYTES`] in words.
pub const MOST_BYTES_TEXT: &str = "1 GiB";

/// Why a file cannot be read as a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum TabularError {
    /// Bytes that are not text, and not a workbook either.
    #[error("{file}: this is neither text nor an Excel workbook; export it as CSV or .xlsx")]
    NotText {
        /// The file's name.
        file: String,
    },
    /// A workbook that cannot be opened.
    #[error(
        "{file}: the workbook cannot be opened ({reason}); save it again as .xlsx without a password"
    )]
    Workbook {
        /// The file's name.
        file: String,
        /// What the reader says.
        reason: String,
    },
    /// A workbook that would expand to more than fits in memory.
    #[error("{file}: the workbook expands to more than {limit}; save only the sheet with the data")]
    TooLarge {
        /// The file's name.
        file: String,
        /// The limit that it exceeds.
        limit: WorkbookLimit,
    },
    /// A quoted cell without its closing quote.
    #[error(
        "{file}:{line}: a quote is opened here and never closed; close it, or double it if it belongs to the text"
    )]
    OpenQuote {
        /// The file's name.
        file: String,
        /// The line, counted from 1.
        line: u64,
    },
}

/// How large workbooks can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum WorkbookLimit {
    /// The bytes of its parts, unpacked.
    #[error("{MOST_BYTES_TEXT}")]
    Bytes,
    /// The cells of all sheets.
    #[error("20 million cells")]
    Cells,
}

/// Reads a text as a table.
///
/// # Errors
/// Bytes that are no text, an open quote.
pub fn read_text(file: &str, bytes: &[u8]) -> Result<Grid, TabularError> {
    let text = decode(bytes).ok_or_else(|| TabularError::NotText {
        file: file.to_owned(),
    })?;
    Grid::from_text(file, &text)
}
