//! Finds a study's files among those that were picked or dropped, and reads and writes zips.
//!
//! Files among which there is no study may be those of another program; see [`super::import`].

use std::io::{Cursor, Read, Write};

use conjoint::format::StudyFiles;
use conjoint::format::tabular::{MOST_BYTES, MOST_BYTES_TEXT};
use conjoint::study::quote_names;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::files::choice::{choose, has_study, is_known, is_rubbish, parted};
use crate::files::unknown::UnknownFile;

/// The number of files of other programs that are read, at most.
const MOST_FILES: usize = 40;

/// What was picked.
#[derive(Debug, PartialEq)]
pub enum Picked {
    /// A study in the page's own format.
    Study(PickedStudy),
    /// Files without a study, each with its name.
    Others(Vec<(String, Vec<u8>)>),
}

/// A study among the picked files.
#[derive(Debug, PartialEq)]
pub struct PickedStudy {
    /// The study's files.
    pub files: StudyFiles,
    /// The name of the zip or the folder; empty for files in neither.
    pub name: String,
    /// The other picked files.
    pub ignored: Vec<UnknownFile>,
}

/// Why the picked files contain no study, or a zip cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// No file was picked, or the zip or folder has none.
    #[error("there is no file here; open files, a zip of them, or a folder")]
    NoFile,
    /// More files than belong together.
    #[error("{count} files are here, none of them a study's; open only those that belong together")]
    TooManyFiles {
        /// Their number.
        count: usize,
    },
    /// Files of a study are in several folders.
    #[error(
        "files of a study are in the folders {}; open only one folder",
        quote_names(folders)
    )]
    SeveralFolders {
        /// The folders' paths.
        folders: Vec<String>,
    },
    /// A zip was picked together with other files.
    #[error("`{zip}` is a zip among other files; open only the zip, or the files without it")]
    ZipAmongFiles {
        /// The zip's path.
        zip: String,
    },
    /// A file that is no zip, or a damaged zip.
    #[error(
        "`{zip}` cannot be unpacked ({reason}); make the zip again, or open the files themselves"
    )]
    Damaged {
        /// The zip's path.
        zip: String,
        /// The reader's message.
        reason: String,
    },
    /// A file that needs a password.
    #[error("`{file}` is encrypted; make the zip without a password")]
    Encrypted {
        /// The file's path in the zip.
        file: String,
    },
    /// A file with an unsupported compression method.
    #[error("`{file}` has an unsupported compression method; make the zip with the method Deflate")]
    UnknownMethod {
        /// The file's path in the zip.
        file: String,
    },
    /// Files, packed or not, that are larger than a study can be.
    #[error(
        "the study's files are larger than {MOST_BYTES_TEXT}; a study of 100,000 respondents has 90 MB"
    )]
    TooLarge,
    /// Files that cannot be put into a zip.
    #[error("the zip cannot be made ({reason}); take fewer files, each under another name")]
    Unmade {
        /// The writer's message.
        reason: String,
    },
}

/// Which of the picked files need to be read, given their paths: those of a study, or all if there is
/// none. [`open`] takes the others without their content.
pub fn needed(paths: &[String]) -> Vec<bool> {
    let has_study = has_study(paths);
    let is_needed = |path: &String| !is_rubbish(path) && (!has_study || is_known(parted(path).1));
    paths.iter().map(is_needed).collect()
}

/// Finds a study's files among the picked ones, each with its path, or in a zip.
///
/// # Errors
/// There is more than one study among them, or too many other files, or a zip cannot be unpacked.
pub fn open(picked: Vec<(String, Vec<u8>)>) -> Result<Picked, ArchiveError> {
    let mut picked: Vec<(String, Vec<u8>)> = picked
        .into_iter()
        .filter(|(path, _)| !is_rubbish(path))
        .collect();
    if let [(path, bytes)] = picked.as_slice()
        && is_zip(path, bytes)
    {
        return unzip(path, bytes, MOST_BYTES);
    }
    if let Some((path, _)) = picked.iter().find(|(path, bytes)| is_zip(path, bytes)) {
        let zip = path.clone();
        return Err(ArchiveError::ZipAmongFiles { zip });
    }
    let paths: Vec<String> = picked.iter().map(|(path, _)| path.clone()).collect();
    let Some(choice) = choose(&paths)? else {
        return others(picked.len(), picked);
    };
    let mut files = StudyFiles::default();
    for (index, name) in choice.files {
        if let Some((_, bytes)) = picked.get_mut(index) {
            files.insert(name, std::mem::take(bytes));
        }
    }
    Ok(Picked::Study(PickedStudy {
        files,
        name: parted(&choice.folder).1.to_owned(),
        ignored: choice.ignored,
    }))
}

