//! The text of a CSV file: encoding, quotes and separators.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::super::files::StudyFiles;
use super::super::problem::{Place, Problems};
use super::TableError;

/// What some programs write before UTF-8.
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A file's bytes. Reports a file that exists and cannot be read.
pub(crate) fn find_bytes<'a>(
    file: &str,
    files: &'a StudyFiles,
    problems: &mut Problems,
) -> Option<&'a [u8]> {
    if let Some(reason) = files.unreadable(file) {
        let reason = reason.to_owned();
        problems.add(Place::file(file), TableError::Unreadable { reason });
    }
    files.get(file)
}

/// The names in a file's first row, whatever else is wrong with the file.
pub(crate) fn read_header(bytes: &[u8]) -> Vec<String> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .trim(Trim::All)
        .from_reader(bytes);
    let mut header = StringRecord::new();
    // Whoever reads the whole file reports an unreadable first row.
    let is_read = matches!(reader.read_record(&mut header), Ok(true));
    let names = header.iter().filter(|_| is_read);
    names.map(str::to_owned).collect()
}

/// The bytes after a byte-order mark. Reports text that is not UTF-8, and a quote that is never
/// closed.
pub(crate) fn check_text<'a>(
    file: &str,
    bytes: &'a [u8],
    problems: &mut Problems,
) -> Option<&'a [u8]> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        let line = line_at(bytes, error.valid_up_to());
        problems.add(Place::row(file, line), TableError::NotUtf8);
        return None;
    }
    if let Some(offset) = find_open_quote(bytes) {
        let line = line_at(bytes, offset);
        problems.add(Place::row(file, line), TableError::OpenQuote);
        return None;
    }
    Some(bytes)
}

/// The separator in a header without commas, if it has another one.
pub(super) fn find_other_separator(header: &[String]) -> Option<&'static str> {
    let [only] = header else { return None };
    let separators = [(';', "semicolons"), ('\t', "tabs")];
    let found = separators.iter().find(|(sign, _)| only.contains(*sign));
    found.map(|(_, name)| *name)
}

fn line_at(bytes: &[u8], offset: usize) -> u64 {
    1 + bytes.iter().take(offset).filter(|b| **b == b'\n').count() as u64
}

/// The offset of a quote that is never closed. A quote opens a cell only as its first character
/// (RFC 4180).
pub(super) fn find_open_quote(bytes: &[u8]) -> Option<usize> {
    if !bytes.contains(&b'"') {
        return None;
    }
    let mut open = None;
    let mut closed = None;
    let mut is_cell_start = true;
    for (offset, byte) in bytes.iter().enumerate() {
        match (byte, open) {
            (b'"', Some(_)) => {
                open = None;
                closed = Some(offset + 1);
            }
            // A doubled quote inside a cell closes it and opens it again at once.
            (b'"', None) if is_cell_start || closed == Some(offset) => open = Some(offset),
            _ => {}
        }
        is_cell_start = open.is_none() && matches!(byte, b',' | b'\n' | b'\r');
    }
    open
}
