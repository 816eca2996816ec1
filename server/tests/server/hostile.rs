//! Requests that no proper client sends.

use std::fmt::Write;
use std::fs;
use std::os::unix::fs::symlink;

use crate::fixture::{Fixture, PAGE};

#[test]
fn exactly_one_host() {
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
        assert_eq!(client.reply().status, status, "{hosts:?}");
    }
}

#[test]
fn nothing_outside_the_prepared_set() {
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
        let reply = client.get(path, "");
        assert!(matches!(reply.status, 400 | 404), "{path}: {reply:?}");
        assert_eq!(reply.header("x-injected"), None);
    }
    for path in ["/%", "/%zz", "/index.html%00", "/%0d%0a", "/%c0%ae"] {
        assert_eq!(server.connect().get(path, "").status, 400, "{path}");
    }
}

#[test]
fn links_are_followed_inside_the_folder_only() {
    let fixture = Fixture::new();
    let link = |target: &str, name: &str| symlink(target, fixture.path(name)).unwrap();
    link("utilities.csv", "Data/inside.csv");
    link("../secret.txt", "Data/outside.csv");
    link("/etc/passwd", "Data/absolute.csv");
    link("nowhere.csv", "Data/dangling.csv");
    link("..", "dist/parent");
    link(".", "dist/circle");
    // How Kubernetes mounts a folder of settings.
    fs::create_dir(fixture.path("Data/..mounted")).unwrap();
    fixture.write("Data/..mounted/rates.csv", "0.5\n");
    link("..mounted/rates.csv", "Data/rates.csv");
    let server = fixture.serve();
    let mut client = server.connect();
    assert_eq!(
        client.get("/Data/", "").names(),
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
fn a_folder_that_is_itself_a_link_is_served() {
    let fixture = Fixture::new();
    fs::rename(fixture.path("Data"), fixture.path("elsewhere")).unwrap();
    symlink("elsewhere", fixture.path("Data")).unwrap();
    let server = fixture.serve();
    let reply = server.connect().get("/Data/brands.csv", "");
    assert_eq!(reply.text(), "brand\nTesla\n");
}

#[test]
fn headers_have_a_size() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    for (status, bytes) in [(200, 15_000), (431, 17_000), (431, 200_000)] {
        let mut client = server.connect();
        client.try_send(format!(
            "GET / HTTP/1.1\r\nHost: a\r\nX: {}\r\n\r\n",
            "x".repeat(bytes)
        ));
        let reply = client.reply();
        assert_eq!(reply.status, status, "{bytes} bytes");
        if status != 200 {
            assert!(client.is_closed_silently());
        }
    }
    let mut client = server.connect();
    client.try_send(format!("GET /{} HTTP/1.1\r\n", "x".repeat(20_000)));
    assert!(matches!(client.reply().status, 414 | 431));
}

#[test]
fn headers_have_a_number() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    for (status, more) in [(200, 99), (431, 100), (431, 500)] {
        let mut lines = String::new();
        for number in 0..more {
            write!(lines, "X-{number}: 1\r\n").unwrap();
        }
        let mut client = server.connect();
        client.send(format!("GET / HTTP/1.1\r\nHost: a\r\n{lines}\r\n"));
        assert_eq!(client.reply().status, status, "{more} beside Host");
    }
}

#[test]
fn ambiguous_lengths_are_refused() {
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
            let reply = client.reply();
            assert_eq!(reply.status, 400, "{method} {lines:?}");
            assert!(client.is_closed_silently(), "answered what was smuggled");
        }
    }
}

#[test]
fn a_body_is_not_read() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    for (method, status) in [("GET", 200), ("HEAD", 200), ("POST", 405), ("PUT", 405)] {
        // As large as promised, less, and none at all.
        for sent in [100_000, 10, 0] {
            let mut client = server.connect();
            client.send(format!(
                "{method} / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"
            ));
            client.try_send("x".repeat(sent));
            let reply = client.reply_to(method);
            assert_eq!(reply.status, status, "{method}");
            assert_eq!(reply.header("connection"), Some("close"));
            assert!(client.is_closed_silently());
        }
    }
}

#[test]
fn who_waits_to_be_asked_for_a_body_is_not_asked() {
    let fixture = Fixture::new();
    let server = fixture.serve();
    let mut client = server.connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n");
    assert_eq!(client.reply().status, 405);
    assert!(client.is_closed_silently());
}

#[test]
fn what_is_not_http_is_refused_and_the_server_goes_on() {
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
        client.end_sending();
        if client.read_more() {
            let status = client.reply().status;
            assert!(matches!(status, 400 | 404), "{status} for {bytes:?}");
        }
    }
    let reply = server.connect().get("/", "");
    assert_eq!(reply.text(), PAGE);
}
