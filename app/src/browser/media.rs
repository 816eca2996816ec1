//! The reader's preferences, from media queries.

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

/// Calls `changed` whenever that preference changes. Dropping the listener ends it.
pub fn on_dark_change(changed: impl Fn(bool) + 'static) -> Option<EventListener> {
    let query = dark_query()?;
    let target = query.clone();
    Some(EventListener::new(&target, "change", move |_| {
        changed(query.matches());
    }))
}
