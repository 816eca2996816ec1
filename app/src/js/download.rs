//! Saving something as a file.

use super::describe;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers `text` to the reader as a CSV file named `name`.
///
/// # Errors
/// The browser's reason, when it refuses.
pub fn csv(name: &str, text: &str) -> Result<(), String> {
    save(name, &JsValue::from_str(text), "text/csv;charset=utf-8").map_err(|error| describe(&error))
}

/// The same as a JSON file.
///
/// # Errors
/// The browser's reason, when it refuses.
pub fn json(name: &str, text: &str) -> Result<(), String> {
    save(name, &JsValue::from_str(text), "application/json").map_err(|error| describe(&error))
}

/// Offers bytes to the reader as a file named `name`.
///
/// # Errors
/// The browser's reason, when it refuses.
pub fn bytes(name: &str, content: &Uint8Array, media_type: &str) -> Result<(), String> {
    save(name, content, media_type).map_err(|error| describe(&error))
}

fn save(name: &str, content: &JsValue, media_type: &str) -> Result<(), JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or("no document")?;
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_blob_sequence_and_options(&Array::of1(content), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser took its own reference to the blob when the download began.
    Url::revoke_object_url(&address)
}
