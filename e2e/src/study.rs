//! The shipped study with a change.

use crate::{Result, shipped};
use std::path::Path;

/// A copy of the shipped study with one file's text changed, gone when dropped.
#[derive(Debug)]
pub struct Copy(tempfile::TempDir);

impl Copy {
    /// The shipped `Data` with the first `from` of a file replaced.
    ///
    /// # Errors
    /// When the file does not hold that text, or the disk refuses.
    pub fn of_data(file: &str, from: &str, to: &str) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        for entry in std::fs::read_dir(shipped("Data"))? {
            let entry = entry?;
            std::fs::copy(entry.path(), folder.path().join(entry.file_name()))?;
        }
        let path = folder.path().join(file);
        let text = std::fs::read_to_string(&path)?;
        if !text.contains(from) {
            return Err(crate::Failure::new(format!("{file} has no {from}")));
        }
        std::fs::write(&path, text.replacen(from, to, 1))?;
        Ok(Self(folder))
    }

    /// The copy's folder.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}
