//! The table of offers.

mod row;

use std::rc::Rc;

use conjoint::index_vec::{AttributeIndex, Position, ProductIndex};
use conjoint::study::{ProductId, Schema};
use yew::prelude::*;

use super::{Dispatch, Select, change_view, dispatch_on_click, quiet_button, scroll_area};
use crate::compute::Live;
use crate::compute::focus::listed_offers;
use crate::format::{attribute_unit, column_label};
use crate::state::{Action, State};
use row::{ADD_BUTTON, OfferRow, OfferView};

/// All offers, one per row, with editable values.
pub fn offers_table(state: &State, dispatch: &Dispatch, live: &Live) -> Html {
    let study = state.study();
    let schema = study.schema();
    let caption = study.settings().words.get("offers");
    let mut columns = first_columns(schema);
    let has_more = columns.len() < schema.attributes().len();
    if state.view().show_all_attributes {
        add_others(&mut columns, schema);
    }
    let listed: Rc<[ProductIndex]> = listed_offers(live, state).into();
    let row = |product: &ProductIndex| {
        let product = *product;
        html! {
            <OfferRow
                key={state.edits().scenario().offers()[product].id.to_string()}
                {product}
                column={Rc::clone(&listed)}
                offer={OfferView::new(state.edits(), study, product, &columns)}
                study={state.study().clone()}
                dispatch={dispatch.clone()}
            />
        }
    };
    let reset_all = dispatch_on_click(dispatch, Action::ResetAll);
    let toggle_more = change_view(state, |view| {
        view.show_all_attributes = !view.show_all_attributes
    });
    let table = html! {
        <table>
            <caption>{ caption }</caption>
            { heading(state, &columns) }
            <tbody>{ for listed.iter().map(row) }</tbody>
        </table>
    };
    html! {
        <section aria-label="Offers" class="offers editable">
            { scroll_area(format!("{caption}, scrollable"), "", table) }
            <div class="actions">
                if has_more {
                    <button
                        type="button"
                        class="quiet"
                        aria-expanded={state.view().show_all_attributes.to_string()}
                        onclick={dispatch_on_click(dispatch, toggle_more)}
                    >
                        { "More attributes" }
                    </button>
                }
                { quiet_button(None, "Reset all", state.edits().has_any(study), reset_all) }
                <AddOffer state={state.clone()} dispatch={dispatch.clone()} />
            </div>
        </section>
    }
}

fn heading(state: &State, columns: &[AttributeIndex]) -> Html {
    let (schema, settings) = (state.study().schema(), state.study().settings());
    let cell = |attribute: &AttributeIndex| {
        html! {
            <th scope="col">
                { column_label(&schema.attributes()[*attribute].name) }
                if let Some(unit) = attribute_unit(schema, *attribute, settings) {
                    <small>{ format!(" {unit}") }</small>
                }
            </th>
        }
    };
    html! {
        <thead>
            <tr>
                <th scope="col">{ "offer" }</th>
                { for columns.iter().map(cell) }
                <th scope="col">{ "withdraw" }</th>
                <th scope="col"><span class="visually-hidden">{ "actions" }</span></th>
            </tr>
        </thead>
    }
}

/// Properties of [`AddOffer`].
#[derive(Properties, PartialEq)]
struct AddOfferProps {
    state: State,
    dispatch: Dispatch,
}

/// The button "Add offer", and a select for the offer that it copies.
#[component]
fn AddOffer(props: &AddOfferProps) -> Html {
    let (state, dispatch) = (&props.state, &props.dispatch);
    let offers = state.edits().scenario().offers();
    let selected = use_state(|| None::<ProductId>);
    // The selected offer may have been removed since.
    let product = selected
        .as_ref()
        .and_then(|id| state.edits().scenario().find(id.as_str()))
        .or_else(|| offers.indices().next());
    let on_select = {
        let selected = selected.clone();
        let ids: Vec<ProductId> = offers.iter().map(|offer| offer.id.clone()).collect();
        Callback::from(move |index: usize| selected.set(ids.get(index).cloned()))
    };
    let names = offers.iter().map(|offer| state.study().name_of(offer));
    let options: Vec<AttrValue> = names.map(AttrValue::from).collect();
    let add = product.map(|product| dispatch_on_click(dispatch, Action::Add(product)));
    html! {
        <div class="add">
            <Select
                label="Offer to copy"
                {options}
                selected={product.map_or(0, Position::index)}
                {on_select}
            />
            <button
                type="button"
                class="quiet"
                id={ADD_BUTTON}
                disabled={add.is_none()}
                onclick={add}
            >
                { "Add offer" }
            </button>
        </div>
    }
}

/// How many attributes of a study without a price are shown at first. Hundreds of columns take seconds to lay
/// out.
const MOST_WITHOUT_PRICE: usize = 12;

/// The attributes to show at first: those that make up the price, or the first ones if none do.
fn first_columns(schema: &Schema) -> Vec<AttributeIndex> {
    let prices: Vec<AttributeIndex> = schema.price_attributes().collect();
    if prices.is_empty() {
        let all = schema.attributes().indices();
        return all.take(MOST_WITHOUT_PRICE).collect();
    }
    prices
}

/// Adds the attributes that are not among the columns yet.
fn add_others(columns: &mut Vec<AttributeIndex>, schema: &Schema) {
    for attribute in schema.attributes().indices() {
        if !columns.contains(&attribute) {
            columns.push(attribute);
        }
    }
}
