//! The list of the studies that this browser stores, and which of them is open. Their files are in the
//! browser's database, where the worker that handles files puts them.

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
    serde_json::from_str(&text).map_err(|_| INCOMPATIBLE_LIST.to_owned())
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
