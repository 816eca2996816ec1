//! One reader for every CSV file of a study: bytes in, rows with their line numbers out.
//!
//! Byte-order marks, `\r\n`, quoting and blank lines are dealt with here and nowhere else.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::error::FormatError;
use super::files::{MONEY_FILES, StudyFiles};
use super::problem::{Place, Problems};
use crate::study::text::quote_names;
use crate::study::value::{ValueError, parse_number};

/// What some programs write before UTF-8.
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A CSV file being read, its header row behind it.
pub(crate) struct Table<'a> {
    pub(crate) file: &'static str,
    pub(crate) header: Vec<String>,
    /// The line that the header stands in.
    pub(crate) header_line: u64,
    bytes: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    record: StringRecord,
    /// The line that the record starts in.
    line: u64,
}

/// Whether a row is as long as the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Length {
    /// It is.
    Right,
    /// It is not.
    Wrong,
}

impl<'a> Table<'a> {
    /// Opens a file and reads its header row. `expected` names the columns in messages.
    pub(crate) fn open(
        file: &'static str,
        files: &'a StudyFiles,
        expected: &[&str],
        problems: &mut Problems,
    ) -> Option<Self> {
        let Some(bytes) = bytes_of(file, files, problems) else {
            if files.unreadable(file).is_none() {
                let columns = quote_names(expected);
                let fault = match MONEY_FILES.contains(&file) {
                    true => FormatError::MoneyFileMissing {
                        missing: file,
                        columns,
                    },
                    false => FormatError::FileMissing { columns },
                };
                problems.add(Place::file(file), fault);
            }
            return None;
        };
        Self::over(file, bytes, expected, problems)
    }

    /// Reads the header row of a file's bytes. `expected` names the columns in messages.
    pub(crate) fn over(
        file: &'static str,
        bytes: &'a [u8],
        expected: &[&str],
        problems: &mut Problems,
    ) -> Option<Self> {
        let columns = || quote_names(expected);
        let mut table = Self::new(file, text_of(file, bytes, problems)?);
        let header: Option<(u64, Vec<String>)> = table
            .next_record()
            .map(|(line, record)| (line, record.iter().map(str::to_owned).collect()));
        let Some((line, header)) = header else {
            problems.add(
                Place::file(file),
                FormatError::FileEmpty { columns: columns() },
            );
            return None;
        };
        if !header.iter().any(|name| expected.contains(&name.as_str())) {
            let fault = match other_separator(&header) {
                Some(separator) => FormatError::OtherSeparator { separator },
                None => FormatError::HeaderMissing { columns: columns() },
            };
            problems.add(Place::row(file, line), fault);
            return None;
        }
        (table.header_line, table.header) = (line, header);
        Some(table)
    }

    /// A file's text, of which nothing was read.
    pub(crate) fn new(file: &'static str, text: &'a [u8]) -> Self {
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

    /// The next row with as many cells as the header; others are noted and passed over.
    pub(crate) fn next_row(&mut self, problems: &mut Problems) -> Option<Row<'_>> {
        while self.advance(problems)? == Length::Wrong {}
        Some(self.row())
    }

