//! A link of another study, in place of figures that would be of this one.

use yew::prelude::*;

use super::{Dispatch, dispatching};
use crate::state::{Action, State};

/// Which study a link is of, if it is another, and what can be done about it.
pub fn foreign_link(state: &State, dispatch: &Dispatch) -> Html {
    let Some(foreign) = state.foreign() else {
        return html! {};
    };
    html! {
        <section aria-label="Link of another study" class="foreign" role="alert">
            <p>
                { "The link is of another study: it asks for the one with the digest " }
                <code>{ &foreign.digest }</code>
                { ", and this one, “" }
                { &state.study().settings().title }
                { "”, has " }
                <code>{ state.digest().to_owned() }</code>
                { ". Its figures would be wrong here. Open that study's files on the page Data to \
                   see what the link shows." }
            </p>
            <div class="actions">
                <button
                    type="button"
                    class="quiet"
                    onclick={dispatching(dispatch, Action::Dismiss)}
                >
                    { "Show this study" }
                </button>
                <button type="button" class="quiet" onclick={dispatching(dispatch, Action::Adopt)}>
                    { "Apply the edits to this study" }
                </button>
            </div>
        </section>
    }
}
