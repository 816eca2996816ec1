//! Methods, paths, media types and listings.

use crate::fixture::{Fixture, HASHED_SCRIPT, HASHED_WASM, PAGE_HTML, utilities_csv};

#[test]
fn page_is_served_at_the_root_and_by_name() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    for path in ["/", "/index.html", "/?edited=1", "http://elsewhere/"] {
        let response = client.get(path, "");
        assert_eq!(response.status, 200, "{path}");
        assert_eq!(response.text(), PAGE_HTML, "{path}");
        assert_eq!(
            response.header("content-type"),
            Some("text/html; charset=utf-8")
        );
    }
}

#[test]
fn files_have_media_types() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    for (path, media_type) in [
        (
            format!("/{HASHED_SCRIPT}"),
            "text/javascript; charset=utf-8",
        ),
        (format!("/{HASHED_WASM}"), "application/wasm"),
        ("/sub/deep/note.txt".into(), "text/plain; charset=utf-8"),
        ("/Data/utilities.csv".into(), "text/csv; charset=utf-8"),
        ("/Data/".into(), "application/json"),
    ] {
        let response = client.get(&path, "");
        assert_eq!(response.status, 200, "{path}");
        assert_eq!(response.header("content-type"), Some(media_type), "{path}");
        assert_eq!(response.header("accept-ranges"), Some("none"));
    }
    assert_eq!(
        client.get("/Data/utilities.csv", "").text(),
        utilities_csv()
    );
}

#[test]
fn data_folders_are_listed() {
    let fixture = Fixture::new();
    fixture.write("Data/.hidden", "no");
    fixture.write("Data/sub/deeper.csv", "no");
    fixture.write("Data/utilities.csv.gz", "a form of another file");
    fixture.write("Precomputed Data/a \"quoted\" name.csv", "1\n");
    let server = fixture.serve();
    let mut client = server.connect();
    for (path, names) in [
        ("/Data/", &["brands.csv", "utilities.csv"][..]),
        ("/Data", &["brands.csv", "utilities.csv"]),
        ("/Precomputed%20Data/", &["a \"quoted\" name.csv"]),
        ("/Precomputed%20Data", &["a \"quoted\" name.csv"]),
    ] {
        let response = client.get(path, "");
        assert_eq!(response.status, 200, "{path}");
        assert_eq!(response.listed_names(), names, "{path}");
        assert_eq!(response.header("cache-control"), Some("no-cache"));
    }
    for (name, digest) in client.get("/Data/", "").listed_files() {
        let file = client.get(&format!("/Data/{name}"), "");
        assert_eq!(
            file.header("etag"),
            Some(&*format!("\"{digest}\"")),
            "{name}"
        );
    }
    let quoted = client.get("/Precomputed%20Data/a%20%22quoted%22%20name.csv", "");
    assert_eq!(quoted.text(), "1\n");
    assert_eq!(client.get("/Data/sub/deeper.csv", "").status, 404);
}

#[test]
fn an_empty_folder_has_an_empty_listing() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let response = server.connect().get("/Precomputed%20Data/", "");
    assert_eq!(response.listed_names(), [""; 0]);
}

#[test]
fn head_has_the_headers_of_get() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    for path in ["/", "/Data/utilities.csv", "/nowhere", "/healthz"] {
        for coding in ["", "Accept-Encoding: gzip\r\n"] {
            let head = client.request("HEAD", path, coding);
            let get = client.get(path, coding);
            assert_eq!(head.status, get.status, "{path}");
            let without_date = |headers: &[(String, String)]| {
                let mut headers = headers.to_vec();
                headers.retain(|(name, _)| name != "date");
                headers
            };
            assert_eq!(
                without_date(&head.headers),
                without_date(&get.headers),
                "{path}"
            );
        }
    }
}