    /// The next row if it has as many cells as the header; `Err` where it has not, which is noted.
    pub(crate) fn exactly_next_row(
        &mut self,
        problems: &mut Problems,
    ) -> Option<Result<Row<'_>, Length>> {
        match self.advance(problems)? {
            Length::Right => Some(Ok(self.row())),
            Length::Wrong => Some(Err(Length::Wrong)),
        }
    }

    /// Reads a row; one that is not as long as the header is noted.
    fn advance(&mut self, problems: &mut Problems) -> Option<Length> {
        let expected = self.header.len();
        let (line, found) = self.next_record().map(|(line, row)| (line, row.len()))?;
        self.line = line;
        if found == expected {
            return Some(Length::Right);
        }
        let fault = FormatError::RowLength { found, expected };
        problems.add(Place::row(self.file, line), fault);
        Some(Length::Wrong)
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

    /// How many bytes were read.
    pub(crate) fn offset(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }

    /// Which fraction of the bytes was read, in whole hundredths.
    pub(crate) fn fraction(&self) -> f64 {
        (self.offset() as f64 / self.bytes.len().max(1) as f64 * 100.0).floor() / 100.0
    }

    /// The place of a column's name in the header, for a message.
    pub(crate) fn header_place(&self, column: &str) -> Place {
        Place::cell(self.file, self.header_line, column)
    }

    /// The column of that name; its absence is noted.
    pub(crate) fn column(&self, name: &str, problems: &mut Problems) -> Option<usize> {
        let found = self.header.iter().position(|column| column == name);
        if found.is_none() {
            problems.add(self.header_place(name), FormatError::ColumnMissing);
        }
        found
    }

    /// Notes columns that have no name or one that stands twice.
    pub(crate) fn check_header(&self, problems: &mut Problems) {
        for (index, name) in self.header.iter().enumerate() {
            if name.is_empty() {
                let place = self.header_place(&(index + 1).to_string());
                problems.add(place, FormatError::ColumnUnnamed);
            } else if self.header.iter().take(index).any(|other| other == name) {
                problems.add(self.header_place(name), FormatError::ColumnTwice);
            }
        }
    }

    /// The next record that is no blank line, and the line it starts in.
    pub(crate) fn next_record(&mut self) -> Option<(u64, &StringRecord)> {
        loop {
            let start = self.reader.position().clone();
            // The text is UTF-8 and rows may have any length, so that reading cannot fail.
            if !matches!(self.reader.read_record(&mut self.record), Ok(true)) {
                return None;
            }
            if self.record.iter().all(str::is_empty) && self.record.len() == 1 {
                continue;
            }
            // The reader passes over blank lines after it noted where it stands.
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

/// One row of a table.
pub(crate) struct Row<'t> {
    file: &'static str,
    pub(crate) line: u64,
    header: &'t [String],
    record: &'t StringRecord,
}

impl Row<'_> {
    /// The cell's text, without the blanks around it.
    pub(crate) fn text(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default()
    }

    /// The cell's place, for a message.
    pub(crate) fn place(&self, column: usize) -> Place {
        match self.header.get(column) {
            Some(name) if !name.is_empty() => Place::cell(self.file, self.line, name),
            _ => Place::cell(self.file, self.line, &(column + 1).to_string()),
        }
    }

    /// The cell's text; an empty cell is noted.
    pub(crate) fn required(
        &self,
        column: usize,
        wanted: &'static str,
        problems: &mut Problems,
    ) -> Option<&str> {
        let text = self.text(column);
        if text.is_empty() {
            let wanted = wanted.into();
            problems.add(self.place(column), ValueError::Empty { wanted });
            return None;
        }
        Some(text)
    }

    /// The cell's number, if it passes `check`; anything else is noted.
    pub(crate) fn number(
        &self,
        column: usize,
        check: fn(f64) -> Result<f64, FormatError>,
        problems: &mut Problems,
    ) -> Option<f64> {
        let number = parse_number(self.text(column)).map_err(FormatError::from);
        match number.and_then(check) {
            Ok(value) => Some(value),
            Err(fault) => {
                problems.add(self.place(column), fault);
                None
            }
        }
    }
}

/// The names in a column, each of which may stand once.
#[derive(Default)]
pub(crate) struct Names(HashMap<String, u64>);

impl Names {
    /// Whether the cell's name is a new one; one that stands twice is noted.
    pub(crate) fn is_new(&mut self, row: &Row<'_>, column: usize, problems: &mut Problems) -> bool {
        match self.0.entry(row.text(column).to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(row.line);
                true
            }
            Entry::Occupied(entry) => {
                let (name, first) = (entry.key().clone(), *entry.get());
                problems.add(row.place(column), FormatError::Twice { name, first });
                false
            }
        }
    }
}

/// Checks a share or rate: a number between 0 and 1.
pub(crate) fn check_share(value: f64) -> Result<f64, FormatError> {
    if (0.0..=1.0).contains(&value) {
        Ok(value)
    } else {
        Err(FormatError::NotAShare { value })
    }
}

/// A file's bytes; one that is there and cannot be read is noted.
pub(crate) fn bytes_of<'a>(
    file: &str,
    files: &'a StudyFiles,
    problems: &mut Problems,
) -> Option<&'a [u8]> {
    if let Some(reason) = files.unreadable(file) {
        let reason = reason.to_owned();
        problems.add(Place::file(file), FormatError::Unreadable { reason });
    }
    files.get(file)
}

/// The names in a file's first row, whatever else is wrong with the file.
pub(crate) fn header_of(bytes: &[u8]) -> Vec<String> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .trim(Trim::All)
        .from_reader(bytes);
    let mut header = StringRecord::new();
    // A row that cannot be read names nothing, and is told by who reads the file.
    let is_read = matches!(reader.read_record(&mut header), Ok(true));
    let names = header.iter().filter(|_| is_read);
    names.map(str::to_owned).collect()
}

/// The bytes behind a byte-order mark, if they are UTF-8 and every quote is closed.
pub(crate) fn text_of<'a>(
    file: &str,
    bytes: &'a [u8],
    problems: &mut Problems,
) -> Option<&'a [u8]> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        let line = line_at(bytes, error.valid_up_to());
        problems.add(Place::row(file, line), FormatError::NotUtf8);
        return None;
    }
    if let Some(offset) = open_quote(bytes) {
        problems.add(
            Place::row(file, line_at(bytes, offset)),
            FormatError::OpenQuote,
        );
        return None;
    }
    Some(bytes)
}

