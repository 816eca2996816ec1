//! Evaluates the preconditions of a request in the order of RFC 9110, section 13.2.2:
//! `If-Match`, else `If-Unmodified-Since`; then `If-None-Match`, else `If-Modified-Since`.
//!
//! Only GET and HEAD requests get this far, so a failed `If-None-Match` always means 304.

use std::time::SystemTime;

use hyper::HeaderMap;
use hyper::header::{
    HeaderName, HeaderValue, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE,
};

/// The result of evaluating the preconditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreconditionOutcome {
    /// Send the file.
    Proceed,
    /// The client's copy is current: respond with 304.
    NotModified,
    /// The client expects a different version: respond with 412.
    Failed,
}

/// How two entity tags are compared (RFC 9110, section 8.8.3.2).
#[derive(Clone, Copy, PartialEq, Eq)]
enum TagComparison {
    /// The tags must be identical, and a weak tag never matches.
    Strong,
    /// The `W/` prefix is ignored, because a proxy may have added it.
    Weak,
}

/// Evaluates the preconditions in `headers` for a file with the strong entity tag `etag` (in the
/// chosen coding) and the modification time `modified_at` (in whole seconds).
pub fn evaluate_preconditions(
    headers: &HeaderMap,
    etag: &[u8],
    modified_at: Option<SystemTime>,
) -> PreconditionOutcome {
    if headers.contains_key(IF_MATCH) {
        if !any_tag_matches(headers, IF_MATCH, etag, TagComparison::Strong) {
            return PreconditionOutcome::Failed;
        }
    } else if let (Some(date), Some(modified_at)) =
        (parse_date(headers, IF_UNMODIFIED_SINCE), modified_at)
        && modified_at > date
    {
        return PreconditionOutcome::Failed;
    }

    if headers.contains_key(IF_NONE_MATCH) {
        if any_tag_matches(headers, IF_NONE_MATCH, etag, TagComparison::Weak) {
            return PreconditionOutcome::NotModified;
        }
    } else if let (Some(date), Some(modified_at)) =
        (parse_date(headers, IF_MODIFIED_SINCE), modified_at)
        && modified_at <= date
    {
        return PreconditionOutcome::NotModified;
    }
    PreconditionOutcome::Proceed
}

/// The date in a header; an invalid date is treated like a missing header.
fn parse_date(headers: &HeaderMap, name: HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()
}

fn any_tag_matches(
    headers: &HeaderMap,
    name: HeaderName,
    etag: &[u8],
    comparison: TagComparison,
) -> bool {
    headers
        .get_all(name)
        .iter()
        .any(|line| is_wildcard(line) || list_contains(line.as_bytes(), etag, comparison))
}

fn is_wildcard(line: &HeaderValue) -> bool {
    line.as_bytes().trim_ascii() == b"*"
}

/// Whether the list of tags in `line` contains `etag`. A tag may contain commas, so the list is
/// parsed tag by tag; anything that is not a tag is skipped up to the next comma.
fn list_contains(line: &[u8], etag: &[u8], comparison: TagComparison) -> bool {
    let mut rest = line;
    loop {
        let separator_length = rest
            .iter()
            .take_while(|byte| matches!(byte, b' ' | b'\t' | b','))
            .count();
        rest = rest.get(separator_length..).unwrap_or_default();
        if rest.is_empty() {
            return false;
        }
        let (is_weak, quoted) = match rest.strip_prefix(b"W/") {
            Some(quoted) => (true, quoted),
            None => (false, rest),
        };
        rest = match quoted_tag_length(quoted) {
            Some(length) => {
                let (tag, remainder) = quoted.split_at_checked(length).unwrap_or((quoted, &[]));
                if tag == etag && !(is_weak && comparison == TagComparison::Strong) {
                    return true;
                }
                remainder
            }
            None => match rest.iter().position(|byte| *byte == b',') {
                Some(comma) => rest.get(comma..).unwrap_or_default(),
                None => return false,
            },
        };
    }
}

