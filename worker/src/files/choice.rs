//! Which of several files are a study's, by their paths.

use std::collections::BTreeSet;

use conjoint::format::{
    DRAWS, ESTIMATION, OFFERS, UTILITIES, WEIGHTS, canonical_name, known_names,
};

use super::archive::ArchiveError;
use super::unknown::UnknownFile;

/// Which of the files belong to a study.
pub(super) struct Choice {
    /// Their folder.
    pub(super) folder: String,
    /// Their places in the list, and their names.
    pub(super) files: Vec<(usize, &'static str)>,
    pub(super) ignored: Vec<UnknownFile>,
}

/// Whether a study's file may have the name.
pub(super) fn is_known(name: &str) -> bool {
    known_names().any(|known| known == name)
}

/// Whether files at these paths are a study's. Files with the neutral names of respondents, products or
/// weights, and draws or a report, may also be those of another program if no other file says that they
/// are a study's.
pub(super) fn has_study(paths: &[String]) -> bool {
    let names: Vec<&str> = paths
        .iter()
        .filter(|path| !is_rubbish(path))
        .map(|path| parted(path).1)
        .filter(|name| is_known(name))
        .collect();
    let has = |wanted: &str| names.contains(&wanted);
    let unsure = ["utilities.csv", "offers.csv", WEIGHTS, DRAWS, ESTIMATION];
    let is_sure = |name: &&str| !unsure.contains(name);
    names.iter().any(is_sure) || has("utilities.csv") && has("offers.csv")
}

/// Finds the one folder with a study, if there is one. If a folder has products or respondents, those
/// with neither contain no study.
pub(super) fn choose(paths: &[String]) -> Result<Option<Choice>, ArchiveError> {
    if !has_study(paths) {
        return Ok(None);
    }
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
    Ok(folder.map(|folder| Choice {
        folder: folder.to_owned(),
        files,
        ignored,
    }))
}

/// A path's folder and the file's name.
pub(super) fn parted(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// Whether a file was put there by the operating system.
pub(super) fn is_rubbish(path: &str) -> bool {
    path.split('/').any(|part| {
        part == "__MACOSX"
            || part == "Thumbs.db"
            || part == "desktop.ini"
            || part.starts_with('.') && part != "." && part != ".."
    })
}