/// What stands between the cells of a header in which there is no comma, if anything does.
fn other_separator(header: &[String]) -> Option<&'static str> {
    let [only] = header else { return None };
    let separators = [(';', "semicolons"), ('\t', "tabs")];
    let found = separators.iter().find(|(sign, _)| only.contains(*sign));
    found.map(|(_, name)| *name)
}

fn line_at(bytes: &[u8], offset: usize) -> u64 {
    1 + bytes.iter().take(offset).filter(|b| **b == b'\n').count() as u64
}

/// Where the quote stands that is never closed (RFC 4180: only a cell's first character opens one).
fn open_quote(bytes: &[u8]) -> Option<usize> {
    let mut open = None;
    let mut closed = None;
    let mut cell_start = true;
    for (offset, byte) in bytes.iter().enumerate() {
        match (byte, open) {
            (b'"', Some(_)) => {
                open = None;
                closed = Some(offset + 1);
            }
            // A doubled quote inside a cell closes it and opens it again at once.
            (b'"', None) if cell_start || closed == Some(offset) => open = Some(offset),
            _ => {}
        }
        cell_start = open.is_none() && matches!(byte, b',' | b'\n' | b'\r');
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csv_text::write_rows;

    fn file(bytes: &[u8]) -> StudyFiles {
        let mut files = StudyFiles::default();
        files.insert("t.csv", bytes.to_vec());
        files
    }

    fn rows(text: &str) -> (Vec<(u64, Vec<String>)>, Problems) {
        let mut problems = Problems::default();
        let mut found = Vec::new();
        if let Some(mut table) = Table::open("t.csv", &file(text.as_bytes()), &["a"], &mut problems)
        {
            while let Some(row) = table.next_row(&mut problems) {
                let cells = row.record.iter().map(str::to_owned).collect();
                found.push((row.line, cells));
            }
        }
        (found, problems)
    }

    fn only_fault(text: &str) -> String {
        let (_, problems) = rows(text);
        assert_eq!(problems.len(), 1, "{problems}");
        problems.to_string()
    }

    #[test]
    fn line_numbers_are_those_of_an_editor() {
        let (rows, problems) =
            rows("\u{feff}a,b\r\n1,2\r\n\r\n\r\n\"x\r\ny\",4\r\n  \n5,\"6\"\"\"");
        assert!(problems.is_empty(), "{problems}");
        let cell = |text: &str| text.to_owned();
        assert_eq!(
            rows,
            [
                (2, vec![cell("1"), cell("2")]),
                (5, vec![cell("x\r\ny"), cell("4")]),
                (8, vec![cell("5"), cell("6\"")]),
            ]
        );
    }

    #[test]
    fn damaged_text_is_told_with_its_row() {
        assert!(only_fault("a,b\n1,2\n3,\"4\n5,6\n").starts_with("t.csv:3: a quote is opened"));
        assert!(
            only_fault("a,b\n1\n").starts_with(
                "t.csv:2: the row has 1 cell; the header has 2, so write one a column"
            )
        );
        assert!(only_fault("").starts_with("t.csv: the file is empty"));
        assert!(only_fault("1,2\n").starts_with("t.csv:1: the header row is missing"));
        let description = "t.csv:1: the cells are separated by semicolons; separate them by commas";
        assert!(only_fault("a;b\n1,5;2\n").starts_with(description));
        assert!(only_fault("x\ta\n").starts_with("t.csv:1: the cells are separated by tabs"));
        let mut problems = Problems::default();
        assert!(Table::open("t.csv", &file(b"a\n\xff\n"), &["a"], &mut problems).is_none());
        assert!(
            problems
                .to_string()
                .starts_with("t.csv:2: the text is not UTF-8")
        );
    }

    #[test]
    fn a_header_behind_blank_lines_keeps_its_line() {
        assert!(only_fault("\n\n1,2\n").starts_with("t.csv:3: the header row is missing"));
    }

    #[test]
    fn quotes_inside_a_cell_open_nothing() {
        for text in [
            "a\n5\" wheel\n",
            "a\n5\"\" wheel\n",
            "a\n\"\"\n",
            "a\n\"\"\"\"\n",
            "a,b\n\"x\",\"y\"\n",
        ] {
            assert!(open_quote(text.as_bytes()).is_none(), "{text}");
        }
        assert!(open_quote(b"a\n\"\"\"\n").is_some());
    }

    #[test]
    fn written_rows_read_back() {
        let bytes = write_rows([["a", "b"], ["1,2", "x\"y"]]);
        let (rows, problems) = rows(std::str::from_utf8(&bytes).unwrap());
        assert!(problems.is_empty());
        assert_eq!(rows[0].1, ["1,2", "x\"y"]);
    }
}
