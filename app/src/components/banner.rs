//! A remark above a page: something to know that stops nothing.

use yew::prelude::*;

/// What to know, and what to do about it; assistive technology reads it out when it appears.
pub fn banner(content: Html) -> Html {
    html! { <p class="banner" role="status">{ content }</p> }
}
