//! A socket that fails when its [`ConnectionDeadline`] passes.
//!
//! It wraps the socket that hyper reads from and writes to, and observes all traffic. While hyper
//! waits for the client, either for bytes or for room to write, the wrapper also waits for the
//! deadline, and then fails with [`io::ErrorKind::TimedOut`], whatever hyper was waiting for.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::config::ConnectionLimits;
use crate::deadline::ConnectionDeadline;
use crate::slots::ConnectionActivity;

/// A TCP stream with a deadline.
#[derive(Debug)]
pub struct TimeoutStream {
    stream: TcpStream,
    deadline: ConnectionDeadline,
    activity: Arc<ConnectionActivity>,
    /// Wakes the connection at the deadline or earlier. It is rescheduled when it fires early
    /// and not at each request: setting a timer costs more than letting it run.
    timer: Pin<Box<Sleep>>,
    has_ended: bool,
}

impl TimeoutStream {
    /// Wraps a connection that was just accepted.
    pub fn new(
        stream: TcpStream,
        limits: ConnectionLimits,
        activity: Arc<ConnectionActivity>,
    ) -> Self {
        let now = Instant::now();
        Self {
            stream,
            deadline: ConnectionDeadline::new(limits, now),
            activity,
            timer: Box::pin(sleep_until(now + limits.header_timeout)),
            has_ended: false,
        }
    }

    /// Whether nothing more can arrive: the client closed its side, or the deadline passed.
    pub fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Returns the socket without its deadline.
    pub fn into_stream(self) -> TcpStream {
        self.stream
    }

    /// Waits for the deadline while hyper waits for the client.
    fn poll_deadline<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        let Some(expires_at) = self.deadline.expires_at() else {
            return Poll::Pending;
        };
        if self.timer.deadline() > expires_at {
            self.timer.as_mut().reset(expires_at);
        }
        while self.timer.as_mut().poll(context).is_ready() {
            if self.timer.deadline() >= expires_at {
                self.has_ended = true;
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.timer.as_mut().reset(expires_at);
        }
        Poll::Pending
    }

    /// Updates the deadline after an attempt to write.
    fn record_write(
        &mut self,
        context: &mut Context<'_>,
        outcome: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match outcome {
            Poll::Ready(outcome) => {
                self.deadline.on_write_progress();
                Poll::Ready(outcome)
            }
            Poll::Pending => {
                self.deadline.on_write_blocked(Instant::now());
                self.poll_deadline(context)
            }
        }
    }
}

impl AsyncRead for TimeoutStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.activity.is_responding() {
            self.deadline.on_response_started();
        }
        let filled_before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Ready(outcome) => {
                let received = buffer.filled().get(filled_before..).unwrap_or_default();
                if received.is_empty() {
                    self.has_ended = true;
                } else {
                    self.deadline.on_received(received, Instant::now());
                }
                Poll::Ready(outcome)
            }
            Poll::Pending => self.poll_deadline(context),
        }
    }
}

impl AsyncWrite for TimeoutStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.record_write(context, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.record_write(context, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper flushes when it has nothing more to write, so a response in progress is now sent.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.activity.is_responding() {
            let now = Instant::now();
            self.activity.finish_response(now);
            self.deadline.on_response_sent(now);
        }
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
