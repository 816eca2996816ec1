//! Saving text or bytes as a file.

use super::describe;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Saves `text` as a CSV file.
///
/// # Errors
/// The browser's reason if it refuses.
pub fn csv(name: &str, text: &str) -> Result<(), String> {
    save(name, &text.into(), "text/csv;charset=utf-8")
}

/// Saves `text` as a JSON file.
///
/// # Errors
/// The browser's reason if it refuses.
pub fn json(name: &str, text: &str) -> Result<(), String> {
    save(name, &text.into(), "application/json")
}

/// Saves `bytes` as a zip file.
///
/// # Errors
/// The browser's reason if it refuses.
pub fn zip(name: &str, bytes: &Uint8Array) -> Result<(), String> {
    save(name, bytes, "application/zip")
}

/// Saves `bytes` as an Excel workbook.
///
/// # Errors
/// The browser's reason if it refuses.
pub fn workbook(name: &str, bytes: &Uint8Array) -> Result<(), String> {
    let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    save(name, bytes, media_type)
}

/// Saves `content`, a string or an array of bytes.
fn save(name: &str, content: &JsValue, media_type: &str) -> Result<(), String> {
    click_download_link(name, content, media_type).map_err(|error| describe(&error))
}

fn click_download_link(name: &str, content: &JsValue, media_type: &str) -> Result<(), JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or("no document")?;
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    // In JavaScript there is one constructor for sequences of strings and of bytes.
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(content), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download that just started holds its own reference to the blob.
    Url::revoke_object_url(&url)
}
