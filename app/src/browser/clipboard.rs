//! The clipboard.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, Event, HtmlDocument, HtmlTextAreaElement};

use super::describe;

/// The lines of the text that a paste event brings, without an empty last one; empty without a text.
pub fn pasted_lines(event: &Event) -> Vec<String> {
    let data = Reflect::get(event, &"clipboardData".into()).ok();
    let data = data.and_then(|data| data.dyn_into::<DataTransfer>().ok());
    let text = data.and_then(|data| data.get_data("text").ok());
    let text = text.unwrap_or_default();
    text.trim_end().lines().map(str::to_owned).collect()
}

/// Puts a text on the clipboard.
///
/// # Errors
/// The browser's reason if it refuses.
pub async fn write(text: &str) -> Result<(), String> {
    let window = web_sys::window().ok_or("no window")?;
    if window.is_secure_context() {
        let promise = window.navigator().clipboard().write_text(text);
        return match JsFuture::from(promise).await {
            Ok(_) => Ok(()),
            Err(error) => Err(describe(&error)),
        };
    }
    write_selected(text).map_err(|error| describe(&error))
}

/// Copies from an input: over plain http, browsers have no other way.
fn write_selected(text: &str) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let document = document.and_then(|document| document.dyn_into::<HtmlDocument>().ok());
    let document = document.ok_or("no document")?;
    let body = document.body().ok_or("no body")?;
    let input = document.create_element("textarea")?;
    let input: HtmlTextAreaElement = input.dyn_into().map_err(JsValue::from)?;
    input.set_value(text);
    body.append_child(&input)?;
    input.select();
    let is_copied = document.exec_command("copy");
    input.remove();
    match is_copied? {
        true => Ok(()),
        false => Err("it refuses to copy".into()),
    }
}
