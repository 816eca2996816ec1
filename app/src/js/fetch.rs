//! Reading files from the server.

use super::describe;
use futures_util::future::try_join_all;
use js_sys::{Uint8Array, encode_uri_component};
use serde::Deserialize;
use std::cell::Cell;
use std::collections::BTreeMap;
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

#[derive(Deserialize)]
struct Listing {
    /// Digests by name.
    files: BTreeMap<String, String>,
}

/// Reads the files of a folder that are wanted, several at a time: content by name.
///
/// # Errors
/// The first file that did not arrive, and why.
pub async fn folder(
    folder: &str,
    wanted: impl Fn(&str) -> bool,
    progress: impl Fn(Progress),
) -> Result<BTreeMap<String, Vec<u8>>, FetchError> {
    let mut names = list(folder).await?;
    names.retain(|name| wanted(name));
    let total = names.len();
    let done = Cell::new(0);
    progress(Progress { done: 0, total });
    let reads = names.into_iter().map(async |name| {
        let content = bytes(&path(folder, &name)).await?;
        done.set(done.get() + 1);
        let done = done.get();
        progress(Progress { done, total });
        Ok((name, content))
    });
    let mut contents = BTreeMap::new();
    for (name, content) in try_join_all(reads).await? {
        contents.insert(name, content);
    }
    Ok(contents)
}

/// The names of the files in a folder, as the server lists them.
async fn list(folder: &str) -> Result<Vec<String>, FetchError> {
    let address = path(folder, "");
    let body = bytes(&address).await?;
    let listing: Listing = serde_json::from_slice(&body).map_err(|error| FetchError::Listing {
        file: address,
        reason: error.to_string(),
    })?;
    Ok(listing.files.into_keys().collect())
}

/// The content of one file.
///
/// # Errors
/// See [`FetchError`].
pub async fn bytes(address: &str) -> Result<Vec<u8>, FetchError> {
    let unreachable = |error: JsValue| FetchError::Unreachable {
        file: address.to_owned(),
        reason: describe(&error),
    };
    let window = web_sys::window()
        .ok_or_else(|| JsValue::from_str("no window"))
        .map_err(unreachable)?;
    let answer = JsFuture::from(window.fetch_with_str(address)).await;
    let response: Response = answer.and_then(JsCast::dyn_into).map_err(unreachable)?;
    if !response.ok() {
        return Err(FetchError::Status {
            file: address.to_owned(),
            status: response.status(),
            text: response.status_text(),
        });
    }
    let body = response.array_buffer().map_err(unreachable)?;
    let buffer = JsFuture::from(body).await.map_err(unreachable)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// `/folder/name`, percent-encoded.
pub fn path(folder: &str, name: &str) -> String {
    let encode = |part: &str| String::from(encode_uri_component(part));
    format!("/{}/{}", encode(folder), encode(name))
}
