//! The products, which can be changed before the study is opened.

use web_sys::HtmlInputElement;
use worker::protocol::{ImportAnswers, ProductRows};
use yew::prelude::*;

use super::Form;
use crate::components::{Select, scroll_area};

/// A table with a control per value, and buttons that add and remove products.
pub fn products_table(form: &Form<'_>) -> Html {
    let products = &form.import.preview.products;
    let header = products.columns.iter();
    let rows = products.rows.iter().enumerate().map(|(place, row)| {
        let cells = products.columns.iter().zip(row).enumerate();
        let remove = change_products(form, move |products, _: MouseEvent| {
            products.rows.remove(place);
        });
        html! {
            <tr>
                { for cells.map(|(column, (name, value))| html! {
                    <td class="text">{ cell(form, (place, column), name, value) }</td>
                }) }
                <td>
                    <button
                        type="button"
                        class="quiet"
                        aria-label={format!("Remove product {}", place + 1)}
                        disabled={products.rows.len() < 2}
                        onclick={remove}
                    >
                        { "Remove" }
                    </button>
                </td>
            </tr>
        }
    });
    let table = html! {
        <table class="products">
            <caption>{ "Products" }</caption>
            <thead>
                <tr>
                    { for header.map(|name| html! { <th scope="col">{ name }</th> }) }
                    <td />
                </tr>
            </thead>
            <tbody>{ for rows }</tbody>
        </table>
    };
    let add = change_products(form, |products, _: MouseEvent| {
        let mut row = products.rows.last().cloned().unwrap_or_default();
        if let Some(id) = row.first_mut() {
            *id = free_id(products);
        }
        products.rows.push(row);
    });
    html! {
        <>
            { scroll_area("Products, scrollable", "", table) }
            <button type="button" class="quiet" onclick={add}>{ "Add product" }</button>
        </>
    }
}

/// A number that no product has as its id.
fn free_id(products: &ProductRows) -> String {
    let is_free = |id: &String| products.rows.iter().all(|row| row.first() != Some(id));
    let mut numbers = (products.rows.len() + 1..).map(|number| number.to_string());
    numbers.find(is_free).unwrap_or_default()
}

/// A callback that changes the products.
fn change_products<E: 'static>(
    form: &Form<'_>,
    change: impl Fn(&mut ProductRows, E) + 'static,
) -> Callback<E> {
    let products = form.import.preview.products.clone();
    form.change(move |answers: &mut ImportAnswers, event: E| {
        let mut products = products.clone();
        change(&mut products, event);
        answers.products = Some(products);
    })
}

/// The control of a value: a select of levels, or an input of a text or number.
fn cell(form: &Form<'_>, place: (usize, usize), name: &str, value: &str) -> Html {
    let label = format!("{name} of product {}", place.0 + 1);
    let mut attributes = form.import.preview.attributes.iter();
    let categories = attributes
        .find(|attribute| attribute.name == name && !attribute.is_numeric)
        .map(|attribute| attribute.levels.as_slice());
    let set = move |products: &mut ProductRows, value: String| {
        let row = products.rows.get_mut(place.0);
        if let Some(cell) = row.and_then(|row| row.get_mut(place.1)) {
            *cell = value;
        }
    };
    let Some(levels) = categories else {
        let onchange = change_products(form, move |products, event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                set(products, input.value());
            }
        });
        return html! {
            <input
                type="text"
                autocomplete="off"
                aria-label={label}
                value={value.to_owned()}
                {onchange}
            />
        };
    };
    // An empty value means that the attribute does not apply.
    let values: Vec<String> = std::iter::once(String::new())
        .chain(levels.iter().cloned())
        .collect();
    let options: Vec<AttrValue> = std::iter::once(AttrValue::from("does not apply"))
        .chain(levels.iter().map(|level| AttrValue::from(level.clone())))
        .collect();
    let selected = values.iter().position(|other| other == value).unwrap_or(0);
    let on_select = change_products(form, move |products, index: usize| {
        set(products, values.get(index).cloned().unwrap_or_default());
    });
    html! { <Select label={Some(AttrValue::from(label))} {options} {selected} {on_select} /> }
}
