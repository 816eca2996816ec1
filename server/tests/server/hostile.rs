//! Malformed and malicious requests, and links that lead out of the served folders.

use std::fmt::Write;
use std::fs;
use std::os::unix::fs::symlink;

use crate::fixture::{Fixture, PAGE_HTML};

#[test]
fn exactly_one_valid_host_is_required() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    for (status, hosts) in [
        (200, "Host: localhost:8050\r\n"),
        (200, "Host: [::1]:8050\r\n"),
        (200, "hOsT:127.0.0.1\r\n"),
        (400, ""),
        (400, "Host: a\r\nHost: a\r\n"),
        (400, "Host: a\r\nHost: b\r\n"),
        (400, "Host:\r\n"),
        (400, "Host: a b\r\n"),
        (400, "Host: a/b\r\n"),
        (400, "Host: user@a\r\n"),
    ] {
        let mut client = server.connect();
        client.send(format!("GET / HTTP/1.1\r\n{hosts}\r\n"));
        assert_eq!(client.read_response().status, status, "{hosts:?}");
    }
}

#[test]
fn no_path_reaches_a_file_outside_the_served_folders() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    for path in [
        "/../secret.txt",
        "/sub/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/Data/../../secret.txt",
        "/Data/%2e%2e/dist/index.html",
        "/Data/..;/secret.txt",
        "//index.html",
        "/./index.html",
        "/sub/../index.html",
        "//etc/passwd",
        "/etc/passwd",
        "/%c0%ae%c0%ae/secret.txt",
        "/index.html%00",
        "/secret.txt%00.html",
        "/%0d%0aX-Injected:1",
        "/%",
        "/%zz",
    ] {
        let mut client = server.connect();
        let response = client.get(path, "");
        assert!(matches!(response.status, 400 | 404), "{path}: {response:?}");
        assert_eq!(response.header("x-injected"), None);
    }
    for path in ["/%", "/%zz", "/index.html%00", "/%0d%0a", "/%c0%ae"] {
        assert_eq!(server.connect().get(path, "").status, 400, "{path}");
    }
}

#[test]
fn links_are_followed_only_within_the_folder() {
    let fixture = Fixture::new();
    let link = |target: &str, name: &str| symlink(target, fixture.path(name)).unwrap();
    link("utilities.csv", "Data/inside.csv");
    link("../secret.txt", "Data/outside.csv");
    link("/etc/passwd", "Data/absolute.csv");
    link("nowhere.csv", "Data/dangling.csv");
    link("..", "dist/parent");
    link(".", "dist/circle");
    // Kubernetes mounts a ConfigMap like this.
    fs::create_dir(fixture.path("Data/..mounted")).unwrap();
    fixture.write("Data/..mounted/rates.csv", "0.5\n");
    link("..mounted/rates.csv", "Data/rates.csv");
    let server = fixture.serve();
    let mut client = server.connect();
    assert_eq!(
        client.get("/Data/", "").listed_names(),
        ["brands.csv", "inside.csv", "rates.csv", "utilities.csv"]
    );
    assert_eq!(client.get("/Data/rates.csv", "").text(), "0.5\n");
    for path in [
        "/Data/outside.csv",
        "/Data/absolute.csv",
        "/Data/dangling.csv",
        "/parent/secret.txt",
        "/circle/index.html",
    ] {
        assert_eq!(client.get(path, "").status, 404, "{path}");
    }
}

#[test]
fn a_linked_folder_is_served() {
    let fixture = Fixture::new();
    fs::rename(fixture.path("Data"), fixture.path("elsewhere")).unwrap();
    symlink("elsewhere", fixture.path("Data")).unwrap();
    let server = fixture.serve();
    let response = server.connect().get("/Data/brands.csv", "");
    assert_eq!(response.text(), "brand\nTesla\n");
}

#[test]
fn header_size_is_limited() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    for (status, bytes) in [(200, 15_000), (431, 17_000), (431, 200_000)] {
        let mut client = server.connect();
        client.try_send(format!(
            "GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n",
            "x".repeat(bytes)
        ));
        let response = client.read_response();
        assert_eq!(response.status, status, "{bytes} bytes");
        if status != 200 {
            assert!(client.closes_without_more_bytes());
        }
    }
    let mut client = server.connect();
    client.try_send(format!("GET /{} HTTP/1.1\r\n", "x".repeat(20_000)));
    assert!(matches!(client.read_response().status, 414 | 431));
}

#[test]
fn header_count_is_limited() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    for (status, count) in [(200, 99), (431, 100), (431, 500)] {
        let mut lines = String::new();
        for number in 0..count {
            write!(lines, "X-{number}: 1\r\n").unwrap();
        }
        let mut client = server.connect();
        client.send(format!("GET / HTTP/1.1\r\nHost: a\r\n{lines}\r\n"));
        assert_eq!(
            client.read_response().status,
            status,
            "{count} headers after Host"
        );
    }
}

#[test]
fn ambiguous_body_lengths_are_rejected() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let smuggled = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    for method in ["GET", "POST"] {
        for lines in [
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding: identity\r\n",
            "Transfer-Encoding: gzip, chunked\r\n",
            "Content-Length: 5\r\nContent-Length: 6\r\n",
            "Content-Length: -1\r\n",
            "Content-Length: +5\r\n",
            "Content-Length: 5, 5\r\n",
            "Content-Length: five\r\n",
        ] {
            let mut client = server.connect();
            client.send(format!(
                "{method} / HTTP/1.1\r\nHost: a\r\n{lines}\r\n0\r\n\r\n{smuggled}"
            ));
            let response = client.read_response();
            assert_eq!(response.status, 400, "{method} {lines:?}");
            assert!(
                client.closes_without_more_bytes(),
                "responded to the smuggled request"
            );
        }
    }
}

#[test]
fn request_bodies_are_not_read() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    for (method, status) in [("GET", 200), ("HEAD", 200), ("POST", 405), ("PUT", 405)] {
        // The full announced length, a part of it, and nothing.
        for sent_bytes in [100_000, 10, 0] {
            let mut client = server.connect();
            client.send(format!(
                "{method} / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"
            ));
            client.try_send("x".repeat(sent_bytes));
            let response = client.read_response_to(method);
            assert_eq!(response.status, status, "{method}");
            assert_eq!(response.header("connection"), Some("close"));
            assert!(client.closes_without_more_bytes());
        }
    }
}

#[test]
fn expect_100_continue_gets_no_continue() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n");
    assert_eq!(client.read_response().status, 405);
    assert!(client.closes_without_more_bytes());
}

#[test]
fn non_http_traffic_is_rejected_and_the_server_keeps_running() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03hello"[..],
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        b"GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n folded: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\0\r\n\r\n",
        b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET secret.txt HTTP/1.1\r\nHost: a\r\n\r\n",
        b"\0\0\0\0",
        b"}{",
    ] {
        let mut client = server.connect();
        client.send(bytes);
        client.close_sending_side();
        if client.read_more() {
            let status = client.read_response().status;
            assert!(matches!(status, 400 | 404), "{status} for {bytes:?}");
        }
    }
    let response = server.connect().get("/", "");
    assert_eq!(response.text(), PAGE_HTML);
}
