//! What was edited, for paper: there the study's offers and the edited ones cannot be compared by
//! hand.

use conjoint::index_vec::ProductIndex;
use yew::prelude::*;

use crate::format::{cell_text, column_label};
use crate::state::State;

/// Every edit in a sentence; seen on a printed page only.
pub fn edited(state: &State) -> Html {
    let offers = state.edits().scenario().offers().indices();
    let edits: Vec<String> = offers.flat_map(|product| told(state, product)).collect();
    html! {
        <section class="printed">
            <h2>{ "Scenario" }</h2>
            if edits.is_empty() {
                <p>{ "The offers are the study's own." }</p>
            } else {
                <ul>{ for edits.into_iter().map(|edit| html! { <li>{ edit }</li> }) }</ul>
            }
        </section>
    }
}

/// What was edited about an offer.
fn told(state: &State, product: ProductIndex) -> Vec<String> {
    let (study, edits) = (state.study(), state.edits());
    let scenario = edits.scenario();
    let offer = &scenario.offers()[product];
    let is_added = scenario.is_added(product);
    let mut name = study.name_of(offer);
    let added = is_added.then(|| format!("{name} was added as offer {}.", offer.id));
    if is_added {
        // The offer that was copied has the same name.
        name += &format!(" (offer {})", offer.id);
    }
    let attributes = study.schema().attributes();
    let cells = attributes.indices().filter_map(|attribute| {
        let (was, schema) = (
            edits.was(study, product, attribute)?,
            &attributes[attribute],
        );
        let was = Some(cell_text(schema, was)).filter(|was| !was.is_empty());
        Some(format!(
            "{} of {name}: {}, was {}.",
            column_label(&schema.name),
            cell_text(schema, offer.cells[attribute]),
            was.as_deref().unwrap_or("empty"),
        ))
    });
    let own = &study.offers()[scenario.origin(product)];
    let withdrawn = (offer.withdrawn != own.withdrawn).then(|| match offer.withdrawn {
        true => format!("{name} was withdrawn."),
        false => format!("{name} was brought back."),
    });
    added.into_iter().chain(cells).chain(withdrawn).collect()
}
