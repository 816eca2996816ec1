//! Clients that take their time, and how many of them there may be.
//!
//! The limits are short here. Only lower bounds are tight: a slow machine may be late, and
//! must not be early.

use std::thread;
use std::time::{Duration, Instant};

use conjoint_server::config::ConnectionLimits;

use crate::fixture::{Fixture, hasty};

/// More than the system takes from a sender that nobody listens to.
const LARGE: usize = 16_000_000;

/// Late is not wrong on a busy machine, never is.
const NOT_NEVER: Duration = Duration::from_secs(15);

#[test]
fn a_silent_connection_ends() {
    let fixture = Fixture::new();
    let server = fixture.serve_within(hasty());
    let start = Instant::now();
    assert!(server.connect().is_closed_silently());
    assert!(start.elapsed() >= hasty().header_timeout);
    assert!(start.elapsed() < NOT_NEVER);
}

#[test]
fn a_dripping_header_ends() {
    let fixture = Fixture::new();
    let server = fixture.serve_within(hasty());
    for beginning in ["", "GET / HTTP/1.1\r\nX: "] {
        let start = Instant::now();
        let mut client = server.connect();
        client.send(beginning);
        // Ever new bytes gain no time.
        while client.try_send("x") {
            assert!(start.elapsed() < NOT_NEVER, "still open");
            thread::sleep(Duration::from_millis(20));
        }
        assert!(start.elapsed() >= hasty().header_timeout);
    }
}

