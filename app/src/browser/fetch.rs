//! Reading files from the server.

use super::describe;
use conjoint::format::StudyFiles;
use js_sys::{Uint8Array, encode_uri_component};
use serde_json::Value;
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Why a file could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FetchError {
    /// No response: the server is down or the connection failed.
    #[error("the server did not respond ({reason})")]
    Unreachable {
        /// The file's path on the server.
        file: String,
        /// The browser's message.
        reason: String,
    },
    /// A response with an error status.
    #[error("the server responded with {status} {text}")]
    Status {
        /// The file's path on the server.
        file: String,
        /// The HTTP status code.
        status: u16,
        /// The status text; empty in HTTP/2.
        text: String,
    },
    /// A response that is not a folder's list of files.
    #[error("the list of files cannot be read ({reason})")]
    Listing {
        /// The folder's path on the server.
        file: String,
        /// The JSON parser's message.
        reason: String,
    },
}

impl FetchError {
    /// The requested path.
    pub fn file(&self) -> &str {
        match self {
            Self::Unreachable { file, .. }
            | Self::Status { file, .. }
            | Self::Listing { file, .. } => file,
        }
    }
}

/// The progress of fetching a folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files that have arrived.
    pub done: usize,
    /// Number of files; 0 until it is known.
    pub total: usize,
}

/// Fetches the wanted files of a folder in parallel. Files that the server does not list are
/// skipped.
///
/// # Errors
/// The first file that could not be fetched.
pub async fn folder(
    folder: &str,
    wanted: &[&str],
    progress: &dyn Fn(Progress),
) -> Result<StudyFiles, FetchError> {
    let list_path = path(folder, "");
    let list = PendingFile::request(list_path.clone()).content().await?;
    let names = parse_list(&list).map_err(|reason| FetchError::Listing {
        file: list_path,
        reason,
    })?;
    let wanted: Vec<&String> = names
        .iter()
        .filter(|name| wanted.contains(&name.as_str()))
        .collect();
    // Sends all requests before waiting for the first response.
    let pending: Vec<PendingFile> = wanted
        .iter()
        .map(|name| PendingFile::request(path(folder, name)))
        .collect();
    let total = pending.len();
    progress(Progress { done: 0, total });
    let mut files = StudyFiles::default();
    for (index, (name, file)) in wanted.into_iter().zip(pending).enumerate() {
        files.insert(name, file.content().await?);
        let done = index + 1;
        progress(Progress { done, total });
    }
    Ok(files)
}

/// The names of the files in a folder, from the server's list of their digests.
fn parse_list(list: &[u8]) -> Result<Vec<String>, String> {
    let list: Value = serde_json::from_slice(list).map_err(|error| error.to_string())?;
    let files = list.get("files").and_then(Value::as_object);
    let files = files.ok_or("it has no object `files`")?;
    Ok(files.keys().cloned().collect())
}

/// A file that was requested.
struct PendingFile {
    file: String,
    response: Result<JsFuture, JsValue>,
}

impl PendingFile {
    /// Requests the file at a path.
    fn request(file: String) -> Self {
        let window = web_sys::window().ok_or_else(|| JsValue::from_str("no window"));
        let response = window.map(|window| window.fetch_with_str(&file).into());
        Self { file, response }
    }

    /// Waits for the file's content.
    async fn content(self) -> Result<Vec<u8>, FetchError> {
        let file = self.file;
        match read_body(self.response).await {
            Ok(Ok(content)) => Ok(content),
            Ok(Err((status, text))) => Err(FetchError::Status { file, status, text }),
            Err(error) => Err(FetchError::Unreachable {
                file,
                reason: describe(&error),
            }),
        }
    }
}

/// The body of a response, or its error status as code and text.
async fn read_body(
    response: Result<JsFuture, JsValue>,
) -> Result<Result<Vec<u8>, (u16, String)>, JsValue> {
    let response: Response = response?.await?.dyn_into()?;
    if !response.ok() {
        return Ok(Err((response.status(), response.status_text())));
    }
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Ok(Uint8Array::new(&buffer).to_vec()))
}

/// The path `/folder/name`, percent-encoded.
pub fn path(folder: &str, name: &str) -> String {
    let encode = |part: &str| String::from(encode_uri_component(part));
    format!("/{}/{}", encode(folder), encode(name))
}
