//! The workbench: what the user changes on the left, what follows from it on the right.

use yew::prelude::*;

use super::offers::offers_table;
use super::{PageProps, change_view, dispatch_on_click};

/// The offers next to the results of a page. The offers can be hidden.
pub fn workbench(props: &PageProps, results: Html) -> Html {
    let PageProps {
        state,
        dispatch,
        live,
        ..
    } = props;
    let is_hidden = state.view().hides_offers;
    let toggle = change_view(state, |view| view.hides_offers = !view.hides_offers);
    html! {
        <div class={classes!("workbench", is_hidden.then_some("without-offers"))}>
            <div class="inputs">
                <button
                    type="button"
                    class="quiet collapse"
                    aria-expanded={(!is_hidden).to_string()}
                    onclick={dispatch_on_click(dispatch, toggle)}
                >
                    { if is_hidden { "Show offers" } else { "Hide offers" } }
                </button>
                if !is_hidden {
                    { offers_table(state, dispatch, live) }
                }
            </div>
            <div class="results">{ results }</div>
        </div>
    }
}
