//! Answers that are offered again for the next file with the same columns.

use std::fmt::Write;

use worker::protocol::{ImportAnswers, ImportPreview, decode, encode};

use crate::browser::storage;

/// The name of the answers in the browser's storage.
const ANSWERS: &str = "conjoint-import-answers";
/// The number of tables whose answers are kept, at most.
const MOST_TABLES: usize = 20;

/// The names of a table's columns, and the answers for it; the newest at the end.
type Entry = (Vec<String>, ImportAnswers);

/// The answers for a table with these columns.
pub fn find(preview: &ImportPreview) -> Option<ImportAnswers> {
    let mut entries = read().into_iter();
    let found = entries.find(|(columns, _)| is_same(columns, preview));
    found.map(|(_, answers)| answers)
}

/// Keeps answers for the next table with these columns.
pub fn put(preview: &ImportPreview, answers: &ImportAnswers) {
    let mut entries = read();
    entries.retain(|(columns, _)| !is_same(columns, preview));
    // The next file has its own title.
    let answers = ImportAnswers {
        title: None,
        ..answers.clone()
    };
    entries.push((preview.columns.clone(), answers));
    let first = entries.len().saturating_sub(MOST_TABLES);
    let kept = entries.get(first..).unwrap_or_default();
    // If the browser refuses, the questions are asked again.
    let _ = storage::write(ANSWERS, &to_hex(&encode(&kept)));
}

fn is_same(columns: &[String], preview: &ImportPreview) -> bool {
    !columns.is_empty() && columns == preview.columns
}

/// The entries; none if another version of the page wrote them.
fn read() -> Vec<Entry> {
    let text = storage::read(ANSWERS).ok().flatten().unwrap_or_default();
    let bytes = from_hex(&text);
    bytes
        .and_then(|bytes| decode(&bytes).ok())
        .unwrap_or_default()
}

fn to_hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2);
    let bytes = digits.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    bytes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_text_and_bytes_again() {
        let bytes = [0, 9, 255, 16];
        assert_eq!(to_hex(&bytes), "0009ff10");
        assert_eq!(from_hex("0009ff10"), Some(bytes.to_vec()));
        assert_eq!(from_hex("xy"), None);
    }
}
