//! Reading files from the server.

use super::describe;
use conjoint::format::StudyFiles;
use js_sys::{Uint8Array, encode_uri_component};
use serde_json::Value;
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Why a file did not arrive.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FetchError {
    /// No answer: the server is down or the connection broke.
    #[error("no answer from the server ({reason})")]
    Unreachable {
        /// The file's path on the server.
        file: String,
        /// The browser's words.
        reason: String,
    },
    /// An answer other than success.
    #[error("the server answered {status} {text}")]
    Status {
        /// The file's path on the server.
        file: String,
        /// The HTTP status code.
        status: u16,
        /// The status in words, where the protocol has them.
        text: String,
    },
    /// A folder's list of files that is none.
    #[error("the list of files cannot be read ({reason})")]
    Listing {
        /// The folder's path on the server.
        file: String,
        /// What the JSON reader met.
        reason: String,
    },
}

impl FetchError {
    /// The path that was asked for.
    pub fn file(&self) -> &str {
        match self {
            Self::Unreachable { file, .. }
            | Self::Status { file, .. }
            | Self::Listing { file, .. } => file,
        }
    }
}

/// How far reading a folder has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files that have arrived.
    pub done: usize,
    /// Files in all; 0 while that is not known.
    pub total: usize,
}

/// Reads the files of a folder that are wanted, all at the same time.
///
/// # Errors
/// The first file that did not arrive, and why.
pub async fn folder(
    folder: &str,
    wanted: &[&str],
    progress: &dyn Fn(Progress),
) -> Result<StudyFiles, FetchError> {
    let address = path(folder, "");
    let list = Answer::to(address.clone()).content().await?;
    let names = listed(&list).map_err(|reason| FetchError::Listing {
        file: address,
        reason,
    })?;
    let wanted: Vec<&String> = names
        .iter()
        .filter(|name| wanted.contains(&name.as_str()))
        .collect();
    // All of them are asked for before the first is waited for.
    let answers: Vec<Answer> = wanted
        .iter()
        .map(|name| Answer::to(path(folder, name)))
        .collect();
    let total = answers.len();
    progress(Progress { done: 0, total });
    let mut files = StudyFiles::default();
    for (place, (name, answer)) in wanted.into_iter().zip(answers).enumerate() {
        files.insert(name, answer.content().await?);
        let done = place + 1;
        progress(Progress { done, total });
    }
    Ok(files)
}

/// The names of the files in a folder, of which the server lists a digest each.
fn listed(list: &[u8]) -> Result<Vec<String>, String> {
    let list: Value = serde_json::from_slice(list).map_err(|error| error.to_string())?;
    let files = list.get("files").and_then(Value::as_object);
    let files = files.ok_or("it has no object `files`")?;
    Ok(files.keys().cloned().collect())
}

/// A file that was asked for.
struct Answer {
    file: String,
    coming: Result<JsFuture, JsValue>,
}

impl Answer {
    /// Asks for the file of that address.
    fn to(file: String) -> Self {
        let window = web_sys::window().ok_or_else(|| JsValue::from_str("no window"));
        let coming = window.map(|window| window.fetch_with_str(&file).into());
        Self { file, coming }
    }

    /// The file's content.
    async fn content(self) -> Result<Vec<u8>, FetchError> {
        let file = self.file;
        match body(self.coming).await {
            Ok(Ok(content)) => Ok(content),
            Ok(Err((status, text))) => Err(FetchError::Status { file, status, text }),
            Err(error) => Err(FetchError::Unreachable {
                file,
                reason: describe(&error),
            }),
        }
    }
}

/// An answer's body, or else its status, as a code and in words.
async fn body(
    coming: Result<JsFuture, JsValue>,
) -> Result<Result<Vec<u8>, (u16, String)>, JsValue> {
    let response: Response = coming?.await?.dyn_into()?;
    if !response.ok() {
        return Ok(Err((response.status(), response.status_text())));
    }
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(Ok(Uint8Array::new(&buffer).to_vec()))
}

/// `/folder/name`, percent-encoded.
pub fn path(folder: &str, name: &str) -> String {
    let encode = |part: &str| String::from(encode_uri_component(part));
    format!("/{}/{}", encode(folder), encode(name))
}
