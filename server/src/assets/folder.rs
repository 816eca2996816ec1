//! Reads a folder and decides which of its files are served.
//!
//! Skipped are hidden files, everything that is not a regular file, links to files outside the
//! folder, links to folders (they may be cyclic), and names that are not UTF-8.
//! `name.br` and `name.gz` next to a `name` are its compressed forms, not separate files.
//! A `name.br` or `name.gz` without a `name` is decompressed and served as `name` if files of that
//! type are sent compressed anyway; this keeps the container image and large studies small.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use brotli_decompressor::Decompressor;
use flate2::read::MultiGzDecoder;
use hyper::body::Bytes;
use thiserror::Error;

use super::media_type::MediaType;

/// The largest factor by which deflate, the algorithm of gzip, can shrink its input.
const MAX_DEFLATE_RATIO: usize = 1032;

/// Bytes that the Brotli decoder reads at once.
const DECODER_BUFFER: usize = 4096;

/// A folder, or a file in it, cannot be read.
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

/// How deep to read a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadDepth {
    /// Only the files of the folder itself.
    TopLevel,
    /// The files of its subfolders as well.
    Recursive,
}

/// A file to be served.
#[derive(Debug)]
pub struct SourceFile {
    /// Its path relative to the folder, with `/` as separator
    pub name: String,
    /// Its content, uncompressed
    pub body: Bytes,
    /// Its modification time
    pub modified_at: Option<SystemTime>,
    /// Its Brotli form, if the build made one that is not older than the file
    pub brotli: Option<Bytes>,
    /// Its gzip form, under the same condition
    pub gzip: Option<Bytes>,
}

impl SourceFile {
    /// A file that exists only in memory.
    pub fn from_memory(name: &str, text: String) -> Self {
        Self {
            name: name.to_owned(),
            body: text.into(),
            modified_at: None,
            brotli: None,
            gzip: None,
        }
    }
}

/// A file in the folder whose content has not been read yet.
struct FolderEntry {
    path: PathBuf,
    modified_at: Option<SystemTime>,
}

/// Entries by their name relative to the folder.
type FolderEntries = BTreeMap<String, FolderEntry>;

/// Reads every file that is served from `root`, sorted by name.
///
/// # Errors
///
/// When the folder or one of its files cannot be read.
pub fn read(root: &Path, depth: ReadDepth) -> Result<Vec<SourceFile>, FolderError> {
    let entries = list_entries(root, depth)?;
    let mut files = entries
        .iter()
        .filter_map(|(name, entry)| Some((served_name(name, &entries)?, entry)))
        .map(|(name, entry)| load_file(name, entry, &entries))
        .collect::<Result<Vec<_>, _>>()?;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn list_entries(root: &Path, depth: ReadDepth) -> Result<FolderEntries, FolderError> {
    let canonical_root = fs::canonicalize(root).map_err(|error| FolderError::new(root, &error))?;
    let mut entries = FolderEntries::new();
    let mut folders = vec![(root.to_owned(), String::new())];
    while let Some((folder, prefix)) = folders.pop() {
        let listing = fs::read_dir(&folder).map_err(|error| FolderError::new(&folder, &error))?;
        for entry in listing {
            let entry = entry.map_err(|error| FolderError::new(&folder, &error))?;
            let path = entry.path();
            let Ok(name) = entry.file_name().into_string() else {
                tracing::warn!(?path, "skipped: the name is not UTF-8");
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let name = format!("{prefix}{name}");
            let kind = classify_entry(&path, &canonical_root)
                .map_err(|error| FolderError::new(&path, &error))?;
            match kind {
                EntryKind::File(metadata) => {
                    let modified_at = metadata.modified().ok();
                    entries.insert(name, FolderEntry { path, modified_at });
                }
                EntryKind::Folder if depth == ReadDepth::Recursive => {
                    folders.push((path, format!("{name}/")));
                }
                EntryKind::Folder => {}
                EntryKind::OutsideLink => {
                    tracing::warn!(?path, "skipped: the link points outside the folder");
                }
                EntryKind::Other => tracing::warn!(?path, "skipped: not a regular file"),
            }
        }
    }
    Ok(entries)
}

enum EntryKind {
    File(Metadata),
    Folder,
    OutsideLink,
    Other,
}

fn classify_entry(path: &Path, canonical_root: &Path) -> io::Result<EntryKind> {
    let mut metadata = fs::symlink_metadata(path)?;
    if metadata.is_dir() {
        return Ok(EntryKind::Folder);
    }
    if metadata.is_symlink() {
        match fs::canonicalize(path) {
            Ok(target) if target.starts_with(canonical_root) => metadata = fs::metadata(path)?,
            // A dangling link does not lead to a file of this folder either.
            _ => return Ok(EntryKind::OutsideLink),
        }
    }
    Ok(if metadata.is_file() {
        EntryKind::File(metadata)
    } else {
        EntryKind::Other
    })
}

/// The name under which the entry `name` is served; `None` if the entry is a compressed form of
/// another one.
fn served_name<'a>(name: &'a str, entries: &FolderEntries) -> Option<&'a str> {
    let is_compressible = |stem| MediaType::from_name(stem).is_compressible;
    let has = |stem: &str, suffix| entries.contains_key(&format!("{stem}{suffix}"));
    let (stem, is_second_form) = match (name.strip_suffix(".gz"), name.strip_suffix(".br")) {
        (Some(stem), _) => (stem, false),
        (None, Some(stem)) => (stem, has(stem, ".gz") && is_compressible(stem)),
        (None, None) => return Some(name),
    };
    if has(stem, "") || is_second_form {
        return None;
    }
    Some(if is_compressible(stem) { stem } else { name })
}

