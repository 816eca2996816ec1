//! A row of the table: a product and the ranges of its costs.

use std::rc::Rc;

use conjoint::sweep::{ExtrapolatedRow, Field, RowError, SweepError};
use yew::prelude::*;

use super::sweep_table::ADD_BUTTON;
use crate::browser::page;
use crate::components::Dispatch;
use crate::components::table::{
    EditableCell, NumberOptions, ProductOption, product_cell, ranged_number_cell,
};
use crate::state::{Action, Row, SweepAction};
use crate::text::messages;

/// Properties of [`SweepRow`].
#[derive(Properties, PartialEq)]
pub struct SweepRowProps {
    /// The row's index, from 0.
    pub index: usize,
    /// Whether this is the last row.
    pub is_last: bool,
    /// The names of the range columns.
    pub columns: Rc<[AttrValue]>,
    /// The texts of the cells.
    pub row: Row,
    /// The offers to choose from.
    pub products: Rc<[ProductOption]>,
    /// The errors of the row's cells.
    pub errors: Vec<RowError>,
    /// The ranges that leave the surveyed range.
    pub outside: Vec<ExtrapolatedRow>,
    /// Where edits are sent.
    pub dispatch: Dispatch,
}

/// A row of the table.
#[component]
pub fn SweepRow(props: &SweepRowProps) -> Html {
    let (index, number) = (props.index, props.index + 1);
    let remove = {
        let (dispatch, is_last) = (props.dispatch.clone(), props.is_last);
        Callback::from(move |_: MouseEvent| {
            // When a row is removed, the next one takes over its button; the last has no next.
            if is_last {
                match index.checked_sub(1) {
                    Some(above) => page::focus(&remove_id(above)),
                    None => page::focus(ADD_BUTTON),
                }
            }
            dispatch.dispatch(Action::Sweep(SweepAction::Remove(index)));
        })
    };
    let columns = props.columns.iter().enumerate();
    html! {
        <tr>
            <td>{ product(props) }</td>
            { for columns.map(|(column, name)| range(props, column, name)) }
            <td>
                <button
                    type="button"
                    class="quiet"
                    id={remove_id(index)}
                    aria-label={format!("Remove row {number}")}
                    onclick={remove}
                >
                    { "Remove" }
                </button>
            </td>
        </tr>
    }
}

fn product(props: &SweepRowProps) -> Html {
    let (index, dispatch) = (props.index, props.dispatch.clone());
    let id = AttrValue::from(props.row.product.clone());
    let cell = EditableCell {
        id: format!("product-{index}").into(),
        label: format!("product of row {}", index + 1).into(),
        value: id.clone(),
        text: id,
        original: None,
        error: cell_error(props, None),
        on_commit: Callback::from(move |id| {
            dispatch.dispatch(Action::Sweep(SweepAction::Product(index, id)));
        }),
    };
    product_cell(cell, &props.products)
}

/// A number of a range.
fn range(props: &SweepRowProps, column: usize, name: &str) -> Html {
    let (index, dispatch) = (props.index, props.dispatch.clone());
    let text = props.row.texts.get(column).cloned().unwrap_or_default();
    let text = AttrValue::from(text);
    let cell = EditableCell {
        id: cell_id(index, column),
        label: format!("{name} of row {}", index + 1).into(),
        value: text.clone(),
        text,
        original: None,
        error: cell_error(props, Some(column)),
        on_commit: Callback::from(move |text| {
            dispatch.dispatch(Action::Sweep(SweepAction::Text(index, column, text)));
        }),
    };
    // The note is shown once per range, under its first number.
    let is_first = |outside: &&ExtrapolatedRow| outside.axis * Field::RANGE.len() == column;
    let note = props.outside.iter().find(is_first).map(|outside| {
        let (low, high) = outside.range;
        messages::outside_surveyed_range(low, high)
    });
    let below = cell_id(index + 1, column);
    let mut errors = props.errors.iter();
    let proposal = errors.find_map(|error| match error.error {
        SweepError::StepUneven { nearest, .. } if column_of(error) == Some(column) => Some(nearest),
        _ => None,
    });
    let options = NumberOptions {
        proposal,
        ..NumberOptions::default()
    };
    html! { <td key={column}>{ ranged_number_cell(cell, below, note, options) }</td> }
}

/// The errors of the cell in a column, or of the product.
fn cell_error(props: &SweepRowProps, column: Option<usize>) -> Option<String> {
    let errors = props.errors.iter();
    let errors = errors.filter(|error| column_of(error) == column);
    let messages: Vec<String> = errors
        .map(|error| error_message(props, &error.error))
        .collect();
    (!messages.is_empty()).then(|| messages.join("; "))
}

/// The column of an error; `None` for the product.
fn column_of(error: &RowError) -> Option<usize> {
    let fields = Field::RANGE;
    let field = fields.iter().position(|field| *field == error.field)?;
    Some(error.axis * fields.len() + field)
}

/// An error's message. In this table, products are chosen by name instead of typed by id.
fn error_message(props: &SweepRowProps, error: &SweepError) -> String {
    let name = |id: &str| {
        let product = props.products.iter().find(|product| product.id == id);
        product.map_or_else(|| id.to_owned(), |product| product.name.to_string())
    };
    messages::sweep_row_error(error, &props.row.product, name)
}

/// The id of a cell's input, by which Enter finds the input below.
fn cell_id(row: usize, column: usize) -> AttrValue {
    AttrValue::from(format!("sweep-{row}-{column}"))
}

/// The id of a row's button "Remove".
fn remove_id(row: usize) -> String {
    format!("remove-row-{row}")
}
