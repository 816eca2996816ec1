//! The browser's local storage.

use gloo::events::EventListener;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::Storage;

use super::describe;

/// The text stored under a key.
///
/// # Errors
/// The browser's reason if it has no storage for the page.
pub fn read(key: &str) -> Result<Option<String>, String> {
    storage()
        .and_then(|storage| storage.get_item(key))
        .map_err(|error| describe(&error))
}

/// Stores a text under a key.
///
/// # Errors
/// The browser's reason if it refuses.
pub fn write(key: &str, text: &str) -> Result<(), String> {
    storage()
        .and_then(|storage| storage.set_item(key, text))
        .map_err(|error| describe(&error))
}

/// Calls `changed` after another window of the browser changed the text under a key. Dropping the
/// listener ends it.
pub fn on_change(key: &str, changed: impl Fn() + 'static) -> Option<EventListener> {
    let (window, key) = (web_sys::window()?, JsValue::from(key));
    Some(EventListener::new(&window, "storage", move |event| {
        if Reflect::get(event, &"key".into()).is_ok_and(|changed_key| changed_key == key) {
            changed();
        }
    }))
}

fn storage() -> Result<Storage, JsValue> {
    let window = web_sys::window().ok_or("no window")?;
    Ok(window.local_storage()?.ok_or("it is switched off")?)
}
