//! One reader for every CSV file of a study: bytes in, rows with their line numbers out.
//!
//! Byte-order marks, `\r\n`, quotes and blank lines are handled here and nowhere else.

mod error;
mod row;
mod text;

use csv::{ReaderBuilder, StringRecord, Trim};

pub use self::error::TableError;
pub(crate) use self::row::{Row, UniqueNames, check_share};
pub use self::text::BYTE_ORDER_MARK;
use self::text::find_other_separator;
pub(crate) use self::text::{check_text, find_bytes, read_header};
use super::file_names::MONEY_FILES;
use super::files::StudyFiles;
use super::problem::{Place, Problems};
use crate::study::quote_names;

/// A CSV file of which the header row has been read.
pub(crate) struct Table<'a> {
    pub(crate) file: &'static str,
    pub(crate) header: Vec<String>,
    /// The line of the header.
    pub(crate) header_line: u64,
    bytes: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    record: StringRecord,
    /// The first line of the record.
    line: u64,
}

/// Whether a row has as many cells as the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowLength {
    Right,
    Wrong,
}

/// A row with fewer or more cells than the header, which was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WrongRowLength;

impl<'a> Table<'a> {
    /// Opens a file and reads its header row. `expected` names the columns in messages. Returns
    /// `None` if that is impossible, and reports why.
    pub(crate) fn open(
        file: &'static str,
        files: &'a StudyFiles,
        expected: &[&str],
        problems: &mut Problems,
    ) -> Option<Self> {
        let Some(bytes) = find_bytes(file, files, problems) else {
            if files.unreadable(file).is_none() {
                let columns = quote_names(expected);
                let error = match MONEY_FILES.contains(&file) {
                    true => TableError::MoneyFileMissing {
                        missing: file,
                        columns,
                    },
                    false => TableError::FileMissing { columns },
                };
                problems.add(Place::file(file), error);
            }
            return None;
        };
        Self::open_bytes(file, bytes, expected, problems)
    }

    /// Reads the header row from a file's bytes, like [`Table::open`].
    pub(crate) fn open_bytes(
        file: &'static str,
        bytes: &'a [u8],
        expected: &[&str],
        problems: &mut Problems,
    ) -> Option<Self> {
        let columns = || quote_names(expected);
        let mut table = Self::before_header(file, check_text(file, bytes, problems)?);
        let header: Option<(u64, Vec<String>)> = table
            .next_record()
            .map(|(line, record)| (line, record.iter().map(str::to_owned).collect()));
        let Some((line, header)) = header else {
            let error = TableError::FileEmpty { columns: columns() };
            problems.add(Place::file(file), error);
            return None;
        };
        if !header.iter().any(|name| expected.contains(&name.as_str())) {
            let error = match find_other_separator(&header) {
                Some(separator) => TableError::OtherSeparator { separator },
                None => TableError::HeaderMissing { columns: columns() },
            };
            problems.add(Place::row(file, line), error);
            return None;
        }
        (table.header_line, table.header) = (line, header);
        Some(table)
    }

    /// A file's text, of which nothing has been read yet.
    pub(crate) fn before_header(file: &'static str, text: &'a [u8]) -> Self {
        Self {
            file,
            header: Vec::new(),
            header_line: 1,
            bytes: text,
            reader: ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .trim(Trim::All)
                .from_reader(text),
            record: StringRecord::new(),
            line: 1,
        }
    }

    /// The next row with as many cells as the header. Reports and skips other rows.
    pub(crate) fn next_row(&mut self, problems: &mut Problems) -> Option<Row<'_>> {
        while self.advance(problems)? == RowLength::Wrong {}
        Some(self.row())
    }

    /// The next row. If it has a different number of cells than the header, reports it and returns
    /// an error.
    pub(crate) fn next_row_exactly(
        &mut self,
        problems: &mut Problems,
    ) -> Option<Result<Row<'_>, WrongRowLength>> {
        match self.advance(problems)? {
            RowLength::Right => Some(Ok(self.row())),
            RowLength::Wrong => Some(Err(WrongRowLength)),
        }
    }

    /// Reads a row, and reports a wrong number of cells.
    fn advance(&mut self, problems: &mut Problems) -> Option<RowLength> {
        let expected = self.header.len();
        let (line, found) = self.next_record().map(|(line, row)| (line, row.len()))?;
        self.line = line;
        if found == expected {
            return Some(RowLength::Right);
        }
        let error = TableError::RowLength { found, expected };
        problems.add(Place::row(self.file, line), error);
        Some(RowLength::Wrong)
    }

    /// The row that was read last.
    fn row(&self) -> Row<'_> {
        Row {
            file: self.file,
            line: self.line,
            header: &self.header,
            record: &self.record,
        }
    }

    /// The number of bytes that have been read.
    pub(crate) fn offset(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }

    /// The fraction of the bytes that has been read, in whole twentieths.
    pub(crate) fn fraction(&self) -> f64 {
        (self.offset() as f64 / self.bytes.len().max(1) as f64 * 20.0).floor() / 20.0
    }

    /// The place of a column's name in the header.
    pub(crate) fn header_place(&self, column: &str) -> Place {
        Place::cell(self.file, self.header_line, column)
    }

    /// Finds a column by name.
    pub(crate) fn find_column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// Finds a column by name, and reports it if it is missing.
    pub(crate) fn require_column(&self, name: &str, problems: &mut Problems) -> Option<usize> {
        let found = self.find_column(name);
        if found.is_none() {
            problems.add(self.header_place(name), TableError::ColumnMissing);
        }
        found
    }

    /// Reports columns without a name, and names that occur twice.
    pub(crate) fn check_header(&self, problems: &mut Problems) {
        for (index, name) in self.header.iter().enumerate() {
            if name.is_empty() {
                let place = self.header_place(&(index + 1).to_string());
                problems.add(place, TableError::ColumnUnnamed);
            } else if self.header.iter().take(index).any(|other| other == name) {
                problems.add(self.header_place(name), TableError::ColumnTwice);
            }
        }
    }

    /// Reports columns that are not among the known ones.
    pub(crate) fn check_known(&self, known: &[&str], problems: &mut Problems) {
        for name in &self.header {
            if !known.contains(&name.as_str()) && !name.is_empty() {
                let known = quote_names(known);
                problems.add(self.header_place(name), TableError::ColumnUnknown { known });
            }
        }
    }

    /// The next record that is not a blank line, and its first line.
    pub(crate) fn next_record(&mut self) -> Option<(u64, &StringRecord)> {
        loop {
            let start = self.reader.position().clone();
            // The text is UTF-8 and rows may have any length, so reading cannot fail.
            if !matches!(self.reader.read_record(&mut self.record), Ok(true)) {
                return None;
            }
            if self.record.iter().all(str::is_empty) && self.record.len() == 1 {
                continue;
            }
            // The reader reports its position before it skips blank lines.
            let skipped = self
                .bytes
                .iter()
                .skip(usize::try_from(start.byte()).unwrap_or(usize::MAX))
                .take_while(|byte| matches!(byte, b'\n' | b'\r'))
                .filter(|byte| **byte == b'\n')
                .count() as u64;
            return Some((start.line() + skipped, &self.record));
        }
    }
}

#[cfg(test)]
mod tests;
