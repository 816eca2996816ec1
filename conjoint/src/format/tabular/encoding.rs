//! Bytes to text.

use std::borrow::Cow;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// An encoding that survey tools and spreadsheets write.
pub type Encoding = &'static encoding_rs::Encoding;

/// How many bytes are looked at to recognize UTF-16 without a mark, and binary files.
const SAMPLE: usize = 100;

/// The text of a file: by its byte-order mark; else UTF-16 where every second byte of the first
/// hundred is 0; else strict UTF-8; else Windows-1252, which covers Latin-1. `None` for bytes that
/// are no text.
pub fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let encoding = detect(bytes);
    if encoding == WINDOWS_1252 && bytes.contains(&0) {
        return None;
    }
    let (text, _, has_errors) = encoding.decode(bytes);
    (!has_errors).then_some(text)
}

fn detect(bytes: &[u8]) -> Encoding {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding;
    }
    let sample = bytes
        .get(..SAMPLE.min(bytes.len() / 2 * 2))
        .unwrap_or(bytes);
    let is_zero_at = |offset: usize| {
        let mut every_second = sample.iter().skip(offset).step_by(2).peekable();
        every_second.peek().is_some() && every_second.all(|byte| *byte == 0)
    };
    match (is_zero_at(0), is_zero_at(1)) {
        (false, true) => UTF_16LE,
        (true, false) => UTF_16BE,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => WINDOWS_1252,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let text = "Brévia;1,5 €";
        let little = utf16(text, u16::to_le_bytes);
        let big = utf16(text, u16::to_be_bytes);
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", text.as_bytes()),
            marked(b"\xff\xfe", &little),
            marked(b"\xfe\xff", &big),
            b"Br\xe9via;1,5 \x80".to_vec(),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Some(text), "{bytes:?}");
        }
        for bytes in [
            utf16("id,a\n1,2", u16::to_le_bytes),
            utf16("id,a\n1,2", u16::to_be_bytes),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Some("id,a\n1,2"));
        }
    }

    #[test]
    fn binary_bytes_are_no_text() {
        assert_eq!(decode(b"\x00\x01\x02\xff\xfe\x80\x00"), None);
        assert_eq!(decode(b"\xff\xfea"), None);
    }
}
