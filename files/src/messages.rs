//! What the page asks the worker, and what it is told. Each message is a JSON text; files travel
//! beside it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What the worker says first, when it listens.
pub const READY: &str = "ready";

/// What the page asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Read, check and keep the files that come beside this, which have these paths: a zip, or a
    /// study's files.
    Open {
        /// A path a file, as the picker or the folder gives it.
        paths: Vec<String>,
        /// The study's own names for columns, by the name that the model has for them.
        columns: BTreeMap<String, String>,
    },
    /// Read a study that is kept.
    Load {
        /// The study's digest.
        digest: String,
    },
    /// Give a study that is kept another title.
    Rename {
        /// The study's digest.
        digest: String,
        /// The title.
        title: String,
    },
    /// Keep a study no longer.
    Remove {
        /// The study's digest.
        digest: String,
    },
    /// Put the files that come beside this, which have these names, into a zip.
    Zip {
        /// A name a file.
        names: Vec<String>,
    },
    /// Write tables as an Excel workbook.
    Workbook(Vec<Sheet>),
}

/// What the page is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// How far a request has come: words, and a fraction of the whole where it is known.
    Progress(String, Option<f64>),
    /// Files that are no study that can be used.
    Refused(Refusal),
    /// A study that was read. Its files come beside this, under these names, packed so that the
    /// page reads them at once.
    Study(Kept, Vec<String>),
    /// A file that was made comes beside this.
    Made,
    /// It is done, and there is nothing to add.
    Done,
    /// It cannot be done, and why, in words for the reader.
    Failed(String),
}

/// A study that this browser keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// What its figures follow from, as a digest.
    pub digest: String,
    /// Its title.
    pub title: String,
    /// How many were asked.
    pub respondents: usize,
    /// How many products it offers.
    pub products: usize,
    /// The size of its files, bytes.
    pub bytes: u64,
    /// What is odd about it but stops nothing.
    pub warnings: Vec<Problem>,
    /// Why the browser does not keep it after all.
    pub unkept: Option<String>,
}

/// Why files are no study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// The first problems, errors and warnings.
    pub problems: Vec<Problem>,
    /// How many there are in all.
    pub count: usize,
    /// The names in the header of a file of products or respondents, by file: what a column of
    /// the model may be called there.
    pub headers: BTreeMap<String, Vec<String>>,
}

/// One thing that is wrong with files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// What it is about; the sheet's tab carries as much of it as Excel allows.
    pub title: String,
    /// The unit of its numbers, where they have one.
    pub unit: String,
    /// The columns' names.
    pub header: Vec<String>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<Value>>,
}

/// A cell of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing.
    Empty,
    /// A number.
    #[serde(with = "exact")]
    Number(f64),
    /// A text.
    Text(String),
}

/// Numbers as texts, which keep every digit: JSON's may lose the last one when they are read.
mod exact {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(number)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}
