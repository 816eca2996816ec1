//! How far the page's analyses are.

use yew::prelude::*;

use crate::compute::Analyses;
use crate::text::messages;

/// What is computed yet, or why it is not.
pub(super) fn status(analyses: &Analyses) -> Html {
    let (done, all) = analyses.progress;
    let told = match &analyses.failure {
        Some(reason) => messages::analysis_error(reason),
        None if done < all => format!("Computing: {done} of {all} analyses are done."),
        None => String::new(),
    };
    let compute = analyses.compute.reform(|_: MouseEvent| ());
    html! {
        <>
            <small role="status">{ told }</small>
            if analyses.failure.is_some() {
                <button type="button" class="quiet" onclick={compute}>{ "Compute" }</button>
            }
        </>
    }
}
