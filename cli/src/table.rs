//! Tables of text, as a terminal and a spreadsheet want them.

use std::io::{self, Write};

/// A titled table.
pub(crate) struct Sheet {
    pub(crate) title: String,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Sheet {
    /// An empty table with the given columns.
    pub(crate) fn new(title: &str, header: &[&str]) -> Self {
        Self {
            title: title.to_owned(),
            header: header.iter().map(|name| (*name).to_owned()).collect(),
            rows: Vec::new(),
        }
    }

    /// Writes the table with aligned columns: numbers to the right, texts to the left.
    pub(crate) fn write_aligned(&self, out: &mut impl Write) -> io::Result<()> {
        // A table of names and values has a header of no words.
        let header = Some(&self.header).filter(|names| names.iter().any(|name| !name.is_empty()));
        let lines = || header.into_iter().chain(&self.rows);
        let columns = self.header.len();
        let width = |column: usize| {
            let cells = lines().filter_map(|line| line.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let numeric: Vec<bool> = (0..columns).map(|column| self.is_numeric(column)).collect();
        writeln!(out, "{}", self.title)?;
        for line in lines() {
            let mut text = String::new();
            for ((cell, width), numeric) in line.iter().zip(&widths).zip(&numeric) {
                let cell = if *numeric {
                    format!("{cell:>width$}  ")
                } else {
                    format!("{cell:<width$}  ")
                };
                text.push_str(&cell);
            }
            writeln!(out, "  {}", text.trim_end())?;
        }
        Ok(())
    }

    fn is_numeric(&self, column: usize) -> bool {
        self.rows.iter().all(|row| {
            let cell = row.get(column).map_or("", String::as_str);
            cell.is_empty() || cell.trim_end_matches([' ', '%']).parse::<f64>().is_ok()
        })
    }

    /// Writes the table as CSV.
    pub(crate) fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        for line in std::iter::once(&self.header).chain(&self.rows) {
            writer
                .write_record(line)
                .map_err(|error| match error.into_kind() {
                    // Its own kind tells a pipe that was closed.
                    csv::ErrorKind::Io(error) => error,
                    other => io::Error::other(format!("{other:?}")),
                })?;
        }
        writer.flush()
    }
}
