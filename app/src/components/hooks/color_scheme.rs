//! The reader's preferred color scheme, and the chart colors that follow from it.

use crate::browser::media;
use crate::charts::Theme;
use yew::prelude::*;

/// Whether the reader prefers a dark page; follows changes of the preference.
#[hook]
pub fn use_dark() -> bool {
    let is_dark = use_state_eq(media::prefers_dark);
    let setter = is_dark.setter();
    use_effect_with((), move |()| {
        let listener = media::on_dark_change(move |is_dark| setter.set(is_dark));
        move || drop(listener)
    });
    *is_dark
}

/// The theme that figures are drawn in.
#[hook]
pub fn use_theme() -> Theme {
    Theme::from_preference(use_dark())
}
