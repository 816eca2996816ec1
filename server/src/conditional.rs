//! Whether the client's preconditions hold, in the order that RFC 9110, section 13.2.2, sets:
//! `If-Match`, else `If-Unmodified-Since`; then `If-None-Match`, else `If-Modified-Since`.
//!
//! Only GET and HEAD come here, so a failed `If-None-Match` always means 304.

use std::time::SystemTime;

use hyper::HeaderMap;
use hyper::header::{
    HeaderName, HeaderValue, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE,
};

/// What the preconditions ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Send the file.
    Send,
    /// The client has it: 304.
    NotModified,
    /// The client wanted another version: 412.
    Failed,
}

/// How two entity tags are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Comparison {
    /// Byte for byte the same: a weak tag never matches.
    Strong,
    /// Good enough to reuse: a proxy may have made the tag weak on its way.
    Weak,
}

/// Judges the preconditions in `headers` for a file whose chosen coding has the strong tag
/// `etag` and which was last changed at `modified` (whole seconds).
pub fn judge(headers: &HeaderMap, etag: &[u8], modified: Option<SystemTime>) -> Verdict {
    if headers.contains_key(IF_MATCH) {
        if !matches(headers, IF_MATCH, etag, Comparison::Strong) {
            return Verdict::Failed;
        }
    } else if let (Some(since), Some(modified)) = (date(headers, IF_UNMODIFIED_SINCE), modified)
        && modified > since
    {
        return Verdict::Failed;
    }

    if headers.contains_key(IF_NONE_MATCH) {
        if matches(headers, IF_NONE_MATCH, etag, Comparison::Weak) {
            return Verdict::NotModified;
        }
    } else if let (Some(since), Some(modified)) = (date(headers, IF_MODIFIED_SINCE), modified)
        && modified <= since
    {
        return Verdict::NotModified;
    }
    Verdict::Send
}

/// The header's date; one that cannot be read counts as not sent.
fn date(headers: &HeaderMap, name: HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()
}

fn matches(headers: &HeaderMap, name: HeaderName, etag: &[u8], how: Comparison) -> bool {
    headers
        .get_all(name)
        .iter()
        .any(|line| is_star(line) || lists(line.as_bytes(), etag, how))
}

fn is_star(line: &HeaderValue) -> bool {
    line.as_bytes().trim_ascii() == b"*"
}

/// Whether the list of tags in `line` holds `etag`. A comma may stand inside a tag, so the
/// list is read tag by tag; what is no tag is skipped up to the next comma.
fn lists(line: &[u8], etag: &[u8], how: Comparison) -> bool {
    let mut rest = line;
    loop {
        let skipped = rest
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b','))
            .count();
        rest = rest.get(skipped..).unwrap_or_default();
        if rest.is_empty() {
            return false;
        }
        let (weak, quoted) = match rest.strip_prefix(b"W/") {
            Some(quoted) => (true, quoted),
            None => (false, rest),
        };
        rest = match tag_end(quoted) {
            Some(end) => {
                let (tag, after) = quoted.split_at_checked(end).unwrap_or((quoted, &[]));
                if tag == etag && !(weak && how == Comparison::Strong) {
                    return true;
                }
                after
            }
            None => match rest.iter().position(|byte| *byte == b',') {
                Some(comma) => rest.get(comma..).unwrap_or_default(),
                None => return false,
            },
        };
    }
}

/// The length of the quoted tag that `text` begins with, quotes included.
fn tag_end(text: &[u8]) -> Option<usize> {
    let inside = text.strip_prefix(b"\"")?;
    let closing = inside.iter().position(|byte| *byte == b'"')?;
    Some(closing + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    const TAG: &[u8] = b"\"abc-br\"";
    const BEFORE: &str = "Sat, 01 Jan 2000 00:00:00 GMT";
    const SAME: &str = "Sun, 09 Sep 2001 01:46:40 GMT";
    const AFTER: &str = "Wed, 01 Jan 2020 00:00:00 GMT";

    fn judged(lines: &[(&str, &str)]) -> Verdict {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(
                HeaderName::from_bytes(name.as_bytes()).unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        let modified = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        judge(&headers, TAG, Some(modified))
    }

    #[test]
    fn one_precondition() {
        use Verdict::{Failed, NotModified, Send};
        for (name, value, verdict) in [
            ("if-none-match", "\"abc-br\"", NotModified),
            ("if-none-match", "W/\"abc-br\"", NotModified),
            ("if-none-match", "\"x\", \"abc-br\"", NotModified),
            ("if-none-match", "\"x\",W/\"abc-br\" , \"y\"", NotModified),
            ("if-none-match", "\"a,b\", \"abc-br\"", NotModified),
            ("if-none-match", "junk, \"abc-br\"", NotModified),
            ("if-none-match", "*", NotModified),
            ("if-none-match", " * ", NotModified),
            ("if-none-match", "\"abc\"", Send),
            ("if-none-match", "\"x, \"abc-br\"", Send),
            ("if-none-match", "abc-br", Send),
            ("if-none-match", "w/\"abc-br\"", Send),
            ("if-none-match", "\"abc-br", Send),
            ("if-none-match", "", Send),
            ("if-match", "\"abc-br\"", Send),
            ("if-match", "\"x\", \"abc-br\"", Send),
            ("if-match", "*", Send),
            ("if-match", "W/\"abc-br\"", Failed),
            ("if-match", "\"x\"", Failed),
            ("if-match", "", Failed),
            ("if-modified-since", BEFORE, Send),
            ("if-modified-since", SAME, NotModified),
            ("if-modified-since", AFTER, NotModified),
            ("if-modified-since", "yesterday", Send),
            ("if-unmodified-since", BEFORE, Failed),
            ("if-unmodified-since", SAME, Send),
            ("if-unmodified-since", AFTER, Send),
            ("if-unmodified-since", "tomorrow", Send),
        ] {
            assert_eq!(judged(&[(name, value)]), verdict, "{name}: {value}");
        }
    }

    #[test]
    fn tags_come_before_dates() {
        use Verdict::{Failed, NotModified, Send};
        for (first, second, verdict) in [
            (
                ("if-none-match", "\"x\""),
                ("if-modified-since", AFTER),
                Send,
            ),
            (
                ("if-none-match", "\"abc-br\""),
                ("if-modified-since", BEFORE),
                NotModified,
            ),
            (
                ("if-match", "\"abc-br\""),
                ("if-unmodified-since", BEFORE),
                Send,
            ),
            (
                ("if-match", "\"x\""),
                ("if-none-match", "\"abc-br\""),
                Failed,
            ),
            (
                ("if-match", "*"),
                ("if-none-match", "\"abc-br\""),
                NotModified,
            ),
            (
                ("if-unmodified-since", AFTER),
                ("if-modified-since", AFTER),
                NotModified,
            ),
        ] {
            assert_eq!(judged(&[first, second]), verdict, "{first:?} {second:?}");
        }
    }

    #[test]
    fn lines_of_one_name_add_up() {
        let lines = [("if-none-match", "\"x\""), ("if-none-match", "\"abc-br\"")];
        assert_eq!(judged(&lines), Verdict::NotModified);
    }

    #[test]
    fn dates_say_nothing_about_what_has_none() {
        let mut headers = HeaderMap::new();
        headers.insert(IF_MODIFIED_SINCE, HeaderValue::from_static(AFTER));
        assert_eq!(judge(&headers, TAG, None), Verdict::Send);
    }
}
