//! What is wider or longer than its place: a table, as a rule.

use yew::prelude::*;

/// Scrolls its content, by keyboard too, which can scroll only what it can focus; with an
/// accessible name, and a further class or "".
pub fn scroll(label: impl Into<AttrValue>, class: &'static str, content: Html) -> Html {
    let label: AttrValue = label.into();
    html! {
        <div class={classes!("scroll", class)} tabindex="0" role="group" aria-label={label}>
            { content }
        </div>
    }
}
