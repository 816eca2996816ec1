//! How long a connection may keep us waiting: the rule, apart from clocks and sockets.
//!
//! | phase  | begins with                                       | may last                        |
//! |--------|---------------------------------------------------|---------------------------------|
//! | head   | the connection, or a later request's first byte   | 14 s in all                     |
//! | answer | the end of the header                             | 60 s without a byte being taken |
//! | idle   | the end of the answer, if no more has come so far | 75 s                            |
//!
//! hyper's own limit on reading a header runs between requests, too, so one number would have
//! to serve for both a header that drips in (which should end soon) and a connection that
//! rests (which should not, as load balancers keep theirs). Hence this rule.

use tokio::time::Instant;

use crate::config::Limits;

/// Where a connection stands, and until when.
#[derive(Debug)]
pub struct Deadline {
    limits: Limits,
    phase: Phase,
    tail: Tail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// A request's header is awaited or under way.
    Head { until: Instant },
    /// An answer is under way and the client takes it.
    Answer,
    /// An answer is under way and the client does not take it.
    Stalled { until: Instant },
    /// Nothing is under way.
    Idle { until: Instant },
}

impl Deadline {
    /// A connection that has just been made.
    pub fn accepted(limits: Limits, now: Instant) -> Self {
        Self {
            limits,
            phase: Phase::Head {
                until: now + limits.head,
            },
            tail: Tail::default(),
        }
    }

    /// The client sent `bytes`. Only the first of a header count: dripping gains nothing.
    pub fn received(&mut self, bytes: &[u8], now: Instant) {
        self.tail.push(bytes);
        if matches!(self.phase, Phase::Idle { .. }) {
            self.phase = Phase::Head {
                until: now + self.limits.head,
            };
        }
    }

    /// The header is complete, and its answer is under way.
    pub fn answering(&mut self) {
        if matches!(self.phase, Phase::Head { .. } | Phase::Idle { .. }) {
            self.phase = Phase::Answer;
        }
    }

    /// The client took some of the answer.
    pub fn taken(&mut self) {
        self.phase = Phase::Answer;
    }

    /// The client takes nothing more for now.
    pub fn blocked(&mut self, now: Instant) {
        if !matches!(self.phase, Phase::Stalled { .. }) {
            self.phase = Phase::Stalled {
                until: now + self.limits.stall,
            };
        }
    }

    /// The answer is out. What has come since the last header's end is the beginning of the
    /// next one, which has no more time than any other.
    pub fn sent(&mut self, now: Instant) {
        self.phase = if self.tail.is_header_end() {
            Phase::Idle {
                until: now + self.limits.idle,
            }
        } else {
            Phase::Head {
                until: now + self.limits.head,
            }
        };
    }

    /// When the wait ends, if there is one.
    pub fn until(&self) -> Option<Instant> {
        match self.phase {
            Phase::Head { until } | Phase::Stalled { until } | Phase::Idle { until } => Some(until),
            Phase::Answer => None,
        }
    }
}

/// The last three bytes received: enough to see an empty line, however its ends are written.
#[derive(Clone, Copy, Debug, Default)]
struct Tail([u8; 3]);

impl Tail {
    fn push(&mut self, bytes: &[u8]) {
        let [_, second, third] = self.0;
        self.0 = match bytes {
            [] => self.0,
            [last] => [second, third, *last],
            [before, last] => [third, *before, *last],
            [.., first, before, last] => [*first, *before, *last],
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

    const LIMITS: Limits = Limits::DEFAULT;

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    /// A connection whose first answer went out at once, after it sent `bytes`.
    fn answered(bytes: &[u8], now: Instant) -> Deadline {
        let mut deadline = Deadline::accepted(LIMITS, now);
        deadline.received(bytes, now);
        deadline.answering();
        deadline.taken();
        deadline.sent(now);
        deadline
    }

    #[test]
    fn a_header_has_its_time_however_it_drips() {
        let start = Instant::now();
        let mut deadline = Deadline::accepted(LIMITS, start);
        for second in 0..14 {
            deadline.received(b"G", start + seconds(second));
        }
        assert_eq!(deadline.until(), Some(start + LIMITS.head));
    }

    #[test]
    fn rest_has_75_s_and_the_next_header_14_s() {
        let start = Instant::now();
        let mut deadline = answered(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", start);
        assert_eq!(deadline.until(), Some(start + seconds(75)));
        let later = start + seconds(70);
        deadline.received(b"G", later);
        deadline.received(b"E", later + seconds(10));
        assert_eq!(deadline.until(), Some(later + LIMITS.head));
    }

    #[test]
    fn half_a_request_behind_another_is_no_rest() {
        let start = Instant::now();
        let deadline = answered(b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET", start);
        assert_eq!(deadline.until(), Some(start + LIMITS.head));
    }

    #[test]
    fn an_answer_ends_when_nothing_of_it_is_taken() {
        let start = Instant::now();
        let mut deadline = Deadline::accepted(LIMITS, start);
        deadline.answering();
        assert_eq!(deadline.until(), None);
        deadline.blocked(start);
        deadline.blocked(start + seconds(30));
        assert_eq!(deadline.until(), Some(start + seconds(60)));
        deadline.taken();
        assert_eq!(deadline.until(), None);
        deadline.blocked(start + seconds(40));
        assert_eq!(deadline.until(), Some(start + seconds(100)));
    }

    #[test]
    fn header_ends_are_seen_across_reads() {
        for (reads, ends) in [
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
            let mut tail = Tail::default();
            for read in reads {
                tail.push(read.as_bytes());
            }
            assert_eq!(tail.is_header_end(), ends, "{reads:?}");
        }
    }
}
