//! The compressed forms of a file: those that the build made, else made here at start.
//!
//! The build has time for the last percent, the start has not: a container is to answer
//! within milliseconds of being started. For tables of numbers the higher levels gain little
//! anyway: of a 484 KB study, br makes 220 KB at any level from 2 to 9, in 11 to 94 ms.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::Bytes;

use super::folder::Found;
use super::media::Media;

/// How hard to try where the build has not compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Files of the page, few of which come here, as the build compresses the large ones.
    Site,
    /// Files of a study, all of which come here: half a megabyte in about 15 ms.
    Data,
}

impl Effort {
    #[cfg(feature = "brotli")]
    const fn brotli(self) -> i32 {
        match self {
            Self::Site => 5,
            Self::Data => 2,
        }
    }

    const fn gzip(self) -> Compression {
        Compression::new(match self {
            Self::Site => 6,
            Self::Data => 2,
        })
    }
}

/// The forms that are smaller than the file.
#[derive(Debug, Default)]
pub struct Codings {
    /// Brotli
    pub brotli: Option<Bytes>,
    /// gzip
    pub gzip: Option<Bytes>,
}

/// Takes or makes the compressed forms of `found`; none where its type has nothing to gain.
pub fn codings(found: &Found, media: &Media, effort: Effort) -> Codings {
    if !media.compressible {
        return Codings::default();
    }
    let smaller = |coded: &Bytes| coded.len() < found.body.len();
    let made = |coded: Option<Vec<u8>>| coded.map(Bytes::from);
    Codings {
        brotli: found
            .brotli
            .clone()
            .or_else(|| made(brotli(&found.body, effort)))
            .filter(smaller),
        gzip: found
            .gzip
            .clone()
            .or_else(|| made(gzip(&found.body, effort)))
            .filter(smaller),
    }
}

/// `None` is for an encoder's error, which writing to memory does not have; the file is then
/// served without this form.
#[cfg(feature = "brotli")]
fn brotli(body: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: effort.brotli(),
        // No larger a window than the file needs: the encoder's tables follow from it.
        lgwin: (10..22).find(|bits| body.len() <= 1 << bits).unwrap_or(22),
        size_hint: body.len(),
        ..Default::default()
    };
    let mut coded = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut coded, &parameters).ok()?;
    coded.shrink_to_fit();
    Some(coded)
}

#[cfg(not(feature = "brotli"))]
const fn brotli(_: &[u8], _: Effort) -> Option<Vec<u8>> {
    None
}

fn gzip(body: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), effort.gzip());
    encoder.write_all(body).ok()?;
    let mut coded = encoder.finish().ok()?;
    coded.shrink_to_fit();
    Some(coded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    const CSV: Media = Media {
        name: "text/csv",
        compressible: true,
    };

    fn file(text: &str) -> Found {
        Found::from_memory("a.csv", text.to_owned())
    }

    #[test]
    fn both_forms_give_the_file_back() {
        let text = "1,Tesla,Model 3,449.00\n".repeat(5000);
        for effort in [Effort::Site, Effort::Data] {
            let codings = codings(&file(&text), &CSV, effort);
            assert_eq!(codings.brotli.is_some(), cfg!(feature = "brotli"));
            if let Some(coded) = codings.brotli {
                let mut plain = Vec::new();
                brotli::BrotliDecompress(&mut &*coded, &mut plain).unwrap();
                assert_eq!(plain, text.as_bytes());
            }
            let mut plain = String::new();
            flate2::read::GzDecoder::new(&*codings.gzip.unwrap())
                .read_to_string(&mut plain)
                .unwrap();
            assert_eq!(plain, text);
        }
    }

    #[test]
    fn what_does_not_shrink_stays_as_it_is() {
        let tiny = codings(&file("a"), &CSV, Effort::Site);
        assert!(tiny.brotli.is_none() && tiny.gzip.is_none());
        let empty = codings(&file(""), &CSV, Effort::Site);
        assert!(empty.brotli.is_none() && empty.gzip.is_none());
        let picture = Media {
            name: "image/png",
            compressible: false,
        };
        let kept = codings(&file(&"a".repeat(1000)), &picture, Effort::Site);
        assert!(kept.brotli.is_none() && kept.gzip.is_none());
    }

    #[test]
    fn the_builds_own_forms_are_taken() {
        let mut found = file(&"a".repeat(1000));
        found.brotli = Some(Bytes::from_static(b"made by the build"));
        let codings = codings(&found, &CSV, Effort::Site);
        assert_eq!(codings.brotli.unwrap(), "made by the build");
    }
}
