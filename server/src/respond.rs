//! One request, one answer, and nothing else: no clock, no file, no socket.
//!
//! In this order, and the code below reads in it:
//!
//! 1. **Host**: exactly one, and a possible one, else 400.
//! 2. **Framing**: a request with `Transfer-Encoding` is refused with 400. Nothing here takes
//!    a body; and hyper keeps a `Content-Length` beside it from us, the pair that smuggles
//!    requests past proxies, so all are refused to refuse those.
//! 3. **Method**: GET or HEAD, else 405.
//! 4. **Path**: decoded once, 400 when it cannot be; looked up, 404 when it is not there.
//! 5. **Coding**: the best of the prepared ones that the client accepts.
//! 6. **Preconditions**: 412 or 304 when they say so.
//! 7. **Answer**: the prepared headers and body; for HEAD the headers. Where the client sends
//!    a body nevertheless it is not read, so the connection ends with the answer.

use http_body_util::Full;
use hyper::body::{Body, Bytes};
use hyper::header::{CONNECTION, HOST, HeaderValue, TRANSFER_ENCODING};
use hyper::http::uri::Authority;
use hyper::{HeaderMap, Method, Request, Response, StatusCode};

use crate::assets::Assets;
use crate::assets::prepared::Prepared;
use crate::assets::refusal::Refusal;
use crate::conditional::{self, Verdict};
use crate::negotiate::{self, Coding};
use crate::path;

/// Where a load balancer, or the program's own `health` command, asks whether all is well.
pub const HEALTH: &str = "/healthz";

/// An answer, and what the log says of it.
#[derive(Debug)]
pub struct Answer {
    /// What is sent.
    pub response: Response<Full<Bytes>>,
    /// The coding of its body.
    pub coding: Coding,
    /// The length of its body in bytes.
    pub bytes: usize,
}

/// Answers `request` from what is prepared.
pub fn respond<B: Body>(assets: &Assets, request: &Request<B>) -> Answer {
    let has_body = !request.body().is_end_stream();
    let mut answer = match choose(assets, request) {
        Ok(chosen) => chosen.answer(request.method()),
        Err(refusal) => {
            let prepared = assets.refusal(refusal);
            let status = refusal.status();
            Chosen {
                status,
                headers: &prepared.headers,
                prepared,
            }
            .answer(request.method())
        }
    };
    if has_body || answer.response.status() == StatusCode::BAD_REQUEST {
        answer
            .response
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("close"));
    }
    answer
}

/// A prepared body under the status and headers that this request gets.
struct Chosen<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    prepared: &'a Prepared,
}

/// Steps 1 to 6.
fn choose<'a, B>(assets: &'a Assets, request: &Request<B>) -> Result<Chosen<'a>, Refusal> {
    let headers = request.headers();
    check_host(headers)?;
    if headers.contains_key(TRANSFER_ENCODING) {
        return Err(Refusal::BadRequest);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Refusal::MethodNotAllowed);
    }
    let path = path::decode(request.uri().path()).ok_or(Refusal::BadRequest)?;
    let asset = assets.find(&path).ok_or(Refusal::NotFound)?;
    let coding = negotiate::choose(headers, asset.brotli.is_some(), asset.gzip.is_some());
    let prepared = asset.coded(coding);
    match conditional::judge(headers, prepared.etag.as_bytes(), asset.modified) {
        Verdict::Send => Ok(Chosen {
            status: StatusCode::OK,
            headers: &prepared.headers,
            prepared,
        }),
        Verdict::NotModified => Ok(Chosen {
            status: StatusCode::NOT_MODIFIED,
            headers: &prepared.not_modified,
            prepared,
        }),
        Verdict::Failed => Err(Refusal::PreconditionFailed),
    }
}

/// A request without a host, or with two, may mean one thing to a proxy and another to us.
fn check_host(headers: &HeaderMap) -> Result<(), Refusal> {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Err(Refusal::BadRequest);
    };
    let user_info = host.as_bytes().contains(&b'@');
    match Authority::try_from(host.as_bytes()) {
        Ok(_) if !user_info => Ok(()),
        _ => Err(Refusal::BadRequest),
    }
}

impl Chosen<'_> {
    /// Step 7.
    fn answer(self, method: &Method) -> Answer {
        let empty = method == Method::HEAD || self.status == StatusCode::NOT_MODIFIED;
        let body = if empty {
            Bytes::new()
        } else {
            self.prepared.body.clone()
        };
        let bytes = body.len();
        let mut response = Response::new(Full::new(body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        Answer {
            response,
            coding: self.prepared.coding,
            bytes,
        }
    }
}
