//! How the reader's language writes numbers.

use js_sys::Intl::NumberFormat;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::format::Separators;

/// The browser's separators, for digits 0–9 whatever the language's own are.
pub fn separators() -> Separators {
    let options = Object::new();
    // A plain object takes every property.
    let _ = Reflect::set(&options, &"numberingSystem".into(), &"latn".into());
    let parts = NumberFormat::new(&Array::new(), &options).format_to_parts(1_234_567.8);
    let text = |part: &JsValue, key: &str| Reflect::get(part, &key.into()).ok()?.as_string();
    let find = |kind: &str| {
        let part = parts
            .iter()
            .find(|part| text(part, "type").as_deref() == Some(kind))?;
        text(&part, "value")?.chars().next()
    };
    Separators::from_browser(find("decimal"), find("group"))
}