#[test]
fn a_dripping_later_header_ends() {
    let fixture = Fixture::new();
    let server = fixture.serve_within(ConnectionLimits {
        idle_timeout: Duration::from_secs(3600),
        ..hasty()
    });
    for first in ["", "GE", "\r\n"] {
        let mut client = server.connect();
        // The beginning of the second request comes with the first, or after its answer.
        client.send(format!("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n{first}"));
        assert_eq!(client.reply().status, 200);
        let start = Instant::now();
        while client.try_send("\r\n") {
            assert!(start.elapsed() < NOT_NEVER, "still open after {first:?}");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn a_dripping_body_ends() {
    let fixture = Fixture::new();
    let server = fixture.serve_within(hasty());
    let mut client = server.connect();
    let start = Instant::now();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    while client.try_send("x") {
        assert!(start.elapsed() < NOT_NEVER, "still open");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn rest_between_requests_is_longer_than_a_header_may_take() {
    let fixture = Fixture::new();
    let limits = ConnectionLimits {
        idle_timeout: Duration::from_secs(5),
        ..hasty()
    };
    let server = fixture.serve_within(limits);
    let mut client = server.connect();
    for _ in 0..2 {
        assert_eq!(client.get("/healthz", "").status, 200);
        thread::sleep(limits.header_timeout.mul_f64(1.5));
    }
    let start = Instant::now();
    assert_eq!(client.get("/healthz", "").status, 200);
    assert!(client.is_closed_silently());
    assert!(start.elapsed() >= limits.idle_timeout);
    assert!(start.elapsed() < limits.idle_timeout + NOT_NEVER);
}

#[test]
fn an_answer_that_nobody_reads_ends() {
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"x".repeat(LARGE));
    // One place only: the second client is served when the first has lost it.
    let server = fixture.serve_within(ConnectionLimits {
        max_connections: 1,
        ..hasty()
    });
    let mut deaf = server.connect();
    let start = Instant::now();
    deaf.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(server.connect().get("/healthz", "").status, 200);
    assert!(start.elapsed() >= hasty().stall_timeout);
    let mut received = 0;
    while deaf.read_more() {
        received += 1;
    }
    assert!(received > 0, "something was sent before");
}

#[test]
fn an_answer_that_is_read_slowly_arrives() {
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"x".repeat(LARGE));
    let server = fixture.serve_within(ConnectionLimits {
        stall_timeout: Duration::from_secs(3),
        ..hasty()
    });
    let mut client = server.connect();
    client.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    // Longer in all than any limit on the way, but never at rest for long.
    for _ in 0..20 {
        assert!(client.read_more());
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(client.reply().body.len(), LARGE);
}

/// Nothing ends by its time.
fn patient(max_connections: u32) -> ConnectionLimits {
    ConnectionLimits {
        header_timeout: Duration::from_secs(3600),
        idle_timeout: Duration::from_secs(3600),
        stall_timeout: Duration::from_secs(3600),
        max_connections,
        ..hasty()
    }
}

#[test]
fn who_has_rested_longest_gives_way() {
    let fixture = Fixture::new();
    let server = fixture.serve_within(patient(3));
    let mut resting = server.connect();
    assert_eq!(resting.get("/healthz", "").status, 200);
    let mut silent = server.connect();
    let mut half = server.connect();
    half.send("GET / HTTP/1.1\r\nHo");
    // Until here the places suffice; a request on the oldest makes it the last to go.
    thread::sleep(Duration::from_millis(100));
    assert_eq!(resting.get("/healthz", "").status, 200);

    let mut first = server.connect();
    assert_eq!(first.get("/", "").status, 200);
    assert!(silent.is_closed_silently());
    let mut second = server.connect();
    assert_eq!(second.get("/", "").status, 200);
    assert!(half.is_closed_silently());
    // The three that were of use are all still there.
    for client in [&mut resting, &mut first, &mut second] {
        assert_eq!(client.get("/healthz", "").status, 200);
    }
}

#[test]
fn one_client_cannot_hold_all_places() {
    let fixture = Fixture::new();
    let server = fixture.serve_within(patient(8));
    let mut crowd: Vec<_> = (0..50).map(|_| server.connect()).collect();
    for beginning in ["", "GET / HTTP/1.1\r\n"] {
        for client in &mut crowd {
            client.try_send(beginning);
        }
        assert_eq!(server.connect().get("/", "").status, 200);
    }
}

#[test]
fn who_comes_waits_while_every_place_has_an_answer_under_way() {
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"x".repeat(LARGE));
    let server = fixture.serve_within(patient(1));
    let mut busy = server.connect();
    busy.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(busy.read_more());
    let mut waiting = server.connect();
    waiting.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    let reader = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        (busy.reply().body.len(), busy)
    });
    let start = Instant::now();
    assert_eq!(waiting.reply().status, 200);
    assert!(start.elapsed() >= Duration::from_millis(250));
    // The answer that was under way arrived whole, and only then its place was taken.
    let (length, mut busy) = reader.join().unwrap();
    assert_eq!(length, LARGE);
    assert!(busy.is_closed_silently());
}

#[test]
fn stopping_ends_what_rests_at_once() {
    let fixture = Fixture::new();
    let mut server = fixture.serve_within(ConnectionLimits {
        drain_timeout: Duration::from_secs(600),
        ..ConnectionLimits::DEFAULT
    });
    let mut silent = server.connect();
    let mut half = server.connect();
    half.send("GET / HTTP/1.1\r\nHo");
    let mut resting = server.connect();
    assert_eq!(resting.get("/healthz", "").status, 200);
    let start = Instant::now();
    server.stop();
    assert!(start.elapsed() < NOT_NEVER);
    assert!(silent.is_closed_silently());
    assert!(half.is_closed_silently());
    assert!(resting.is_closed_silently());
}

#[test]
fn stopping_waits_for_a_running_answer() {
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"x".repeat(LARGE));
    let mut server = fixture.serve_within(ConnectionLimits {
        drain_timeout: Duration::from_secs(600),
        ..ConnectionLimits::DEFAULT
    });
    let mut client = server.connect();
    client.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(client.read_more());
    let reader = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        let reply = client.reply();
        (reply.body.len(), client.is_closed_silently())
    });
    server.stop();
    assert_eq!(reader.join().unwrap(), (LARGE, true));
}

#[test]
fn stopping_waits_no_longer_than_its_limit() {
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"x".repeat(LARGE));
    let mut server = fixture.serve_within(ConnectionLimits {
        stall_timeout: Duration::from_secs(3600),
        drain_timeout: Duration::from_millis(500),
        ..hasty()
    });
    let mut deaf = server.connect();
    deaf.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(deaf.read_more());
    let start = Instant::now();
    server.stop();
    assert!(start.elapsed() >= Duration::from_millis(450));
    assert!(start.elapsed() < NOT_NEVER);
}
