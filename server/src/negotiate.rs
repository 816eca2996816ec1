//! Content negotiation: picks a coding from `Accept-Encoding` and its q-values.
//!
//! Malformed list elements are ignored. Among codings of equal weight, the one that compresses
//! best wins: br before gzip before identity. Identity remains the fallback even if the client
//! excludes it, because an uncompressed response is more useful than an error.

use hyper::HeaderMap;
use hyper::header::ACCEPT_ENCODING;

/// The content coding of a response body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentCoding {
    /// Brotli
    Brotli,
    /// gzip
    Gzip,
    /// Uncompressed
    Identity,
}

impl ContentCoding {
    /// The registered name of the coding, used in headers and in the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }
}

/// The client's weight for each coding, in thousandths; `None` if the coding is not listed.
#[derive(Default)]
struct CodingWeights {
    brotli: Option<u16>,
    gzip: Option<u16>,
    identity: Option<u16>,
    /// The weight of `*`, which applies to every coding that is not listed
    wildcard: Option<u16>,
}

/// Chooses the coding for a file that is available uncompressed and, according to `has_brotli`
/// and `has_gzip`, in those codings.
pub fn choose_coding(headers: &HeaderMap, has_brotli: bool, has_gzip: bool) -> ContentCoding {
    let weights = CodingWeights::parse(headers);
    let weight_if = |is_available: bool, listed: Option<u16>| {
        if is_available {
            listed.or(weights.wildcard).unwrap_or(0)
        } else {
            0
        }
    };
    let candidates = [
        (ContentCoding::Brotli, weight_if(has_brotli, weights.brotli)),
        (ContentCoding::Gzip, weight_if(has_gzip, weights.gzip)),
        (ContentCoding::Identity, weight_if(true, weights.identity)),
    ];
    let mut best = (ContentCoding::Identity, 0);
    for candidate in candidates {
        if candidate.1 > best.1 {
            best = candidate;
        }
    }
    best.0
}

impl CodingWeights {
    fn parse(headers: &HeaderMap) -> Self {
        let mut weights = Self::default();
        for line in headers.get_all(ACCEPT_ENCODING) {
            // Split before the check for UTF-8: an invalid byte then affects only its element.
            for element in line.as_bytes().split(|byte| *byte == b',') {
                let Some((name, weight)) =
                    std::str::from_utf8(element).ok().and_then(parse_element)
                else {
                    continue;
                };
                let is_named = |known: &str| name.eq_ignore_ascii_case(known);
                if is_named("br") {
                    weights.brotli = Some(weight);
                } else if is_named("gzip") || is_named("x-gzip") {
                    weights.gzip = Some(weight);
                } else if is_named("identity") {
                    weights.identity = Some(weight);
                } else if name == "*" {
                    weights.wildcard = Some(weight);
                }
            }
        }
        weights
    }
}

/// Parses a list element such as `gzip` or `gzip;q=0.5` into the name of the coding and its
/// weight in thousandths.
fn parse_element(element: &str) -> Option<(&str, u16)> {
    let (name, weight) = match element.split_once(';') {
        None => (element, 1000),
        Some((name, parameter)) => {
            let (key, value) = parameter.split_once('=')?;
            if !key.trim().eq_ignore_ascii_case("q") {
                return None;
            }
            (name, parse_weight(value.trim())?)
        }
    };
    let name = name.trim();
    (!name.is_empty()).then_some((name, weight))
}

/// Parses a q-value, a number from 0 to 1 with at most three decimals, into thousandths.
fn parse_weight(value: &str) -> Option<u16> {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction = decimals
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(3)
        .fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'));
    match (whole, fraction) {
        ("0", fraction) => Some(fraction),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    fn choose(lines: &[&str]) -> ContentCoding {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(ACCEPT_ENCODING, HeaderValue::from_str(line).unwrap());
        }
        choose_coding(&headers, true, true)
    }

    #[test]
    fn the_highest_weight_wins_then_the_best_compression() {
        use ContentCoding::{Brotli, Gzip, Identity};
        for (line, coding) in [
            ("gzip, deflate, br, zstd", Brotli),
            ("br;q=0.5, gzip", Gzip),
            ("br;q=0.5, gzip;q=0.501", Gzip),
            ("gzip", Gzip),
            ("x-gzip", Gzip),
            ("GZip ; Q=0.8", Gzip),
            ("deflate", Identity),
            ("", Identity),
            ("*", Brotli),
            ("*;q=0.1", Brotli),
            ("br;q=0, *", Gzip),
            ("gzip;q=0", Identity),
            ("gzip;q=0, *;q=0", Identity),
            ("identity", Identity),
            ("identity, br;q=0.9", Identity),
            ("identity;q=0.5, gzip;q=0.5", Gzip),
            ("identity;q=0", Identity),
            ("gzip;q=0.000", Identity),
            ("gzip;q=1.000", Gzip),
            ("gzip;q=1.", Gzip),
        ] {
            assert_eq!(choose(&[line]), coding, "{line:?}");
        }
    }

    #[test]
    fn malformed_elements_are_ignored() {
        use ContentCoding::{Brotli, Gzip, Identity};
        for (line, coding) in [
            ("br;q=2, gzip", Gzip),
            ("br;q=1.001, gzip", Gzip),
            ("br;q=0.0001, gzip", Gzip),
            ("br;q=, gzip", Gzip),
            ("br;q, gzip", Gzip),
            ("br;level=5, gzip", Gzip),
            ("br;q=-1", Identity),
            ("br;q=0.5x", Identity),
            (";q=1, , gzip", Gzip),
            ("b r", Identity),
            ("brotli, gzipped", Identity),
            (",,,br,,", Brotli),
        ] {
            assert_eq!(choose(&[line]), coding, "{line:?}");
        }
        let mut headers = HeaderMap::new();
        headers.append(
            ACCEPT_ENCODING,
            HeaderValue::from_bytes(b"\xff, gzip").unwrap(),
        );
        assert_eq!(choose_coding(&headers, true, true), Gzip);
    }

    #[test]
    fn header_lines_are_combined_and_only_available_codings_are_chosen() {
        assert_eq!(choose(&["gzip;q=0.5", "br;q=0.4"]), ContentCoding::Gzip);
        assert_eq!(
            choose_coding(&HeaderMap::new(), true, true),
            ContentCoding::Identity,
            "without Accept-Encoding the file is sent uncompressed"
        );
        let mut headers = HeaderMap::new();
        headers.append(ACCEPT_ENCODING, HeaderValue::from_static("br, gzip"));
        assert_eq!(choose_coding(&headers, false, true), ContentCoding::Gzip);
        assert_eq!(
            choose_coding(&headers, false, false),
            ContentCoding::Identity
        );
    }
}
