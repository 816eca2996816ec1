//! How long a client may keep a connection waiting. This is only the rule, without timers and
//! sockets.
//!
//! | phase    | begins with                                       | may last                       |
//! |----------|---------------------------------------------------|--------------------------------|
//! | header   | the connection, or a later request's first byte   | 14 s in total                  |
//! | response | the end of the header                             | 60 s without sending any byte  |
//! | idle     | the end of the response, if no more has arrived   | 75 s                           |
//!
//! hyper's own header timeout also runs between requests. One number would then have to limit
//! both a header that arrives byte by byte (which should time out soon) and an idle connection
//! (which should not, because load balancers keep theirs open). Hence this rule.

use tokio::time::Instant;

use crate::config::ConnectionLimits;

/// The current phase of a connection and its deadline.
#[derive(Debug)]
pub struct ConnectionDeadline {
    limits: ConnectionLimits,
    phase: ConnectionPhase,
    tail: ReceivedTail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ConnectionPhase {
    /// The client has to complete a request header.
    ReadingHeader { expires_at: Instant },
    /// A response is in progress, and the client accepts it.
    Responding,
    /// A response is in progress, but the client does not accept it.
    Stalled { expires_at: Instant },
    /// No request is in progress.
    Idle { expires_at: Instant },
}

impl ConnectionDeadline {
    /// The deadline of a connection accepted at `now`.
    pub fn new(limits: ConnectionLimits, now: Instant) -> Self {
        Self {
            limits,
            phase: ConnectionPhase::ReadingHeader {
                expires_at: now + limits.header_timeout,
            },
            tail: ReceivedTail::default(),
        }
    }

    /// The client sent `bytes`. Only the first byte of a header starts its timeout, so a client
    /// gains no time by sending a header slowly.
    pub fn on_received(&mut self, bytes: &[u8], now: Instant) {
        self.tail.push(bytes);
        if matches!(self.phase, ConnectionPhase::Idle { .. }) {
            self.phase = ConnectionPhase::ReadingHeader {
                expires_at: now + self.limits.header_timeout,
            };
        }
    }

    /// The header is complete, and the response to it is in progress.
    pub fn on_response_started(&mut self) {
        if matches!(
            self.phase,
            ConnectionPhase::ReadingHeader { .. } | ConnectionPhase::Idle { .. }
        ) {
            self.phase = ConnectionPhase::Responding;
        }
    }

    /// The client accepted some bytes of the response.
    pub fn on_write_progress(&mut self) {
        self.phase = ConnectionPhase::Responding;
    }

    /// The client accepts no more bytes for now.
    pub fn on_write_blocked(&mut self, now: Instant) {
        if !matches!(self.phase, ConnectionPhase::Stalled { .. }) {
            self.phase = ConnectionPhase::Stalled {
                expires_at: now + self.limits.stall_timeout,
            };
        }
    }

    /// The response has been sent. Bytes that arrived after the end of the last header begin the
    /// next one, which gets the same timeout as any other.
    pub fn on_response_sent(&mut self, now: Instant) {
        self.phase = if self.tail.is_header_end() {
            ConnectionPhase::Idle {
                expires_at: now + self.limits.idle_timeout,
            }
        } else {
            ConnectionPhase::ReadingHeader {
                expires_at: now + self.limits.header_timeout,
            }
        };
    }

    /// When the connection times out; `None` while the client accepts a response.
    pub fn expires_at(&self) -> Option<Instant> {
        match self.phase {
            ConnectionPhase::ReadingHeader { expires_at }
            | ConnectionPhase::Stalled { expires_at }
            | ConnectionPhase::Idle { expires_at } => Some(expires_at),
            ConnectionPhase::Responding => None,
        }
    }
}

/// The last three bytes received: enough to recognize an empty line, whether lines end with CRLF
/// or LF.
#[derive(Clone, Copy, Debug, Default)]
struct ReceivedTail([u8; 3]);

impl ReceivedTail {
    fn push(&mut self, bytes: &[u8]) {
        let [_, second, third] = self.0;
        self.0 = match bytes {
            [] => self.0,
            [last] => [second, third, *last],
            [second_last, last] => [third, *second_last, *last],
            [.., third_last, second_last, last] => [*third_last, *second_last, *last],
        };
    }

    fn is_header_end(self) -> bool {
        matches!(self.0, [b'\n', b'\r', b'\n'] | [_, b'\n', b'\n'])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const LIMITS: ConnectionLimits = ConnectionLimits::DEFAULT;

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    /// A connection that sent `bytes` and got its first response immediately.
    fn after_response(bytes: &[u8], now: Instant) -> ConnectionDeadline {
        let mut deadline = ConnectionDeadline::new(LIMITS, now);
        deadline.on_received(bytes, now);
        deadline.on_response_started();
        deadline.on_write_progress();
        deadline.on_response_sent(now);
        deadline
    }

    #[test]
    fn sending_a_header_slowly_gains_no_time() {
        let start = Instant::now();
        let mut deadline = ConnectionDeadline::new(LIMITS, start);
        for second in 0..14 {
            deadline.on_received(b"G", start + seconds(second));
        }
        assert_eq!(deadline.expires_at(), Some(start + LIMITS.header_timeout));
    }

    #[test]
    fn idle_lasts_75_s_and_the_next_header_14_s() {
        let start = Instant::now();
        let mut deadline = after_response(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", start);
        assert_eq!(deadline.expires_at(), Some(start + seconds(75)));
        let later = start + seconds(70);
        deadline.on_received(b"G", later);
        deadline.on_received(b"E", later + seconds(10));
        assert_eq!(deadline.expires_at(), Some(later + LIMITS.header_timeout));
    }

    #[test]
    fn a_partial_next_request_is_not_idle() {
        let start = Instant::now();
        let deadline = after_response(b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET", start);
        assert_eq!(deadline.expires_at(), Some(start + LIMITS.header_timeout));
    }

    #[test]
    fn a_response_times_out_when_the_client_accepts_nothing() {
        let start = Instant::now();
        let mut deadline = ConnectionDeadline::new(LIMITS, start);
        deadline.on_response_started();
        assert_eq!(deadline.expires_at(), None);
        deadline.on_write_blocked(start);
        deadline.on_write_blocked(start + seconds(30));
        assert_eq!(deadline.expires_at(), Some(start + seconds(60)));
        deadline.on_write_progress();
        assert_eq!(deadline.expires_at(), None);
        deadline.on_write_blocked(start + seconds(40));
        assert_eq!(deadline.expires_at(), Some(start + seconds(100)));
    }

    #[test]
    fn header_ends_are_recognized_across_reads() {
        for (reads, is_end) in [
            (&["a\r\n\r\n"][..], true),
            (&["a\n\n"], true),
            (&["a\r", "\n", "\r", "\n"], true),
            (&["a\r\n", "\r\n"], true),
            (&["a\r\n\r\n\r\n"], true),
            (&["a\r\n"], false),
            (&["a\r\n\r"], false),
            (&["a\r\n\r\nb"], false),
            (&["a\r\n\r\n", "b"], false),
            (&[""], false),
        ] {
            let mut tail = ReceivedTail::default();
            for read in reads {
                tail.push(read.as_bytes());
            }
            assert_eq!(tail.is_header_end(), is_end, "{reads:?}");
        }
    }
}
