//! That figures are by another method than the one that is there at first, on every page that does
//! not set it.

use conjoint::choice::ChoiceModel;
use yew::prelude::*;

use crate::browser::page;
use crate::components::{banner, tab_id};
use crate::state::{Page, State};

/// The method's line, and the way to the page that sets it.
pub fn by_method(state: &State, by: &str) -> Html {
    let is_first = *state.model() == ChoiceModel::default();
    if is_first || state.page() == Page::Market || state.foreign().is_some() {
        return html! {};
    }
    banner(html! {
        <>
            { format!("{by}: ") }
            // The link goes with this page: the focus is led to where it leads.
            <a
                href={format!("#{}", state.link_to(Page::Market))}
                onclick={|_: MouseEvent| page::focus(&tab_id(Page::Market.id()))}
            >
                { "see and change it in Market Simulator" }
            </a>
            { "." }
        </>
    })
}
