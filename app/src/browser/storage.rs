//! What this browser keeps of the page's own, by name.

use gloo::events::EventListener;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::Storage;

use super::describe;

/// What is kept under a name.
///
/// # Errors
/// The browser's reason, when it keeps nothing at all.
pub fn read(name: &str) -> Result<Option<String>, String> {
    storage()
        .and_then(|storage| storage.get_item(name))
        .map_err(|error| describe(&error))
}

/// Keeps a text under a name.
///
/// # Errors
/// The browser's reason, when it refuses.
pub fn write(name: &str, text: &str) -> Result<(), String> {
    storage()
        .and_then(|storage| storage.set_item(name, text))
        .map_err(|error| describe(&error))
}

/// Calls back when another window of this browser has changed what is kept under a name. Ends when
/// the listener is dropped.
pub fn on_change(name: &str, changed: impl Fn() + 'static) -> Option<EventListener> {
    let (window, name) = (web_sys::window()?, JsValue::from(name));
    Some(EventListener::new(&window, "storage", move |event| {
        if Reflect::get(event, &"key".into()).is_ok_and(|key| key == name) {
            changed();
        }
    }))
}

fn storage() -> Result<Storage, JsValue> {
    let window = web_sys::window().ok_or("no window")?;
    Ok(window.local_storage()?.ok_or("it is switched off")?)
}
