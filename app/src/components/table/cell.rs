//! Cells that can be edited: a number, a level of an attribute, a product.

use std::rc::Rc;

use yew::prelude::*;

use super::{ProductOption, cell_message};
use crate::components::{NumberInput, Select};

/// A cell that can be edited.
pub struct EditableCell {
    /// The id of its input.
    pub id: AttrValue,
    /// Its accessible name.
    pub label: AttrValue,
    /// The committed value, which Escape restores. A product is given by its id, even if no offer
    /// has this id; an attribute without a level is empty.
    pub value: AttrValue,
    /// The text to show: the value, or an entry that was rejected.
    pub text: AttrValue,
    /// The study's own value, when the cell was changed.
    pub original: Option<String>,
    /// What is wrong with the entry.
    pub error: Option<String>,
    /// Called with the text that was typed, or the level or product id that was chosen.
    pub on_commit: Callback<String>,
}

impl EditableCell {
    fn class(&self) -> Classes {
        classes!(self.original.is_some().then_some("edited"))
    }
}

/// How a cell follows its neighbors and its surveyed range.
#[derive(Default)]
pub struct NumberOptions {
    /// The range of the arrow keys and of the slider.
    pub range: Option<(f64, f64)>,
    /// A number that Enter takes over in place of a rejected one.
    pub proposal: Option<f64>,
    /// Called with the lines of a pasted column.
    pub on_paste_column: Option<Callback<Vec<String>>>,
}

/// A number. Enter moves the focus to the input with the id `below`; `note` is shown under the
/// cell.
pub fn number_cell(cell: EditableCell, below: AttrValue, note: Option<String>) -> Html {
    ranged_number_cell(cell, below, note, NumberOptions::default())
}

/// The same with a range, or in a column that can be pasted.
pub fn ranged_number_cell(
    cell: EditableCell,
    below: AttrValue,
    note: Option<String>,
    options: NumberOptions,
) -> Html {
    let (described_by, message) = cell_message(&cell.id, cell.error.as_deref(), note);
    let class = cell.class();
    html! {
        <>
            <NumberInput
                id={cell.id}
                {below}
                label={cell.label}
                {class}
                text={cell.text}
                restore={cell.value}
                invalid={cell.error.is_some()}
                {described_by}
                range={options.range}
                proposal={options.proposal.map(|number| AttrValue::from(number.to_string()))}
                on_paste_column={options.on_paste_column}
                on_commit={cell.on_commit}
            />
            { original_value(cell.original) }
            { message }
        </>
    }
}

/// One of an attribute's levels.
pub fn level_cell(cell: EditableCell, levels: Vec<AttrValue>) -> Html {
    let class = cell.class();
    let selected = levels.iter().position(|level| *level == cell.value);
    // An offer without a level gets an extra option, which disappears once a level is chosen.
    let none = selected.is_none().then_some(AttrValue::Static("none"));
    let first_level = usize::from(none.is_some());
    let options: Vec<AttrValue> = none.into_iter().chain(levels.iter().cloned()).collect();
    let on_commit = cell.on_commit;
    let on_select = Callback::from(move |index: usize| {
        let level = index.checked_sub(first_level);
        if let Some(level) = level.and_then(|index| levels.get(index)) {
            on_commit.emit(level.to_string());
        }
    });
    let (described_by, message) = cell_message(&cell.id, cell.error.as_deref(), None);
    html! {
        <>
            <Select
                {class}
                label={cell.label}
                {options}
                selected={selected.unwrap_or_default()}
                {described_by}
                invalid={cell.error.is_some()}
                {on_select}
            />
            { original_value(cell.original) }
            { message }
        </>
    }
}

/// One of the offers, chosen by its name.
pub fn product_cell(cell: EditableCell, products: &Rc<[ProductOption]>) -> Html {
    let selected = products.iter().position(|product| product.id == cell.value);
    // No offer, or one that was removed, gets an extra option after all others.
    let missing = match (selected, cell.value.as_str()) {
        (Some(_), _) => None,
        (None, "") => Some(AttrValue::Static("choose an offer")),
        (None, id) => Some(AttrValue::from(format!("offer {id}"))),
    };
    let options = products.iter().map(ProductOption::text).chain(missing);
    let on_select = {
        let (products, on_commit) = (Rc::clone(products), cell.on_commit);
        Callback::from(move |index: usize| {
            if let Some(product) = products.get(index) {
                on_commit.emit(product.id.to_string());
            }
        })
    };
    let is_withdrawn = selected
        .and_then(|index| products.get(index))
        .is_some_and(|product| product.is_withdrawn);
    let note = is_withdrawn.then(|| "withdrawn: nobody can choose it, so nothing moves".to_owned());
    let (described_by, message) = cell_message(&cell.id, cell.error.as_deref(), note);
    html! {
        <>
            <Select
                label={cell.label}
                options={options.collect::<Vec<_>>()}
                selected={selected.unwrap_or(products.len())}
                {described_by}
                invalid={cell.error.is_some()}
                {on_select}
            />
            { message }
        </>
    }
}

/// The study's own value of a changed cell.
fn original_value(original: Option<String>) -> Html {
    match original.as_deref() {
        None => html! {},
        Some("") => html! { <small class="original">{ "was empty" }</small> },
        Some(value) => html! { <small class="original">{ format!("was {value}") }</small> },
    }
}