/// Files without a study, under their names without folders.
fn others(count: usize, files: Vec<(String, Vec<u8>)>) -> Result<Picked, ArchiveError> {
    match count {
        0 => Err(ArchiveError::NoFile),
        1..=MOST_FILES => {
            let files = files.into_iter();
            let named = files.map(|(path, bytes)| (parted(&path).1.to_owned(), bytes));
            Ok(Picked::Others(named.collect()))
        }
        _ => Err(ArchiveError::TooManyFiles { count }),
    }
}

/// Puts files, each with its name, into a zip.
///
/// # Errors
/// Two files with one name, and more files than a zip can hold.
pub fn zip<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<Vec<u8>, ArchiveError> {
    // Without dates, the same files make the same zip.
    let options = SimpleFileOptions::default();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let unmade = |error: ZipError| ArchiveError::Unmade {
        reason: error.to_string(),
    };
    for (name, bytes) in files {
        writer.start_file(name, options).map_err(unmade)?;
        let written = writer.write_all(bytes);
        written.map_err(|error| unmade(error.into()))?;
    }
    Ok(writer.finish().map_err(unmade)?.into_inner())
}

/// Unpacks the files of a zip that belong to a study, or all if none does.
fn unzip(path: &str, bytes: &[u8], most: u64) -> Result<Picked, ArchiveError> {
    let damaged = |error: ZipError| damage(path, &error);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut entries = Vec::new();
    let mut paths = Vec::new();
    let mut stated = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(damaged)?;
        // A name that cannot be read is not that of a study's file.
        let name = entry.name().unwrap_or("?".into()).replace('\\', "/");
        if entry.is_file() && !is_rubbish(&name) {
            entries.push(index);
            paths.push(name);
            stated.push(entry.size());
        }
    }
    let mut left = most;
    let mut unpack = |place: usize| -> Result<Vec<u8>, ArchiveError> {
        let entry = entries.get(place).zip(paths.get(place));
        let content = entry.map(|(entry, file)| extract(&mut archive, *entry, path, file, left));
        let content = content.transpose()?.unwrap_or_default();
        left = left
            .checked_sub(content.len() as u64)
            .ok_or(ArchiveError::TooLarge)?;
        Ok(content)
    };
    let chosen = choose(&paths)?;
    let is_needed = |place: usize| match &chosen {
        Some(choice) => choice.files.iter().any(|(file, _)| *file == place),
        None => place < MOST_FILES,
    };
    let sizes = stated.iter().enumerate();
    let sizes = sizes
        .filter(|(place, _)| is_needed(*place))
        .map(|(_, size)| *size);
    // A zip bomb is refused before anything is unpacked.
    if sizes.fold(0, u64::saturating_add) > most {
        return Err(ArchiveError::TooLarge);
    }
    let Some(choice) = chosen else {
        let mut files = Vec::new();
        for (place, path) in paths.iter().enumerate().take(MOST_FILES) {
            files.push((path.clone(), unpack(place)?));
        }
        return others(paths.len(), files);
    };
    let mut files = StudyFiles::default();
    for (place, name) in choice.files {
        files.insert(name, unpack(place)?);
    }
    let (_, name) = parted(path);
    Ok(Picked::Study(PickedStudy {
        files,
        name: name
            .rsplit_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_owned(),
        ignored: choice.ignored,
    }))
}

fn damage(zip: &str, error: &ZipError) -> ArchiveError {
    ArchiveError::Damaged {
        zip: zip.to_owned(),
        reason: error.to_string(),
    }
}

/// The content of an entry, up to one byte more than is `left`: the sizes that the zip states may be
/// wrong, even on purpose.
fn extract(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    zip: &str,
    file: &str,
    left: u64,
) -> Result<Vec<u8>, ArchiveError> {
    let entry = archive.by_index(index).map_err(|error| match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ArchiveError::Encrypted {
            file: file.to_owned(),
        },
        error => damage(zip, &error),
    })?;
    let (stored, deflated) = (CompressionMethod::Stored, CompressionMethod::Deflated);
    if ![stored, deflated].contains(&entry.compression()) {
        let file = file.to_owned();
        return Err(ArchiveError::UnknownMethod { file });
    }
    let mut content = Vec::new();
    let read = entry.take(left + 1).read_to_end(&mut content);
    read.map_err(|error| damage(zip, &error.into()))?;
    Ok(content)
}

/// Whether a file is a zip, by its name or its first bytes. A workbook is a zip of another kind.
fn is_zip(path: &str, bytes: &[u8]) -> bool {
    const FIRST_OF_WORKBOOK: &[u8] = b"[Content_Types].xml";
    let path = path.to_ascii_lowercase();
    let starts_as_workbook = bytes
        .get(30..)
        .is_some_and(|name| name.starts_with(FIRST_OF_WORKBOOK));
    if starts_as_workbook || [".xlsx", ".xlsm"].iter().any(|end| path.ends_with(end)) {
        return false;
    }
    path.ends_with(".zip") || bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

#[cfg(test)]
mod tests;
