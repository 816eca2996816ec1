//! A socket that ends by itself when its [`Deadline`] has passed.
//!
//! It stands between hyper and the socket and sees all that goes by. When the client keeps
//! hyper waiting, for bytes or for room to write, it waits for the deadline as well and then
//! fails with [`io::ErrorKind::TimedOut`], whatever hyper was about.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep_until};

use crate::config::Limits;
use crate::deadline::Deadline;
use crate::places::Activity;

/// The socket under guard.
#[derive(Debug)]
pub struct Guarded {
    stream: TcpStream,
    deadline: Deadline,
    activity: Arc<Activity>,
    /// Wakes the connection at the deadline or before. It is moved when it fires early, and
    /// not at each request: setting a timer costs more than letting it run.
    alarm: Pin<Box<Sleep>>,
    ended: bool,
}

impl Guarded {
    /// Puts a connection that was accepted just now under guard.
    pub fn new(stream: TcpStream, limits: Limits, activity: Arc<Activity>) -> Self {
        let now = Instant::now();
        Self {
            stream,
            deadline: Deadline::accepted(limits, now),
            activity,
            alarm: Box::pin(sleep_until(now + limits.head)),
            ended: false,
        }
    }

    /// Whether there is no more to come: the client ended its side, or its time is up.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// The socket itself, no longer under guard.
    pub fn into_stream(self) -> TcpStream {
        self.stream
    }

    /// The client keeps us waiting: wait for the deadline, too.
    fn wait<T>(&mut self, context: &mut Context<'_>) -> Poll<io::Result<T>> {
        let Some(until) = self.deadline.until() else {
            return Poll::Pending;
        };
        if self.alarm.deadline() > until {
            self.alarm.as_mut().reset(until);
        }
        while self.alarm.as_mut().poll(context).is_ready() {
            if self.alarm.deadline() >= until {
                self.ended = true;
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            self.alarm.as_mut().reset(until);
        }
        Poll::Pending
    }

    /// What a write came to, and what that means for the deadline.
    fn written(
        &mut self,
        context: &mut Context<'_>,
        outcome: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match outcome {
            Poll::Ready(outcome) => {
                self.deadline.taken();
                Poll::Ready(outcome)
            }
            Poll::Pending => {
                self.deadline.blocked(Instant::now());
                self.wait(context)
            }
        }
    }
}

impl AsyncRead for Guarded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.activity.is_answering() {
            self.deadline.answering();
        }
        let before = buffer.filled().len();
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Ready(outcome) => {
                let received = buffer.filled().get(before..).unwrap_or_default();
                if received.is_empty() {
                    self.ended = true;
                } else {
                    self.deadline.received(received, Instant::now());
                }
                Poll::Ready(outcome)
            }
            Poll::Pending => self.wait(context),
        }
    }
}

impl AsyncWrite for Guarded {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.written(context, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.written(context, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper flushes when it has nothing more to write: the answer, if there was one, is out.
    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.activity.is_answering() {
            let now = Instant::now();
            self.activity.rests(now);
            self.deadline.sent(now);
        }
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
