//! The table of offers.

use conjoint::index_vec::{AttributeIndex, Position, ProductIndex};
use conjoint::study::{ProductId, Schema, Settings};
use conjoint::sweep::Cost;
use yew::prelude::*;

use super::row::{ADD, OfferRow, OfferView};
use crate::components::{Select, idle_button, scroll};
use crate::format::{column_label, cost_unit};
use crate::pages::{Dispatch, dispatching};
use crate::state::{Action, State, View};

/// Every offer a row, its values editable.
pub fn offers(state: &State, dispatch: &Dispatch) -> Html {
    let study = state.study();
    let schema = study.schema();
    let settings = study.settings();
    let caption = settings.words.get("offers");
    // Without a price there is nothing to put before the others.
    let priced = schema.price_attributes().next().is_some();
    let columns = columns(schema, state.view().show_all_attributes || !priced);
    let heading = |attribute: &AttributeIndex| {
        let name = column_label(&schema.attributes()[*attribute].name);
        html! {
            <th scope="col">
                { name }
                if let Some(unit) = unit(schema, *attribute, settings) {
                    <small>{ format!(" {unit}") }</small>
                }
            </th>
        }
    };
    let row = |product: ProductIndex| {
        html! {
            <OfferRow
                key={state.edits().scenario().offers()[product].id.to_string()}
                {product}
                offer={OfferView::of(state.edits(), study, product, &columns)}
                study={state.study().clone()}
                dispatch={dispatch.clone()}
            />
        }
    };
    let reset = dispatching(dispatch, Action::ResetAll);
    let more = dispatching(
        dispatch,
        Action::Show(View {
            show_all_attributes: !state.view().show_all_attributes,
            ..state.view().clone()
        }),
    );
    let table = html! {
        <table>
            <caption>{ caption }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "offer" }</th>
                    { for columns.iter().map(heading) }
                    <th scope="col">{ "withdraw" }</th>
                    <th scope="col"><span class="unseen">{ "actions" }</span></th>
                </tr>
            </thead>
            <tbody>{ for state.edits().scenario().offers().indices().map(row) }</tbody>
        </table>
    };
    html! {
        <section aria-label="Offers" class="offers editable">
            { scroll(format!("{caption}, scrollable"), "", table) }
            <div class="actions">
                if priced {
                    <button
                        type="button"
                        class="quiet"
                        aria-expanded={state.view().show_all_attributes.to_string()}
                        onclick={more}
                    >
                        { "More attributes" }
                    </button>
                }
                { idle_button(None, "Reset all", state.edits().any(study), reset) }
                <AddOffer state={state.clone()} dispatch={dispatch.clone()} />
            </div>
        </section>
    }
}

/// Properties of [`AddOffer`].
#[derive(Properties, PartialEq)]
struct AddOfferProps {
    state: State,
    dispatch: Dispatch,
}

/// A button "Add offer", and which offer it copies.
#[component]
fn AddOffer(props: &AddOfferProps) -> Html {
    let (state, dispatch) = (&props.state, &props.dispatch);
    let offers = state.edits().scenario().offers();
    let chosen = use_state(|| None::<ProductId>);
    // An offer that was removed since is none to copy.
    let product = chosen
        .as_ref()
        .and_then(|id| state.edits().scenario().find(id.as_str()))
        .or_else(|| offers.indices().next());
    let on_choose = {
        let chosen = chosen.clone();
        let ids: Vec<ProductId> = offers.iter().map(|offer| offer.id.clone()).collect();
        Callback::from(move |place: usize| chosen.set(ids.get(place).cloned()))
    };
    let names = offers.iter().map(|offer| state.study().name_of(offer));
    let options: Vec<AttrValue> = names.map(AttrValue::from).collect();
    let add = product.map(|product| dispatching(dispatch, Action::Add(product)));
    html! {
        <div class="add">
            <Select
                label="Offer to copy"
                {options}
                selected={product.map_or(0, Position::index)}
                {on_choose}
            />
            <button type="button" class="quiet" id={ADD} disabled={add.is_none()} onclick={add}>
                { "Add offer" }
            </button>
        </div>
    }
}

/// The columns shown: those that make a price, and with `more` all others.
fn columns(schema: &Schema, more: bool) -> Vec<AttributeIndex> {
    let mut columns: Vec<AttributeIndex> = schema.price_attributes().collect();
    let others = schema.attributes().indices().filter(|_| more);
    for attribute in others {
        if !columns.contains(&attribute) {
            columns.push(attribute);
        }
    }
    columns
}

/// The unit of a column, where the model gives it one.
pub(crate) fn unit(
    schema: &Schema,
    attribute: AttributeIndex,
    settings: &Settings,
) -> Option<String> {
    let mut costs = [Cost::Monthly, Cost::Upfront].into_iter();
    let cost = costs.find(|cost| cost.attribute(schema) == Some(attribute));
    let is_term = schema.term() == Some(attribute) && schema.attributes()[attribute].is_numeric();
    match cost {
        Some(cost) => Some(cost_unit(cost, settings)),
        None => is_term.then(|| settings.words.get("months").to_owned()),
    }
}
