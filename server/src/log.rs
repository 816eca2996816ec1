//! The log: one line a request on standard output, as text or as JSON.

use hyper::Method;
use tracing::Level;

use crate::config::LogFormat;
use crate::respond::LoggedResponse;

/// Starts the log of this process; a second call changes nothing.
pub fn start(format: LogFormat) {
    let lines = tracing_subscriber::fmt()
        .with_max_level(Level::INFO)
        .with_target(false)
        .with_ansi(false)
        // A log that nobody reads any more must not take the server down with it.
        .log_internal_errors(false);
    // Refused only when the process has a log already, as tests do.
    let _ = match format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
}

/// Writes the line of one answered request. `path` is as it came, still percent-encoded, so
/// that it cannot hold a line end.
pub fn request(method: &Method, path: &str, answer: &LoggedResponse, microseconds: u128) {
    tracing::info!(
        method = method.as_str(),
        path,
        status = answer.response.status().as_u16(),
        bytes = answer.bytes,
        coding = answer.coding.name(),
        us = whole(microseconds),
        "request"
    );
}

/// A count of milli- or microseconds in the size that JSON keeps a number.
pub fn whole(count: u128) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
