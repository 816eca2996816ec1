//! Requests about files, and what comes of them.

use std::collections::BTreeMap;

use conjoint::report::Table;
use serde::{Deserialize, Serialize};

use super::ImportAnswers;

/// Something to do with files. The files travel next to the message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FilesRequest {
    /// Read, check and store a study: the files next to this, which have these paths, or a zip. Files of
    /// another program are only recognized.
    Open {
        /// A path for each file, as the picker or the folder gives it.
        paths: Vec<String>,
        /// The files' own names for columns, by the name that the model has for them.
        columns: BTreeMap<String, String>,
    },
    /// Recognize the files of another program again, with these answers of the user.
    Recognize {
        /// A path for each file.
        paths: Vec<String>,
        /// The user's answers.
        answers: Box<ImportAnswers>,
    },
    /// Import the files of another program, and check and store the study that results.
    Import {
        /// A path for each file.
        paths: Vec<String>,
        /// The user's answers.
        answers: Box<ImportAnswers>,
    },
    /// Give the stored study with this digest a market size, and store it under its new digest.
    SetMarket {
        /// The study's digest.
        digest: String,
        /// Customers of all brands together, in thousands.
        thousands: f64,
        /// The sign before amounts of money.
        currency: String,
    },
    /// Read the stored study with this digest.
    Load {
        /// The study's digest.
        digest: String,
    },
    /// Give the stored study with this digest another title.
    Rename {
        /// The study's digest.
        digest: String,
        /// The new title.
        title: String,
    },
    /// Delete the stored study with this digest.
    Remove {
        /// The study's digest.
        digest: String,
    },
    /// Put the files of the stored study with this digest into a zip.
    ZipStored {
        /// The study's digest.
        digest: String,
    },
    /// Put the files next to this, which have these names, into a zip.
    Zip {
        /// A name for each file.
        names: Vec<String>,
    },
    /// Write tables as an Excel workbook.
    Workbook(Vec<Table>),
}

/// What is being done with files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Unpacks a zip, or finds the study among the files.
    Opening,
    /// Imports the files of another program.
    Importing,
    /// Reads and checks the study.
    Checking,
    /// Matches the files with each other and packs them.
    Assembling,
    /// Writes the study to the browser's database.
    Storing,
}

/// A study that this browser stores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredStudy {
    /// Digest of everything that its figures follow from.
    pub digest: String,
    /// Its title.
    pub title: String,
    /// The number of its respondents.
    pub respondents: usize,
    /// The number of its products.
    pub products: usize,
    /// The size of its files, bytes.
    pub bytes: u64,
    /// Problems that do not keep it from being used.
    pub warnings: Vec<Problem>,
    /// Why the browser does not store it after all.
    pub storage_error: Option<String>,
}

/// Why files are no study that can be used.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// The first problems, errors and warnings.
    pub problems: Vec<Problem>,
    /// The number of all problems.
    pub count: usize,
    /// The names in the header of the files of products and of respondents, by file: what a column
    /// of the model may be called there.
    pub headers: BTreeMap<String, Vec<String>>,
}

/// A problem of a study's files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// Its line, from 1.
    pub row: Option<u64>,
    /// The column's name.
    pub column: Option<String>,
    /// What is wrong, and what would be right.
    pub problem: String,
    /// The line, cut where it is long.
    pub preview: Option<String>,
    /// Whether the study can be used all the same.
    pub is_warning: bool,
}