/// The length, including the quotes, of the quoted tag at the beginning of `text`.
fn quoted_tag_length(text: &[u8]) -> Option<usize> {
    let content = text.strip_prefix(b"\"")?;
    let content_length = content.iter().position(|byte| *byte == b'"')?;
    Some(content_length + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    const TAG: &[u8] = b"\"abc-br\"";
    const BEFORE: &str = "Sat, 01 Jan 2000 00:00:00 GMT";
    const SAME: &str = "Sun, 09 Sep 2001 01:46:40 GMT";
    const AFTER: &str = "Wed, 01 Jan 2020 00:00:00 GMT";

    fn evaluate(lines: &[(&str, &str)]) -> PreconditionOutcome {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(
                HeaderName::from_bytes(name.as_bytes()).unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        let modified_at = UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        evaluate_preconditions(&headers, TAG, Some(modified_at))
    }

    #[test]
    fn a_single_precondition_decides() {
        use PreconditionOutcome::{Failed, NotModified, Proceed};
        for (name, value, outcome) in [
            ("if-none-match", "\"abc-br\"", NotModified),
            ("if-none-match", "W/\"abc-br\"", NotModified),
            ("if-none-match", "\"x\", \"abc-br\"", NotModified),
            ("if-none-match", "\"x\",W/\"abc-br\" , \"y\"", NotModified),
            ("if-none-match", "\"a,b\", \"abc-br\"", NotModified),
            ("if-none-match", "junk, \"abc-br\"", NotModified),
            ("if-none-match", "*", NotModified),
            ("if-none-match", " * ", NotModified),
            ("if-none-match", "\"abc\"", Proceed),
            ("if-none-match", "\"x, \"abc-br\"", Proceed),
            ("if-none-match", "abc-br", Proceed),
            ("if-none-match", "w/\"abc-br\"", Proceed),
            ("if-none-match", "\"abc-br", Proceed),
            ("if-none-match", "", Proceed),
            ("if-match", "\"abc-br\"", Proceed),
            ("if-match", "\"x\", \"abc-br\"", Proceed),
            ("if-match", "*", Proceed),
            ("if-match", "W/\"abc-br\"", Failed),
            ("if-match", "\"x\"", Failed),
            ("if-match", "", Failed),
            ("if-modified-since", BEFORE, Proceed),
            ("if-modified-since", SAME, NotModified),
            ("if-modified-since", AFTER, NotModified),
            ("if-modified-since", "yesterday", Proceed),
            ("if-unmodified-since", BEFORE, Failed),
            ("if-unmodified-since", SAME, Proceed),
            ("if-unmodified-since", AFTER, Proceed),
            ("if-unmodified-since", "tomorrow", Proceed),
        ] {
            assert_eq!(evaluate(&[(name, value)]), outcome, "{name}: {value}");
        }
    }

    #[test]
    fn tags_take_precedence_over_dates() {
        use PreconditionOutcome::{Failed, NotModified, Proceed};
        for (first, second, outcome) in [
            (
                ("if-none-match", "\"x\""),
                ("if-modified-since", AFTER),
                Proceed,
            ),
            (
                ("if-none-match", "\"abc-br\""),
                ("if-modified-since", BEFORE),
                NotModified,
            ),
            (
                ("if-match", "\"abc-br\""),
                ("if-unmodified-since", BEFORE),
                Proceed,
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
            assert_eq!(evaluate(&[first, second]), outcome, "{first:?} {second:?}");
        }
    }

    #[test]
    fn repeated_header_lines_are_combined() {
        let lines = [("if-none-match", "\"x\""), ("if-none-match", "\"abc-br\"")];
        assert_eq!(evaluate(&lines), PreconditionOutcome::NotModified);
    }

    #[test]
    fn dates_are_ignored_for_a_file_without_modification_time() {
        let mut headers = HeaderMap::new();
        headers.insert(IF_MODIFIED_SINCE, HeaderValue::from_static(AFTER));
        let outcome = evaluate_preconditions(&headers, TAG, None);
        assert_eq!(outcome, PreconditionOutcome::Proceed);
    }
}
