//! Caching, revalidation and content codings.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::time::{Duration, SystemTime};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::fixture::{Fixture, HASHED_SCRIPT, HASHED_WASM, PAGE_HTML, utilities_csv};

const CODINGS: [&str; 3] = ["identity", "br", "gzip"];

fn accept_encoding(coding: &str) -> String {
    format!("Accept-Encoding: {coding}\r\n")
}

#[test]
fn only_hashed_names_are_immutable() {
    let fixture = Fixture::new();
    fixture.write("dist/boot.js", "start()");
    fixture.write("dist/plotly.min.js", "plot()");
    fixture.write("dist/manifest.webmanifest", "{}");
    fixture.write(
        &format!("Data/{HASHED_SCRIPT}"),
        "a study file with a name like this",
    );
    let server = fixture.serve();
    let mut client = server.connect();
    for path in [format!("/{HASHED_SCRIPT}"), format!("/{HASHED_WASM}")] {
        let response = client.get(&path, "");
        assert_eq!(
            response.header("cache-control"),
            Some("public, max-age=31536000, immutable"),
            "{path}"
        );
    }
    for path in [
        "/",
        "/index.html",
        "/sw.js",
        "/manifest.webmanifest",
        "/boot.js",
        "/plotly.min.js",
        "/Data/utilities.csv",
        "/Data/app-0123456789abcdef.js",
    ] {
        let response = client.get(path, "");
        assert_eq!(response.header("cache-control"), Some("no-cache"), "{path}");
    }
}

#[test]
fn each_coding_decodes_to_the_file_and_has_a_different_tag() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    let mut tags = Vec::new();
    for coding in CODINGS {
        let response = client.get("/Data/utilities.csv", &accept_encoding(coding));
        assert_eq!(response.header("vary"), Some("Accept-Encoding"));
        let expected = (coding != "identity").then_some(coding);
        assert_eq!(response.header("content-encoding"), expected);
        let mut plain = Vec::new();
        match coding {
            "br" => brotli::BrotliDecompress(&mut &*response.body, &mut plain).unwrap(),
            "gzip" => plain = unpacked(&response.body).into_bytes(),
            _ => plain.clone_from(&response.body),
        }
        assert_eq!(plain, utilities_csv().as_bytes(), "{coding}");
        let tag = response.header("etag").unwrap().to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag} is weak");
        tags.push(tag);
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), CODINGS.len());
}

#[test]
fn q_values_select_the_coding() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    for (line, coding) in [
        ("gzip, deflate, br", Some("br")),
        ("br;q=0.1, GZIP;q=0.2", Some("gzip")),
        ("gzip;q=0", None),
        ("*;q=0", None),
        ("br;q=0, *;q=0.1", Some("gzip")),
        ("br;q=nonsense, gzip", Some("gzip")),
        ("zstd", None),
    ] {
        let response = client.get("/Data/utilities.csv", &accept_encoding(line));
        assert_eq!(response.header("content-encoding"), coding, "{line}");
    }
    let two_lines = "Accept-Encoding: gzip;q=0.9\r\nAccept-Encoding: br;q=0.1\r\n";
    let response = client.get("/Data/utilities.csv", two_lines);
    assert_eq!(response.header("content-encoding"), Some("gzip"));
}

#[test]
fn files_that_would_not_shrink_are_sent_uncompressed() {
    let fixture = Fixture::new();
    fixture.write("dist/picture.png", &"a".repeat(5000));
    let server = fixture.serve();
    let mut client = server.connect();
    for path in ["/picture.png", "/sub/deep/note.txt"] {
        let response = client.get(path, &accept_encoding("br, gzip"));
        assert_eq!(response.header("content-encoding"), None, "{path}");
        assert_eq!(response.header("vary"), Some("Accept-Encoding"), "{path}");
    }
}

