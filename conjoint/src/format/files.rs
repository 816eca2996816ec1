//! The files of a study by name, from a folder, the network or memory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::packed::{PACKED, Packed};
use super::table::BYTE_ORDER_MARK;
use crate::stats::sort::stable_sort;
use crate::study::text::show_text_up_to;

/// The products (lease offers).
pub const OFFERS: &str = "leaseOffers.csv";
/// The respondents' part-worth utilities.
pub const UTILITIES: &str = "UtilityScoresEV.csv";
/// Share of customers who renew, by brand and segment.
pub const RECONTRACT: &str = "recontractRateEV.csv";
/// Share of customers who leave, by brand and segment.
pub const CHURN: &str = "churnRateEV.csv";
/// Average revenue per user today, by brand and segment.
pub const BASE_ARPU: &str = "baseARPU_EV.csv";
/// Share of customers, margin, and fixed share of cost, by brand.
pub const VOLUMES: &str = "baseVolumeEBIT_EV.csv";
/// Parent companies, tiers and colours of brands; optional.
pub const BRANDS: &str = "brands.csv";
/// How many people each respondent represents; optional.
pub const WEIGHTS: &str = "weights.csv";
/// Title and settings; optional.
pub const SETTINGS: &str = "study.json";

/// All files that a study can have, the optional ones last.
pub const FILE_NAMES: [&str; 9] = [
    OFFERS, UTILITIES, RECONTRACT, CHURN, BASE_ARPU, VOLUMES, BRANDS, WEIGHTS, SETTINGS,
];

/// The files behind the money figures. A study has all of them, or none.
pub const MONEY_FILES: [&str; 4] = [RECONTRACT, CHURN, BASE_ARPU, VOLUMES];

/// The contents of a study's files by name.
///
/// # Examples
/// ```
/// use conjoint::format::{OFFERS, StudyFiles};
///
/// let mut files = StudyFiles::default();
/// files.insert(OFFERS, b"id,brand,model\n".to_vec());
/// assert_eq!(files.get(OFFERS), Some(b"id,brand,model\n".as_slice()));
/// assert_eq!(files.identity().len(), 16);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudyFiles {
    contents: BTreeMap<String, Vec<u8>>,
    /// The operating system's reasons for files that exist and cannot be read.
    unreadable: BTreeMap<String, String>,
}

impl StudyFiles {
    /// Reads the files in a folder that belong to a study. A file that is missing or cannot be read
    /// is reported by [`read_study`](super::read_study), with all other problems.
    pub fn read_dir(folder: &Path) -> Self {
        let mut files = Self::default();
        for name in FILE_NAMES {
            match std::fs::read(folder.join(name)) {
                Ok(bytes) => files.insert(name, bytes),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => files.insert_unreadable(name, error.to_string()),
            }
        }
        files
    }

    /// Adds a file that exists and cannot be read, with the operating system's reason.
    pub fn insert_unreadable(&mut self, name: &str, reason: String) {
        self.contents.remove(name);
        self.unreadable.insert(name.to_owned(), reason);
    }

    /// Whether the file exists, readable or not.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.contents.contains_key(name) || self.unreadable.contains_key(name)
    }

    /// Whether any of the files behind the money figures exists.
    pub(crate) fn has_any_money_file(&self) -> bool {
        MONEY_FILES.iter().any(|name| self.contains(name))
    }

    /// Why an existing file cannot be read.
    pub(crate) fn unreadable(&self, name: &str) -> Option<&str> {
        self.unreadable.get(name).map(String::as_str)
    }

    /// Adds a file, or replaces the one of that name.
    pub fn insert(&mut self, name: &str, bytes: Vec<u8>) {
        self.unreadable.remove(name);
        self.contents.insert(name.to_owned(), bytes);
    }

    /// Removes a file, and returns its content.
    pub fn remove(&mut self, name: &str) -> Option<Vec<u8>> {
        self.unreadable.remove(name);
        self.contents.remove(name)
    }

    /// A file's content.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.contents.get(name).map(Vec::as_slice)
    }

    /// Names and contents, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.contents
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// The study's digest: 16 hexadecimal digits that change when the study's figures can change.
    ///
    /// It ignores title, description, and the order and white space of the settings. A packed file
    /// has the digest of the file that was packed.
    pub fn identity(&self) -> String {
        let mut lines = String::new();
        for name in BTreeSet::from(FILE_NAMES) {
            let digest = match self.get(name) {
                Some(bytes) if name == SETTINGS => settings_digest(bytes),
                None if name == UTILITIES => self
                    .get(PACKED)
                    .and_then(Packed::parse)
                    .map(|packed| packed.digest.to_owned()),
                bytes => bytes.map(sha256),
            };
            if let Some(digest) = digest {
                lines.extend([name, " ", &digest, "\n"]);
            }
        }
        let mut digest = sha256(lines.as_bytes());
        digest.truncate(16);
        digest
    }

    /// The given lines of a file, by line number from 1, in the form for messages: control characters
    /// escaped, and long lines cut. Lines past the end of the file are missing from the result.
    pub fn lines(&self, file: &str, rows: &BTreeSet<u64>) -> BTreeMap<u64, String> {
        const MAX_LENGTH: usize = 120;
        let Some(bytes) = self.get(file) else {
            return BTreeMap::new();
        };
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        let last = rows.last().copied().unwrap_or_default();
        let lines = (1..=last).zip(bytes.split(|byte| *byte == b'\n'));
        let wanted = lines.filter(|(row, _)| rows.contains(row));
        let shown = wanted.map(|(row, line)| {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            // A character has at most four bytes.
            let start = line.get(..4 * (MAX_LENGTH + 1)).unwrap_or(line);
            (
                row,
                show_text_up_to(MAX_LENGTH, &String::from_utf8_lossy(start)),
            )
        });
        shown.collect()
    }

    /// The SHA-256 of each file, in lower-case hexadecimal, by name.
    pub fn digests(&self) -> BTreeMap<String, String> {
        let mut digests = BTreeMap::new();
        for (name, bytes) in self.iter() {
            digests.insert(name.to_owned(), sha256(bytes));
        }
        digests
    }
}

