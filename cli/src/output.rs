//! Results on standard output, in the requested format; files written completely or not at all.

use std::io::{self, Write};
use std::path::Path;

use clap::ValueEnum;
use serde::Serialize;

use conjoint::format::StudyFiles;
use conjoint::report::{Cell, Column, CsvStyle, Table, serialize_records};
use conjoint::sample_study::precompute::MANIFEST;

use crate::error::CliError;

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Aligned columns for a terminal
    Table,
    /// Full double precision, for programs
    Json,
    /// One figure per row, for a spreadsheet
    Csv,
}

/// A command's result. What is serialized is the JSON.
pub(crate) trait Report: Serialize {
    /// The tables for a terminal, in order.
    fn text_tables(&self) -> Vec<Table>;

    /// The table for a spreadsheet, as a rule with one figure per row.
    fn csv_table(&self) -> Table;
}

/// Prints a result.
pub(crate) fn print(report: &impl Report, format: Format) -> Result<(), CliError> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, report).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        Format::Csv => report.csv_table().write_csv(CsvStyle::Script, &mut out)?,
        Format::Table => {
            for (index, table) in report.text_tables().iter().enumerate() {
                if index > 0 {
                    writeln!(out)?;
                }
                table.write_text(&mut out)?;
            }
        }
    }
    Ok(out.flush()?)
}

/// The files that a command wrote.
#[derive(Serialize)]
struct WrittenReport {
    #[serde(serialize_with = "serialize_records")]
    files: Table,
}

impl WrittenReport {
    fn new(folder: &Path, files: &StudyFiles) -> Self {
        let title = format!("Written to {}", folder.display());
        let mut table = Table::new(title, ["file", "bytes"].map(Column::new));
        for (name, bytes) in files.iter() {
            table.push([Cell::text(name), Cell::count(bytes.len())]);
        }
        Self { files: table }
    }
}

impl Report for WrittenReport {
    fn text_tables(&self) -> Vec<Table> {
        vec![self.files.clone()]
    }

    fn csv_table(&self) -> Table {
        self.files.clone()
    }
}

/// Prints the names of the files that were written to a folder.
pub(crate) fn print_written(
    folder: &Path,
    files: &StudyFiles,
    format: Format,
) -> Result<(), CliError> {
    print(&WrittenReport::new(folder, files), format)
}

/// Writes files to a folder, which is created if it does not exist. All of them are written under
/// temporary names first, so that no file is ever there in part.
pub(crate) fn write_files(folder: &Path, files: &StudyFiles) -> Result<(), CliError> {
    std::fs::create_dir_all(folder).map_err(|error| write_error(folder, &error))?;
    // A folder with a file's name would stop the renaming halfway.
    for (name, _) in files.iter() {
        let path = folder.join(name);
        if path.is_dir() {
            return Err(write_error(&path, &io::ErrorKind::IsADirectory.into()));
        }
    }
    let mut written = Vec::new();
    for (name, bytes) in files.iter() {
        let path = folder.join(name);
        let mut builder = tempfile::Builder::new();
        // Everybody may read the file; only its owner could read a temporary one.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        let temporary = builder
            .tempfile_in(folder)
            .and_then(|mut file| file.write_all(bytes).map(|()| file))
            .map_err(|error| write_error(&path, &error))?;
        written.push((name == MANIFEST, path, temporary));
    }
    // They get their names only once all of them are on the disk; the manifest, which vouches for
    // the others, comes last.
    written.sort_by_key(|(is_manifest, ..)| *is_manifest);
    for (_, path, temporary) in written {
        temporary
            .persist(&path)
            .map_err(|error| write_error(&path, &error.error))?;
    }
    Ok(())
}

pub(crate) fn write_error(path: &Path, error: &io::Error) -> CliError {
    CliError::Write {
        path: path.to_owned(),
        reason: error.to_string(),
    }
}
