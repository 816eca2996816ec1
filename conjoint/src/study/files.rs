//! The files of a study by name: from a folder, from the network or made in memory.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};

/// The products (lease offers).
pub const OFFERS: &str = "leaseOffers.csv";
/// The respondents' part-worth utilities.
pub const UTILITIES: &str = "UtilityScoresEV.csv";
/// Share of a brand's customers who renew, by segment.
pub const RECONTRACT: &str = "recontractRateEV.csv";
/// Share of a brand's customers who leave, by segment.
pub const CHURN: &str = "churnRateEV.csv";
/// Average revenue per user today, by segment.
pub const BASE_ARPU: &str = "baseARPU_EV.csv";
/// Share of customers, margin and fixed share of cost, by brand.
pub const VOLUMES: &str = "baseVolumeEBIT_EV.csv";
/// Parents, tiers and colours of brands; optional.
pub const BRANDS: &str = "brands.csv";
/// Title and settings; optional.
pub const SETTINGS: &str = "study.json";

/// The files that a study may consist of, the optional ones last.
pub const NAMES: [&str; 8] = [
    OFFERS, UTILITIES, RECONTRACT, CHURN, BASE_ARPU, VOLUMES, BRANDS, SETTINGS,
];

/// The content of a study's files by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudyFiles {
    contents: BTreeMap<String, Vec<u8>>,
    /// What the system says of files that are there and cannot be read.
    unreadable: BTreeMap<String, String>,
}

impl StudyFiles {
    /// Reads those files of a folder that belong to a study. One that is missing or cannot be read
    /// is left to [`super::Study::read`], which tells it among all other problems.
    pub fn read_dir(folder: &Path) -> Self {
        let mut files = Self::default();
        for name in NAMES {
            match std::fs::read(folder.join(name)) {
                Ok(bytes) => files.insert(name, bytes),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => files.insert_unreadable(name, error.to_string()),
            }
        }
        files
    }

    /// Notes a file that is there and cannot be read, with what the system says.
    pub fn insert_unreadable(&mut self, name: &str, reason: String) {
        self.contents.remove(name);
        self.unreadable.insert(name.to_owned(), reason);
    }

    /// Whether the study has the file, readable or not.
    pub(super) fn is_there(&self, name: &str) -> bool {
        self.contents.contains_key(name) || self.unreadable.contains_key(name)
    }

    /// Why a file that is there cannot be read.
    pub(super) fn unreadable(&self, name: &str) -> Option<&str> {
        self.unreadable.get(name).map(String::as_str)
    }

    /// Adds a file, or replaces the one of that name.
    pub fn insert(&mut self, name: &str, bytes: Vec<u8>) {
        self.unreadable.remove(name);
        self.contents.insert(name.to_owned(), bytes);
    }

    /// Takes a file out.
    pub fn remove(&mut self, name: &str) -> Option<Vec<u8>> {
        self.unreadable.remove(name);
        self.contents.remove(name)
    }

    /// A file's content.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.contents.get(name).map(Vec::as_slice)
    }

    /// Names and contents, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.contents
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// The SHA-256 of every file, in lower-case hexadecimal, by name.
    pub fn digests(&self) -> BTreeMap<String, String> {
        let mut digests = BTreeMap::new();
        for (name, bytes) in self.iter() {
            digests.insert(name.to_owned(), sha256(bytes));
        }
        digests
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_standard() {
        let mut files = StudyFiles::default();
        files.insert("a", b"abc".to_vec());
        // FIPS 180-2, appendix B.1
        assert_eq!(
            files.digests()["a"],
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
