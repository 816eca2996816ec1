//! Maps one request to one response, without any clock, file system or socket.
//!
//! The steps, in the order in which the code below performs them:
//!
//! 1. **Host**: exactly one valid `Host` header, otherwise 400.
//! 2. **Framing**: a request with `Transfer-Encoding` gets 400. No resource here accepts a body,
//!    and a request with both `Transfer-Encoding` and `Content-Length` is how requests are
//!    smuggled past a proxy. hyper hides the `Content-Length` of such a request, so the server
//!    rejects every `Transfer-Encoding`.
//! 3. **Method**: GET or HEAD, otherwise 405.
//! 4. **Path**: decoded once, 400 if it is malformed; looked up, 404 if no file has that path.
//! 5. **Coding**: the best of the prepared ones that the client accepts.
//! 6. **Preconditions**: 412 or 304 if they require it.
//! 7. **Response**: the prepared headers and body; for HEAD only the headers. If the client sends
//!    a body anyway, it is not read, and the connection closes after the response.

use http_body_util::Full;
use hyper::body::{Body, Bytes};
use hyper::header::{CONNECTION, HOST, HeaderValue, TRANSFER_ENCODING};
use hyper::http::uri::Authority;
use hyper::{HeaderMap, Method, Request, Response, StatusCode};

use crate::assets::Assets;
use crate::assets::error_response::RequestError;
use crate::assets::prepared::PreparedResponse;
use crate::conditional::{self, PreconditionOutcome};
use crate::negotiate::{self, ContentCoding};
use crate::path;

/// The path of the health check, for load balancers and the `health` command.
pub const HEALTH_PATH: &str = "/healthz";

/// A response together with what the log records about it.
#[derive(Debug)]
pub struct LoggedResponse {
    /// The response to send.
    pub response: Response<Full<Bytes>>,
    /// The content coding of its body.
    pub coding: ContentCoding,
    /// The length of its body in bytes.
    pub bytes: usize,
}

/// Responds to `request` with one of the prepared responses.
pub fn respond<B: Body>(assets: &Assets, request: &Request<B>) -> LoggedResponse {
    let has_body = !request.body().is_end_stream();
    let selected = match select_response(assets, request) {
        Ok(selected) => selected,
        Err(error) => {
            let prepared = assets.error_response(error);
            SelectedResponse {
                status: error.status(),
                headers: &prepared.headers,
                prepared,
            }
        }
    };
    let mut logged = selected.into_response(request.method());
    if has_body || logged.response.status() == StatusCode::BAD_REQUEST {
        logged
            .response
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("close"));
    }
    logged
}

/// A prepared response with the status and the headers to send for this request.
struct SelectedResponse<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    prepared: &'a PreparedResponse,
}

/// Steps 1 to 6.
fn select_response<'a, B>(
    assets: &'a Assets,
    request: &Request<B>,
) -> Result<SelectedResponse<'a>, RequestError> {
    let headers = request.headers();
    check_host(headers)?;
    if headers.contains_key(TRANSFER_ENCODING) {
        return Err(RequestError::BadRequest);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(RequestError::MethodNotAllowed);
    }
    let path = path::decode(request.uri().path()).ok_or(RequestError::BadRequest)?;
    let asset = assets.find(&path).ok_or(RequestError::NotFound)?;
    let coding = negotiate::choose_coding(headers, asset.brotli.is_some(), asset.gzip.is_some());
    let prepared = asset.response(coding);
    let etag = prepared.etag.as_bytes();
    match conditional::evaluate_preconditions(headers, etag, asset.modified_at) {
        PreconditionOutcome::Proceed => Ok(SelectedResponse {
            status: StatusCode::OK,
            headers: &prepared.headers,
            prepared,
        }),
        PreconditionOutcome::NotModified => Ok(SelectedResponse {
            status: StatusCode::NOT_MODIFIED,
            headers: &prepared.not_modified_headers,
            prepared,
        }),
        PreconditionOutcome::Failed => Err(RequestError::PreconditionFailed),
    }
}

/// Rejects requests with no host or several: a proxy might interpret them differently.
fn check_host(headers: &HeaderMap) -> Result<(), RequestError> {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Err(RequestError::BadRequest);
    };
    let has_user_info = host.as_bytes().contains(&b'@');
    match Authority::try_from(host.as_bytes()) {
        Ok(_) if !has_user_info => Ok(()),
        _ => Err(RequestError::BadRequest),
    }
}

impl SelectedResponse<'_> {
    /// Step 7.
    fn into_response(self, method: &Method) -> LoggedResponse {
        let is_empty = method == Method::HEAD || self.status == StatusCode::NOT_MODIFIED;
        let body = if is_empty {
            Bytes::new()
        } else {
            self.prepared.body.clone()
        };
        let bytes = body.len();
        let mut response = Response::new(Full::new(body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        LoggedResponse {
            response,
            coding: self.prepared.coding,
            bytes,
        }
    }
}
