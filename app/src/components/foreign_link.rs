//! The notice that is shown in place of figures when a link belongs to another study.

use yew::prelude::*;

use super::{Dispatch, dispatch_on_click};
use crate::state::{Action, State};

/// Which study the link belongs to, and what the reader can do; nothing for a link of this study.
pub fn foreign_link_notice(state: &State, dispatch: &Dispatch) -> Html {
    let Some(foreign) = state.foreign_link() else {
        return html! {};
    };
    let button = |text: &'static str, action: Action| {
        html! {
            <button type="button" class="quiet" onclick={dispatch_on_click(dispatch, action)}>
                { text }
            </button>
        }
    };
    html! {
        <section aria-label="Link of another study" class="foreign" role="alert">
            <p>
                { "This link belongs to another study, with the digest " }
                <code>{ &foreign.digest }</code>
                { ". The study shown here, “" }
                { &state.study().settings().title }
                { "”, has the digest " }
                <code>{ state.digest().to_owned() }</code>
                { ", so the link's figures would be wrong. To see what the link shows, open the \
                   other study's files on the page Data." }
            </p>
            <div class="actions">
                { button("Show this study", Action::DismissForeignLink) }
                { button("Apply the edits to this study", Action::AdoptForeignLink) }
            </div>
        </section>
    }
}