#[test]
fn forms_made_by_the_build_are_used_unless_outdated() {
    let fixture = Fixture::new();
    let script = "// a comment\n".repeat(100);
    let name = |name: &str| format!("dist/{name}");
    for original in ["new.js", "old.js"] {
        fixture.write(&name(original), &script);
        fixture.write(&name(&format!("{original}.br")), "br of the build");
        fixture.write(&name(&format!("{original}.gz")), "gz of the build");
    }
    let hour = Duration::from_secs(3600);
    for form in ["old.js.br", "old.js.gz"] {
        let file = File::options().write(true).open(fixture.path(&name(form)));
        file.unwrap()
            .set_modified(SystemTime::now() - hour)
            .unwrap();
    }
    fixture.write(&name("orphan.gz"), "not a form of anything");
    let server = fixture.serve();
    let mut client = server.connect();
    assert_eq!(
        client.get("/new.js", &accept_encoding("br")).text(),
        "br of the build"
    );
    assert_eq!(
        client.get("/new.js", &accept_encoding("gzip")).text(),
        "gz of the build"
    );
    assert_eq!(client.get("/new.js", "").text(), script);
    let br = cfg!(feature = "brotli").then_some("br");
    for (coding, made_at_startup) in [("br", br), ("gzip", Some("gzip"))] {
        let response = client.get("/old.js", &accept_encoding(coding));
        assert_eq!(response.header("content-encoding"), made_at_startup);
        assert!(!response.body.ends_with(b"of the build"));
    }
    for (path, status) in [
        ("/new.js.br", 404),
        ("/new.js.gz", 404),
        ("/orphan.gz", 200),
    ] {
        assert_eq!(client.get(path, "").status, status, "{path}");
    }
}

#[test]
fn a_tag_revalidates_only_the_coding_it_belongs_to() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    for coding in CODINGS {
        let full = client.get("/Data/utilities.csv", &accept_encoding(coding));
        let tag = full.header("etag").unwrap();
        for method in ["GET", "HEAD"] {
            let lines = format!("{}If-None-Match: {tag}\r\n", accept_encoding(coding));
            let response = client.request(method, "/Data/utilities.csv", &lines);
            assert_eq!(response.status, 304, "{method} {coding}");
            for name in ["etag", "vary", "cache-control", "last-modified"] {
                assert_eq!(response.header(name), full.header(name), "{name}");
            }
            assert_eq!(response.header("content-encoding"), None);
        }
        let other = if coding == "gzip" { "br" } else { "gzip" };
        let lines = format!("{}If-None-Match: {tag}\r\n", accept_encoding(other));
        assert_eq!(client.get("/Data/utilities.csv", &lines).status, 200);
    }
}

#[test]
fn preconditions_are_evaluated_in_order() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    let page = client.get("/", "");
    let tag = page.header("etag").unwrap();
    let date = page.header("last-modified").unwrap();
    let (old, new) = (
        "Sat, 01 Jan 2000 00:00:00 GMT",
        "Fri, 01 Jan 2100 00:00:00 GMT",
    );
    for (status, lines) in [
        (304, format!("If-None-Match: {tag}\r\n")),
        (304, format!("If-None-Match: \"x\", W/{tag}, \"y\"\r\n")),
        (
            304,
            format!("If-None-Match: \"x\"\r\nIf-None-Match: {tag}\r\n"),
        ),
        (304, "If-None-Match: *\r\n".into()),
        (200, "If-None-Match: \"x\"\r\n".into()),
        (304, format!("If-Modified-Since: {date}\r\n")),
        (304, format!("If-Modified-Since: {new}\r\n")),
        (200, format!("If-Modified-Since: {old}\r\n")),
        (200, "If-Modified-Since: soon\r\n".into()),
        (
            200,
            format!("If-None-Match: \"x\"\r\nIf-Modified-Since: {new}\r\n"),
        ),
        (
            304,
            format!("If-None-Match: {tag}\r\nIf-Modified-Since: {old}\r\n"),
        ),
        (200, format!("If-Match: {tag}\r\n")),
        (200, "If-Match: *\r\n".into()),
        (412, "If-Match: \"x\"\r\n".into()),
        (412, format!("If-Match: W/{tag}\r\n")),
        (412, format!("If-Match: \"x\"\r\nIf-None-Match: {tag}\r\n")),
        (412, format!("If-Unmodified-Since: {old}\r\n")),
        (200, format!("If-Unmodified-Since: {date}\r\n")),
        (
            200,
            format!("If-Match: {tag}\r\nIf-Unmodified-Since: {old}\r\n"),
        ),
    ] {
        let response = client.get("/", &lines);
        assert_eq!(response.status, status, "{lines}");
        if status == 200 {
            assert_eq!(response.text(), PAGE_HTML);
        }
    }
    let missing = client.get("/nowhere", "If-None-Match: *\r\n");
    assert_eq!(missing.status, 404);
}

