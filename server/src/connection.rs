//! One connection, from its first byte to its last.

use std::convert::Infallible;
use std::future::{Ready, poll_fn, ready};
use std::io::ErrorKind;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWrite;
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::assets::Assets;
use crate::config::Limits;
use crate::guard::Guarded;
use crate::log;
use crate::places::Place;
use crate::respond::{self, HEALTH_PATH};

/// What is read and thrown away of a client that sends more than was asked for, at most.
const LINGER_BYTES: usize = 256 * 1024;

/// Speaks HTTP/1.1 on `stream` until the client leaves, breaks the rules or takes too long,
/// or until `stopping` changes or the place is wanted for another: then at once, or after the
/// answer that is under way.
pub async fn serve(
    stream: TcpStream,
    place: Place,
    assets: Arc<Assets>,
    limits: Limits,
    mut stopping: watch::Receiver<()>,
) {
    // An answer leaves when it is written; there is no more to come that could go with it.
    let _ = stream.set_nodelay(true);
    let activity = place.activity();
    let guarded = Guarded::new(stream, limits, Arc::clone(activity));
    let answers = {
        let activity = Arc::clone(activity);
        service_fn(move |request| {
            activity.answers();
            answer(&assets, &request)
        })
    };
    let mut connection = http1().serve_connection(TokioIo::new(guarded), answers);

    let ended = tokio::select! {
        // First what has come already: a request that is here is answered.
        biased;
        ended = poll_fn(|context| connection.poll_without_shutdown(context)) => Some(ended),
        _ = stopping.changed() => None,
        () = activity.asked_to_leave() => None,
    };
    let Some(ended) = ended else {
        if activity.is_answering() {
            Pin::new(&mut connection).graceful_shutdown();
            // Whether it ends well or ill, it ends.
            let _ = connection.await;
        }
        return;
    };
    if let Err(error) = ended
        && error.is_parse()
    {
        tracing::info!(%error, "request refused");
    }
    let guarded = connection.into_parts().io.into_inner();
    if !guarded.has_ended() {
        let stream = guarded.into_stream();
        tokio::select! {
            _ = tokio::time::timeout(limits.linger, linger(stream)) => {}
            () = activity.asked_to_leave() => {}
        }
    }
}

/// hyper with our limits. Its own timeouts stay off: [`Guarded`] has one for each phase.
fn http1() -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .header_read_timeout(None)
        .max_header_size(Limits::HEADER_BYTES)
        .max_buf_size(Limits::HEADER_BYTES)
        // A client may end its side with its request and still wait for the answer.
        .half_close(true);
    builder
}

/// Answers one request and logs it, unless it asks after the server's health: a load balancer
/// does so every few seconds, and the log is for people's requests.
fn answer(
    assets: &Assets,
    request: &Request<Incoming>,
) -> Ready<Result<Response<Full<Bytes>>, Infallible>> {
    let start = Instant::now();
    let answer = respond::respond(assets, request);
    let path = request.uri().path();
    if path != HEALTH_PATH {
        log::request(request.method(), path, &answer, start.elapsed().as_micros());
    }
    ready(Ok(answer.response))
}

/// Ends our side and waits for the client to end its own. Were the socket closed with unread
/// bytes in it, the system would reset the connection, and the client might lose the very
/// answer that says what was wrong.
async fn linger(mut stream: TcpStream) {
    if poll_fn(|context| Pin::new(&mut stream).poll_shutdown(context))
        .await
        .is_err()
    {
        return;
    }
    let mut left = LINGER_BYTES;
    let mut waste = [0; 4096];
    while left > 0 && stream.readable().await.is_ok() {
        match stream.try_read(&mut waste) {
            Ok(0) => return,
            Ok(count) => left = left.saturating_sub(count),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
    }
}
