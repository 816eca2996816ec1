//! The answers that are not files: one short line of text each, prepared like all else.

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{ACCEPT_RANGES, ALLOW, ETAG, HeaderValue, VARY};

use super::prepared::{Keep, Prepared};
use crate::negotiate::Coding;

/// Why a request gets no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be understood in one way only.
    BadRequest,
    /// There is no such file.
    NotFound,
    /// It is not GET or HEAD.
    MethodNotAllowed,
    /// It asks for a version that is not ours.
    PreconditionFailed,
}

impl Refusal {
    /// The answer's status.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
        }
    }
}

/// One prepared answer for each [`Refusal`].
#[derive(Debug)]
pub struct Refusals {
    bad_request: Prepared,
    not_found: Prepared,
    method_not_allowed: Prepared,
    precondition_failed: Prepared,
}

impl Refusals {
    /// Prepares them all.
    pub fn prepare() -> Self {
        let mut method_not_allowed = prepared("only GET and HEAD are answered here\n");
        method_not_allowed
            .headers
            .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        Self {
            bad_request: prepared("this request cannot be understood\n"),
            not_found: prepared("there is no such file\n"),
            method_not_allowed,
            precondition_failed: prepared("the file is not the one you asked for\n"),
        }
    }

    /// The answer for `refusal`.
    pub fn get(&self, refusal: Refusal) -> &Prepared {
        match refusal {
            Refusal::BadRequest => &self.bad_request,
            Refusal::NotFound => &self.not_found,
            Refusal::MethodNotAllowed => &self.method_not_allowed,
            Refusal::PreconditionFailed => &self.precondition_failed,
        }
    }
}

/// Never kept: a file that is missing now may be there after the next deployment.
fn prepared(text: &'static str) -> Prepared {
    let body = Bytes::from_static(text.as_bytes());
    let mut answer = Prepared::new(
        body,
        Coding::Identity,
        "text/plain; charset=utf-8",
        Keep::Never,
        None,
    );
    // A tag or a choice of codings would describe a file that there is not.
    for name in [ETAG, VARY, ACCEPT_RANGES] {
        answer.headers.remove(name);
    }
    answer
}
