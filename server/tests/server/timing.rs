//! Slow clients, timeouts, and the limit on the number of connections.
//!
//! The tests use short timeouts. Only their lower bounds are tight: on a slow machine the server
//! may be late, but it must never be early.

use std::thread;
use std::time::{Duration, Instant};

use conjoint_server::config::ConnectionLimits;

use crate::fixture::{Fixture, short_limits};

/// More bytes than the socket buffers hold, so that sending blocks when the client does not read.
const LARGE_FILE_BYTES: usize = 16_000_000;

/// Longer than a busy machine can delay the server: after this, it counts as hanging.
const MAX_DELAY: Duration = Duration::from_secs(15);

#[test]
fn a_silent_connection_times_out() {
    let fixture = Fixture::new();
    let server = fixture.serve_with_limits(short_limits());
    let start = Instant::now();
    assert!(server.connect().closes_without_more_bytes());
    assert!(start.elapsed() >= short_limits().header_timeout);
    assert!(start.elapsed() < MAX_DELAY);
}

#[test]
fn a_slowly_sent_header_times_out() {
    let fixture = Fixture::new();
    let server = fixture.serve_with_limits(short_limits());
    for beginning in ["", "GET / HTTP/1.1\r\nX: "] {
        let start = Instant::now();
        let mut client = server.connect();
        client.send(beginning);
        // Sending more bytes does not extend the timeout.
        while client.try_send("x") {
            assert!(start.elapsed() < MAX_DELAY, "still open");
            thread::sleep(Duration::from_millis(20));
        }
        assert!(start.elapsed() >= short_limits().header_timeout);
    }
}

