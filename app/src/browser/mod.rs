//! The only place that talks to the browser and to plotly.js.
//!
//! Nothing here assumes that a global, an element or an answer is there: what is missing becomes
//! a value that the caller can show, because a panic would end the page.

pub mod download;
pub mod fetch;
pub mod fragment;
pub mod keys;
pub mod locale;
pub mod media;
pub mod offline;
pub mod page;
pub mod pick;
pub mod plotly;
pub mod pointer;
pub mod print;
pub mod queue;
pub mod storage;
pub mod timing;

use wasm_bindgen::{JsCast, JsValue};

/// A JavaScript error in words.
pub(crate) fn describe(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => error
            .as_string()
            .unwrap_or_else(|| "unknown error".to_owned()),
    }
}
