//! A banner on pages that cannot change the choice model, when it is not the default model.

use conjoint::choice::ChoiceModel;
use yew::prelude::*;

use super::{banner, page_link};
use crate::state::{Page, State};

/// The line that describes the model, with a link to the page that changes it.
pub fn model_banner(state: &State, model_line: &str) -> Html {
    let is_default = *state.model() == ChoiceModel::default();
    if is_default || state.page() == Page::Market || state.foreign_link().is_some() {
        return html! {};
    }
    banner(html! {
        <>
            { format!("{model_line}: ") }
            { page_link(state, Page::Market, "see and change it in Market Simulator") }
            { "." }
        </>
    })
}
