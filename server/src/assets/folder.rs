//! Reads a folder: which files are served, and which are not.
//!
//! Not served are hidden files, anything that is not a regular file, links that lead out of
//! the folder, links to folders (they may lead in circles), and names that are not UTF-8.
//! `name.br` and `name.gz` beside a `name` are its compressed forms, not files of their own.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use hyper::body::Bytes;
use thiserror::Error;

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
    entries
        .iter()
        .filter(|(name, _)| !is_sibling(name, &entries))
        .map(|(name, entry)| load(name, entry, &entries))
        .collect()
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

fn is_sibling(name: &str, entries: &Entries) -> bool {
    [".br", ".gz"]
        .iter()
        .filter_map(|suffix| name.strip_suffix(suffix))
        .any(|original| entries.contains_key(original))
}

fn load(name: &str, entry: &Entry, entries: &Entries) -> Result<Found, FolderError> {
    let sibling = |suffix: &str| {
        entries
            .get(&format!("{name}{suffix}"))
            .filter(|sibling| sibling.modified >= entry.modified)
            .map(|sibling| content(&sibling.path))
            .transpose()
    };
    Ok(Found {
        name: name.to_owned(),
        body: content(&entry.path)?,
        modified: entry.modified,
        brotli: sibling(".br")?,
        gzip: sibling(".gz")?,
    })
}

fn content(path: &Path) -> Result<Bytes, FolderError> {
    fs::read(path)
        .map(Bytes::from)
        .map_err(|error| FolderError::new(path, &error))
}
