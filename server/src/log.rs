//! The log on standard output, as text or JSON: one line per request.

use hyper::Method;
use tracing::Level;

use crate::config::LogFormat;
use crate::respond::LoggedResponse;

/// Starts the log of this process. A second call has no effect.
pub fn init(format: LogFormat) {
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(Level::INFO)
        .with_target(false)
        .with_ansi(false)
        // The server must keep running when nobody reads its log any more.
        .log_internal_errors(false);
    // Fails only if the process already has a log, for example in tests.
    let _ = match format {
        LogFormat::Text => subscriber.try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).try_init(),
    };
}

/// Logs one request and its response. `path` is still percent-encoded, so that it cannot contain
/// a line break.
pub fn log_request(method: &Method, path: &str, logged: &LoggedResponse, microseconds: u128) {
    tracing::info!(
        method = method.as_str(),
        path,
        status = logged.response.status().as_u16(),
        bytes = logged.bytes,
        coding = logged.coding.name(),
        us = saturate_to_u64(microseconds),
        "request"
    );
}

/// Converts a count of milli- or microseconds to the integer type of JSON logs.
pub fn saturate_to_u64(count: u128) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