#[test]
fn other_methods_are_not_allowed() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"] {
        for path in ["/", "/nowhere"] {
            let response = server.connect().request(method, path, "");
            assert_eq!(response.status, 405, "{method}");
            assert_eq!(response.header("allow"), Some("GET, HEAD"), "{method}");
        }
    }
    let asterisk_form = server.connect().request("OPTIONS", "*", "");
    assert_eq!(asterisk_form.status, 405);
}

#[test]
fn unknown_paths_get_404_and_never_the_page() {
    let fixture = Fixture::new();
    fixture.write("dist/.hidden", "no");
    fixture.write("dist/.git/config", "no");
    let server = fixture.serve();
    let mut client = server.connect();
    for path in [
        "/app-fedcba9876543210.js",
        "/app-fedcba9876543210_bg.wasm",
        "/index.htm",
        "/INDEX.HTML",
        "/index.html/",
        "/.hidden",
        "/.git/config",
        "/sub",
        "/sub/",
        "/Data/nowhere.csv",
        "/Precomputed%20Data/nowhere.csv",
        "/PrecomputedData/",
        "/data/",
    ] {
        let response = client.get(path, "");
        assert_eq!(response.status, 404, "{path}");
        assert_eq!(response.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(
            response.header("content-type"),
            Some("text/plain; charset=utf-8")
        );
    }
}

#[test]
fn health_check_responds_ok_and_is_not_stored() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let response = server.connect().get("/healthz", "");
    assert_eq!((response.status, response.text()), (200, "ok\n"));
    assert_eq!(response.header("cache-control"), Some("no-store"));
}

#[test]
fn every_response_has_the_security_headers() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let page = server.connect().get("/", "");
    let if_none_match = format!("If-None-Match: {}\r\n", page.header("etag").unwrap());
    for (status, method, path, lines) in [
        (200, "GET", "/", ""),
        (200, "HEAD", "/", ""),
        (200, "GET", "/Data/", ""),
        (200, "GET", "/healthz", ""),
        (304, "GET", "/", if_none_match.as_str()),
        (400, "GET", "/", "Host: b\r\n"),
        (404, "GET", "/nowhere", ""),
        (405, "POST", "/", ""),
        (412, "GET", "/", "If-Match: \"x\"\r\n"),
    ] {
        let response = server.connect().request(method, path, lines);
        assert_eq!(response.status, status);
        let policy = response.header("content-security-policy").unwrap();
        for directive in [
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "connect-src 'self'",
            "worker-src 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ] {
            assert!(
                policy.split("; ").any(|sent| sent == directive),
                "{status}: {directive} is missing"
            );
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("server", "conjoint"),
        ] {
            assert_eq!(response.header(name), Some(value), "{status}");
        }
        let permissions = response.header("permissions-policy").unwrap();
        assert!(permissions.contains("camera=()"), "{status}");
        assert!(response.header("date").is_some(), "{status}");
    }
}

#[test]
fn a_connection_serves_pipelined_requests() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    client.send(
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n\
         GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n\
         HEAD / HTTP/1.1\r\nHost: a\r\n\r\n\
         GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(client.read_response().status, 200);
    assert_eq!(client.read_response().status, 404);
    assert_eq!(client.read_response_to("HEAD").status, 200);
    let last = client.read_response();
    assert_eq!(last.text(), "ok\n");
    assert_eq!(last.header("connection"), Some("close"));
    assert!(client.closes_without_more_bytes());
}

#[test]
fn a_client_that_closes_its_sending_side_gets_the_whole_response() {
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"0123456789abcdef".repeat(500_000));
    let server = fixture.serve();
    let mut client = server.connect();
    client.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    client.close_sending_side();
    assert_eq!(client.read_response().body.len(), 8_000_000);
    assert!(client.closes_without_more_bytes());
}

#[test]
fn http_1_0_gets_a_response_and_a_closed_connection() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    client.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
    assert_eq!(client.read_response().text(), PAGE_HTML);
    assert!(client.closes_without_more_bytes());
}
