//! The compressed forms of a file: taken from the build if it made them, otherwise made here at
//! startup.
//!
//! The build can afford the highest compression levels; startup cannot, since a container should
//! respond within milliseconds. Higher levels gain little for tables of numbers anyway: Brotli
//! compresses a 484 KB study to 220 KB at every level from 2 to 9, in 11 to 94 ms.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::body::Bytes;

use super::folder::SourceFile;
use super::media_type::MediaType;

/// How hard to compress a file that the build has not compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompressionEffort {
    /// Files of the page. The build has compressed the large ones, except with gzip for the image.
    Site,
    /// Files of a study. All are compressed here: half a megabyte takes about 15 ms.
    Data,
}

impl CompressionEffort {
    #[cfg(feature = "brotli")]
    const fn brotli_quality(self) -> i32 {
        match self {
            Self::Site => 5,
            Self::Data => 2,
        }
    }

    const fn gzip_level(self) -> Compression {
        Compression::new(match self {
            Self::Site => 4,
            Self::Data => 2,
        })
    }
}

/// The compressed forms of a file; `None` for a form that would not be smaller than the file.
#[derive(Debug, Default)]
pub struct CompressedForms {
    /// Brotli
    pub brotli: Option<Bytes>,
    /// gzip
    pub gzip: Option<Bytes>,
}

/// Takes the compressed forms of `file` from the build or makes them. A file whose type does not
/// compress has no forms.
pub fn compress_file(
    file: &SourceFile,
    media_type: &MediaType,
    effort: CompressionEffort,
) -> CompressedForms {
    if !media_type.is_compressible {
        return CompressedForms::default();
    }
    let is_smaller = |encoded: &Bytes| encoded.len() < file.body.len();
    CompressedForms {
        brotli: file
            .brotli
            .clone()
            .or_else(|| encode_brotli(&file.body, effort).map(Bytes::from))
            .filter(is_smaller),
        gzip: file
            .gzip
            .clone()
            .or_else(|| encode_gzip(&file.body, effort).map(Bytes::from))
            .filter(is_smaller),
    }
}

/// Returns `None` if the encoder fails, which it never does when it writes to memory; the file
/// is then served without this form.
#[cfg(feature = "brotli")]
fn encode_brotli(body: &[u8], effort: CompressionEffort) -> Option<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: effort.brotli_quality(),
        // A window no larger than the file, because the encoder's tables grow with the window.
        lgwin: (10..22).find(|bits| body.len() <= 1 << bits).unwrap_or(22),
        size_hint: body.len(),
        ..Default::default()
    };
    let mut encoded = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut encoded, &parameters).ok()?;
    encoded.shrink_to_fit();
    Some(encoded)
}

#[cfg(not(feature = "brotli"))]
const fn encode_brotli(_: &[u8], _: CompressionEffort) -> Option<Vec<u8>> {
    None
}

fn encode_gzip(body: &[u8], effort: CompressionEffort) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), effort.gzip_level());
    encoder.write_all(body).ok()?;
    let mut encoded = encoder.finish().ok()?;
    encoded.shrink_to_fit();
    Some(encoded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    const CSV: MediaType = MediaType {
        name: "text/csv",
        is_compressible: true,
    };

    fn file(text: &str) -> SourceFile {
        SourceFile::from_memory("a.csv", text.to_owned())
    }

    #[test]
    fn both_forms_decompress_to_the_file() {
        let text = "1,Tesla,Model 3,449.00\n".repeat(5000);
        for effort in [CompressionEffort::Site, CompressionEffort::Data] {
            let forms = compress_file(&file(&text), &CSV, effort);
            assert_eq!(forms.brotli.is_some(), cfg!(feature = "brotli"));
            if let Some(encoded) = forms.brotli {
                let mut plain = Vec::new();
                brotli::BrotliDecompress(&mut &*encoded, &mut plain).unwrap();
                assert_eq!(plain, text.as_bytes());
            }
            let mut plain = String::new();
            flate2::read::GzDecoder::new(&*forms.gzip.unwrap())
                .read_to_string(&mut plain)
                .unwrap();
            assert_eq!(plain, text);
        }
    }

    #[test]
    fn a_file_that_does_not_shrink_has_no_compressed_forms() {
        let tiny = compress_file(&file("a"), &CSV, CompressionEffort::Site);
        assert!(tiny.brotli.is_none() && tiny.gzip.is_none());
        let empty = compress_file(&file(""), &CSV, CompressionEffort::Site);
        assert!(empty.brotli.is_none() && empty.gzip.is_none());
        let png = MediaType {
            name: "image/png",
            is_compressible: false,
        };
        let image = compress_file(&file(&"a".repeat(1000)), &png, CompressionEffort::Site);
        assert!(image.brotli.is_none() && image.gzip.is_none());
    }

    #[test]
    fn forms_made_by_the_build_are_used() {
        let mut file = file(&"a".repeat(1000));
        file.brotli = Some(Bytes::from_static(b"made by the build"));
        let forms = compress_file(&file, &CSV, CompressionEffort::Site);
        assert_eq!(forms.brotli.unwrap(), "made by the build");
    }
}
