//! How far the page's analyses are.

use yew::prelude::*;

use crate::compute::Market;
use crate::text::messages;

/// What is computed yet, or why it is not.
pub(super) fn status(market: &Market) -> Html {
    let (done, all) = market.progress();
    let told = match &market.failure {
        Some(reason) => messages::analysis_error(reason),
        None if done < all => format!("Computing: {done} of {all} analyses are done."),
        None => String::new(),
    };
    let compute = market.compute.reform(|_: MouseEvent| ());
    html! {
        <>
            <small role="status">{ told }</small>
            if market.failure.is_some() {
                <button type="button" class="quiet" onclick={compute}>{ "Compute" }</button>
            }
        </>
    }
}
