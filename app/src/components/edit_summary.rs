//! The head of the printed page: study, scenario, date and link, and a list of all edits, because the
//! reader of paper cannot compare the offers with the study's own.

use conjoint::index_vec::ProductIndex;
use yew::prelude::*;

use super::scenarios::SavedState;
use crate::browser::print;
use crate::format::{cell_text, column_label};
use crate::state::State;

/// The cover line, and every edit in a sentence. Shown on paper only.
pub fn edit_summary(state: &State, scenario: &str) -> Html {
    let offers = state.edits().scenario().offers().indices();
    let edits: Vec<String> = offers
        .flat_map(|product| describe_edits(state, product))
        .collect();
    html! {
        <section class="print-only">
            <p class="cover">
                { format!("{} · {scenario} · ", state.study().settings().title) }
                <span id={print::DATE} />
                { " · " }
                <span id={print::LINK} />
            </p>
            <h2>{ "Scenario" }</h2>
            if edits.is_empty() {
                <p>{ "The study's own offers, unedited." }</p>
            } else {
                <ul>{ for edits.into_iter().map(|edit| html! { <li>{ edit }</li> }) }</ul>
            }
        </section>
    }
}

/// The name of what the page shows: a saved scenario's, or "Baseline" or "Now" as the scenario bar
/// calls it.
pub fn scenario_name(state: &State, saved: &SavedState) -> String {
    if state.edits().are_baseline(state.study()) {
        return "Baseline".to_owned();
    }
    let now = state.save_as("");
    let mut scenarios = saved.list.scenarios.iter();
    let shown = scenarios.find(|scenario| scenario.edits == now.edits);
    shown.map_or("Now", |scenario| &scenario.name).to_owned()
}

/// The edits of an offer, a sentence each.
fn describe_edits(state: &State, product: ProductIndex) -> Vec<String> {
    let (study, edits) = (state.study(), state.edits());
    let scenario = edits.scenario();
    let offer = &scenario.offers()[product];
    let is_added = scenario.is_added(product);
    let mut name = study.name_of(offer);
    let added = is_added.then(|| format!("{name} was added as offer {}.", offer.id));
    if is_added {
        // The copy has the same name as the offer that was copied.
        name += &format!(" (offer {})", offer.id);
    }
    let attributes = study.schema().attributes();
    let cells = attributes.indices().filter_map(|attribute| {
        let original = edits.original(study, product, attribute)?;
        let attribute_schema = &attributes[attribute];
        let original = Some(cell_text(attribute_schema, original)).filter(|text| !text.is_empty());
        Some(format!(
            "{} of {name}: {}, was {}.",
            column_label(&attribute_schema.name),
            cell_text(attribute_schema, offer.cells[attribute]),
            original.as_deref().unwrap_or("empty"),
        ))
    });
    let original = &study.offers()[scenario.origin(product)];
    let withdrawn = (offer.withdrawn != original.withdrawn).then(|| match offer.withdrawn {
        true => format!("{name} was withdrawn."),
        false => format!("{name} was put back on the market."),
    });
    added.into_iter().chain(cells).chain(withdrawn).collect()
}
