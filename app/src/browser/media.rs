//! What the reader's device prefers.

use gloo::events::EventListener;
use web_sys::MediaQueryList;

fn dark_query() -> Option<MediaQueryList> {
    web_sys::window()?
        .match_media("(prefers-color-scheme: dark)")
        .ok()?
}

/// Whether the reader prefers a dark page.
pub fn prefers_dark() -> bool {
    dark_query().is_some_and(|query| query.matches())
}

/// Calls back whenever that preference changes, for as long as the listener lives.
pub fn on_dark_change(changed: impl Fn(bool) + 'static) -> Option<EventListener> {
    let query = dark_query()?;
    let target = query.clone();
    Some(EventListener::new(&target, "change", move |_| {
        changed(query.matches());
    }))
}
