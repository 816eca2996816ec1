//! Results to standard output, in the format asked for; files whole or not at all.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::args::Format;
use super::failure::Failure;
use super::sheet::Sheet;
use conjoint::study::StudyFiles;

/// A command's result.
pub(super) trait Report: Serialize {
    /// The tables for a terminal.
    fn tables(&self) -> Vec<Sheet>;

    /// One figure a row, for a spreadsheet.
    fn long(&self) -> Sheet;
}

/// Prints a result.
pub(super) fn print(report: &impl Report, format: Format) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, report).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Format::Csv => match report.long().write_csv(&mut out) {
            Ok(()) => {}
            Err(error) => return Err(Failure::Output(io::Error::other(error))),
        },
        Format::Table => {
            for (index, table) in report.tables().iter().enumerate() {
                if index > 0 {
                    writeln!(out)?;
                }
                table.write_aligned(&mut out)?;
            }
        }
    }
    Ok(out.flush()?)
}

/// Writes files into a folder, which is made if it is missing. Each file is written aside and
/// then renamed, so that none is ever there in part.
pub(super) fn write_files(folder: &Path, files: &StudyFiles) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
    let mut written = Vec::new();
    for (name, bytes) in files.iter() {
        let path = folder.join(name);
        let aside = tempfile::Builder::new()
            .permissions(permissions())
            .tempfile_in(folder)
            .and_then(|mut file| file.write_all(bytes).map(|()| file))
            .map_err(|error| unwritten(&path, &error))?;
        written.push((path, aside));
    }
    // Only once all of them are on the disk do they take their names.
    for (path, aside) in written {
        aside
            .persist(&path)
            .map_err(|error| unwritten(&path, &error.error))?;
    }
    Ok(())
}

/// A file for everybody to read: a temporary one would be its owner's alone.
#[cfg(unix)]
fn permissions() -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o644)
}

#[cfg(not(unix))]
fn permissions() -> std::fs::Permissions {
    tempfile::env::temp_dir()
        .metadata()
        .map(|metadata| metadata.permissions())
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::Write {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}
