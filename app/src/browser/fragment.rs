//! The fragment of the page's address, which holds the state that a shared link restores. Browsers
//! never send it to the server.

use std::cell::RefCell;

use gloo::events::EventListener;
use wasm_bindgen::JsValue;

thread_local! {
    /// The fragment's field that names the shown study.
    static SHOWN_STUDY: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Records the fragment's field that names the shown study, for [`forget_shown_study`]; empty if
/// the field should stay.
pub fn set_shown_study(field: String) {
    SHOWN_STUDY.set(field);
}

/// Removes the shown study from the fragment, so that after a reload the edits apply to whichever
/// study the server has then. A link of another study is left unchanged.
pub fn forget_shown_study() {
    let fragment = read();
    let shown = SHOWN_STUDY.with_borrow(String::clone);
    let fields: Vec<&str> = fragment
        .split('&')
        .filter(|field| *field != shown)
        .collect();
    replace(&fields.join("&"));
}

/// The fragment without its `#`, percent-encoded as in the address.
pub fn read() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    let hash = hash.unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// The page's address, including the fragment.
pub fn page_url() -> String {
    let url = web_sys::window().and_then(|window| window.location().href().ok());
    url.unwrap_or_default()
}

/// Replaces the fragment in the current history entry, so that Back skips the change.
pub fn replace(fragment: &str) {
    change(fragment, |history, url| {
        history.replace_state_with_url(&JsValue::NULL, "", Some(url))
    });
}

/// Adds a history entry with a new fragment, so that Back undoes the change. Does nothing if the
/// fragment is the current one.
pub fn push(fragment: &str) {
    if read() != fragment {
        change(fragment, |history, url| {
            history.push_state_with_url(&JsValue::NULL, "", Some(url))
        });
    }
}

/// Calls `changed` with the new fragment after Back, Forward or a change of the address by hand, but
/// not after [`replace`] and [`push`]. Dropping the listener ends it.
pub fn on_change(changed: impl Fn(String) + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| {
        changed(read());
    }))
}

fn change(fragment: &str, write: impl FnOnce(&web_sys::History, &str) -> Result<(), JsValue>) {
    // A browser may refuse, for example after many changes in a short time. The page does not need
    // the history to work.
    if let Some(Ok(history)) = web_sys::window().map(|window| window.history()) {
        let _ = write(&history, &format!("#{fragment}"));
    }
}