/// The digest of the settings without title and description; `None` if nothing else is set.
fn settings_digest(bytes: &[u8]) -> Option<String> {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let Ok(Value::Object(mut settings)) = serde_json::from_slice(text) else {
        return Some(sha256(bytes));
    };
    settings.retain(|key, _| !["title", "description"].contains(&key.as_str()));
    if settings.is_empty() {
        return None;
    }
    // Texts, numbers and lists always have a JSON form.
    let text = serde_json::to_vec(&sort_keys(Value::Object(settings))).unwrap_or_default();
    Some(sha256(&text))
}

/// The value with the keys of each object sorted.
fn sort_keys(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let entries = object.into_iter().collect();
            let entries = stable_sort(entries, |(one, _): &(String, Value), (other, _)| {
                one.cmp(other)
            });
            let entries = entries.into_iter();
            Value::Object(
                entries
                    .map(|(key, value)| (key, sort_keys(value)))
                    .collect(),
            )
        }
        Value::Array(list) => Value::Array(list.into_iter().map(sort_keys).collect()),
        other => other,
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_match_the_standard() {
        let mut files = StudyFiles::default();
        files.insert("a", b"abc".to_vec());
        // FIPS 180-2, appendix B.1
        assert_eq!(
            files.digests()["a"],
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    /// The identity of a study that consists of a file of offers and settings.
    fn identity(settings: Option<&str>) -> String {
        let mut files = StudyFiles::default();
        files.insert(OFFERS, b"id\n".to_vec());
        if let Some(settings) = settings {
            files.insert(SETTINGS, settings.as_bytes().to_vec());
        }
        files.identity()
    }

    #[test]
    fn the_identity_depends_on_what_figures_depend_on() {
        // printf 'leaseOffers.csv %s\n' $(printf 'id\n' | sha256sum | cut -c -64) | sha256sum
        assert_eq!(identity(None), "133d446cdf5eef1f");
        let settings = r#"{"title": "A", "currency": "€", "a": {"c": 1, "b": 2}}"#;
        let same = "\u{feff}{\"a\":{\"b\":2,\"c\":1},\n\"currency\":\"€\",\"description\":\"B\"}";
        assert_eq!(identity(Some(settings)), identity(Some(same)));
        assert_ne!(identity(Some(settings)), identity(None));
        assert_eq!(identity(Some(r#"{"title": "A"}"#)), identity(None));
        let other = settings.replace('€', "$");
        assert_ne!(identity(Some(settings)), identity(Some(&other)));
        assert_ne!(identity(Some("[1]")), identity(Some("[2]")));
        let mut files = StudyFiles::default();
        files.insert(OFFERS, b"id\n".to_vec());
        files.insert("notes.txt", b"mine".to_vec());
        assert_eq!(files.identity(), identity(None));
        files.insert(OFFERS, b"id\n\n".to_vec());
        assert_ne!(files.identity(), identity(None));
    }

    #[test]
    fn lines_are_shown_on_one_line_and_cut() {
        let mut files = StudyFiles::default();
        let long = "é".repeat(130);
        let text = format!("\u{feff}a,b\r\n\n1,\u{1b}[2J\n{long}\n");
        files.insert("t.csv", [text.as_bytes(), b"\xff"].concat());
        let rows = files.lines("t.csv", &BTreeSet::from([1, 3, 4, 5, 6]));
        let shown = [
            (1, "a,b".to_owned()),
            (3, "1,\\u{1b}[2J".to_owned()),
            (4, "é".repeat(120) + "…"),
            (5, "\u{fffd}".to_owned()),
        ];
        assert_eq!(rows, BTreeMap::from(shown));
        assert!(files.lines("u.csv", &BTreeSet::from([1])).is_empty());
    }
}
