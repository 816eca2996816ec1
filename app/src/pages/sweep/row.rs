//! One product of a sweep and the ranges of its costs.

use std::rc::Rc;

use conjoint::sweep::{Field, Outside, RowFault};
use yew::prelude::*;

use super::cell::{ProductCell, RangeCell};
use super::table::ADD;
use crate::js::page;
use crate::pages::Dispatch;
use crate::state::{Action, Kind, Row, SweepAction};

/// Properties of [`SweepRow`].
#[derive(Properties, PartialEq)]
pub struct SweepRowProps {
    /// The row's place, from 0.
    pub place: usize,
    /// Whether no row follows.
    pub last: bool,
    /// Which table it is in.
    pub kind: Kind,
    /// What was written.
    pub row: Row,
    /// The offers: id and name.
    pub products: Rc<[(AttrValue, AttrValue)]>,
    /// What is wrong with the row's cells.
    pub faults: Vec<RowFault>,
    /// Which of its ranges leave the surveyed range.
    pub outside: Vec<Outside>,
    /// Where edits go.
    pub dispatch: Dispatch,
}

/// A row of the table.
#[component]
pub fn SweepRow(props: &SweepRowProps) -> Html {
    let SweepRowProps {
        place,
        last,
        kind,
        row,
        products,
        faults,
        outside,
        dispatch,
    } = props;
    let (place, number) = (*place, place + 1);
    let told = |column: Option<usize>| {
        let faults = faults.iter().filter(|fault| column_of(fault) == column);
        let told: Vec<String> = faults.map(RowFault::to_string).collect();
        (!told.is_empty()).then(|| AttrValue::from(told.join("; ")))
    };
    let send = |action: fn(usize, String) -> SweepAction| {
        let dispatch = dispatch.clone();
        Callback::from(move |text| dispatch.dispatch(Action::Sweep(action(place, text))))
    };
    let cell = |(column, name): (usize, &&str)| {
        let commit = {
            let dispatch = dispatch.clone();
            Callback::from(move |text| {
                dispatch.dispatch(Action::Sweep(SweepAction::Text(place, column, text)));
            })
        };
        // Told once a range, where it begins.
        let leaves = outside.iter().find(|outside| outside.axis * 4 == column);
        html! {
            <td key={column}>
                <RangeCell
                    id={cell_id(place, column)}
                    below={cell_id(place + 1, column)}
                    label={format!("{name} of row {number}")}
                    text={row.texts.get(column).cloned().unwrap_or_default()}
                    fault={told(Some(column))}
                    outside={leaves.map(|outside| outside.range)}
                    on_commit={commit}
                />
            </td>
        }
    };
    let remove = {
        let (dispatch, last) = (dispatch.clone(), *last);
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
    html! {
        <tr>
            <td>
                <ProductCell
                    label={format!("product of row {number}")}
                    id={format!("product-{place}")}
                    products={Rc::clone(products)}
                    chosen={row.product.clone()}
                    fault={told(None)}
                    on_choose={send(SweepAction::Product)}
                />
            </td>
            { for kind.columns().iter().enumerate().map(cell) }
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

/// The column that a fault is in; `None` for the product's.
fn column_of(fault: &RowFault) -> Option<usize> {
    let field = Field::OF_RANGE
        .iter()
        .position(|field| *field == fault.field)?;
    Some(fault.axis * Field::OF_RANGE.len() + field)
}

/// The id of a cell's input, by which Enter finds the one below.
fn cell_id(place: usize, column: usize) -> AttrValue {
    AttrValue::from(format!("sweep-{place}-{column}"))
}

/// The id of a row's button that takes it away.
fn remove_id(place: usize) -> String {
    format!("remove-row-{place}")
}
