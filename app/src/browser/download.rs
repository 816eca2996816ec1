//! Saving a text, or bytes, as a file.

use super::describe;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Offers `text` to the reader as a CSV file named `name`.
///
/// # Errors
/// The browser's reason, when it refuses.
pub fn csv(name: &str, text: &str) -> Result<(), String> {
    save(name, &text.into(), "text/csv;charset=utf-8")
}

/// The same as a JSON file.
///
/// # Errors
/// The browser's reason, when it refuses.
pub fn json(name: &str, text: &str) -> Result<(), String> {
    save(name, &text.into(), "application/json")
}

/// Offers bytes to the reader as a zip named `name`.
///
/// # Errors
/// The browser's reason, when it refuses.
pub fn zip(name: &str, bytes: &Uint8Array) -> Result<(), String> {
    save(name, bytes, "application/zip")
}

/// Offers bytes to the reader as an Excel workbook named `name`.
///
/// # Errors
/// The browser's reason, when it refuses.
pub fn workbook(name: &str, bytes: &Uint8Array) -> Result<(), String> {
    let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    save(name, bytes, media_type)
}

/// Offers a part of a blob, a text or bytes.
fn save(name: &str, part: &JsValue, media_type: &str) -> Result<(), String> {
    offer(name, part, media_type).map_err(|error| describe(&error))
}

fn offer(name: &str, part: &JsValue, media_type: &str) -> Result<(), JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or("no document")?;
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    // To the browser all sequences are one.
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(part), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser took its own reference to the blob when the download began.
    Url::revoke_object_url(&address)
}
