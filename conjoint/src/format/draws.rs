//! `draws.npy`: posterior draws of the respondents' part-worths, in NumPy's format.
//!
//! The file is an array of 32- or 64-bit numbers with the shape respondents × draws × columns:
//! respondents in the order of the respondents' file, columns in the order of its part-worths
//! (numpy.lib.format, versions 1 to 3; little-endian, in C order).

use super::error::FormatError;
use super::file_names::DRAWS;
use super::files::StudyFiles;
use super::problem::{Place, Problems};
use crate::study::Draws;

const MAGIC: &[u8] = b"\x93NUMPY";

/// Reads the draws, if there are any. `order` says at which place among the part-worths of the
/// respondents' file each column of the part-worths is.
pub(crate) fn read(
    files: &StudyFiles,
    respondents: usize,
    order: Vec<usize>,
    problems: &mut Problems,
) -> Option<Draws> {
    match parse(files, respondents, order) {
        Ok(draws) => draws,
        Err(error) => {
            problems.add(Place::file(DRAWS), error);
            None
        }
    }
}

fn parse(
    files: &StudyFiles,
    respondents: usize,
    order: Vec<usize>,
) -> Result<Option<Draws>, FormatError> {
    if let Some(reason) = files.unreadable(DRAWS) {
        return Err(DrawsError::Unreadable(reason.to_owned()).into());
    }
    let Some(bytes) = files.get(DRAWS) else {
        return Ok(None);
    };
    let (found, values) = read_npy(bytes).ok_or(DrawsError::NotAnArray)?;
    let [people, draws, columns] = found;
    if people != respondents || columns != order.len() {
        let wanted = [respondents, order.len()];
        return Err(DrawsError::Shape { found, wanted }.into());
    }
    Ok(Some(Draws::new(draws, order, respondents, values)?))
}

/// What is wrong with a file of draws.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DrawsError {
    /// The operating system's reason.
    #[error("the file cannot be read ({0})")]
    Unreadable(String),
    /// Another kind of file or of numbers, or fewer numbers than it says.
    #[error(
        "this is not an array of 32- or 64-bit numbers in NumPy's format, little-endian and in C order; save it as float32 with numpy.save"
    )]
    NotAnArray,
    /// Draws of other respondents or other part-worths.
    #[error(
        "the array has the shape {} × {} × {}; it must be {} respondents × draws × {} part-worths, as in the respondents' file",
        found[0], found[1], found[2], wanted[0], wanted[1]
    )]
    Shape {
        /// The array's shape.
        found: [usize; 3],
        /// The number of respondents and of part-worths.
        wanted: [usize; 2],
    },
}

/// An array with the shape respondents × draws × columns as a file in NumPy's format, version 1.0: a
/// header that says the shape, and little-endian numbers.
pub fn write_npy(shape: [usize; 3], values: &[f32]) -> Vec<u8> {
    let [respondents, draws, columns] = shape;
    let shape = format!("({respondents}, {draws}, {columns})");
    let mut header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}");
    // Magic, version and length take 10 bytes; the numbers begin at a multiple of 64.
    let length = (header.len() + 11).next_multiple_of(64) - 10;
    header.extend(std::iter::repeat_n(' ', length - 1 - header.len()));
    header.push('\n');
    let mut bytes = MAGIC.to_vec();
    bytes.extend([1, 0]);
    // A header is far shorter than 64 KiB.
    let length = u16::try_from(header.len()).unwrap_or(u16::MAX);
    bytes.extend(length.to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    bytes
}

/// The shape and the numbers of an array with three dimensions; `None` if the file is another one, or if
/// it does not have as many numbers as its shape says.
fn read_npy(bytes: &[u8]) -> Option<([usize; 3], Vec<f32>)> {
    let rest = bytes.strip_prefix(MAGIC)?;
    let (version, rest) = rest.split_first_chunk::<2>()?;
    let (length, rest) = match version {
        [1, _] => {
            let (length, rest) = rest.split_first_chunk::<2>()?;
            (u32::from(u16::from_le_bytes(*length)), rest)
        }
        [2 | 3, _] => {
            let (length, rest) = rest.split_first_chunk::<4>()?;
            (u32::from_le_bytes(*length), rest)
        }
        _ => return None,
    };
    let (header, data) = rest.split_at_checked(usize::try_from(length).ok()?)?;
    let header: String = std::str::from_utf8(header)
        .ok()?
        .split_whitespace()
        .collect();
    header.contains("'fortran_order':False").then_some(())?;
    let (_, shape) = header.split_once("'shape':(")?;
    let (shape, _) = shape.split_once(')')?;
    let sizes: Option<Vec<usize>> = shape.split(',').map(|size| size.parse().ok()).collect();
    let shape: [usize; 3] = sizes?.try_into().ok()?;
    let values: Vec<f32> = match () {
        () if header.contains("'descr':'<f4'") => {
            let (numbers, rest) = data.as_chunks();
            rest.is_empty().then_some(())?;
            numbers.iter().copied().map(f32::from_le_bytes).collect()
        }
        () if header.contains("'descr':'<f8'") => {
            let (numbers, rest) = data.as_chunks();
            rest.is_empty().then_some(())?;
            let numbers = numbers.iter().copied().map(f64::from_le_bytes);
            numbers.map(|number| number as f32).collect()
        }
        () => return None,
    };
    let count = shape
        .iter()
        .try_fold(1_usize, |all, size| all.checked_mul(*size));
    (count == Some(values.len())).then_some((shape, values))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{UTILITIES, read_study};
    use crate::testing::{read_valid, small_files};

    #[test]
    fn an_array_is_read_back() {
        let values = [1.5, -2.0, 0.0, 4.0, 5.0, 6.0];
        let bytes = write_npy([1, 2, 3], &values);
        assert_eq!(bytes.len() % 64, 24);
        assert_eq!(read_npy(&bytes), Some(([1, 2, 3], values.to_vec())));
        for damaged in [
            &bytes[..bytes.len() - 1],
            &bytes[..20],
            b"",
            b"\x93NUMPY\x09\x00",
        ] {
            assert_eq!(read_npy(damaged), None);
        }
        let (header, _) = bytes.split_at(bytes.len() - 24);
        let mut double = header.to_vec();
        let kind = header.windows(3).position(|text| text == b"<f4").unwrap();
        double[kind + 2] = b'8';
        double.extend(
            values
                .iter()
                .flat_map(|value| f64::from(*value).to_le_bytes()),
        );
        assert_eq!(read_npy(&double), Some(([1, 2, 3], values.to_vec())));
    }

    #[test]
    fn draws_belong_to_the_respondents_file() {
        let mut files = small_files();
        let study = read_valid(&files);
        let (people, columns) = study.respondents.part_worths.shape();
        files.insert(
            DRAWS,
            write_npy([people, 2, columns], &vec![1.0; people * 2 * columns]),
        );
        let with_draws = read_valid(&files);
        assert_eq!(with_draws.respondents().draws().map(Draws::count), Some(2));
        assert_ne!(files.identity(), small_files().identity());

        files.insert(DRAWS, write_npy([people, 2, 1], &vec![1.0; people * 2]));
        let problems = read_study(&files).unwrap_err().to_string();
        let expected = format!("draws.npy: the array has the shape {people} × 2 × 1; it must be");
        assert!(problems.contains(&expected), "{problems}");
        files.insert(DRAWS, files.get(UTILITIES).unwrap_or_default().to_vec());
        let problems = read_study(&files).unwrap_err().to_string();
        assert!(
            problems.contains("draws.npy: this is not an array"),
            "{problems}"
        );
    }
}
