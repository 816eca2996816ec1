//! The cells of a sweep's table: the product, and the numbers of a range.

use std::rc::Rc;

use yew::prelude::*;

use crate::components::{NumberInput, Select};

/// Properties of [`ProductCell`].
#[derive(Properties, PartialEq)]
pub struct ProductCellProps {
    /// The cell's id.
    pub id: AttrValue,
    /// The select's accessible name.
    pub label: AttrValue,
    /// The offers: id and name.
    pub products: Rc<[(AttrValue, AttrValue)]>,
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
    let chosen = products.iter().position(|(id, _)| *id == props.chosen);
    // An offer that is gone has an option of its own, behind all others.
    let gone = chosen
        .is_none()
        .then(|| AttrValue::from(format!("offer {}", props.chosen)));
    let options = products.iter().map(|(_, name)| name.clone()).chain(gone);
    let on_choose = {
        let (products, on_choose) = (Rc::clone(products), props.on_choose.clone());
        Callback::from(move |place: usize| {
            if let Some((id, _)) = products.get(place) {
                on_choose.emit(id.to_string());
            }
        })
    };
    let message = message_id(&props.id);
    html! {
        <>
            <Select
                label={props.label.clone()}
                options={options.collect::<Vec<_>>()}
                selected={chosen.unwrap_or(products.len())}
                described_by={props.fault.is_some().then(|| message.clone())}
                fault={props.fault.clone()}
                {on_choose}
            />
            { told(&message, props.fault.as_ref(), None) }
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
    let has_message = props.fault.is_some() || props.outside.is_some();
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
            { told(&message, props.fault.as_ref(), props.outside) }
        </>
    }
}

fn message_id(id: &AttrValue) -> AttrValue {
    AttrValue::from(format!("{id}-message"))
}

/// What there is to say of a cell.
fn told(id: &AttrValue, fault: Option<&AttrValue>, outside: Option<(f64, f64)>) -> Html {
    if fault.is_none() && outside.is_none() {
        return html! {};
    }
    html! {
        <small id={id.clone()} class="message" role="status">
            if let Some(fault) = fault {
                <span class="fault">{ fault }</span>
            }
            if let Some((low, high)) = outside {
                <span>{ format!("outside the surveyed range {low}–{high}") }</span>
            }
        </small>
    }
}
