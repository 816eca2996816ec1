//! A study that was checked once, in a form that is read again almost at once.
//!
//! Reading 100,000 respondents as text takes seconds. In the packed form, their part-worths are
//! binary numbers, and the rest of the file is still text:
//!
//! | bytes | content |
//! |---|---|
//! | 64 | SHA-256 of the CSV file, hexadecimal |
//! | 8, *n* | a length, and the two header rows as CSV |
//! | 8, *m* | a length, and id, segment and current brand of each respondent as CSV |
//! | the rest | part-worths, level by level, and for each level respondent by respondent |
//!
//! Lengths and part-worths have 64 bits, in little-endian order.

use nalgebra::DMatrix;

use super::digest::sha256;
use super::error::FormatError;
use super::file_names::{UTILITIES, canonical_name};
use super::files::StudyFiles;
use super::problem::{Place, Problems};
use super::table::{BYTE_ORDER_MARK, Table};
use crate::csv_text::write_rows;
use crate::study::names::{ID, OWNER, SEGMENT};
use crate::study::{LARGEST_NUMBER, Respondents, Study};

/// The respondents' part-worths in packed form, which replaces the file [`UTILITIES`].
pub const PACKED: &str = "UtilityScoresEV.packed";

/// The header of the respondents' part.
pub(crate) const PEOPLE_HEADER: [&str; 3] = [ID, SEGMENT, OWNER];

/// The parts of a packed file.
pub(crate) struct Packed<'a> {
    /// The digest of the CSV file.
    pub(crate) digest: &'a str,
    /// The two header rows.
    pub(crate) headers: &'a [u8],
    /// Id, segment and current brand of each respondent, below a header row.
    pub(crate) people: &'a [u8],
    part_worths: &'a [u8],
}

impl<'a> Packed<'a> {
    /// Finds the packed file of a study without a CSV file of respondents. `Some(None)` means that
    /// there is no packed file, `None` that there is a damaged one, which is reported.
    pub(crate) fn find(files: &'a StudyFiles, problems: &mut Problems) -> Option<Option<Self>> {
        let Some(bytes) = files.get(PACKED).filter(|_| !files.contains(UTILITIES)) else {
            return Some(None);
        };
        let packed = Self::parse(bytes);
        if packed.is_none() {
            problems.add(Place::file(PACKED), FormatError::NotPacked);
        }
        packed.map(Some)
    }

    /// The parts of a file; `None` if a length leads beyond its end.
    pub(crate) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (digest, rest) = bytes.split_at_checked(64)?;
        let (headers, rest) = split_part(rest)?;
        let (people, part_worths) = split_part(rest)?;
        Some(Self {
            digest: std::str::from_utf8(digest).ok()?,
            headers,
            people,
            part_worths,
        })
    }

    /// The part-worths, respondents × columns; `None` if there are more or fewer, or if any is out of
    /// range.
    pub(crate) fn part_worths(&self, respondents: usize, columns: usize) -> Option<DMatrix<f64>> {
        let (numbers, rest) = self.part_worths.as_chunks();
        let values: Vec<f64> = numbers.iter().copied().map(f64::from_le_bytes).collect();
        let fits = rest.is_empty() && respondents.checked_mul(columns) == Some(values.len());
        let is_valid = fits && values.iter().all(|value| value.abs() <= LARGEST_NUMBER);
        is_valid.then(|| DMatrix::from_vec(respondents, columns, values))
    }
}

/// Splits a part, which follows its length, from the rest.
fn split_part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
}

/// The files that a study was read from, with the respondents' file packed.
///
/// [`read_study`](super::read_study) reads the same study from them, and [`StudyFiles::identity`]
/// is the same.
pub fn pack_study(study: &Study, files: &StudyFiles) -> StudyFiles {
    let mut packed = StudyFiles::default();
    for (name, bytes) in files.iter() {
        match canonical_name(name) {
            UTILITIES => packed.insert(PACKED, pack_respondents(study, bytes)),
            _ => packed.insert(name, bytes.to_vec()),
        }
    }
    packed
}

