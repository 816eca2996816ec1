//! The cells of a sweep's table: the product, and the numbers of a range.

use std::rc::Rc;

use yew::prelude::*;

use super::row::Product;
use crate::components::{NumberInput, Select};
use crate::format;

/// Properties of [`ProductCell`].
#[derive(Properties, PartialEq)]
pub struct ProductCellProps {
    /// The cell's id.
    pub id: AttrValue,
    /// The select's accessible name.
    pub label: AttrValue,
    /// The offers.
    pub products: Rc<[Product]>,
    /// The id that was chosen; there may be no such offer.
    pub chosen: AttrValue,
    /// What is wrong with it.
    pub fault: Option<AttrValue>,
    /// Called with the id that the user chose.
    pub on_choose: Callback<String>,
}

/// A product, chosen by name.
#[component]
pub fn ProductCell(props: &ProductCellProps) -> Html {
    let products = &props.products;
    let chosen = products
        .iter()
        .position(|product| product.id == props.chosen);
    // None, or an offer that is gone, has an option of its own, behind all others.
    let gone = match (chosen, props.chosen.as_str()) {
        (Some(_), _) => None,
        (None, "") => Some(AttrValue::from("choose an offer")),
        (None, id) => Some(AttrValue::from(format!("offer {id}"))),
    };
    let options = products.iter().map(Product::option).chain(gone);
    let on_choose = {
        let (products, on_choose) = (Rc::clone(products), props.on_choose.clone());
        Callback::from(move |place: usize| {
            if let Some(product) = products.get(place) {
                on_choose.emit(product.id.to_string());
            }
        })
    };
    let withdrawn = chosen.and_then(|place| products.get(place));
    let withdrawn = withdrawn.filter(|product| product.withdrawn);
    let withdrawn =
        withdrawn.map(|_| "withdrawn: nobody can choose it, so nothing moves".to_owned());
    let message = message_id(&props.id);
    let has_message = props.fault.is_some() || withdrawn.is_some();
    html! {
        <>
            <Select
                label={props.label.clone()}
                options={options.collect::<Vec<_>>()}
                selected={chosen.unwrap_or(products.len())}
                described_by={has_message.then(|| message.clone())}
                fault={props.fault.clone()}
                {on_choose}
            />
            { told(&message, props.fault.as_ref(), withdrawn) }
        </>
    }
}

/// Properties of [`RangeCell`].
#[derive(Properties, PartialEq)]
pub struct RangeCellProps {
    /// The input's id.
    pub id: AttrValue,
    /// The id of the input in the row below, where Enter leads.
    pub below: AttrValue,
    /// The input's accessible name.
    pub label: AttrValue,
    /// What was written.
    pub text: AttrValue,
    /// What is wrong with it.
    pub fault: Option<AttrValue>,
    /// The surveyed range, where the row leaves it.
    pub outside: Option<(f64, f64)>,
    /// Called with a text that the user is done with.
    pub on_commit: Callback<String>,
}

/// A number of a range.
#[component]
pub fn RangeCell(props: &RangeCellProps) -> Html {
    let message = message_id(&props.id);
    let outside = props.outside;
    let outside = outside.map(|(low, high)| format::outside(low, high));
    let has_message = props.fault.is_some() || outside.is_some();
    html! {
        <>
            <NumberInput
                id={props.id.clone()}
                below={props.below.clone()}
                label={props.label.clone()}
                text={props.text.clone()}
                restore={props.text.clone()}
                invalid={props.fault.is_some()}
                described_by={has_message.then(|| message.clone())}
                on_commit={props.on_commit.clone()}
            />
            { told(&message, props.fault.as_ref(), outside) }
        </>
    }
}

fn message_id(id: &AttrValue) -> AttrValue {
    AttrValue::from(format!("{id}-message"))
}

/// What there is to say of a cell.
fn told(id: &AttrValue, fault: Option<&AttrValue>, note: Option<String>) -> Html {
    if fault.is_none() && note.is_none() {
        return html! {};
    }
    html! {
        <small id={id.clone()} class="message" role="status">
            if let Some(fault) = fault {
                <span class="fault">{ fault }</span>
            }
            if let Some(note) = note {
                <span>{ note }</span>
            }
        </small>
    }
}
