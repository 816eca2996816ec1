//! Reads a folder: which files are served, and which are not.
//!
//! Not served are hidden files, anything that is not a regular file, links that lead out of
//! the folder, links to folders (they may lead in circles), and names that are not UTF-8.
//! `name.br` and `name.gz` beside a `name` are its compressed forms, not files of their own.
//! A `name.gz` without a `name` is unpacked and served as `name`, where that is a type that is
//! sent compressed anyway: an image is smaller for it, and a large study.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use flate2::read::MultiGzDecoder;
use hyper::body::Bytes;
use thiserror::Error;

use super::media::Media;

/// A folder, or something in it, cannot be read.
#[derive(Debug, Error)]
#[error("`{}`: {reason}", .path.display())]
pub struct FolderError {
    path: PathBuf,
    reason: String,
}

impl FolderError {
    fn new(path: &Path, error: &io::Error) -> Self {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "not found".to_owned(),
            io::ErrorKind::NotADirectory => "not a folder".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            _ => error.to_string(),
        };
        Self {
            path: path.to_owned(),
            reason,
        }
    }
}

/// How far down to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The files of the folder itself.
    Top,
    /// Those of its folders, too.
    All,
}

/// A file that is to be served.
#[derive(Debug)]
pub struct Found {
    /// Its path below the folder, with `/` between the parts
    pub name: String,
    /// What is in it
    pub body: Bytes,
    /// When it was last changed
    pub modified: Option<SystemTime>,
    /// Its Brotli form, made by the build and no older than the file
    pub brotli: Option<Bytes>,
    /// Its gzip form, likewise
    pub gzip: Option<Bytes>,
}

impl Found {
    /// A file that is in no folder.
    pub fn from_memory(name: &str, text: String) -> Self {
        Self {
            name: name.to_owned(),
            body: text.into(),
            modified: None,
            brotli: None,
            gzip: None,
        }
    }
}

/// A served file before its content is read.
struct Entry {
    path: PathBuf,
    modified: Option<SystemTime>,
}

type Entries = BTreeMap<String, Entry>;

/// Reads all that `root` serves, sorted by name.
///
/// # Errors
///
/// When the folder or one of its files cannot be read.
pub fn read(root: &Path, depth: Depth) -> Result<Vec<Found>, FolderError> {
    let entries = list(root, depth)?;
    let mut files = entries
        .iter()
        .filter_map(|(name, entry)| Some((served_name(name, &entries)?, entry)))
        .map(|(served, entry)| load(served, entry, &entries))
        .collect::<Result<Vec<_>, _>>()?;
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

/// Names below `root` to what is there.
fn list(root: &Path, depth: Depth) -> Result<Entries, FolderError> {
    let home = fs::canonicalize(root).map_err(|error| FolderError::new(root, &error))?;
    let mut entries = Entries::new();
    let mut folders = vec![(root.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let listing = fs::read_dir(&folder).map_err(|error| FolderError::new(&folder, &error))?;
        for entry in listing {
            let entry = entry.map_err(|error| FolderError::new(&folder, &error))?;
            let path = entry.path();
            let Ok(name) = entry.file_name().into_string() else {
                tracing::warn!(?path, "not served: its name is not UTF-8");
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let name = format!("{prefix}{name}");
            match kind(&path, &home).map_err(|error| FolderError::new(&path, &error))? {
                Kind::File(metadata) => {
                    let modified = metadata.modified().ok();
                    entries.insert(name, Entry { path, modified });
                }
                Kind::Folder if depth == Depth::All => folders.push((path, format!("{name}/"))),
                Kind::Folder => {}
                Kind::Outside => tracing::warn!(?path, "not served: it leads out of the folder"),
                Kind::Other => tracing::warn!(?path, "not served: it is not a file"),
            }
        }
    }
    Ok(entries)
}

/// What a name in a folder stands for.
enum Kind {
    File(Metadata),
    Folder,
    Outside,
    Other,
}

fn kind(path: &Path, home: &Path) -> io::Result<Kind> {
    let mut metadata = fs::symlink_metadata(path)?;
    if metadata.is_dir() {
        return Ok(Kind::Folder);
    }
    if metadata.is_symlink() {
        match fs::canonicalize(path) {
            Ok(target) if target.starts_with(home) => metadata = fs::metadata(path)?,
            // A link to nowhere is no more a file of this folder than one to elsewhere.
            _ => return Ok(Kind::Outside),
        }
    }
    Ok(if metadata.is_file() {
        Kind::File(metadata)
    } else {
        Kind::Other
    })
}

/// The name that the entry `name` is served under; none when it is a form of another one.
fn served_name<'a>(name: &'a str, entries: &Entries) -> Option<&'a str> {
    let is_there = |stem| entries.contains_key(stem) || is_packed(stem, entries);
    if name.strip_suffix(".br").is_some_and(is_there) {
        return None;
    }
    match name.strip_suffix(".gz") {
        Some(stem) if entries.contains_key(stem) => None,
        Some(stem) if is_packed(stem, entries) => Some(stem),
        _ => Some(name),
    }
}

/// Whether `name` is there in its gzip form only.
fn is_packed(name: &str, entries: &Entries) -> bool {
    !entries.contains_key(name)
        && entries.contains_key(&format!("{name}.gz"))
        && Media::of(name).compressible
}

/// Reads the file that is served as `name`; `entry` is the file itself, or what it is packed in.
fn load(name: &str, entry: &Entry, entries: &Entries) -> Result<Found, FolderError> {
    let sibling = |suffix: &str| {
        entries
            .get(&format!("{name}{suffix}"))
            .filter(|sibling| sibling.modified >= entry.modified)
            .map(|sibling| content(&sibling.path))
            .transpose()
    };
    let gzip = sibling(".gz")?;
    let body = match &gzip {
        Some(coded) if is_packed(name, entries) => unpack(coded, &entry.path)?,
        _ => content(&entry.path)?,
    };
    Ok(Found {
        name: name.to_owned(),
        body,
        modified: entry.modified,
        brotli: sibling(".br")?,
        gzip,
    })
}

fn content(path: &Path) -> Result<Bytes, FolderError> {
    fs::read(path)
        .map(Bytes::from)
        .map_err(|error| FolderError::new(path, &error))
}

fn unpack(coded: &[u8], path: &Path) -> Result<Bytes, FolderError> {
    // gzip ends with the length of what is in it; a wrong one costs time, nothing else.
    let length = coded
        .last_chunk()
        .map_or(0, |last: &[u8; 4]| u32::from_le_bytes(*last));
    // No format of ours gets smaller than a thousandth, which bounds what a wrong one takes.
    let expected = usize::try_from(length).unwrap_or(0).min(coded.len() * 1032);
    let mut body = Vec::with_capacity(expected);
    MultiGzDecoder::new(coded)
        .read_to_end(&mut body)
        .map_err(|_| FolderError {
            path: path.to_owned(),
            reason: "not a whole gzip file".to_owned(),
        })?;
    body.shrink_to_fit();
    Ok(body.into())
}
