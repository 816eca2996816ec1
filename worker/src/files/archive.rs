//! Finds a study's files among those that were picked or dropped, and reads and writes zips.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};

use conjoint::format::{FILE_NAMES, OFFERS, StudyFiles, UTILITIES, canonical_name, known_names};
use conjoint::study::quote_names;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::files::unknown::UnknownFile;

/// The size of a study's files, at most, in bytes. 100,000 respondents are 90 MB.
pub const MOST_BYTES: u64 = 300_000_000;

/// A study among the picked files.
#[derive(Debug, PartialEq)]
pub struct Picked {
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
    /// No file belongs to a study.
    #[error(
        "no file of a study is here{}; a study's files are {}",
        among(found),
        quote_names(FILE_NAMES)
    )]
    NoStudy {
        /// The picked files.
        found: Vec<UnknownFile>,
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
    #[error("the study's files are larger than {} MB; a study of 100,000 respondents has 90 MB", most / 1_000_000)]
    TooLarge {
        /// The largest possible size, in bytes.
        most: u64,
    },
    /// Files that cannot be put into a zip.
    #[error("the zip cannot be made ({reason}); take fewer files, each under another name")]
    Unmade {
        /// The writer's message.
        reason: String,
    },
}

fn among(found: &[UnknownFile]) -> String {
    match found {
        [] => String::new(),
        found => {
            let found: Vec<String> = found.iter().map(UnknownFile::to_string).collect();
            format!(", but {}", quote_names(found))
        }
    }
}

/// Which of the picked files need to be read, given their paths: those of a study, or the only one,
/// which may be a zip. [`open`] takes the others without their content.
pub fn needed(paths: &[String]) -> Vec<bool> {
    let picked = paths.iter().filter(|path| !is_rubbish(path)).count();
    let is_needed = |path: &String| !is_rubbish(path) && (picked == 1 || is_known(parted(path).1));
    paths.iter().map(is_needed).collect()
}

/// Finds a study's files among the picked ones, each with its path, or in a zip.
///
/// # Errors
/// There is no study among them, or more than one, or a zip cannot be unpacked.
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
    let choice = choose(&paths)?;
    let mut files = StudyFiles::default();
    for (index, name) in choice.files {
        if let Some((_, bytes)) = picked.get_mut(index) {
            files.insert(name, std::mem::take(bytes));
        }
    }
    Ok(Picked {
        files,
        name: parted(&choice.folder).1.to_owned(),
        ignored: choice.ignored,
    })
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

/// Unpacks the files of a zip that belong to a study.
fn unzip(path: &str, bytes: &[u8], most: u64) -> Result<Picked, ArchiveError> {
    let damaged = |error: ZipError| ArchiveError::Damaged {
        zip: path.to_owned(),
        reason: error.to_string(),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut entries = Vec::new();
    let mut paths = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(damaged)?;
        // A name that cannot be read is not that of a study's file.
        let name = entry.name().unwrap_or("?".into()).replace('\\', "/");
        if entry.is_file() && !is_rubbish(&name) {
            entries.push(index);
            paths.push(name);
        }
    }
    let choice = choose(&paths)?;
    let mut files = StudyFiles::default();
    let mut left = most;
    for (index, name) in choice.files {
        let Some((entry, file)) = entries.get(index).zip(paths.get(index)) else {
            continue;
        };
        let entry = archive.by_index(*entry).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                ArchiveError::Encrypted { file: file.clone() }
            }
            error => damaged(error),
        })?;
        let (stored, deflated) = (CompressionMethod::Stored, CompressionMethod::Deflated);
        if ![stored, deflated].contains(&entry.compression()) {
            return Err(ArchiveError::UnknownMethod { file: file.clone() });
        }
        let mut content = Vec::new();
        // The sizes that the zip states may be wrong, even on purpose.
        let read = entry.take(left + 1).read_to_end(&mut content);
        read.map_err(|error| damaged(error.into()))?;
        left = left
            .checked_sub(content.len() as u64)
            .ok_or(ArchiveError::TooLarge { most })?;
        files.insert(name, content);
    }
    let (_, name) = parted(path);
    Ok(Picked {
        files,
        name: name
            .rsplit_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_owned(),
        ignored: choice.ignored,
    })
}

/// Which of the files belong to a study.
struct Choice {
    /// Their folder.
    folder: String,
    /// Their places in the list, and their names.
    files: Vec<(usize, &'static str)>,
    ignored: Vec<UnknownFile>,
}

/// Whether a study's file may have the name.
fn is_known(name: &str) -> bool {
    known_names().any(|known| known == name)
}

/// Finds the one folder with a study. If a folder has products or respondents, those with neither
/// contain no study.
fn choose(paths: &[String]) -> Result<Choice, ArchiveError> {
    let parts: Vec<(&str, &str)> = paths.iter().map(|path| parted(path)).collect();
    let folders = |wanted: &dyn Fn(&str) -> bool| -> BTreeSet<&str> {
        let holding = parts.iter().filter(|(_, name)| wanted(name));
        holding.map(|(folder, _)| *folder).collect()
    };
    let mut holding = folders(&|name| [OFFERS, UTILITIES].contains(&canonical_name(name)));
    if holding.is_empty() {
        holding = folders(&is_known);
    }
    if holding.len() > 1 {
        let folders = holding.into_iter().map(|folder| match folder {
            "" => ".".to_owned(),
            folder => folder.to_owned(),
        });
        return Err(ArchiveError::SeveralFolders {
            folders: folders.collect(),
        });
    }
    let folder = holding.first().copied();
    let files: Vec<(usize, &'static str)> = parts
        .iter()
        .enumerate()
        .filter(|(_, (other, _))| Some(*other) == folder)
        .filter_map(|(index, (_, file))| {
            let known = known_names().find(|name| name == file);
            known.map(|name| (index, name))
        })
        .collect();
    let is_there = |name: &str| files.iter().any(|(_, there)| canonical_name(there) == name);
    let others = paths
        .iter()
        .enumerate()
        .filter(|(index, _)| !files.iter().any(|(file, _)| file == index));
    let ignored: Vec<UnknownFile> = others
        .map(|(_, path)| UnknownFile::new(path, parted(path).1, is_there))
        .collect();
    match folder {
        Some(folder) => Ok(Choice {
            folder: folder.to_owned(),
            files,
            ignored,
        }),
        None => Err(ArchiveError::NoStudy { found: ignored }),
    }
}

/// A path's folder and the file's name.
fn parted(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Whether a file was put there by the operating system.
fn is_rubbish(path: &str) -> bool {
    path.split('/').any(|part| {
        part == "__MACOSX"
            || part == "Thumbs.db"
            || part == "desktop.ini"
            || part.starts_with('.') && part != "." && part != ".."
    })
}

/// Whether a file is a zip, by its name or its first bytes.
fn is_zip(path: &str, bytes: &[u8]) -> bool {
    path.to_ascii_lowercase().ends_with(".zip")
        || bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"PK\x05\x06")
}

#[cfg(test)]
mod tests;
