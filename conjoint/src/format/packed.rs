//! A study that was checked once, packed so that it is read again at once.
//!
//! Reading 100,000 respondents as text takes seconds. Packed, their part-worths are numbers as the
//! computer holds them, and the rest of the file is text still:
//!
//! | bytes | |
//! |---|---|
//! | 64 | SHA-256 of the CSV file, hexadecimal |
//! | 8, *n* | the two header rows, as CSV, behind their length |
//! | 8, *m* | id, segment and current brand of every respondent, as CSV, behind their length |
//! | the rest | part-worths, a level after the other, each of every respondent |
//!
//! Lengths and part-worths are 64 bits, the lowest byte first.

use nalgebra::DMatrix;

use super::error::FormatError;
use super::files::{StudyFiles, UTILITIES, sha256};
use super::problem::{Place, Problems};
use super::table::{BYTE_ORDER_MARK, Table};
use crate::csv_text::write_rows;
use crate::study::names::{ID, OWNER, SEGMENT};
use crate::study::{LARGEST_NUMBER, Respondents, Study};

/// The respondents' part-worth utilities, packed: stands for [`UTILITIES`] where that is not there.
pub const PACKED: &str = "UtilityScoresEV.packed";

/// The header of the respondents' part.
pub(crate) const PEOPLE: [&str; 3] = [ID, SEGMENT, OWNER];

/// The parts of a packed file.
pub(crate) struct Packed<'a> {
    /// The digest of the file that it was made of.
    pub(crate) digest: &'a str,
    /// The two header rows.
    pub(crate) headers: &'a [u8],
    /// Id, segment and current brand of every respondent, under a header row.
    pub(crate) people: &'a [u8],
    part_worths: &'a [u8],
}

impl<'a> Packed<'a> {
    /// The packed file of a study that has no other. Outside, `None` where it was none, and a
    /// problem was noted.
    pub(crate) fn of(files: &'a StudyFiles, problems: &mut Problems) -> Option<Option<Self>> {
        let Some(bytes) = files.get(PACKED).filter(|_| !files.contains(UTILITIES)) else {
            return Some(None);
        };
        let packed = Self::new(bytes);
        if packed.is_none() {
            problems.add(Place::file(PACKED), FormatError::NotPacked);
        }
        packed.map(Some)
    }

    /// The parts of a file; none where a length leads beyond its end.
    pub(crate) fn new(bytes: &'a [u8]) -> Option<Self> {
        let (digest, rest) = bytes.split_at_checked(64)?;
        let (headers, rest) = piece(rest)?;
        let (people, part_worths) = piece(rest)?;
        Some(Self {
            digest: std::str::from_utf8(digest).ok()?,
            headers,
            people,
            part_worths,
        })
    }

    /// The part-worths, respondents × levels; a file that does not hold so many numbers is noted.
    pub(crate) fn part_worths(
        &self,
        respondents: usize,
        levels: usize,
        problems: &mut Problems,
    ) -> Option<DMatrix<f64>> {
        let (numbers, rest) = self.part_worths.as_chunks();
        let values: Vec<f64> = numbers.iter().copied().map(f64::from_le_bytes).collect();
        let fits = rest.is_empty() && respondents.checked_mul(levels) == Some(values.len());
        if !fits || !values.iter().all(|value| value.abs() <= LARGEST_NUMBER) {
            problems.add(Place::file(PACKED), FormatError::NotPacked);
            return None;
        }
        Some(DMatrix::from_vec(respondents, levels, values))
    }
}

/// Splits bytes that stand behind their length from the rest.
fn piece(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
}

/// Replaces the respondents' file in the files that a study was read from by a packed one.
///
/// [`super::read_study`] reads the same study from the result, and [`StudyFiles::identity`] is the
/// same.
pub fn pack_study(study: &Study, files: &StudyFiles) -> StudyFiles {
    let mut packed = StudyFiles::default();
    for (name, bytes) in files.iter() {
        match name {
            UTILITIES => packed.insert(PACKED, pack_respondents(study, bytes)),
            name => packed.insert(name, bytes.to_vec()),
        }
    }
    packed
}

/// The respondents' file `csv`, packed.
fn pack_respondents(study: &Study, csv: &[u8]) -> Vec<u8> {
    let Respondents {
        ids,
        segments,
        owners,
        part_worths,
        ..
    } = &study.respondents;
    let header = PEOPLE.map(str::to_owned);
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
    for piece in [headers(csv), &people] {
        bytes.extend((piece.len() as u64).to_le_bytes());
        bytes.extend(piece);
    }
    bytes.extend(part_worths.iter().flat_map(|value| value.to_le_bytes()));
    bytes
}

/// The two header rows of a respondents' file, and what stands before and between them.
fn headers(csv: &[u8]) -> &[u8] {
    let text = csv.strip_prefix(BYTE_ORDER_MARK).unwrap_or(csv);
    let mut table = Table::new(UTILITIES, text);
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

    /// The bits of the part-worths, which equality does not tell from each other's.
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
    fn a_packed_study_is_read_as_it_was() {
        check(&small_files());
        check(&with(|text| text.replace(",1,", ",-0,")));
        check(&with(|text| {
            format!("\u{feff}\n  \n{}", text.replace('\n', "\r\n\r\n"))
        }));
        check(&with(|text| text.replace("p1", "\"p,1\"\"\"")));
        // The columns stand in any order.
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
    fn the_csv_file_goes_before_the_packed_one() {
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
    fn damage_is_told() {
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
            let what = "UtilityScoresEV.packed: this is no packed study";
            assert!(problems.contains(what), "{problems}");
        }
    }

    proptest! {
        #[test]
        fn a_generated_study_is_read_as_it_was(seed in 0_u64..1_000, people in 1_u32..20) {
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