/// Reads the file that is served as `name`; `entry` is the file itself or a compressed form of it.
fn load_file(
    name: &str,
    entry: &FolderEntry,
    entries: &FolderEntries,
) -> Result<SourceFile, FolderError> {
    let read_form = |suffix: &str| {
        entries
            .get(&format!("{name}{suffix}"))
            .filter(|form| form.modified_at >= entry.modified_at)
            .map(|form| read_bytes(&form.path))
            .transpose()
    };
    let is_plain = entries.contains_key(name);
    let gzip = read_form(".gz")?;
    let brotli = read_form(".br")?;
    let body = match (&gzip, &brotli) {
        (Some(encoded), _) if !is_plain => decompress_gzip(encoded, &entry.path)?,
        (None, Some(encoded)) if !is_plain => decompress_brotli(encoded, &entry.path)?,
        _ => read_bytes(&entry.path)?,
    };
    Ok(SourceFile {
        name: name.to_owned(),
        body,
        modified_at: entry.modified_at,
        brotli,
        gzip,
    })
}

fn read_bytes(path: &Path) -> Result<Bytes, FolderError> {
    fs::read(path)
        .map(Bytes::from)
        .map_err(|error| FolderError::new(path, &error))
}

fn decompress_gzip(encoded: &[u8], path: &Path) -> Result<Bytes, FolderError> {
    // A gzip file ends with its uncompressed length. It only sizes the buffer, so a wrong value
    // does no harm beyond a reallocation.
    let length = encoded
        .last_chunk()
        .map_or(0, |last: &[u8; 4]| u32::from_le_bytes(*last));
    // The maximum ratio bounds how much memory a forged length can allocate.
    let capacity = usize::try_from(length)
        .unwrap_or(0)
        .min(encoded.len() * MAX_DEFLATE_RATIO);
    let decoder = MultiGzDecoder::new(encoded);
    read_decoded(decoder, capacity, path, "not a valid gzip file")
}

fn decompress_brotli(encoded: &[u8], path: &Path) -> Result<Bytes, FolderError> {
    let decoder = Decompressor::new(encoded, DECODER_BUFFER);
    read_decoded(decoder, 0, path, "not a valid Brotli file")
}

fn read_decoded(
    mut decoder: impl Read,
    capacity: usize,
    path: &Path,
    problem: &str,
) -> Result<Bytes, FolderError> {
    let mut body = Vec::with_capacity(capacity);
    decoder.read_to_end(&mut body).map_err(|_| FolderError {
        path: path.to_owned(),
        reason: problem.to_owned(),
    })?;
    body.shrink_to_fit();
    Ok(body.into())
}
