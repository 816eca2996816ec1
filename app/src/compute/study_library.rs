//! The list of the studies that this browser stores, and which of them is open. Their files are in the
//! browser's database, where the worker that handles files puts them.

use serde_json::Value;
use worker::protocol::StoredStudy;

use crate::browser::storage;

/// The name of the list, which is JSON.
pub const STUDIES: &str = "conjoint-studies";
/// The digest of the open study, unless that is the shipped one.
const OPEN: &str = "conjoint-study";
/// The digest that the shipped study had when it was last loaded.
const SHIPPED: &str = "conjoint-shipped";

/// The error when the list cannot be read.
const INCOMPATIBLE_LIST: &str = "another version of this page wrote the list of this browser's \
    studies, which was not changed; reload the page";

/// All stored studies, the one that was opened last at the end; empty if the list cannot be read.
pub fn list() -> Vec<StoredStudy> {
    read().unwrap_or_default()
}

/// Whether the study with this digest is stored.
pub fn contains(studies: &[StoredStudy], digest: &str) -> bool {
    studies.iter().any(|study| study.digest == digest)
}

fn read() -> Result<Vec<StoredStudy>, String> {
    let Some(text) = storage::read(STUDIES)?.filter(|text| !text.is_empty()) else {
        return Ok(Vec::new());
    };
    let list: Option<Value> = serde_json::from_str(&text).ok();
    let list = list.as_ref().and_then(Value::as_array);
    let studies = list.and_then(|list| list.iter().map(parse).collect());
    studies.ok_or_else(|| INCOMPATIBLE_LIST.to_owned())
}

/// A study of the list, without what was said when it was opened. Read by hand: a derived reader of
/// JSON would add a hundredth to the page's Wasm, which reads no other types.
fn parse(study: &Value) -> Option<StoredStudy> {
    let text = |key: &str| Some(study.get(key)?.as_str()?.to_owned());
    let count = |key: &str| study.get(key)?.as_u64();
    Some(StoredStudy {
        digest: text("digest")?,
        title: text("title")?,
        respondents: usize::try_from(count("respondents")?).ok()?,
        products: usize::try_from(count("products")?).ok()?,
        bytes: count("bytes")?,
        warnings: Vec::new(),
        storage_error: None,
    })
}

/// Changes the list, which another window may have changed in the meantime. A list that cannot be read
/// is left as it is.
fn change(change: impl FnOnce(&mut Vec<StoredStudy>)) -> Result<(), String> {
    let mut studies = read()?;
    change(&mut studies);
    // Texts and numbers always have a JSON form.
    let text = serde_json::to_string(&studies).unwrap_or_default();
    storage::write(STUDIES, &text)
}

/// Adds a study at the end, or moves it there.
///
/// # Errors
/// Why the browser does not remember it.
pub fn put(study: &StoredStudy) -> Result<(), String> {
    change(|studies| {
        studies.retain(|other| other.digest != study.digest);
        studies.push(study.clone());
    })
}

/// Gives a study another title.
///
/// # Errors
/// Why the browser does not remember it.
pub fn rename(digest: &str, title: &str) -> Result<(), String> {
    change(|studies| {
        let found = studies.iter_mut().find(|study| study.digest == digest);
        if let Some(study) = found {
            study.title = title.to_owned();
        }
    })
}

/// Takes a study off the list.
///
/// # Errors
/// Why the browser does not remember it.
pub fn remove(digest: &str) -> Result<(), String> {
    change(|studies| studies.retain(|study| study.digest != digest))
}

/// The digest of the study that was open when the page was last closed; `None` for the shipped one.
pub fn open() -> Option<String> {
    remembered(OPEN)
}

/// Remembers which study is open; `None` is the shipped one.
pub fn set_open(digest: Option<&str>) {
    // If the browser refuses, the next visit begins with the shipped study.
    let _ = storage::write(OPEN, digest.unwrap_or_default());
}

/// The digest that the shipped study had when it was last loaded.
pub fn shipped() -> Option<String> {
    remembered(SHIPPED)
}

/// Remembers the digest of the shipped study.
pub fn set_shipped(digest: &str) {
    // If the browser refuses, a stored copy of it may be shown in its place.
    let _ = storage::write(SHIPPED, digest);
}

fn remembered(name: &str) -> Option<String> {
    let text = storage::read(name).ok().flatten()?;
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_study_is_read_from_the_list_as_it_was_written() {
        let study = StoredStudy {
            digest: "0123".to_owned(),
            title: "Ürün \"2\"".to_owned(),
            respondents: 100_000,
            products: 9,
            bytes: 90_000_000_000,
            warnings: Vec::new(),
            storage_error: None,
        };
        let written = serde_json::to_value(&study).unwrap();
        assert_eq!(parse(&written), Some(study));
        for damaged in ["1", "{}", r#"{"digest": 1}"#] {
            assert_eq!(parse(&serde_json::from_str(damaged).unwrap()), None);
        }
    }
}
