//! Picked files that belong to no study, and which file of a study each may be.

use std::fmt;

use conjoint::format::FILE_NAMES;

/// A file that belongs to no study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFile {
    /// Its path.
    pub path: String,
    /// The missing file of a study that has a similar name.
    pub meant: Option<&'static str>,
}

impl UnknownFile {
    /// A file with this path and name; `is_there` says which files of a study were picked.
    pub(crate) fn new(path: &str, name: &str, is_there: impl Fn(&str) -> bool) -> Self {
        Self {
            path: path.to_owned(),
            meant: meant(name).filter(|meant| !is_there(meant)),
        }
    }
}

impl fmt::Display for UnknownFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        match self.meant {
            Some(meant) => write!(f, " (is {meant} meant?)"),
            None => Ok(()),
        }
    }
}

/// The file of a study with the most similar name, if one is similar.
fn meant(name: &str) -> Option<&'static str> {
    const LONGEST: usize = 60;
    if name.len() > LONGEST {
        return None;
    }
    let letters = letters(name);
    let near = FILE_NAMES.into_iter().filter_map(|known| {
        let known_letters = self::letters(known);
        let distance = distance(&letters, &known_letters);
        (distance <= known_letters.len() / 5).then_some((distance, known))
    });
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

/// The letters before the first dot, in lower case: the number of a copy and the extension do not
/// matter.
fn letters(name: &str) -> Vec<char> {
    let stem = name.split('.').next().unwrap_or_default();
    let letters = stem.chars().filter(|letter| letter.is_alphabetic());
    letters.flat_map(char::to_lowercase).collect()
}

/// The number of letters to add, remove or change between two words (Levenshtein's distance).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        let mut next = vec![index + 1];
        for ((wanted, changed), removed) in other.iter().zip(&row).zip(row.iter().skip(1)) {
            let changed = changed + usize::from(letter != wanted);
            let added = next.last().map_or(changed, |last| last + 1);
            next.push(changed.min(added).min(removed + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_levenshteins() {
        let distance = |one: &str, other: &str| {
            let [one, other] = [one, other].map(|word| word.chars().collect::<Vec<_>>());
            distance(&one, &other)
        };
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }

    #[test]
    fn misspelled_names_are_recognized() {
        for (name, known) in [
            ("leaseoffers.csv", "leaseOffers.csv"),
            ("lease_offers.CSV", "leaseOffers.csv"),
            ("leaseOffers (1).csv", "leaseOffers.csv"),
            ("UtilityScores.csv", "UtilityScoresEV.csv"),
            ("baseARPU.csv", "baseARPU_EV.csv"),
            ("churnrates_ev.xlsx", "churnRateEV.csv"),
            ("study.json.txt", "study.json"),
            ("Brand.csv", "brands.csv"),
            ("Weight (2).csv", "weights.csv"),
        ] {
            assert_eq!(meant(name), Some(known), "{name}");
        }
        for name in [
            "README.md",
            "notes.txt",
            "",
            "simulate_new.csv",
            "students.csv",
        ] {
            assert_eq!(meant(name), None, "{name}");
        }
        assert_eq!(meant(&"leaseOffers".repeat(10)), None);
    }
}
