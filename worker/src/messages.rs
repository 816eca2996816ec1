//! What the page asks the worker, and what it is told. Each message is a JSON text; files travel
//! beside it.
//!
//! What the page reads it reads by hand: derived readers would be a fiftieth of its Wasm.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

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
    /// Put the files of a study that is kept into a zip.
    Take {
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
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

impl Reply {
    /// Reads a reply's JSON; `None` where that is none.
    pub fn read(json: &str) -> Option<Self> {
        let said: Json = serde_json::from_slice(json.as_bytes()).ok()?;
        let Some((name, said)) = said.as_object().and_then(|said| said.iter().next()) else {
            return match said.as_str()? {
                "Made" => Some(Self::Made),
                "Done" => Some(Self::Done),
                _ => None,
            };
        };
        let pair = || Some((said.get(0)?, said.get(1)?));
        Some(match name.as_str() {
            "Progress" => {
                let (words, done) = pair()?;
                Self::Progress(text(words)?, done.as_f64())
            }
            "Refused" => Self::Refused(Refusal::of(said)?),
            "Study" => {
                let (kept, names) = pair()?;
                Self::Study(Kept::of(kept)?, all(names, text)?)
            }
            "Failed" => Self::Failed(text(said)?),
            _ => return None,
        })
    }
}

impl Kept {
    /// Reads what [`Kept`] is as JSON; `None` where that is something else.
    pub fn of(json: &Json) -> Option<Self> {
        Some(Self {
            digest: text(json.get("digest")?)?,
            title: text(json.get("title")?)?,
            respondents: count(json.get("respondents")?)?,
            products: count(json.get("products")?)?,
            bytes: json.get("bytes")?.as_u64()?,
            warnings: all(json.get("warnings")?, Problem::of)?,
            unkept: json.get("unkept").and_then(text),
        })
    }
}

impl Refusal {
    fn of(json: &Json) -> Option<Self> {
        let headers = json.get("headers")?.as_object()?.iter();
        let headers = headers.map(|(file, names)| Some((file.clone(), all(names, text)?)));
        Some(Self {
            problems: all(json.get("problems")?, Problem::of)?,
            count: count(json.get("count")?)?,
            headers: headers.collect::<Option<_>>()?,
        })
    }
}

impl Problem {
    fn of(json: &Json) -> Option<Self> {
        let optional = |key: &str| json.get(key).and_then(text);
        Some(Self {
            file: optional("file")?,
            row: json.get("row")?.as_u64(),
            column: optional("column"),
            problem: optional("problem")?,
            preview: optional("preview"),
            is_warning: json.get("is_warning")?.as_bool()?,
        })
    }
}

fn text(json: &Json) -> Option<String> {
    json.as_str().map(str::to_owned)
}

fn count(json: &Json) -> Option<usize> {
    usize::try_from(json.as_u64()?).ok()
}

fn all<T>(json: &Json, of: fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    json.as_array()?.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reply_is_read_as_it_was_written() {
        let problem = |row, column: Option<&str>| Problem {
            file: "brands.csv".to_owned(),
            row,
            column: column.map(str::to_owned),
            problem: "\"write\" a colour".to_owned(),
            preview: column.map(|_| "A,\n".to_owned()),
            is_warning: row.is_none(),
        };
        let kept = Kept {
            digest: "0123".to_owned(),
            title: "Ürün".to_owned(),
            respondents: 100_000,
            products: 9,
            bytes: 90_000_000_000,
            warnings: vec![problem(None, None)],
            unkept: Some("no room".to_owned()),
        };
        let names = vec!["a b.csv".to_owned(), "c.csv".to_owned()];
        for reply in [
            Reply::Progress("Reading".to_owned(), None),
            Reply::Progress("Reading".to_owned(), Some(0.25)),
            Reply::Progress("Reading".to_owned(), Some(1.0)),
            Reply::Refused(Refusal {
                problems: vec![problem(Some(2), Some("colour")), problem(None, None)],
                count: 2,
                headers: BTreeMap::from([("products.csv".to_owned(), names.clone())]),
            }),
            Reply::Study(kept, names),
            Reply::Made,
            Reply::Done,
            Reply::Failed("no room".to_owned()),
        ] {
            let json = serde_json::to_string(&reply).unwrap();
            assert_eq!(Reply::read(&json), Some(reply));
        }
    }

    #[test]
    fn what_is_no_reply_is_none() {
        for json in [
            "",
            "[]",
            "\"Else\"",
            "{\"Else\":1}",
            "{\"Failed\":1}",
            "{\"Study\":[{},[]]}",
        ] {
            assert_eq!(Reply::read(json), None, "{json}");
        }
    }
}
