//! The address's fragment, where the page keeps what a sent link restores. The browser never
//! sends it to the server.

use std::cell::RefCell;

use gloo::events::EventListener;
use wasm_bindgen::JsValue;

thread_local! {
    /// The field of the study that the page shows.
    static OWN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Notes the field of the study that the page shows; see [`release`].
pub fn own(field: String) {
    OWN.set(field);
}

/// Takes the page's own study out of the address, so that what follows it is taken as of the study
/// that is there after the page was loaded again. Another study's link stays as it is.
pub fn release() {
    let now = read();
    let own = OWN.with_borrow(String::clone);
    let fields: Vec<&str> = now.split('&').filter(|field| *field != own).collect();
    replace(&fields.join("&"));
}

/// The fragment without its `#`, as it stands in the address (percent-encoded).
pub fn read() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    let hash = hash.unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// The whole address.
pub fn address() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok());
    address.unwrap_or_default()
}

/// Replaces the fragment in the current entry of the history: for what Back should skip.
pub fn replace(fragment: &str) {
    change(fragment, |history, url| {
        history.replace_state_with_url(&JsValue::NULL, "", Some(url))
    });
}

/// Adds an entry to the history: for what Back should undo. Does nothing when it is there already.
pub fn push(fragment: &str) {
    if read() != fragment {
        change(fragment, |history, url| {
            history.push_state_with_url(&JsValue::NULL, "", Some(url))
        });
    }
}

/// Calls back with the new fragment after Back, Forward or a typed one; not after our own
/// [`replace`] and [`push`]. Ends when the listener is dropped.
pub fn on_change(changed: impl Fn(String) + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "hashchange", move |_| {
        changed(read());
    }))
}

fn change(fragment: &str, write: impl FnOnce(&web_sys::History, &str) -> Result<(), JsValue>) {
    // A browser may refuse (too many changes in a short time): the page itself goes on.
    if let Some(Ok(history)) = web_sys::window().map(|window| window.history()) {
        let _ = write(&history, &format!("#{fragment}"));
    }
}
