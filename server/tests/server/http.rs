//! Methods, paths, types and listings.

use crate::fixture::{Fixture, HASHED, PAGE, WASM, table};

#[test]
fn page_is_at_the_root_and_by_name() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    for path in ["/", "/index.html", "/?edited=1", "http://elsewhere/"] {
        let reply = client.get(path, "");
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.text(), PAGE, "{path}");
        assert_eq!(
            reply.header("content-type"),
            Some("text/html; charset=utf-8")
        );
    }
}

#[test]
fn files_come_with_their_types() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    for (path, media) in [
        (format!("/{HASHED}"), "text/javascript; charset=utf-8"),
        (format!("/{WASM}"), "application/wasm"),
        ("/sub/deep/note.txt".into(), "text/plain; charset=utf-8"),
        ("/Data/utilities.csv".into(), "text/csv; charset=utf-8"),
        ("/Data/".into(), "application/json"),
    ] {
        let reply = client.get(&path, "");
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("content-type"), Some(media), "{path}");
        assert_eq!(reply.header("accept-ranges"), Some("none"));
    }
    assert_eq!(client.get("/Data/utilities.csv", "").text(), table());
}

#[test]
fn folders_of_data_are_listed() {
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
        let reply = client.get(path, "");
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.names(), names, "{path}");
        assert_eq!(reply.header("cache-control"), Some("no-cache"));
    }
    for (name, digest) in client.get("/Data/", "").listed() {
        let file = client.get(&format!("/Data/{name}"), "");
        assert_eq!(
            file.header("etag"),
            Some(&*format!("\"{digest}\"")),
            "{name}"
        );
    }
    let named = client.get("/Precomputed%20Data/a%20%22quoted%22%20name.csv", "");
    assert_eq!(named.text(), "1\n");
    assert_eq!(client.get("/Data/sub/deeper.csv", "").status, 404);
}

#[test]
fn an_empty_folder_is_an_empty_list() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let reply = server.connect().get("/Precomputed%20Data/", "");
    assert_eq!(reply.names(), [""; 0]);
}

#[test]
fn head_is_get_without_the_body() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    for path in ["/", "/Data/utilities.csv", "/nowhere", "/healthz"] {
        for coding in ["", "Accept-Encoding: gzip\r\n"] {
            let head = client.ask("HEAD", path, coding);
            let get = client.get(path, coding);
            assert_eq!(head.status, get.status, "{path}");
            let but_date = |headers: &[(String, String)]| {
                let mut rest = headers.to_vec();
                rest.retain(|(name, _)| name != "date");
                rest
            };
            assert_eq!(but_date(&head.headers), but_date(&get.headers), "{path}");
        }
    }
}

#[test]
fn other_methods_are_not_allowed() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"] {
        for path in ["/", "/nowhere"] {
            let reply = server.connect().ask(method, path, "");
            assert_eq!(reply.status, 405, "{method}");
            assert_eq!(reply.header("allow"), Some("GET, HEAD"), "{method}");
        }
    }
    let whole_server = server.connect().ask("OPTIONS", "*", "");
    assert_eq!(whole_server.status, 405);
}

#[test]
fn what_is_not_there_is_404_and_never_the_page() {
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
        let reply = client.get(path, "");
        assert_eq!(reply.status, 404, "{path}");
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(
            reply.header("content-type"),
            Some("text/plain; charset=utf-8")
        );
    }
}

#[test]
fn health_is_one_word() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let reply = server.connect().get("/healthz", "");
    assert_eq!((reply.status, reply.text()), (200, "ok\n"));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
}

#[test]
fn every_answer_carries_the_policy() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let tag = server.connect().get("/", "");
    let tag = format!("If-None-Match: {}\r\n", tag.header("etag").unwrap());
    for (status, method, path, lines) in [
        (200, "GET", "/", ""),
        (200, "HEAD", "/", ""),
        (200, "GET", "/Data/", ""),
        (200, "GET", "/healthz", ""),
        (304, "GET", "/", tag.as_str()),
        (400, "GET", "/", "Host: b\r\n"),
        (404, "GET", "/nowhere", ""),
        (405, "POST", "/", ""),
        (412, "GET", "/", "If-Match: \"x\"\r\n"),
    ] {
        let reply = server.connect().ask(method, path, lines);
        assert_eq!(reply.status, status);
        let policy = reply.header("content-security-policy").unwrap();
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
                policy.split("; ").any(|known| known == directive),
                "{status}: no {directive}"
            );
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("server", "conjoint"),
        ] {
            assert_eq!(reply.header(name), Some(value), "{status}");
        }
        let permissions = reply.header("permissions-policy").unwrap();
        assert!(permissions.contains("camera=()"), "{status}");
        assert!(reply.header("date").is_some(), "{status}");
    }
}

#[test]
fn requests_share_a_connection_also_at_once() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    client.send(
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n\
         GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n\
         HEAD / HTTP/1.1\r\nHost: a\r\n\r\n\
         GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    );
    assert_eq!(client.reply().status, 200);
    assert_eq!(client.reply().status, 404);
    assert_eq!(client.reply_to("HEAD").status, 200);
    let last = client.reply();
    assert_eq!(last.text(), "ok\n");
    assert_eq!(last.header("connection"), Some("close"));
    assert!(client.is_closed_silently());
}

#[test]
fn a_client_may_end_its_side_and_still_be_answered() {
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"0123456789abcdef".repeat(500_000));
    let server = fixture.serve();
    let mut client = server.connect();
    client.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    client.end_sending();
    assert_eq!(client.reply().body.len(), 8_000_000);
    assert!(client.is_closed_silently());
}

#[test]
fn http_1_0_is_answered_and_closed() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    client.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
    assert_eq!(client.reply().text(), PAGE);
    assert!(client.is_closed_silently());
}
