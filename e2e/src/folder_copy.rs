//! Edited copies of the repository's folders.

use crate::{Result, TestError, repository_path};
use std::path::Path;

/// A copy of a folder whose files can be edited; deleted when dropped.
#[derive(Debug)]
pub struct FolderCopy(tempfile::TempDir);

impl FolderCopy {
    /// Copies the shipped `Data` and replaces the first `from` of a file.
    ///
    /// # Errors
    /// When the file does not hold that text, or the disk refuses.
    pub fn edited_data(file: &str, from: &str, to: &str) -> Result<Self> {
        let copy = Self::new("Data")?;
        copy.replace_text(file, from, to)?;
        Ok(copy)
    }

    /// Copies a folder of the repository.
    ///
    /// # Errors
    /// When there is no such folder, or the disk refuses.
    pub fn new(folder: &str) -> Result<Self> {
        let copy = tempfile::tempdir()?;
        for entry in std::fs::read_dir(repository_path(folder))? {
            let entry = entry?;
            std::fs::copy(entry.path(), copy.path().join(entry.file_name()))?;
        }
        Ok(Self(copy))
    }

    /// Replaces the first `from` of a file, deletes the compressed forms of the file that the build
    /// made, and gives the new text.
    ///
    /// # Errors
    /// When the file does not hold that text, or the disk refuses.
    pub fn replace_text(&self, file: &str, from: &str, to: &str) -> Result<String> {
        let path = self.path().join(file);
        let text = std::fs::read_to_string(&path)?;
        if !text.contains(from) {
            return Err(TestError::new(format!("{file} has no {from}")));
        }
        let text = text.replacen(from, to, 1);
        std::fs::write(&path, &text)?;
        for form in ["br", "gz"] {
            let compressed = self.path().join(format!("{file}.{form}"));
            if compressed.exists() {
                std::fs::remove_file(compressed)?;
            }
        }
        Ok(text)
    }

    /// The copy's folder.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}
