//! A button that has nothing more to do once it was pressed.

use yew::prelude::*;

/// A button that may be idle. Disabled, it would lose the keyboard's focus; so it keeps the focus
/// that it has, and is passed over without it. The label is the accessible name, where the text
/// alone is none; without `possible` there is nothing to do.
pub fn idle_button(
    label: Option<String>,
    text: &'static str,
    possible: bool,
    on_press: Callback<MouseEvent>,
) -> Html {
    let idle = !possible;
    html! {
        <button
            type="button"
            class="quiet"
            aria-label={label}
            aria-disabled={idle.then_some("true")}
            tabindex={idle.then_some("-1")}
            onclick={possible.then_some(on_press)}
        >
            { text }
        </button>
    }
}
