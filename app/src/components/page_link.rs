//! Links between pages.

use yew::prelude::*;

use super::tab_id;
use crate::browser::page;
use crate::state::{Page, State};

/// A link to another page with the same edits. The link disappears with its own page, so the focus
/// moves to the other page's tab.
pub fn page_link(state: &State, page: Page, text: &'static str) -> Html {
    html! {
        <a
            href={format!("#{}", state.link_to(page))}
            onclick={move |_: MouseEvent| page::focus(&tab_id(page.id()))}
        >
            { text }
        </a>
    }
}
