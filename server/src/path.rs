//! Decodes the path of a request into the key of a prepared file.
//!
//! A path never reaches the file system: it is looked up among the exact names of the files that
//! were read at startup. So `..`, backslashes and double slashes need no special treatment; no
//! file has such a name.

use std::borrow::Cow;

/// Decodes percent-encoding once. Returns `None` if an escape is malformed, or if the decoded
/// path is not UTF-8 or contains a control character: such a path is an error or an attack.
pub fn decode(path: &str) -> Option<Cow<'_, str>> {
    let decoded = if path.contains('%') {
        Cow::Owned(decode_escapes(path)?)
    } else {
        Cow::Borrowed(path)
    };
    (!decoded.chars().any(char::is_control)).then_some(decoded)
}

fn decode_escapes(path: &str) -> Option<String> {
    let mut bytes = path.bytes();
    let mut decoded = Vec::with_capacity(path.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => hex_value(bytes.next()?)? << 4 | hex_value(bytes.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

fn hex_value(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_once_or_rejects() {
        for (path, decoded) in [
            ("/", Some("/")),
            ("/Data/a.csv", Some("/Data/a.csv")),
            ("/Precomputed%20Data/a.csv", Some("/Precomputed Data/a.csv")),
            ("/%c3%A4.csv", Some("/ä.csv")),
            ("/%2e%2e/secret", Some("/../secret")),
            ("/%252e", Some("/%2e")),
            ("/a%00.csv", None),
            ("/a%0d%0ab", None),
            ("/%7f", None),
            ("/%", None),
            ("/%2", None),
            ("/%zz", None),
            ("/%+1", None),
            ("/%ff%fe", None),
        ] {
            assert_eq!(decode(path).as_deref(), decoded, "{path}");
        }
    }
}
