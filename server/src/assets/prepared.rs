//! A file made ready to be sent: its codings, each with its headers and those of its 304.

use std::time::{Duration, SystemTime};

use hyper::HeaderMap;
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG,
    HeaderValue, LAST_MODIFIED, VARY,
};
use sha2::{Digest, Sha256};

use super::compress::{self, Effort};
use super::folder::Found;
use super::media::Media;
use crate::headers;
use crate::negotiate::Coding;

/// One file in all its codings.
#[derive(Clone, Debug)]
pub struct Asset {
    /// As it is
    pub identity: Prepared,
    /// Compressed by Brotli, where that is smaller
    pub brotli: Option<Prepared>,
    /// Compressed by gzip, where that is smaller
    pub gzip: Option<Prepared>,
    /// When it was last changed, in whole seconds as HTTP's dates are
    pub modified: Option<SystemTime>,
}

/// One body with everything that is ever said of it.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// How `body` is coded
    pub coding: Coding,
    /// The strong tag of exactly these bytes
    pub etag: HeaderValue,
    /// The headers of the answer that carries `body`
    pub headers: HeaderMap,
    /// The headers of the answer that says the client has it
    pub not_modified: HeaderMap,
    /// The bytes
    pub body: Bytes,
}

/// How long a client may keep an answer without asking again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// For ever: another content would have another name.
    Forever,
    /// It must ask each time, and mostly hears 304.
    Revalidate,
    /// Not at all.
    Never,
}

impl Keep {
    const fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Revalidate => "no-cache",
            Self::Never => "no-store",
        })
    }
}

impl Asset {
    /// Makes `found` ready, under the cache rule `keep`.
    pub fn prepare(found: Found, keep: Keep, effort: Effort) -> Self {
        let media = Media::of(&found.name);
        let modified = found.modified.map(whole_seconds);
        let codings = compress::codings(&found, &media, effort);
        let prepare = |body, coding| Prepared::new(body, coding, media.name, keep, modified);
        Self {
            identity: prepare(found.body, Coding::Identity),
            brotli: codings.brotli.map(|body| prepare(body, Coding::Brotli)),
            gzip: codings.gzip.map(|body| prepare(body, Coding::Gzip)),
            modified,
        }
    }

    /// The file in `coding`, or as it is where it was not prepared so.
    pub fn coded(&self, coding: Coding) -> &Prepared {
        let coded = match coding {
            Coding::Brotli => self.brotli.as_ref(),
            Coding::Gzip => self.gzip.as_ref(),
            Coding::Identity => None,
        };
        coded.unwrap_or(&self.identity)
    }
}

impl Prepared {
    /// Gives `body` its tag and its headers.
    pub fn new(
        body: Bytes,
        coding: Coding,
        media: &'static str,
        keep: Keep,
        modified: Option<SystemTime>,
    ) -> Self {
        let etag = etag(&body, coding);
        let mut not_modified = headers::on_every_answer();
        not_modified.insert(CACHE_CONTROL, keep.header());
        not_modified.insert(ETAG, etag.clone());
        not_modified.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Some(date) = modified.and_then(http_date) {
            not_modified.insert(LAST_MODIFIED, date);
        }
        let mut headers = not_modified.clone();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static("none"));
        if coding != Coding::Identity {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
        }
        Self {
            coding,
            etag,
            headers,
            not_modified,
            body,
        }
    }
}

/// What tells one content from every other: half of its SHA-256, as 32 hexadecimal digits.
pub fn digest(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let half = digest.iter().take(16);
    half.map(|byte| format!("{byte:02x}")).collect()
}

/// A strong tag: the digest of the bytes that are sent, and their coding.
fn etag(body: &[u8], coding: Coding) -> HeaderValue {
    let mut tag = format!("\"{}", digest(body));
    if coding != Coding::Identity {
        tag.push('-');
        tag.push_str(coding.name());
    }
    tag.push('"');
    // Hexadecimal digits, a dash and letters are always a header's value.
    HeaderValue::try_from(tag).unwrap_or(HeaderValue::from_static("\"\""))
}

/// HTTP's dates have no fractions: with them a file would always be newer than its own date.
/// A date in the future is taken back to now, as a server may not claim one.
fn whole_seconds(time: SystemTime) -> SystemTime {
    let past = time.min(SystemTime::now());
    match past.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(age) => SystemTime::UNIX_EPOCH + Duration::from_secs(age.as_secs()),
        Err(_) => SystemTime::UNIX_EPOCH,
    }
}

fn http_date(time: SystemTime) -> Option<HeaderValue> {
    HeaderValue::try_from(httpdate::fmt_http_date(time)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_differ_by_content_and_coding() {
        let tag = |body: &str, coding| etag(body.as_bytes(), coding).to_str().unwrap().to_owned();
        assert_eq!(
            tag("", Coding::Identity),
            "\"e3b0c44298fc1c149afbf4c8996fb924\""
        );
        assert_eq!(
            tag("", Coding::Brotli),
            "\"e3b0c44298fc1c149afbf4c8996fb924-br\""
        );
        assert_ne!(tag("a", Coding::Gzip), tag("b", Coding::Gzip));
    }

    #[test]
    fn dates_are_whole_and_past() {
        let exact = SystemTime::UNIX_EPOCH + Duration::from_millis(1_500);
        let whole = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
        assert_eq!(whole_seconds(exact), whole);
        let tomorrow = SystemTime::now() + Duration::from_secs(86_400);
        assert!(whole_seconds(tomorrow) <= SystemTime::now());
    }
}
