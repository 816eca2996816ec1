//! The studies that this browser keeps: their list, and which of them is open. Their files lie in
//! the browser's database, where the worker of crate `files` puts them.

use files::messages::Kept;

use crate::js::storage;

/// The list, as JSON.
const STUDIES: &str = "conjoint-studies";
/// The digest of the study that is open, where that is not the shipped one.
const OPEN: &str = "conjoint-study";

/// All of them, the one that was opened last at the end.
pub fn list() -> Vec<Kept> {
    let text = storage::read(STUDIES).ok().flatten().unwrap_or_default();
    // What is no list was not written here: nothing is known to be kept then.
    serde_json::from_str(&text).unwrap_or_default()
}

/// Changes the list as it stands, which another tab may have changed meanwhile; false where the
/// browser does not remember it.
fn change(change: impl FnOnce(&mut Vec<Kept>)) -> bool {
    let mut studies = list();
    change(&mut studies);
    // Texts and numbers always have a JSON form.
    let text = serde_json::to_string(&studies).unwrap_or_default();
    storage::write(STUDIES, &text).is_ok()
}

/// Puts a study at the end, in place of itself.
pub fn put(study: &Kept) -> bool {
    change(|studies| {
        studies.retain(|other| other.digest != study.digest);
        studies.push(study.clone());
    })
}

/// Gives a study another title.
pub fn rename(digest: &str, title: &str) -> bool {
    change(|studies| {
        let mut meant = studies.iter_mut().filter(|study| study.digest == digest);
        if let Some(study) = meant.next() {
            study.title = title.to_owned();
        }
    })
}

/// Takes a study off the list.
pub fn remove(digest: &str) -> bool {
    change(|studies| studies.retain(|study| study.digest != digest))
}

/// The digest of the study that was open when the page was last seen.
pub fn open() -> Option<String> {
    storage::read(OPEN)
        .ok()
        .flatten()
        .filter(|digest| !digest.is_empty())
}

/// Remembers which study is open; none of them is the shipped one.
pub fn set_open(digest: Option<&str>) {
    // Where that is refused, the next visit begins with the shipped study.
    let _ = storage::write(OPEN, digest.unwrap_or_default());
}
