//! Digests of a study's files.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::table::BYTE_ORDER_MARK;
use crate::stats::sort::stable_sort;

/// The digest of the settings without title and description; `None` if nothing else is set.
pub(super) fn settings_digest(bytes: &[u8]) -> Option<String> {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let Ok(Value::Object(mut settings)) = serde_json::from_slice(text) else {
        return Some(sha256(bytes));
    };
    settings.retain(|key, _| !["title", "description"].contains(&key.as_str()));
    if settings.is_empty() {
        return None;
    }
    // Texts, numbers and lists always have a JSON form.
    let text = serde_json::to_vec(&sort_keys(Value::Object(settings))).unwrap_or_default();
    Some(sha256(&text))
}

/// The value with the keys of each object sorted.
fn sort_keys(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let entries = object.into_iter().collect();
            let entries = stable_sort(entries, |(one, _): &(String, Value), (other, _)| {
                one.cmp(other)
            });
            let entries = entries.into_iter();
            Value::Object(
                entries
                    .map(|(key, value)| (key, sort_keys(value)))
                    .collect(),
            )
        }
        Value::Array(list) => Value::Array(list.into_iter().map(sort_keys).collect()),
        other => other,
    }
}

/// The SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
