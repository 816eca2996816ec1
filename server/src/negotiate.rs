//! Which coding of a file the client wants: `Accept-Encoding` with its q-values.
//!
//! A part that is malformed is ignored, as if it had not been sent. Among codings of equal
//! weight the smaller answer wins: br before gzip before identity. Identity is the last
//! resort even where the client excludes it, since an answer in it is of more use than none.

use hyper::HeaderMap;
use hyper::header::ACCEPT_ENCODING;

/// How the bytes of an answer are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Coding {
    /// Brotli
    Brotli,
    /// gzip
    Gzip,
    /// As the file is
    Identity,
}

impl Coding {
    /// The coding's registered name, as headers and the log write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }
}

/// The client's weights, in thousandths; `None` where it does not say.
#[derive(Default)]
struct Weights {
    brotli: Option<u16>,
    gzip: Option<u16>,
    identity: Option<u16>,
    other: Option<u16>,
}

/// Chooses the coding for a file that is prepared as br and gzip where `brotli` and `gzip`
/// say so, and always as identity.
pub fn choose(headers: &HeaderMap, brotli: bool, gzip: bool) -> Coding {
    let weights = Weights::read(headers);
    let of = |named: Option<u16>| named.or(weights.other).unwrap_or(0);
    let candidates = [
        (Coding::Brotli, if brotli { of(weights.brotli) } else { 0 }),
        (Coding::Gzip, if gzip { of(weights.gzip) } else { 0 }),
        (Coding::Identity, of(weights.identity)),
    ];
    let mut best = (Coding::Identity, 0);
    for candidate in candidates {
        if candidate.1 > best.1 {
            best = candidate;
        }
    }
    best.0
}

impl Weights {
    fn read(headers: &HeaderMap) -> Self {
        let mut weights = Self::default();
        for line in headers.get_all(ACCEPT_ENCODING) {
            // One odd byte spoils its part only, not the line.
            for part in line.as_bytes().split(|byte| *byte == b',') {
                let Some((name, weight)) = std::str::from_utf8(part).ok().and_then(read_part)
                else {
                    continue;
                };
                let named = |known: &str| name.eq_ignore_ascii_case(known);
                if named("br") {
                    weights.brotli = Some(weight);
                } else if named("gzip") || named("x-gzip") {
                    weights.gzip = Some(weight);
                } else if named("identity") {
                    weights.identity = Some(weight);
                } else if name == "*" {
                    weights.other = Some(weight);
                }
            }
        }
        weights
    }
}

/// `gzip`, `gzip;q=0.5`: the name and its weight in thousandths.
fn read_part(part: &str) -> Option<(&str, u16)> {
    let (name, weight) = match part.split_once(';') {
        None => (part, 1000),
        Some((name, parameter)) => {
            let (key, value) = parameter.split_once('=')?;
            if !key.trim().eq_ignore_ascii_case("q") {
                return None;
            }
            (name, thousandths(value.trim())?)
        }
    };
    let name = name.trim();
    (!name.is_empty()).then_some((name, weight))
}

/// A q-value: 0 to 1 with at most three decimals.
fn thousandths(value: &str) -> Option<u16> {
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

    fn chosen(lines: &[&str]) -> Coding {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(ACCEPT_ENCODING, HeaderValue::from_str(line).unwrap());
        }
        choose(&headers, true, true)
    }

    #[test]
    fn weights_decide_then_size() {
        use Coding::{Brotli, Gzip, Identity};
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
            assert_eq!(chosen(&[line]), coding, "{line:?}");
        }
    }

    #[test]
    fn malformed_parts_are_ignored() {
        use Coding::{Brotli, Gzip, Identity};
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
            assert_eq!(chosen(&[line]), coding, "{line:?}");
        }
        let mut headers = HeaderMap::new();
        headers.append(
            ACCEPT_ENCODING,
            HeaderValue::from_bytes(b"\xff, gzip").unwrap(),
        );
        assert_eq!(choose(&headers, true, true), Gzip);
    }

    #[test]
    fn lines_add_up_and_only_what_exists_is_chosen() {
        assert_eq!(chosen(&["gzip;q=0.5", "br;q=0.4"]), Coding::Gzip);
        assert_eq!(
            choose(&HeaderMap::new(), true, true),
            Coding::Identity,
            "who does not ask gets the file as it is"
        );
        let mut headers = HeaderMap::new();
        headers.append(ACCEPT_ENCODING, HeaderValue::from_static("br, gzip"));
        assert_eq!(choose(&headers, false, true), Coding::Gzip);
        assert_eq!(choose(&headers, false, false), Coding::Identity);
    }
}
