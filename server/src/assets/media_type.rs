//! What can be derived from a file's name: its media type, whether it is worth compressing, and
//! whether the build put a digest of the content into the name.

/// The media type of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaType {
    /// The value of `Content-Type`
    pub name: &'static str,
    /// Whether files of this type usually shrink when compressed
    pub is_compressible: bool,
}

/// The types of web pages and data files: extension, value of `Content-Type`, and whether the
/// type is compressible. Every response forbids the browser to guess a type (`nosniff`), so it
/// rejects scripts, styles and Wasm that are sent with the wrong one.
const KNOWN_TYPES: [(&str, &str, bool); 23] = [
    ("html", "text/html; charset=utf-8", true),
    ("css", "text/css; charset=utf-8", true),
    ("js", "text/javascript; charset=utf-8", true),
    ("mjs", "text/javascript; charset=utf-8", true),
    ("wasm", "application/wasm", true),
    ("csv", "text/csv; charset=utf-8", true),
    ("json", "application/json", true),
    ("map", "application/json", true),
    ("webmanifest", "application/manifest+json", true),
    ("svg", "image/svg+xml", true),
    ("txt", "text/plain; charset=utf-8", true),
    ("md", "text/markdown; charset=utf-8", true),
    ("xml", "application/xml", true),
    ("ico", "image/x-icon", true),
    ("png", "image/png", false),
    ("jpg", "image/jpeg", false),
    ("jpeg", "image/jpeg", false),
    ("gif", "image/gif", false),
    ("webp", "image/webp", false),
    ("avif", "image/avif", false),
    ("woff2", "font/woff2", false),
    ("pdf", "application/pdf", false),
    ("zip", "application/zip", false),
];

const UNKNOWN_TYPE: MediaType = MediaType {
    name: "application/octet-stream",
    is_compressible: false,
};

/// The fewest digits that count as a digest: 64 bits, which nobody types by hand.
const MIN_HASH_DIGITS: usize = 16;

impl MediaType {
    /// The type for the extension of `name`.
    pub fn from_name(name: &str) -> Self {
        let Some((_, extension)) = name.rsplit_once('.') else {
            return UNKNOWN_TYPE;
        };
        KNOWN_TYPES
            .iter()
            .find(|(known, ..)| extension.eq_ignore_ascii_case(known))
            .map_or(UNKNOWN_TYPE, |&(_, name, is_compressible)| Self {
                name,
                is_compressible,
            })
    }
}

/// Whether the file name contains `-` and at least 16 hexadecimal digits, followed by the
/// extension or one more word: `app-0123456789abcdef.js`, `app-0123456789abcdef_bg.wasm`.
/// A digest in the name of a folder does not count, because it may belong to another file.
pub fn has_content_hash(path: &str) -> bool {
    let file = path.rsplit_once('/').map_or(path, |(_, file)| file);
    file.split('-').skip(1).any(|part| {
        let digits = part
            .bytes()
            .take_while(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            .count();
        digits >= MIN_HASH_DIGITS && matches!(part.as_bytes().get(digits), Some(b'.' | b'_'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_follows_from_the_extension() {
        for (name, media_type) in [
            ("index.html", "text/html; charset=utf-8"),
            ("app-0123456789abcdef_bg.wasm", "application/wasm"),
            ("plotly.min.js", "text/javascript; charset=utf-8"),
            ("A.CSV", "text/csv; charset=utf-8"),
            ("site.webmanifest", "application/manifest+json"),
            ("LICENSE", "application/octet-stream"),
            ("x.unknown", "application/octet-stream"),
        ] {
            assert_eq!(MediaType::from_name(name).name, media_type, "{name}");
        }
    }

    #[test]
    fn only_a_digest_counts_as_a_content_hash() {
        for (name, is_hashed) in [
            ("app-0123456789abcdef.js", true),
            ("app-0123456789abcdef_bg.wasm", true),
            ("conjoint-app-0123456789abcdef0123.css", true),
            ("sub/app-0123456789abcdef.js", true),
            ("app-0123456789abcde.js", false),
            ("app-0123456789ABCDEF.js", false),
            ("app-0123456789abcdefg.js", false),
            ("app-0123456789abcdef", false),
            ("0123456789abcdef.js", false),
            ("snippets-0123456789abcdef/inline0.js", false),
            ("index.html", false),
            ("sw.js", false),
            ("boot.js", false),
            ("plotly.min.js", false),
        ] {
            assert_eq!(has_content_hash(name), is_hashed, "{name}");
        }
    }
}
