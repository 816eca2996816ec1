//! The cells of a sweep's table: the product, and the numbers of a range.

use std::rc::Rc;

use yew::prelude::*;

use super::row::Product;
use crate::components::{NumberInput, Select, remark};
use crate::format;

/// What there is to know of a cell of either kind.
pub struct Written {
    /// The cell's id.
    pub id: AttrValue,
    /// Its accessible name.
    pub label: AttrValue,
    /// What was written; as a product, an id, though there may be no such offer.
    pub text: AttrValue,
    /// What is wrong with it.
    pub fault: Option<String>,
    /// Called with what the user typed, or with the id that the user chose.
    pub on_commit: Callback<String>,
}

/// A product, chosen by name.
pub fn product_cell(cell: Written, products: &Rc<[Product]>) -> Html {
    let chosen = products.iter().position(|product| product.id == cell.text);
    // None, or an offer that is gone, has an option of its own, behind all others.
    let gone = match (chosen, cell.text.as_str()) {
        (Some(_), _) => None,
        (None, "") => Some(AttrValue::Static("choose an offer")),
        (None, id) => Some(AttrValue::from(format!("offer {id}"))),
    };
    let options = products.iter().map(Product::option).chain(gone);
    let on_choose = {
        let (products, on_commit) = (Rc::clone(products), cell.on_commit);
        Callback::from(move |place: usize| {
            if let Some(product) = products.get(place) {
                on_commit.emit(product.id.to_string());
            }
        })
    };
    let withdrawn = chosen.and_then(|place| products.get(place));
    let withdrawn = withdrawn.filter(|product| product.withdrawn);
    let withdrawn =
        withdrawn.map(|_| "withdrawn: nobody can choose it, so nothing moves".to_owned());
    let (described_by, remark) = remark(&cell.id, cell.fault.as_deref(), withdrawn);
    html! {
        <>
            <Select
                label={cell.label}
                options={options.collect::<Vec<_>>()}
                selected={chosen.unwrap_or(products.len())}
                {described_by}
                invalid={cell.fault.is_some()}
                {on_choose}
            />
            { remark }
        </>
    }
}

/// A number of a range: the id of the input in the row below, where Enter leads, and the surveyed
/// range, where the row leaves it.
pub fn range_cell(cell: Written, below: AttrValue, outside: Option<(f64, f64)>) -> Html {
    let outside = outside.map(|(low, high)| format::outside(low, high));
    let (described_by, remark) = remark(&cell.id, cell.fault.as_deref(), outside);
    html! {
        <>
            <NumberInput
                id={cell.id}
                {below}
                label={cell.label}
                text={cell.text.clone()}
                restore={cell.text}
                invalid={cell.fault.is_some()}
                {described_by}
                on_commit={cell.on_commit}
            />
            { remark }
        </>
    }
}
