//! Files that the reader chose.

use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlInputElement;

use super::describe;

/// Name and text of the file that an input has; nothing where it has none. The input is empty
/// afterwards, so that the same file can be chosen again.
///
/// # Errors
/// The browser's reason, when the file cannot be read.
pub async fn text(input: &HtmlInputElement) -> Option<(String, Result<String, String>)> {
    let file = input.files()?.get(0)?;
    input.set_value("");
    let text = JsFuture::from(file.text()).await;
    let text = text.map_err(|error| describe(&error));
    Some((
        file.name(),
        text.map(|text| text.as_string().unwrap_or_default()),
    ))
}
