//! One product of a sweep and the ranges of its costs.

use std::rc::Rc;

use conjoint::sweep::{ExtrapolatedRow, Field, RowError, SweepError};
use yew::prelude::*;

use super::cell::{Written, product_cell, range_cell};
use super::table::ADD;
use crate::browser::page;
use crate::pages::Dispatch;
use crate::state::{Action, Row, SweepAction};
use crate::text::messages;

/// An offer that a row can name.
#[derive(Debug, Clone, PartialEq)]
pub struct Product {
    /// Its id.
    pub id: AttrValue,
    /// Its name.
    pub name: AttrValue,
    /// Whether nobody can choose it.
    pub withdrawn: bool,
}

impl Product {
    /// As the select says it.
    pub fn option(&self) -> AttrValue {
        if self.withdrawn {
            format!("{} (withdrawn)", self.name).into()
        } else {
            self.name.clone()
        }
    }
}

/// Properties of [`SweepRow`].
#[derive(Properties, PartialEq)]
pub struct SweepRowProps {
    /// The row's place, from 0.
    pub place: usize,
    /// Whether no row follows.
    pub last: bool,
    /// What the columns of the ranges are called.
    pub columns: Rc<[AttrValue]>,
    /// What was written.
    pub row: Row,
    /// The offers.
    pub products: Rc<[Product]>,
    /// What is wrong with the row's cells.
    pub faults: Vec<RowError>,
    /// Which of its ranges leave the surveyed range.
    pub outside: Vec<ExtrapolatedRow>,
    /// Where edits go.
    pub dispatch: Dispatch,
}

/// A row of the table.
#[component]
pub fn SweepRow(props: &SweepRowProps) -> Html {
    let (place, number) = (props.place, props.place + 1);
    let product = {
        let dispatch = props.dispatch.clone();
        Written {
            id: format!("product-{place}").into(),
            label: format!("product of row {number}").into(),
            text: props.row.product.clone().into(),
            fault: told(props, None),
            on_commit: Callback::from(move |id| {
                dispatch.dispatch(Action::Sweep(SweepAction::Product(place, id)));
            }),
        }
    };
    let remove = {
        let (dispatch, last) = (props.dispatch.clone(), props.last);
        Callback::from(move |_: MouseEvent| {
            // The rows below move up, each to a button that is there; the last button goes.
            if last {
                match place.checked_sub(1) {
                    Some(above) => page::focus(&remove_id(above)),
                    None => page::focus(ADD),
                }
            }
            dispatch.dispatch(Action::Sweep(SweepAction::Remove(place)));
        })
    };
    let columns = props.columns.iter().enumerate();
    html! {
        <tr>
            <td>
                { product_cell(product, &props.products) }
            </td>
            { for columns.map(|(column, name)| range(props, column, name)) }
            <td>
                <button
                    type="button"
                    class="quiet"
                    id={remove_id(place)}
                    aria-label={format!("Remove row {number}")}
                    onclick={remove}
                >
                    { "Remove" }
                </button>
            </td>
        </tr>
    }
}

fn range(props: &SweepRowProps, column: usize, name: &str) -> Html {
    let place = props.place;
    let dispatch = props.dispatch.clone();
    let text = props.row.texts.get(column);
    let written = Written {
        id: cell_id(place, column),
        label: format!("{name} of row {}", place + 1).into(),
        text: text.cloned().unwrap_or_default().into(),
        fault: told(props, Some(column)),
        on_commit: Callback::from(move |text| {
            dispatch.dispatch(Action::Sweep(SweepAction::Text(place, column, text)));
        }),
    };
    // Told once a range, where it begins.
    let begins = |outside: &&ExtrapolatedRow| outside.axis * Field::RANGE.len() == column;
    let leaves = props.outside.iter().find(begins);
    let leaves = leaves.map(|outside| outside.range);
    html! { <td key={column}>{ range_cell(written, cell_id(place + 1, column), leaves) }</td> }
}

/// What is wrong with a cell: of a column, or the product's.
fn told(props: &SweepRowProps, column: Option<usize>) -> Option<String> {
    let faults = props.faults.iter();
    let mine = faults.filter(|fault| column_of(fault) == column);
    let told: Vec<String> = mine.map(|fault| in_words(props, &fault.error)).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// The column that a fault is in; `None` for the product's.
fn column_of(fault: &RowError) -> Option<usize> {
    let fields = Field::RANGE;
    let field = fields.iter().position(|field| *field == fault.field)?;
    Some(fault.axis * fields.len() + field)
}

/// A fault as this table tells it, where products have names and are chosen, not written.
fn in_words(props: &SweepRowProps, fault: &SweepError) -> String {
    let name = |id: &str| {
        let product = props.products.iter().find(|product| product.id == id);
        product.map_or_else(|| id.to_owned(), |product| product.name.to_string())
    };
    messages::sweep_row_error(fault, &props.row.product, name)
}

/// The id of a cell's input, by which Enter finds the one below.
fn cell_id(place: usize, column: usize) -> AttrValue {
    AttrValue::from(format!("sweep-{place}-{column}"))
}

/// The id of a row's button that takes it away.
fn remove_id(place: usize) -> String {
    format!("remove-row-{place}")
}
