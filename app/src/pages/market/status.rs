//! The progress of the page's analyses.

use yew::prelude::*;

use crate::compute::Analyses;
use crate::text::messages;

/// How many analyses are done, or why they stopped, with a button that restarts them.
pub(super) fn status(analyses: &Analyses) -> Html {
    let (done, all) = analyses.progress;
    let message = match &analyses.failure {
        Some(reason) => messages::analysis_error(reason),
        None if done < all => format!("Computing: {done} of {all} analyses are done."),
        None => String::new(),
    };
    let compute = analyses.compute.reform(|_: MouseEvent| ());
    html! {
        <>
            <small role="status">{ message }</small>
            if analyses.failure.is_some() {
                <button type="button" class="quiet" onclick={compute}>{ "Compute" }</button>
            }
        </>
    }
}
