//! What the results of all searches have: how they were computed, whether they still hold, and a table of
//! the best with a button that shows each on all pages.

use conjoint::simulation::scenario::Scenario;
use yew::prelude::*;

use crate::components::{Dispatch, dispatch_on_click, scroll_area};
use crate::state::Action;

/// Whether offers differ in more than what `apply` sets: showing a result does not make it outdated.
pub(super) fn differ_otherwise(
    before: &Scenario,
    now: &Scenario,
    apply: impl Fn(&Scenario) -> Option<Scenario>,
) -> bool {
    before.offers().len() != now.offers().len() || apply(before) != apply(now)
}

/// A result: how it was computed, that it is outdated if it is and how to renew it, and its content.
pub(super) fn result_view(method: &str, outdated: Option<&'static str>, content: Html) -> Html {
    html! {
        <div class={classes!("best", outdated.map(|_| "stale"))}>
            <p role="status">
                { method }
                if let Some(renew) = outdated {
                    { " The request, the choice model or the offers have changed since: " }
                    { renew }
                }
            </p>
            { content }
        </div>
    }
}

/// The best, one row each; the headings between the rank and the button are `columns`.
pub(super) fn best_table(caption: &'static str, columns: Vec<String>, rows: Html) -> Html {
    let heading = |column: String| html! { <th scope="col">{ column }</th> };
    let table = html! {
        <table>
            <caption>{ caption }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "rank" }</th>
                    { for columns.into_iter().map(heading) }
                    <th scope="col"><span class="visually-hidden">{ "actions" }</span></th>
                </tr>
            </thead>
            <tbody>{ rows }</tbody>
        </table>
    };
    scroll_area(format!("{caption}, scrollable"), "", table)
}

/// A row of that table: its rank, its cells, and a button that shows the offers.
pub(super) fn best_row(
    rank: usize,
    cells: Vec<Html>,
    dispatch: &Dispatch,
    (verb, kind, offers): (&'static str, &'static str, Scenario),
) -> Html {
    html! {
        <tr key={rank}>
            <th scope="row">{ rank }</th>
            { for cells.into_iter().map(|cell| html! { <td>{ cell }</td> }) }
            <td>
                <button
                    type="button"
                    class="quiet"
                    aria-label={format!("{verb} {kind} {rank}")}
                    onclick={dispatch_on_click(dispatch, Action::Load(offers, None))}
                >
                    { verb }
                </button>
            </td>
        </tr>
    }
}