#[test]
fn ranges_are_ignored() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let response = server.connect().get("/", "Range: bytes=0-3\r\n");
    assert_eq!((response.status, response.text()), (200, PAGE_HTML));
}

#[test]
fn files_are_served_as_read_at_startup() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    fs::remove_file(fixture.path("dist/index.html")).unwrap();
    assert_eq!(server.connect().get("/", "").text(), PAGE_HTML);
}

/// Compresses `text` with gzip.
fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_file_stored_only_as_gzip_is_served_under_its_plain_name() {
    let fixture = Fixture::new();
    let script = "// a comment\n".repeat(100);
    let encoded = gzip(&script);
    let write = |name: &str, bytes: &[u8]| fs::write(fixture.path(name), bytes).unwrap();
    write("dist/packed.js.gz", &encoded);
    write("dist/packed.js.br", b"br of the build");
    write("Data/rates.csv.gz", &gzip("0.5\n"));
    let server = fixture.serve();
    let mut client = server.connect();
    let plain = client.get("/packed.js", "");
    assert_eq!(plain.text(), script);
    assert_eq!(
        plain.header("content-type"),
        Some("text/javascript; charset=utf-8")
    );
    assert_eq!(
        client.get("/packed.js", &accept_encoding("gzip")).body,
        encoded
    );
    assert_eq!(
        client.get("/packed.js", &accept_encoding("br")).text(),
        "br of the build"
    );
    for path in ["/packed.js.gz", "/packed.js.br", "/Data/rates.csv.gz"] {
        assert_eq!(client.get(path, "").status, 404, "{path}");
    }
    assert_eq!(client.get("/Data/rates.csv", "").text(), "0.5\n");
    assert_eq!(
        client.get("/Data/", "").listed_names(),
        ["brands.csv", "rates.csv", "utilities.csv"]
    );
}

#[test]
fn a_file_stored_only_as_brotli_is_served_in_every_coding() {
    let fixture = Fixture::new();
    let script = "// a comment\n".repeat(100);
    let mut encoded = Vec::new();
    brotli::BrotliCompress(&mut script.as_bytes(), &mut encoded, &Default::default()).unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(fixture.path(name), bytes).unwrap();
    write("dist/packed.js.br", &encoded);
    write("dist/orphan.br", b"not a form of anything");
    let server = fixture.serve();
    let mut client = server.connect();
    assert_eq!(client.get("/packed.js", "").text(), script);
    assert_eq!(
        client.get("/packed.js", &accept_encoding("br")).body,
        encoded
    );
    let response = client.get("/packed.js", &accept_encoding("gzip"));
    assert_eq!(response.header("content-encoding"), Some("gzip"));
    assert_eq!(unpacked(&response.body), script);
    assert_eq!(client.get("/packed.js.br", "").status, 404);
    assert_eq!(client.get("/orphan.br", "").status, 200);
}

/// Decompresses gzip.
fn unpacked(encoded: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(encoded)
        .read_to_string(&mut text)
        .unwrap();
    text
}
