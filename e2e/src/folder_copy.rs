//! A folder that ships, with changes.

use crate::{Failure, Result, shipped};
use std::path::Path;

/// A copy of a folder with other texts in its files, gone when dropped.
#[derive(Debug)]
pub struct Copy(tempfile::TempDir);

impl Copy {
    /// The shipped `Data` with the first `from` of a file replaced.
    ///
    /// # Errors
    /// When the file does not hold that text, or the disk refuses.
    pub fn of_data(file: &str, from: &str, to: &str) -> Result<Self> {
        let copy = Self::of("Data")?;
        copy.change(file, from, to)?;
        Ok(copy)
    }

    /// A folder of the repository as it is.
    ///
    /// # Errors
    /// When there is no such folder, or the disk refuses.
    pub fn of(folder: &str) -> Result<Self> {
        let copy = tempfile::tempdir()?;
        for entry in std::fs::read_dir(shipped(folder))? {
            let entry = entry?;
            std::fs::copy(entry.path(), copy.path().join(entry.file_name()))?;
        }
        Ok(Self(copy))
    }

    /// Replaces the first `from` of a file, and takes away the forms of it that the build has
    /// compressed. Gives the file's text.
    ///
    /// # Errors
    /// When the file does not hold that text, or the disk refuses.
    pub fn change(&self, file: &str, from: &str, to: &str) -> Result<String> {
        let path = self.path().join(file);
        let text = std::fs::read_to_string(&path)?;
        if !text.contains(from) {
            return Err(Failure::new(format!("{file} has no {from}")));
        }
        let text = text.replacen(from, to, 1);
        std::fs::write(&path, &text)?;
        for form in ["br", "gz"] {
            let made = self.path().join(format!("{file}.{form}"));
            if made.exists() {
                std::fs::remove_file(made)?;
            }
        }
        Ok(text)
    }

    /// The copy's folder.
    pub fn path(&self) -> &Path {
        self.0.path()
    }
}
