//! From the path of a request to the key of a prepared file.
//!
//! No path is ever given to the file system: it is looked up among the files that were found
//! at start, each under its own exact name. So `..`, backslashes and doubled slashes need no
//! rule here; they name nothing.

use std::borrow::Cow;

/// Removes percent-encoding, once. `None` when an escape is malformed, or when what comes out
/// is not UTF-8 or holds a control character: such a path is a mistake or an attempt.
pub fn decode(path: &str) -> Option<Cow<'_, str>> {
    let plain = if path.contains('%') {
        Cow::Owned(unescape(path)?)
    } else {
        Cow::Borrowed(path)
    };
    (!plain.chars().any(char::is_control)).then_some(plain)
}

fn unescape(path: &str) -> Option<String> {
    let mut bytes = path.bytes();
    let mut plain = Vec::with_capacity(path.len());
    while let Some(byte) = bytes.next() {
        plain.push(match byte {
            b'%' => hex(bytes.next()?)? << 4 | hex(bytes.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(plain).ok()
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_once_or_refuses() {
        for (path, plain) in [
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
            assert_eq!(decode(path).as_deref(), plain, "{path}");
        }
    }
}
