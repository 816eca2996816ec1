//! Results to standard output, in the format asked for; files whole or not at all.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use crate::args::Format;
use crate::error::Failure;
use crate::table::Sheet;
use conjoint::format::StudyFiles;
use conjoint::sample_study::precompute::MANIFEST;

/// A command's result.
pub(crate) trait Report: Serialize {
    /// The tables for a terminal.
    fn tables(&self) -> Vec<Sheet>;

    /// Writes one figure a row, for a spreadsheet.
    fn write_csv(&self, out: &mut impl Write) -> io::Result<()>;
}

/// Prints a result.
pub(crate) fn print(report: &impl Report, format: Format) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, report).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Format::Csv => report.write_csv(&mut out)?,
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

/// What a command wrote.
#[derive(Serialize)]
struct WrittenReport {
    #[serde(skip)]
    folder: String,
    files: Vec<WrittenLine>,
}

#[derive(Serialize)]
struct WrittenLine {
    file: String,
    bytes: usize,
}

impl WrittenReport {
    fn sheet(&self, title: &str) -> Sheet {
        let mut sheet = Sheet::new(title, &["file", "bytes"]);
        let lines = self.files.iter();
        let rows = lines.map(|line| vec![line.file.clone(), line.bytes.to_string()]);
        sheet.rows.extend(rows);
        sheet
    }
}

impl Report for WrittenReport {
    fn tables(&self) -> Vec<Sheet> {
        vec![self.sheet(&format!("Written to {}", self.folder))]
    }

    fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        self.sheet("Written").write_csv(out)
    }
}

/// Writes files into a folder, and prints which.
pub(crate) fn write_and_print(
    folder: &Path,
    files: &StudyFiles,
    format: Format,
) -> Result<(), Failure> {
    write_files(folder, files)?;
    let lines = files.iter().map(|(name, bytes)| WrittenLine {
        file: name.to_owned(),
        bytes: bytes.len(),
    });
    let report = WrittenReport {
        folder: folder.display().to_string(),
        files: lines.collect(),
    };
    print(&report, format)
}

/// Writes files into a folder, which is made if it is missing. Each file is written aside and
/// then renamed, so that none is ever there in part.
fn write_files(folder: &Path, files: &StudyFiles) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
    // A folder of a file's name would stop the renaming half-way.
    for (name, _) in files.iter() {
        let path = folder.join(name);
        if path.is_dir() {
            return Err(unwritten(&path, &io::ErrorKind::IsADirectory.into()));
        }
    }
    let mut written = Vec::new();
    for (name, bytes) in files.iter() {
        let path = folder.join(name);
        let mut builder = tempfile::Builder::new();
        // A file for everybody to read: a temporary one would be its owner's alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        let aside = builder
            .tempfile_in(folder)
            .and_then(|mut file| file.write_all(bytes).map(|()| file))
            .map_err(|error| unwritten(&path, &error))?;
        written.push((name == MANIFEST, path, aside));
    }
    // Only once all of them are on the disk do they take their names; the one that vouches for
    // the others comes last.
    written.sort_by_key(|(last, ..)| *last);
    for (_, path, aside) in written {
        aside
            .persist(&path)
            .map_err(|error| unwritten(&path, &error.error))?;
    }
    Ok(())
}

fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::Write {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}
