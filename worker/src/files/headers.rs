//! What the files of products and respondents call their columns.

use std::collections::BTreeMap;

use conjoint::format::{BYTE_ORDER_MARK, OFFERS, StudyFiles, UTILITIES};
use csv::{ByteRecord, ReaderBuilder, Trim};

/// The names in the first row of either file that is there, in its order, each once.
pub fn headers(files: &StudyFiles) -> BTreeMap<String, Vec<String>> {
    let files = [OFFERS, UTILITIES]
        .into_iter()
        .filter_map(|file| Some((file.to_owned(), names(files.get(file)?))));
    files.collect()
}

fn names(bytes: &[u8]) -> Vec<String> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes));
    let mut row = ByteRecord::new();
    let mut names: Vec<String> = Vec::new();
    // Rows of any bytes and any length are read; checking finds what is wrong with them.
    while names.is_empty() && matches!(reader.read_byte_record(&mut row), Ok(true)) {
        for name in &row {
            let name = String::from_utf8_lossy(name).into_owned();
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_name_each_column_once() {
        let mut files = StudyFiles::default();
        assert!(headers(&files).is_empty());
        let text = "\u{feff}\n , \nid,\"a, b\", price ,price,,c\nid,x,1,2,,3\n";
        files.insert(UTILITIES, text.as_bytes().to_vec());
        files.insert(OFFERS, b"i\xff\r\n".to_vec());
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let wanted = [
            (OFFERS.to_owned(), names(&["i\u{fffd}"])),
            (UTILITIES.to_owned(), names(&["id", "a, b", "price", "c"])),
        ];
        assert_eq!(headers(&files), BTreeMap::from(wanted));
    }
}
