//! A file prepared for sending: each of its content codings with the headers of its 200 and its
//! 304 response.

use std::time::{Duration, SystemTime};

use hyper::HeaderMap;
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG,
    HeaderValue, LAST_MODIFIED, VARY,
};
use sha2::{Digest, Sha256};

use super::compress::{self, CompressionEffort};
use super::folder::SourceFile;
use super::media_type::MediaType;
use crate::headers;
use crate::negotiate::ContentCoding;

/// One file in all its codings.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Uncompressed
    pub identity: PreparedResponse,
    /// Compressed with Brotli, if that is smaller
    pub brotli: Option<PreparedResponse>,
    /// Compressed with gzip, if that is smaller
    pub gzip: Option<PreparedResponse>,
    /// The modification time in whole seconds, the resolution of HTTP dates
    pub modified_at: Option<SystemTime>,
}

/// One body with everything that can be sent about it.
#[derive(Clone, Debug)]
pub struct PreparedResponse {
    /// The content coding of `body`
    pub coding: ContentCoding,
    /// The strong entity tag of exactly these bytes
    pub etag: HeaderValue,
    /// The headers of the response that carries `body`
    pub headers: HeaderMap,
    /// The headers of the 304 response, sent when the client's copy is current
    pub not_modified_headers: HeaderMap,
    /// The bytes to send
    pub body: Bytes,
}

/// How long a client may reuse a response without asking the server again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Forever: changed content gets a new name.
    Immutable,
    /// The client must revalidate before each use and usually gets a 304.
    Revalidate,
    /// The client must not store the response.
    NoStore,
}

impl CachePolicy {
    const fn header_value(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Revalidate => "no-cache",
            Self::NoStore => "no-store",
        })
    }
}

impl Asset {
    /// Prepares `file` in every coding, to be cached according to `cache`.
    pub fn prepare(file: SourceFile, cache: CachePolicy, effort: CompressionEffort) -> Self {
        let media_type = MediaType::from_name(&file.name);
        let modified_at = file.modified_at.map(truncate_to_past_second);
        let forms = compress::compress_file(&file, &media_type, effort);
        let prepare =
            |body, coding| PreparedResponse::new(body, coding, media_type.name, cache, modified_at);
        Self {
            identity: prepare(file.body, ContentCoding::Identity),
            brotli: forms
                .brotli
                .map(|body| prepare(body, ContentCoding::Brotli)),
            gzip: forms.gzip.map(|body| prepare(body, ContentCoding::Gzip)),
            modified_at,
        }
    }

    /// The response in `coding`, or the uncompressed one if the file does not have that coding.
    pub fn response(&self, coding: ContentCoding) -> &PreparedResponse {
        let encoded = match coding {
            ContentCoding::Brotli => self.brotli.as_ref(),
            ContentCoding::Gzip => self.gzip.as_ref(),
            ContentCoding::Identity => None,
        };
        encoded.unwrap_or(&self.identity)
    }
}

impl PreparedResponse {
    /// Computes the entity tag and the headers of `body`.
    pub fn new(
        body: Bytes,
        coding: ContentCoding,
        media_type: &'static str,
        cache: CachePolicy,
        modified_at: Option<SystemTime>,
    ) -> Self {
        let etag = entity_tag(&body, coding);
        let mut not_modified_headers = headers::common_headers();
        not_modified_headers.insert(CACHE_CONTROL, cache.header_value());
        not_modified_headers.insert(ETAG, etag.clone());
        not_modified_headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Some(date) = modified_at.and_then(format_http_date) {
            not_modified_headers.insert(LAST_MODIFIED, date);
        }
        let mut headers = not_modified_headers.clone();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static("none"));
        if coding != ContentCoding::Identity {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
        }
        Self {
            coding,
            etag,
            headers,
            not_modified_headers,
            body,
        }
    }
}

/// The first half of the SHA-256 of `body`, as 32 hexadecimal digits.
pub fn digest(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let half = digest.iter().take(16);
    half.map(|byte| format!("{byte:02x}")).collect()
}

/// A strong entity tag: the digest of the bytes that are sent, and their coding.
fn entity_tag(body: &[u8], coding: ContentCoding) -> HeaderValue {
    let mut tag = format!("\"{}", digest(body));
    if coding != ContentCoding::Identity {
        tag.push('-');
        tag.push_str(coding.name());
    }
    tag.push('"');
    // Hexadecimal digits, a dash and letters always form a valid header value.
    HeaderValue::try_from(tag).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Drops the fraction of a second, which HTTP dates cannot express: with it, a file would always
/// be newer than its `Last-Modified`. A time in the future becomes the current time, because a
/// server must not send a later one.
fn truncate_to_past_second(time: SystemTime) -> SystemTime {
    let past = time.min(SystemTime::now());
    match past.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(age) => SystemTime::UNIX_EPOCH + Duration::from_secs(age.as_secs()),
        Err(_) => SystemTime::UNIX_EPOCH,
    }
}

fn format_http_date(time: SystemTime) -> Option<HeaderValue> {
    HeaderValue::try_from(httpdate::fmt_http_date(time)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entity_tags_differ_by_content_and_coding() {
        let tag = |body: &str, coding| {
            entity_tag(body.as_bytes(), coding)
                .to_str()
                .unwrap()
                .to_owned()
        };
        assert_eq!(
            tag("", ContentCoding::Identity),
            "\"e3b0c44298fc1c149afbf4c8996fb924\""
        );
        assert_eq!(
            tag("", ContentCoding::Brotli),
            "\"e3b0c44298fc1c149afbf4c8996fb924-br\""
        );
        assert_ne!(tag("a", ContentCoding::Gzip), tag("b", ContentCoding::Gzip));
    }

    #[test]
    fn times_are_whole_seconds_and_not_in_the_future() {
        let exact = SystemTime::UNIX_EPOCH + Duration::from_millis(1_500);
        let whole = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
        assert_eq!(truncate_to_past_second(exact), whole);
        let tomorrow = SystemTime::now() + Duration::from_secs(86_400);
        assert!(truncate_to_past_second(tomorrow) <= SystemTime::now());
    }
}
