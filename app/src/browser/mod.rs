//! Bindings to the browser and to plotly.js; nothing else in the crate calls them.
//!
//! A missing global, element or response never panics, because a panic would end the page: it
//! becomes a value that the caller can show.

pub mod clipboard;
pub mod download;
pub mod fetch;
pub mod file_picker;
pub mod fragment;
pub mod importer;
pub mod keys;
pub mod locale;
pub mod media;
pub mod page;
pub mod plotly;
pub mod pointer;
pub mod print;
pub mod queue;
pub mod service_worker;
pub mod storage;
pub mod timing;

use wasm_bindgen::{JsCast, JsValue};

/// The message of a JavaScript error.
pub(crate) fn describe(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error
            .as_string()
            .unwrap_or_else(|| "unknown error".to_owned()),
    }
}
