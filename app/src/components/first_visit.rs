//! What a first visitor needs: what the page is, three steps, and an edit to try.

use conjoint::study::{Cell, MONTHLY_COST};
use yew::prelude::*;

use super::dispatch_on_click;
use crate::browser::storage;
use crate::state::{Action, State};

/// The key of the browser's storage under which the strip is dismissed.
const DISMISSED: &str = "first-visit-dismissed";
/// The offer of the shipped study whose price is lowered as an example.
const EXAMPLE: &str = "Tesla Model 3";

/// A strip above the offers of the shipped study, until it is dismissed.
#[hook]
pub fn use_first_visit(state: &UseReducerHandle<State>, is_shipped: bool) -> Html {
    let is_dismissed = use_state(|| matches!(storage::read(DISMISSED), Ok(Some(_))));
    let has_edits = !state.edits().are_baseline(state.study());
    if *is_dismissed || !is_shipped || has_edits {
        return html! {};
    }
    let dismiss = {
        let is_dismissed = is_dismissed.setter();
        Callback::from(move |_: MouseEvent| {
            // Without storage, the strip returns with the next visit.
            let _ = storage::write(DISMISSED, "true");
            is_dismissed.set(true);
        })
    };
    let attempt = example_edit(state).map(|edit| dispatch_on_click(&state.dispatcher(), edit));
    html! {
        <aside class="first-visit" aria-label="First visit">
            <p>
                <strong>{ "What would people choose?" }</strong>
                { " 1. Change an offer on the left. 2. Read shares, revenue and EBIT on the right. \
                    3. Save scenarios and compare them." }
            </p>
            if let Some(attempt) = attempt {
                <button type="button" onclick={attempt}>{ format!("Try it: {EXAMPLE} −10 %") }</button>
            }
            <small>{ "Demo data: drawn, not surveyed" }</small>
            <button type="button" class="quiet" onclick={dismiss}>{ "Dismiss" }</button>
        </aside>
    }
}

/// The example's price less a tenth; `None` if there is no such offer.
fn example_edit(state: &State) -> Option<Action> {
    let study = state.study();
    let mut offers = study.offers().enumerate();
    let (product, offer) = offers.find(|(_, offer)| study.name_of(offer) == EXAMPLE)?;
    let price = study
        .schema()
        .find(study.settings().columns.get(MONTHLY_COST))?;
    let Cell::Number(cost) = *offer.cells.get(price)? else {
        return None;
    };
    let lower = (cost * 90.0).round() / 100.0;
    Some(Action::Set(product, price, lower.to_string()))
}