/// Packs the respondents' file, whose text is `csv`.
fn pack_respondents(study: &Study, csv: &[u8]) -> Vec<u8> {
    let Respondents {
        ids,
        segments,
        owners,
        part_worths,
        ..
    } = &study.respondents;
    let header = PEOPLE_HEADER.map(str::to_owned);
    let people = ids.enumerate().map(|(respondent, id)| {
        let segment = &study.segments[segments[respondent]];
        // Without current brands in the file, the column stays empty.
        let owner = owners
            .get(respondent)
            .map(|owner| &study.brands[*owner].name);
        [
            id.clone(),
            segment.clone(),
            owner.cloned().unwrap_or_default(),
        ]
    });
    let mut bytes = sha256(csv).into_bytes();
    let people = write_rows(std::iter::once(header).chain(people));
    for part in [header_rows(csv), &people] {
        bytes.extend((part.len() as u64).to_le_bytes());
        bytes.extend(part);
    }
    bytes.extend(part_worths.iter().flat_map(|value| value.to_le_bytes()));
    bytes
}

/// The two header rows of a respondents' file, and the blank lines before and between them.
fn header_rows(csv: &[u8]) -> &[u8] {
    let text = csv.strip_prefix(BYTE_ORDER_MARK).unwrap_or(csv);
    let mut table = Table::before_header(UTILITIES, text);
    for _ in 0..2 {
        table.next_record();
    }
    text.get(..table.offset()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::read_study;
    use crate::testing::{change_text, generate_files, read_valid, small_files};
    use proptest::prelude::*;

    /// The bits of the part-worths, because 0 equals -0.
    fn bits(study: &Study) -> Vec<u64> {
        let values = study.respondents.part_worths.iter();
        values.map(|value| value.to_bits()).collect()
    }

    fn check(files: &StudyFiles) {
        let before = read_valid(files);
        let packed = pack_study(&before, files);
        assert!(packed.get(UTILITIES).is_none());
        assert_eq!(packed.identity(), files.identity());
        let after = read_valid(&packed);
        assert_eq!(after, before);
        assert_eq!(bits(&after), bits(&before));
        assert_eq!(pack_study(&after, &packed), packed);
    }

    /// The small study with another respondents' file.
    fn with(utilities: impl Fn(&str) -> String) -> StudyFiles {
        change_text(&small_files(), UTILITIES, utilities)
    }

    #[test]
    fn a_packed_study_reads_back_the_same() {
        check(&small_files());
        check(&with(|text| text.replace(",1,", ",-0,")));
        check(&with(|text| {
            format!("\u{feff}\n  \n{}", text.replace('\n', "\r\n\r\n"))
        }));
        check(&with(|text| text.replace("p1", "\"p,1\"\"\"")));
        // Columns may have any order.
        check(&with(|text| {
            let turned = text.lines().map(|line| {
                let mut cells: Vec<&str> = line.split(',').collect();
                cells.reverse();
                cells.join(",") + "\n"
            });
            turned.collect()
        }));
    }

    #[test]
    fn the_csv_file_has_precedence_over_the_packed_one() {
        let mut files = small_files();
        files.insert(PACKED, b"x".to_vec());
        assert_eq!(read_valid(&files), read_valid(&small_files()));
        assert_eq!(files.identity(), small_files().identity());
    }

    /// The packed file of the small study.
    fn packed() -> (StudyFiles, Vec<u8>) {
        let files = small_files();
        let mut packed = pack_study(&read_valid(&files), &files);
        let bytes = packed.remove(PACKED).unwrap();
        (packed, bytes)
    }

    #[test]
    fn damage_is_reported() {
        let (mut files, bytes) = packed();
        let nan = [&bytes[..bytes.len() - 8], &f64::NAN.to_le_bytes()].concat();
        let long = [bytes.as_slice(), &[0]].concat();
        let cut = |length: usize| bytes[..length].to_vec();
        for damaged in [
            cut(0),
            cut(63),
            cut(70),
            cut(100),
            cut(bytes.len() - 8),
            nan,
            long,
        ] {
            files.insert(PACKED, damaged);
            let problems = read_study(&files).unwrap_err().to_string();
            let what = "UtilityScoresEV.packed: this is not a packed study";
            assert!(problems.contains(what), "{problems}");
        }
    }

    proptest! {
        #[test]
        fn a_packed_generated_study_reads_back_the_same(seed in 0_u64..1_000, people in 1_u32..20) {
            check(&generate_files(seed, &[("Gen X", people), ("Millennial", 1)]));
        }

        #[test]
        fn any_damage_gives_a_study_or_problems(at in 0_usize..1_500, byte: u8, cut: bool) {
            let (mut files, mut bytes) = packed();
            if cut {
                bytes.truncate(at);
            } else if let Some(place) = bytes.get_mut(at) {
                *place = byte;
            }
            files.insert(PACKED, bytes);
            let _ = files.identity();
            if let Err(problems) = read_study(&files) {
                prop_assert!(problems.has_errors());
            }
        }
    }
}
