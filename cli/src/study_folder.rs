//! The folder that a command writes a study to.
//!
//! Whatever file of a study the folder has is read as part of the study. A file that the new study
//! does not replace would change its figures, or make it invalid.

use std::path::{Path, PathBuf};

use conjoint::format::{DRAWS, ESTIMATION, StudyFiles, known_names};

use crate::error::CliError;
use crate::output::{write_error, write_files};

/// The files that only `conjoint estimate` writes together.
const ESTIMATE_FILES: [&str; 2] = [DRAWS, ESTIMATION];

/// Refuses a folder with files of another study that a new one would not replace. Draws and report of an
/// earlier estimate are no obstacle: [`write_study_folder`] removes them.
pub(crate) fn check_folder(folder: &Path, new_names: &[&str]) -> Result<(), CliError> {
    let earlier = earlier_estimate(folder);
    let names = known_names().filter(|name| !new_names.contains(name) && has_file(folder, name));
    let names: Vec<&str> = names.filter(|name| !earlier.contains(name)).collect();
    match names.is_empty() {
        true => Ok(()),
        false => Err(CliError::OtherStudy {
            folder: folder.to_owned(),
            names,
        }),
    }
}

/// Writes a study to a folder in which no file of another study stays.
pub(crate) fn write_study_folder(folder: &Path, files: &StudyFiles) -> Result<(), CliError> {
    let new_names: Vec<&str> = files.iter().map(|(name, _)| name).collect();
    check_folder(folder, &new_names)?;
    let earlier = earlier_estimate(folder).iter();
    let outdated: Vec<PathBuf> = earlier
        .filter(|name| !new_names.contains(name) && has_file(folder, name))
        .map(|name| folder.join(name))
        .collect();
    write_files(folder, files)?;
    for path in outdated {
        std::fs::remove_file(&path).map_err(|error| write_error(&path, &error))?;
    }
    Ok(())
}

/// The names of the files that an estimate wrote to the folder. Its report shows that they are an estimate's:
/// draws without it may come from anywhere.
fn earlier_estimate(folder: &Path) -> &'static [&'static str] {
    match has_file(folder, ESTIMATION) {
        true => &ESTIMATE_FILES,
        false => &[],
    }
}

/// Whether the folder has something of this name, even a link that leads nowhere.
fn has_file(folder: &Path, name: &str) -> bool {
    folder.join(name).symlink_metadata().is_ok()
}
