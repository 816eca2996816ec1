//! Product Attractiveness: the offers, and which of them respondents would choose.

mod figures;
mod offer_row;
mod offers;
mod summary;

use yew::prelude::*;

use crate::components::Dispatch;
use crate::compute::Live;
use crate::state::State;
use figures::figures;
use offers::offers_table;
use summary::Summary;

/// The page.
pub fn attractiveness_page(state: &State, dispatch: &Dispatch, live: &Live) -> Html {
    html! {
        <div class="attractiveness">
            <div class="inputs">
                { offers_table(state, dispatch) }
            </div>
            <div class="results">
                <Summary state={state.clone()} live={live.clone()} />
                { figures(state, dispatch, live) }
            </div>
        </div>
    }
}
