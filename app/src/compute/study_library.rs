//! The studies that this browser keeps: their list, and which of them is open. Their files lie in
//! the browser's database, where the worker of crate `files` puts them.

use serde_json::Value;
use worker::messages::Kept;

use crate::browser::storage;
use crate::text::messages;

/// The name of the list, which is JSON.
pub const STUDIES: &str = "conjoint-studies";
/// The digest of the study that is open, where that is not the shipped one.
const OPEN: &str = "conjoint-study";
/// The digest of the shipped study, when it was last seen.
const SHIPPED: &str = "conjoint-shipped";

/// All of them, the one that was opened last at the end; none where the list cannot be read.
pub fn list() -> Vec<Kept> {
    read().unwrap_or_default()
}

fn read() -> Result<Vec<Kept>, String> {
    let Some(text) = storage::read(STUDIES)?.filter(|text| !text.is_empty()) else {
        return Ok(Vec::new());
    };
    let list: Value = serde_json::from_slice(text.as_bytes()).unwrap_or_default();
    let studies = list.as_array().map(|list| list.iter().map(Kept::of));
    let studies = studies.and_then(Iterator::collect::<Option<_>>);
    studies.ok_or_else(|| messages::INCOMPATIBLE_STUDY_LIST.to_owned())
}

/// Changes the list as it stands, which another window may have changed meanwhile. One that cannot
/// be read is left as it is.
fn change(change: impl FnOnce(&mut Vec<Kept>)) -> Result<(), String> {
    let mut studies = read()?;
    change(&mut studies);
    // Texts and numbers always have a JSON form.
    let text = serde_json::to_string(&studies).unwrap_or_default();
    storage::write(STUDIES, &text)
}

/// Puts a study at the end, in place of itself.
///
/// # Errors
/// Why the browser does not remember it.
pub fn put(study: &Kept) -> Result<(), String> {
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
        let mut meant = studies.iter_mut().filter(|study| study.digest == digest);
        if let Some(study) = meant.next() {
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

/// The digest of the study that was open when the page was last seen.
pub fn open() -> Option<String> {
    remembered(OPEN)
}

/// Remembers which study is open; none of them is the shipped one.
pub fn set_open(digest: Option<&str>) {
    // Where that is refused, the next visit begins with the shipped study.
    let _ = storage::write(OPEN, digest.unwrap_or_default());
}

/// The digest of the shipped study, when it was last seen.
pub fn shipped() -> Option<String> {
    remembered(SHIPPED)
}

/// Remembers the digest of the shipped study.
pub fn set_shipped(digest: &str) {
    // Where that is refused, a copy of it that is kept may be shown in its place.
    let _ = storage::write(SHIPPED, digest);
}

fn remembered(name: &str) -> Option<String> {
    let text = storage::read(name).ok().flatten()?;
    Some(text).filter(|text| !text.is_empty())
}
