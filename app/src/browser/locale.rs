//! The number format of the reader's language.

use js_sys::Intl::NumberFormat;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

/// The decimal and the grouping separator of the browser's language, with the digits 0–9 even if
/// the language has its own.
pub fn number_separators() -> [Option<char>; 2] {
    let options = Object::new();
    // Setting a property of a plain object cannot fail.
    let _ = Reflect::set(&options, &"numberingSystem".into(), &"latn".into());
    let parts = NumberFormat::new(&Array::new(), &options).format_to_parts(1_234_567.8);
    let property = |part: &JsValue, key: &str| Reflect::get(part, &key.into()).ok()?.as_string();
    let find = |kind: &str| {
        let part = parts
            .iter()
            .find(|part| property(part, "type").as_deref() == Some(kind))?;
        property(&part, "value")?.chars().next()
    };
    [find("decimal"), find("group")]
}
