//! Whether the reader prefers a dark page, and the colours that follow.

use crate::browser::media;
use crate::charts::Theme;
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

/// The theme that figures are drawn in.
#[hook]
pub fn use_theme() -> Theme {
    Theme::from_preference(use_dark())
}
