//! Serves one connection from its first byte to its last.

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
use crate::config::ConnectionLimits;
use crate::log;
use crate::respond::{self, HEALTH_PATH};
use crate::slots::ConnectionSlot;
use crate::timeout_stream::TimeoutStream;

/// The maximum number of bytes to read and discard from a client that sends more than a request.
const MAX_DISCARDED_BYTES: usize = 256 * 1024;

/// Speaks HTTP/1.1 on `stream` until the client closes the connection, violates the protocol or
/// times out, or until `shutdown` changes or the slot is needed for another connection. In the
/// last two cases a response in progress is completed first.
pub async fn serve(
    stream: TcpStream,
    slot: ConnectionSlot,
    assets: Arc<Assets>,
    limits: ConnectionLimits,
    mut shutdown: watch::Receiver<()>,
) {
    // A response is sent as soon as it is written; there is nothing to combine it with.
    let _ = stream.set_nodelay(true);
    let activity = slot.activity();
    let stream = TimeoutStream::new(stream, limits, Arc::clone(activity));
    let service = {
        let activity = Arc::clone(activity);
        service_fn(move |request| {
            activity.start_response();
            handle_request(&assets, &request)
        })
    };
    let mut connection = http1_builder().serve_connection(TokioIo::new(stream), service);

    let result = tokio::select! {
        // In this order: a request that has already arrived still gets its response.
        biased;
        result = poll_fn(|context| connection.poll_without_shutdown(context)) => Some(result),
        _ = shutdown.changed() => None,
        () = activity.wait_for_eviction() => None,
    };
    let Some(result) = result else {
        if activity.is_responding() {
            Pin::new(&mut connection).graceful_shutdown();
            // The connection is over in either case, so its error does not matter.
            let _ = connection.await;
        }
        return;
    };
    if let Err(error) = result
        && error.is_parse()
    {
        tracing::info!(%error, "invalid request");
    }
    let stream = connection.into_parts().io.into_inner();
    if !stream.has_ended() {
        let stream = stream.into_stream();
        tokio::select! {
            _ = tokio::time::timeout(limits.linger_timeout, linger(stream)) => {}
            () = activity.wait_for_eviction() => {}
        }
    }
}

/// Configures hyper with the limits of this server. hyper's own timeouts are off, because
/// [`TimeoutStream`] has one for each phase.
fn http1_builder() -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .header_read_timeout(None)
        .max_header_size(ConnectionLimits::MAX_HEADER_BYTES)
        .max_buf_size(ConnectionLimits::MAX_HEADER_BYTES)
        // A client may close its side after the request and still wait for the response.
        .half_close(true);
    builder
}

/// Responds to one request and logs it, except for health checks: a load balancer sends one every
/// few seconds, which would clutter the log.
fn handle_request(
    assets: &Assets,
    request: &Request<Incoming>,
) -> Ready<Result<Response<Full<Bytes>>, Infallible>> {
    let start = Instant::now();
    let logged = respond::respond(assets, request);
    let path = request.uri().path();
    if path != HEALTH_PATH {
        log::log_request(request.method(), path, &logged, start.elapsed().as_micros());
    }
    ready(Ok(logged.response))
}

/// Closes the server's side and waits for the client to close its own. If the socket were closed
/// with unread bytes in it, the operating system would reset the connection, and the client could
/// lose the response that explains its mistake.
async fn linger(mut stream: TcpStream) {
    if poll_fn(|context| Pin::new(&mut stream).poll_shutdown(context))
        .await
        .is_err()
    {
        return;
    }
    let mut remaining = MAX_DISCARDED_BYTES;
    let mut discarded = [0; 4096];
    while remaining > 0 && stream.readable().await.is_ok() {
        match stream.try_read(&mut discarded) {
            Ok(0) => return,
            Ok(count) => remaining = remaining.saturating_sub(count),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
    }
}
