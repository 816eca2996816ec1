//! Product Attractiveness: the offers, and who would choose what.

mod cell;
mod figures;
mod offers;
mod row;
mod summary;

use yew::prelude::*;

use crate::hooks::Live;
use crate::pages::Dispatch;
use crate::state::State;
use figures::Figures;
use offers::Offers;
pub(crate) use offers::unit;
use summary::Summary;

/// Properties of the page and of its parts.
#[derive(Properties, PartialEq)]
pub struct PageProps {
    /// What the user did so far.
    pub state: State,
    /// Where to send what the user does next.
    pub dispatch: Dispatch,
    /// What follows from it.
    pub live: Live,
}

/// The page.
#[component]
pub fn Attractiveness(props: &PageProps) -> Html {
    let (state, dispatch, live) = (&props.state, &props.dispatch, &props.live);
    html! {
        <div class="attractiveness">
            <div class="inputs">
                <Offers state={state.clone()} dispatch={dispatch.clone()} />
            </div>
            <div class="results">
                <Summary state={state.clone()} live={live.clone()} />
                <Figures state={state.clone()} dispatch={dispatch.clone()} live={live.clone()} />
            </div>
        </div>
    }
}
