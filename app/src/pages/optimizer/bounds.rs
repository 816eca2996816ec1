//! The bounds of the prices with which competitors respond.

use conjoint::index_vec::{Position, ProductIndex};
use conjoint::optimizer::{
    OptimizerError, OptimizerRequest, PriceBounds, RequestError, RequestField, VaryEntry,
    default_price_bounds,
};
use conjoint::study::{MONTHLY_COST, ProductId};
use conjoint::sweep::Cost;
use yew::prelude::*;

use super::form::change_request;
use crate::components::table::{EditableCell, number_cell, row_heading};
use crate::components::{Dispatch, scroll_area};
use crate::format::{column_label, cost_unit};
use crate::state::State;

/// The ends of a bound, as labels name them.
const ENDS: [&str; 2] = ["lowest", "highest"];

/// One row per offer whose price responds, with the lowest and the highest price that it may get.
pub(super) fn bounds_table(state: &State, dispatch: &Dispatch, errors: &[RequestError]) -> Html {
    let (study, scenario) = (state.study(), state.edits().scenario());
    let column = column_label(study.settings().columns.get(MONTHLY_COST));
    let varies = |id: &ProductId| {
        let entries = state.optimizer().vary_entries.iter();
        let mut entries = entries.map(|text| VaryEntry::read(study, scenario, text));
        let monthly = Cost::Monthly.attribute(study.schema());
        entries
            .any(|entry| entry.id == id.as_str() && study.schema().find(&entry.column) == monthly)
    };
    let offers = scenario.offers();
    let responding = offers.indices().filter(|product| {
        let offer = &offers[*product];
        !offer.withdrawn && study.schema().brand_of(offer).is_some() && !varies(&offer.id)
    });
    let row = |product: ProductIndex| {
        let offer = &offers[product];
        let name = study.name_of(offer);
        let default = default_price_bounds(study, offer)?;
        let cell = |end: usize| {
            let label = format!("{} {column} of {name}", ENDS.get(end)?);
            Some(
                html! { <td>{ input(state, dispatch, errors, product, end, label, default) }</td> },
            )
        };
        Some(html! {
            <tr key={offer.id.to_string()}>
                { row_heading(&name) }
                { for (0..ENDS.len()).filter_map(cell) }
            </tr>
        })
    };
    let rows = html! {
        <table>
            <caption>{ "Bounds of the responses" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "offer" }</th>
                    { for ENDS.map(|end| html! {
                        <th scope="col">
                            { format!("{end} {column}") }
                            <small>{ format!(" {}", cost_unit(Cost::Monthly, study.settings())) }</small>
                        </th>
                    }) }
                </tr>
            </thead>
            <tbody>{ for responding.filter_map(row) }</tbody>
        </table>
    };
    html! {
        <div class="editable">
            { scroll_area("Bounds of the responses, scrollable", "", rows) }
        </div>
    }
}

/// The input of one end of an offer's bounds.
fn input(
    state: &State,
    dispatch: &Dispatch,
    errors: &[RequestError],
    product: ProductIndex,
    end: usize,
    label: String,
    default: PriceBounds,
) -> Html {
    let Some(offer) = state.edits().scenario().offers().get(product) else {
        return html! {};
    };
    let id = offer.id.to_string();
    let defaults = [default.low, default.high].map(|bound| bound.to_string());
    let entry = find_entry(state.optimizer(), &id);
    let default_text = defaults[end].clone();
    let texts = entry.as_ref().map_or(&defaults, |(_, texts)| texts);
    let text = texts[end].clone();
    // The error of an entry is about both ends; it is shown once.
    let is_own = |error: &&RequestError| match (error.field, &entry) {
        (RequestField::Bounds(place), Some((own, _))) => place == *own && end == 0,
        _ => false,
    };
    let error = errors.iter().find(is_own).map(|error| match &error.error {
        OptimizerError::NoBounds => "write two amounts, the lower one first".to_owned(),
        other => other.to_string(),
    });
    let cell = EditableCell {
        id: format!("bound-{end}-{}", product.index()).into(),
        label: label.into(),
        value: text.clone().into(),
        original: (text != default_text).then_some(default_text),
        text: text.into(),
        error,
        on_commit: change_request(state, dispatch, move |request, text: String| {
            let mut texts = find_entry(request, &id).map_or(defaults.clone(), |(_, texts)| texts);
            // An emptied bound is the default again.
            texts[end] = match text.trim() {
                "" => defaults[end].clone(),
                text => text.replace(':', " "),
            };
            let changed = (texts != defaults).then(|| format!("{id}={}:{}", texts[0], texts[1]));
            match (find_entry(request, &id), changed) {
                (Some((place, _)), Some(changed)) => request.bound_entries[place] = changed,
                (Some((place, _)), None) => drop(request.bound_entries.remove(place)),
                (None, changed) => request.bound_entries.extend(changed),
            }
        }),
    };
    let below = format!("bound-{end}-{}", product.index() + 1);
    number_cell(cell, below.into(), None)
}

/// The place of an offer's entry, and the texts of its ends.
fn find_entry(request: &OptimizerRequest, id: &str) -> Option<(usize, [String; 2])> {
    let mut entries = request.bound_entries.iter().enumerate();
    entries.find_map(|(place, entry)| {
        let (_, bounds) = entry.rsplit_once('=').filter(|(other, _)| *other == id)?;
        let (low, high) = bounds.split_once(':').unwrap_or((bounds, ""));
        Some((place, [low, high].map(str::to_owned)))
    })
}