#[test]
fn a_slowly_sent_later_header_times_out() {
    let fixture = Fixture::new();
    let server = fixture.serve_with_limits(ConnectionLimits {
        idle_timeout: Duration::from_secs(3600),
        ..short_limits()
    });
    for beginning in ["", "GE", "\r\n"] {
        let mut client = server.connect();
        // The second request begins together with the first one, or after its response.
        client.send(format!(
            "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n{beginning}"
        ));
        assert_eq!(client.read_response().status, 200);
        let start = Instant::now();
        while client.try_send("\r\n") {
            assert!(
                start.elapsed() < MAX_DELAY,
                "still open after {beginning:?}"
            );
            thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn a_slowly_sent_body_times_out() {
    let fixture = Fixture::new();
    let server = fixture.serve_with_limits(short_limits());
    let mut client = server.connect();
    let start = Instant::now();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    while client.try_send("x") {
        assert!(start.elapsed() < MAX_DELAY, "still open");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn idle_timeout_may_exceed_the_header_timeout() {
    let fixture = Fixture::new();
    let limits = ConnectionLimits {
        idle_timeout: Duration::from_secs(5),
        ..short_limits()
    };
    let server = fixture.serve_with_limits(limits);
    let mut client = server.connect();
    for _ in 0..2 {
        assert_eq!(client.get("/healthz", "").status, 200);
        thread::sleep(limits.header_timeout.mul_f64(1.5));
    }
    let start = Instant::now();
    assert_eq!(client.get("/healthz", "").status, 200);
    assert!(client.closes_without_more_bytes());
    assert!(start.elapsed() >= limits.idle_timeout);
    assert!(start.elapsed() < limits.idle_timeout + MAX_DELAY);
}

#[test]
fn a_response_that_the_client_does_not_read_times_out() {
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"x".repeat(LARGE_FILE_BYTES));
    // With a single slot, the second client is served when the first one has lost it.
    let server = fixture.serve_with_limits(ConnectionLimits {
        max_connections: 1,
        ..short_limits()
    });
    let mut stalled = server.connect();
    let start = Instant::now();
    stalled.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(server.connect().get("/healthz", "").status, 200);
    assert!(start.elapsed() >= short_limits().stall_timeout);
    let mut read_count = 0;
    while stalled.read_more() {
        read_count += 1;
    }
    assert!(read_count > 0, "nothing was sent before the timeout");
}

#[test]
fn a_slowly_read_response_arrives() {
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"x".repeat(LARGE_FILE_BYTES));
    let server = fixture.serve_with_limits(ConnectionLimits {
        stall_timeout: Duration::from_secs(3),
        ..short_limits()
    });
    let mut client = server.connect();
    client.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    // Longer in total than some of the timeouts, but never without progress for long.
    for _ in 0..20 {
        assert!(client.read_more());
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(client.read_response().body.len(), LARGE_FILE_BYTES);
}

/// Timeouts that never pass, so that only the number of connections is limited.
fn limits_without_timeouts(max_connections: u32) -> ConnectionLimits {
    ConnectionLimits {
        header_timeout: Duration::from_secs(3600),
        idle_timeout: Duration::from_secs(3600),
        stall_timeout: Duration::from_secs(3600),
        max_connections,
        ..short_limits()
    }
}

#[test]
fn the_longest_idle_connection_is_evicted() {
    let fixture = Fixture::new();
    let server = fixture.serve_with_limits(limits_without_timeouts(3));
    let mut idle = server.connect();
    assert_eq!(idle.get("/healthz", "").status, 200);
    let mut silent = server.connect();
    let mut partial = server.connect();
    partial.send("GET / HTTP/1.1\r\nHo");
    // All slots are taken now. A request on the oldest connection makes it the last to be evicted.
    thread::sleep(Duration::from_millis(100));
    assert_eq!(idle.get("/healthz", "").status, 200);

    let mut first = server.connect();
    assert_eq!(first.get("/", "").status, 200);
    assert!(silent.closes_without_more_bytes());
    let mut second = server.connect();
    assert_eq!(second.get("/", "").status, 200);
    assert!(partial.closes_without_more_bytes());
    // The three connections with a complete request are still open.
    for client in [&mut idle, &mut first, &mut second] {
        assert_eq!(client.get("/healthz", "").status, 200);
    }
}

#[test]
fn one_client_cannot_occupy_all_slots() {
    let fixture = Fixture::new();
    let server = fixture.serve_with_limits(limits_without_timeouts(8));
    let mut clients: Vec<_> = (0..50).map(|_| server.connect()).collect();
    for beginning in ["", "GET / HTTP/1.1\r\n"] {
        for client in &mut clients {
            client.try_send(beginning);
        }
        assert_eq!(server.connect().get("/", "").status, 200);
    }
}

#[test]
fn new_connections_wait_while_every_slot_is_responding() {
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"x".repeat(LARGE_FILE_BYTES));
    let server = fixture.serve_with_limits(limits_without_timeouts(1));
    let mut busy = server.connect();
    busy.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(busy.read_more());
    let mut waiting = server.connect();
    waiting.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    let reader = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        (busy.read_response().body.len(), busy)
    });
    let start = Instant::now();
    assert_eq!(waiting.read_response().status, 200);
    assert!(start.elapsed() >= Duration::from_millis(250));
    // The response in progress arrived completely before its connection was evicted.
    let (length, mut busy) = reader.join().unwrap();
    assert_eq!(length, LARGE_FILE_BYTES);
    assert!(busy.closes_without_more_bytes());
}

#[test]
fn shutdown_closes_idle_connections_immediately() {
    let fixture = Fixture::new();
    let mut server = fixture.serve_with_limits(ConnectionLimits {
        drain_timeout: Duration::from_secs(600),
        ..ConnectionLimits::DEFAULT
    });
    let mut silent = server.connect();
    let mut partial = server.connect();
    partial.send("GET / HTTP/1.1\r\nHo");
    let mut idle = server.connect();
    assert_eq!(idle.get("/healthz", "").status, 200);
    let start = Instant::now();
    server.stop();
    assert!(start.elapsed() < MAX_DELAY);
    assert!(silent.closes_without_more_bytes());
    assert!(partial.closes_without_more_bytes());
    assert!(idle.closes_without_more_bytes());
}

#[test]
fn shutdown_waits_for_a_response_in_progress() {
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"x".repeat(LARGE_FILE_BYTES));
    let mut server = fixture.serve_with_limits(ConnectionLimits {
        drain_timeout: Duration::from_secs(600),
        ..ConnectionLimits::DEFAULT
    });
    let mut client = server.connect();
    client.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(client.read_more());
    let reader = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        let response = client.read_response();
        (response.body.len(), client.closes_without_more_bytes())
    });
    server.stop();
    assert_eq!(reader.join().unwrap(), (LARGE_FILE_BYTES, true));
}

#[test]
fn shutdown_waits_no_longer_than_the_drain_timeout() {
    let fixture = Fixture::new();
    fixture.write("Data/large.bin", &"x".repeat(LARGE_FILE_BYTES));
    let mut server = fixture.serve_with_limits(ConnectionLimits {
        stall_timeout: Duration::from_secs(3600),
        drain_timeout: Duration::from_millis(500),
        ..short_limits()
    });
    let mut stalled = server.connect();
    stalled.send("GET /Data/large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(stalled.read_more());
    let start = Instant::now();
    server.stop();
    assert!(start.elapsed() >= Duration::from_millis(450));
    assert!(start.elapsed() < MAX_DELAY);
}
