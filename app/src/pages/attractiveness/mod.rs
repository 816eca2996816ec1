//! Product Attractiveness: the offers, and who would choose what.

mod cell;
mod figures;
mod offers;
mod row;
mod summary;

use yew::prelude::*;

use crate::compute::Live;
use crate::pages::Dispatch;
use crate::state::State;
pub(in crate::pages) use figures::UNBRANDED;
use figures::figures;
use offers::offers;
pub(crate) use offers::unit;
use summary::Summary;

/// The page.
pub fn attractiveness(state: &State, dispatch: &Dispatch, live: &Live) -> Html {
    html! {
        <div class="attractiveness">
            <div class="inputs">
                { offers(state, dispatch) }
            </div>
            <div class="results">
                <Summary state={state.clone()} live={live.clone()} />
                { figures(state, dispatch, live) }
            </div>
        </div>
    }
}
