//! What a file's name says: its media type, whether it is worth compressing, and whether the
//! build put a digest of the content into it.

/// The type of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Media {
    /// The value of `Content-Type`
    pub name: &'static str,
    /// Whether its bytes can be expected to shrink
    pub compressible: bool,
}

/// What a data file or a web page consists of. Browsers refuse scripts, styles and Wasm of
/// another type, since every answer forbids them to guess.
const TYPES: [(&str, &str, bool); 23] = [
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

const UNKNOWN: Media = Media {
    name: "application/octet-stream",
    compressible: false,
};

/// Digits that make a digest: 64 bits, which nobody writes by hand.
const HASH_DIGITS: usize = 16;

impl Media {
    /// The type by the extension of `name`.
    pub fn of(name: &str) -> Self {
        let Some((_, extension)) = name.rsplit_once('.') else {
            return UNKNOWN;
        };
        TYPES
            .iter()
            .find(|(known, ..)| extension.eq_ignore_ascii_case(known))
            .map_or(UNKNOWN, |&(_, name, compressible)| Self {
                name,
                compressible,
            })
    }
}

/// Whether the file's own name holds `-` and at least 16 hexadecimal digits, then its
/// extension or one more word: `app-0123456789abcdef.js`, `app-0123456789abcdef_bg.wasm`.
/// The digest of a folder does not count, as it may be that of another file.
pub fn has_content_hash(path: &str) -> bool {
    let file = path.rsplit_once('/').map_or(path, |(_, file)| file);
    file.split('-').skip(1).any(|part| {
        let digits = part
            .bytes()
            .take_while(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            .count();
        digits >= HASH_DIGITS && matches!(part.as_bytes().get(digits), Some(b'.' | b'_'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_by_extension() {
        for (name, media) in [
            ("index.html", "text/html; charset=utf-8"),
            ("app-0123456789abcdef_bg.wasm", "application/wasm"),
            ("plotly.min.js", "text/javascript; charset=utf-8"),
            ("A.CSV", "text/csv; charset=utf-8"),
            ("site.webmanifest", "application/manifest+json"),
            ("LICENSE", "application/octet-stream"),
            ("x.unknown", "application/octet-stream"),
        ] {
            assert_eq!(Media::of(name).name, media, "{name}");
        }
    }

    #[test]
    fn only_a_digest_makes_a_name_immutable() {
        for (name, hashed) in [
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
            assert_eq!(has_content_hash(name), hashed, "{name}");
        }
    }
}
