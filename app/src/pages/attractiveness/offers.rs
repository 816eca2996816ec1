//! The table of lease offers.

use conjoint::indexed::{AttributeIndex, Position, ProductIndex};
use conjoint::scenario::ProductId;
use conjoint::study::Schema;
use conjoint::sweep::Cost;
use yew::prelude::*;

use super::row::{ADD, OfferRow, OfferView};
use crate::components::{IdleButton, Scroll, Select};
use crate::format::{cost_unit, words};
use crate::pages::{Dispatch, dispatching};
use crate::state::{Action, State, View};

/// Properties of [`Offers`].
#[derive(Properties, PartialEq)]
pub struct OffersProps {
    /// The offers as edited.
    pub state: State,
    /// Where edits go.
    pub dispatch: Dispatch,
}

/// Every offer a row, its values editable.
#[component]
pub fn Offers(props: &OffersProps) -> Html {
    let (state, dispatch) = (&props.state, &props.dispatch);
    let study = state.study();
    let schema = study.schema();
    let columns = columns(schema, state.view().more);
    let heading = |attribute: &AttributeIndex| {
        let name = words(&schema.attributes()[*attribute].name);
        html! {
            <th scope="col">
                { name }
                if let Some(unit) = unit(schema, *attribute, &study.settings().currency) {
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
            more: !state.view().more,
            ..state.view().clone()
        }),
    );
    html! {
        <section aria-label="Offers" class="offers editable">
            <Scroll label="Lease offers, scrollable">
                <table>
                    <caption>{ "Lease offers" }</caption>
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
            </Scroll>
            <div class="actions">
                <button
                    type="button"
                    class="quiet"
                    aria-expanded={state.view().more.to_string()}
                    onclick={more}
                >
                    { "More attributes" }
                </button>
                <IdleButton text="Reset all" possible={state.edits().any(study)} on_press={reset} />
                <AddOffer state={state.clone()} dispatch={dispatch.clone()} />
            </div>
        </section>
    }
}

/// A button "Add offer", and which offer it copies.
#[component]
fn AddOffer(props: &OffersProps) -> Html {
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
                selected={product.map_or(0, Position::get)}
                {on_choose}
            />
            <button type="button" class="quiet" id={ADD} disabled={add.is_none()} onclick={add}>
                { "Add offer" }
            </button>
        </div>
    }
}

/// The columns shown: the three that make a price, and with `more` all others.
fn columns(schema: &Schema, more: bool) -> Vec<AttributeIndex> {
    let price = [schema.monthly(), schema.upfront(), schema.term()];
    let others = schema.attributes().indices();
    let others = others.filter(|attribute| more && !price.contains(attribute));
    price.into_iter().chain(others).collect()
}

/// The unit of a column, where the model gives it one.
fn unit(schema: &Schema, attribute: AttributeIndex, currency: &str) -> Option<String> {
    if attribute == schema.monthly() {
        Some(cost_unit(Cost::Monthly, currency))
    } else if attribute == schema.upfront() {
        Some(cost_unit(Cost::Upfront, currency))
    } else if attribute == schema.term() {
        Some("months".to_owned())
    } else {
        None
    }
}
