//! The responses to requests that get no file: one line of text each, prepared at startup.

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{ACCEPT_RANGES, ALLOW, ETAG, HeaderValue, VARY};
use thiserror::Error;

use super::prepared::{CachePolicy, PreparedResponse};
use crate::negotiate::ContentCoding;

/// Why a request gets no file. The text is the body of the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RequestError {
    /// The request is malformed or ambiguous.
    #[error("malformed request")]
    BadRequest,
    /// No file has this path.
    #[error("file not found")]
    NotFound,
    /// The method is not GET or HEAD.
    #[error("only GET and HEAD are allowed")]
    MethodNotAllowed,
    /// The client asked for a version that differs from the current one.
    #[error("the file has a different version")]
    PreconditionFailed,
}

impl RequestError {
    /// The status of the response.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
        }
    }
}

/// One prepared response for each [`RequestError`].
#[derive(Debug)]
pub struct ErrorResponses {
    bad_request: PreparedResponse,
    not_found: PreparedResponse,
    method_not_allowed: PreparedResponse,
    precondition_failed: PreparedResponse,
}

impl ErrorResponses {
    /// Prepares all of them.
    pub fn prepare() -> Self {
        let mut method_not_allowed = prepare_response(RequestError::MethodNotAllowed);
        method_not_allowed
            .headers
            .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        Self {
            bad_request: prepare_response(RequestError::BadRequest),
            not_found: prepare_response(RequestError::NotFound),
            method_not_allowed,
            precondition_failed: prepare_response(RequestError::PreconditionFailed),
        }
    }

    /// The response for `error`.
    pub fn get(&self, error: RequestError) -> &PreparedResponse {
        match error {
            RequestError::BadRequest => &self.bad_request,
            RequestError::NotFound => &self.not_found,
            RequestError::MethodNotAllowed => &self.method_not_allowed,
            RequestError::PreconditionFailed => &self.precondition_failed,
        }
    }
}

/// Error responses are never cached: a missing file may exist after the next deployment.
fn prepare_response(error: RequestError) -> PreparedResponse {
    let mut response = PreparedResponse::new(
        Bytes::from(format!("{error}\n")),
        ContentCoding::Identity,
        "text/plain; charset=utf-8",
        CachePolicy::NoStore,
        None,
    );
    // These headers describe a file, and an error response has none.
    for name in [ETAG, VARY, ACCEPT_RANGES] {
        response.headers.remove(name);
    }
    response
}
