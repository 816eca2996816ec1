//! Tables as people save them: text in any usual encoding and dialect, and Excel workbooks.
//!
//! A file becomes one [`Grid`] (text) or several (a workbook's sheets). Nothing here knows what a
//! column means; [`NumberStyle`] is decided once for a file, never for a single cell.

mod dialect;
mod encoding;
mod grid;
mod labels;
mod workbook;

pub(crate) use dialect::uses_commas;
pub use encoding::{Encoding, decode};
pub use grid::{Grid, GridCell, is_missing};
pub(crate) use labels::LabelList;
pub use workbook::is_workbook;

pub use crate::study::NumberStyle;

/// The size of files, unpacked, at most, in bytes. 100,000 respondents are 90 MB.
pub const MOST_BYTES: u64 = 1 << 30;
/// [`MOST_BYTES`] in words.
pub const MOST_BYTES_TEXT: &str = "1 GiB";

/// A file as the user has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Its name, for messages and as a hint of what it contains.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why a file cannot be read as a table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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
        /// The limit, in words.
        limit: &'static str,
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

/// Reads a file as tables: the one of a text file, or every sheet of a workbook in its order.
///
/// # Errors
/// Bytes that are neither, a workbook that is damaged, protected or too large, an open quote.
///
/// # Examples
/// ```
/// use conjoint::format::tabular::read_grids;
///
/// let grids = read_grids("utilities.csv", "id;Price: 10\nr1;1,5\n".as_bytes())?;
/// assert_eq!(grids[0].number(1, 1), Some(1.5));
/// # Ok::<(), conjoint::format::tabular::TabularError>(())
/// ```
pub fn read_grids(file: &str, bytes: &[u8]) -> Result<Vec<Grid>, TabularError> {
    if is_workbook(bytes) {
        return workbook::read(file, bytes);
    }
    let text = decode(bytes).ok_or_else(|| TabularError::NotText {
        file: file.to_owned(),
    })?;
    Ok(vec![Grid::from_text(file, &text)?])
}
