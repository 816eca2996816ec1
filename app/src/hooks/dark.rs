//! Whether the reader prefers a dark page.

use crate::js::media;
use yew::prelude::*;

/// Whether the reader prefers a dark page, now and after each change of mind.
#[hook]
pub fn use_dark() -> bool {
    let dark = use_state_eq(media::prefers_dark);
    let setter = dark.setter();
    use_effect_with((), move |()| {
        let listener = media::on_dark_change(move |now| setter.set(now));
        move || drop(listener)
    });
    *dark
}
