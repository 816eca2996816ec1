//! The files of a study by name, from a folder, the network or memory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::digest::{settings_digest, sha256};
use super::file_names::{
    FILE_NAMES, MONEY_FILES, NEUTRAL_NAMES, OFFERS, SETTINGS, UTILITIES, canonical_name,
    known_names, neutral_name, rename_files,
};
use super::packed::{PACKED, Packed};
use super::table::BYTE_ORDER_MARK;
use crate::study::text::show_text_up_to;

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
    /// By the name of 2020.
    contents: BTreeMap<String, Vec<u8>>,
    /// The operating system's reasons for files that exist and cannot be read.
    unreadable: BTreeMap<String, String>,
    /// What a file is called, by its name of 2020, if that is another one.
    spellings: BTreeMap<String, String>,
    /// The files that exist under both names, by their names of 2020.
    duplicates: BTreeSet<String>,
}

impl StudyFiles {
    /// Reads the files in a folder that belong to a study. A file that is missing or cannot be read
    /// is reported by [`read_study`](super::read_study), with all other problems. Where there are no
    /// tables, the only workbook in the folder is the study.
    pub fn read_dir(folder: &Path) -> Self {
        let mut files = Self::default();
        for name in known_names() {
            files.read_file(name, &folder.join(name));
        }
        if ![OFFERS, UTILITIES].iter().any(|name| files.contains(name))
            && let Some(name) = find_workbook(folder)
        {
            files.read_file(&name, &folder.join(&name));
        }
        files
    }

    /// Adds a file from a path, if it exists.
    pub fn read_file(&mut self, name: &str, path: &Path) {
        match std::fs::read(path) {
            Ok(bytes) => self.insert(name, bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => self.insert_unreadable(name, error.to_string()),
        }
    }

    /// Adds a file that exists and cannot be read, with the operating system's reason.
    pub fn insert_unreadable(&mut self, name: &str, reason: String) {
        self.note_spelling(name);
        let name = canonical_name(name);
        self.contents.remove(name);
        self.unreadable.insert(name.to_owned(), reason);
    }

    /// Remembers what a file is called, and whether it exists under another name already.
    fn note_spelling(&mut self, spelling: &str) {
        let name = canonical_name(spelling);
        if self.contains(name) && self.spelling(name) != spelling {
            self.duplicates.insert(name.to_owned());
        }
        self.set_spelling(name, spelling.to_owned());
    }

    /// Says what a file is called in messages.
    pub(crate) fn set_spelling(&mut self, name: &str, spelling: String) {
        match spelling == name {
            true => self.spellings.remove(name),
            false => self.spellings.insert(name.to_owned(), spelling),
        };
    }

    /// What a file is called, given its name of 2020.
    pub(crate) fn spelling<'n>(&'n self, name: &'n str) -> &'n str {
        self.spellings.get(name).map_or(name, String::as_str)
    }

    /// Names of 2020 and what messages call the files instead: what they are called, and the neutral
    /// names of missing ones if any file has its neutral name.
    pub(crate) fn names_in_messages(&self) -> BTreeMap<String, String> {
        let mut names = self.spellings.clone();
        let is_neutral = NEUTRAL_NAMES
            .iter()
            .any(|(name, neutral)| self.spelling(name) == *neutral);
        for (name, neutral) in NEUTRAL_NAMES.iter().filter(|_| is_neutral) {
            if !self.contains(name) {
                names.insert((*name).to_owned(), (*neutral).to_owned());
            }
        }
        names
    }

    /// A text with the names of 2020 replaced by those that the files have.
    pub fn with_own_names(&self, text: &str) -> String {
        rename_files(text, &self.names_in_messages())
    }

    /// The files that exist under both of their names, by their names of 2020.
    pub(crate) fn duplicates(&self) -> impl Iterator<Item = &str> {
        self.duplicates.iter().map(String::as_str)
    }

    /// The same files under their neutral names.
    #[must_use]
    pub fn with_neutral_names(mut self) -> Self {
        for name in FILE_NAMES {
            if self.contains(name) {
                self.set_spelling(name, neutral_name(name).to_owned());
            }
        }
        self
    }

    /// Whether the file exists, readable or not.
    pub(crate) fn contains(&self, name: &str) -> bool {
        let name = canonical_name(name);
        self.contents.contains_key(name) || self.unreadable.contains_key(name)
    }

    /// Whether any of the files behind the money figures exists.
    pub(crate) fn has_any_money_file(&self) -> bool {
        MONEY_FILES.iter().any(|name| self.contains(name))
    }

    /// Why an existing file cannot be read.
    pub(crate) fn unreadable(&self, name: &str) -> Option<&str> {
        self.unreadable
            .get(canonical_name(name))
            .map(String::as_str)
    }

    /// Adds a file, or replaces the one of that name.
    ///
    /// A file has the same content under its name of 2020 and its neutral one.
    pub fn insert(&mut self, name: &str, bytes: Vec<u8>) {
        self.note_spelling(name);
        let name = canonical_name(name);
        self.unreadable.remove(name);
        self.contents.insert(name.to_owned(), bytes);
    }

    /// Replaces the content of a file under the name that it has.
    pub(crate) fn replace(&mut self, name: &str, bytes: Vec<u8>) {
        self.contents.insert(canonical_name(name).to_owned(), bytes);
    }

    /// Removes a file, and returns its content.
    pub fn remove(&mut self, name: &str) -> Option<Vec<u8>> {
        let name = canonical_name(name);
        self.spellings.remove(name);
        self.duplicates.remove(name);
        self.unreadable.remove(name);
        self.contents.remove(name)
    }

    /// A file's content.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.contents.get(canonical_name(name)).map(Vec::as_slice)
    }

    /// Names and contents, sorted by the names of 2020.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.contents
            .iter()
            .map(|(name, bytes)| (self.spelling(name), bytes.as_slice()))
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

/// The only Excel workbook in a folder, without those that Excel writes while one is open.
fn find_workbook(folder: &Path) -> Option<String> {
    let entries = std::fs::read_dir(folder).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut workbooks = names.filter(|name| name.ends_with(".xlsx") && !name.starts_with("~$"));
    let only = workbooks.next();
    only.filter(|_| workbooks.next().is_none())
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
