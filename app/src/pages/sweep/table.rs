//! The table of what is swept.

use std::rc::Rc;

use conjoint::sweep::{Cost, Outside, RowFault, defaults};
use yew::prelude::*;

use super::row::SweepRow;
use crate::components::Scroll;
use crate::hooks::Live;
use crate::pages::{Dispatch, dispatching};
use crate::state::{Action, Kind, Row, Sweep, SweepAction};

/// Properties of [`SweepTable`].
#[derive(Properties, PartialEq)]
pub struct SweepTableProps {
    /// The tables.
    pub sweep: Rc<Sweep>,
    /// Where edits go.
    pub dispatch: Dispatch,
    /// The offers that can be swept.
    pub live: Live,
    /// Cells that are wrong.
    pub faults: Rc<[RowFault]>,
    /// Rows that leave the surveyed range.
    pub outside: Rc<[Outside]>,
}

/// A product a row, with the range of its cost, or of both.
#[component]
pub fn SweepTable(props: &SweepTableProps) -> Html {
    let SweepTableProps {
        sweep,
        dispatch,
        live,
        faults,
        outside,
    } = props;
    let (kind, table) = (sweep.kind(), sweep.table());
    let (products, currency, next) = live.ask(|simulation| {
        let study = simulation.study();
        let offers = simulation.scenario().offers().iter();
        let products = offers.map(|offer| {
            let id = AttrValue::from(offer.id.to_string());
            (id, AttrValue::from(study.name_of(offer)))
        });
        let products: Rc<[(AttrValue, AttrValue)]> = products.collect();
        let next = match kind {
            Kind::Lockstep(cost) => {
                let rows: Vec<_> = table.iter().map(Row::lockstep).collect();
                defaults::new_lockstep_row(simulation, cost, &rows).map(Row::from)
            }
            Kind::Grid => {
                let rows: Vec<_> = table.iter().map(Row::grid).collect();
                defaults::new_grid_row(simulation, &rows).map(Row::from)
            }
        };
        (products, study.settings().currency.clone(), next)
    });
    let heading = |(place, name): (usize, &&str)| {
        html! {
            <th scope="col">
                { name }
                <small>{ format!(" {}", unit(kind, place, &currency)) }</small>
            </th>
        }
    };
    let rows = (0..table.len()).map(|place| {
        let mine = |fault: &&RowFault| fault.row == place + 1;
        let leaves = |outside: &&Outside| outside.row == place + 1;
        html! {
            <SweepRow
                key={place}
                {place}
                last={place + 1 == table.len()}
                {kind}
                row={table[place].clone()}
                products={Rc::clone(&products)}
                faults={faults.iter().filter(mine).cloned().collect::<Vec<_>>()}
                outside={outside.iter().filter(leaves).copied().collect::<Vec<_>>()}
                dispatch={dispatch.clone()}
            />
        }
    });
    let of_no_row = faults
        .iter()
        .filter(|fault| fault.row == 0 || fault.row > table.len());
    let full = next.is_none();
    let add = next.map(|row| dispatching(dispatch, Action::Sweep(SweepAction::Add(row))));
    html! {
        <div class="editable">
            <Scroll label="Sweep, scrollable">
                <table>
                    <caption>{ "Sweep" }</caption>
                    <thead>
                        <tr>
                            <th scope="col">{ "product" }</th>
                            { for kind.columns().iter().enumerate().map(heading) }
                            <th scope="col"><span class="unseen">{ "actions" }</span></th>
                        </tr>
                    </thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </Scroll>
            { for of_no_row.map(|fault| html! {
                <p class="fault" role="status">{ fault.to_string() }</p>
            }) }
            <div class="actions">
                <button
                    type="button"
                    class="quiet"
                    id={ADD}
                    aria-disabled={full.then_some("true")}
                    title={full.then_some("Every offer is in the table")}
                    onclick={add}
                >
                    { "Add row" }
                </button>
                <button
                    type="button"
                    class="quiet"
                    onclick={dispatching(dispatch, Action::Sweep(SweepAction::Restore))}
                >
                    { "Restore the first table" }
                </button>
            </div>
        </div>
    }
}

/// The id of the button "Add row".
pub(super) const ADD: &str = "add-row";

/// The unit of a column.
fn unit(kind: Kind, column: usize, currency: &str) -> String {
    match kind.cost_of(column) {
        Cost::Monthly => format!("{currency} a month"),
        Cost::Upfront => currency.to_owned(),
    }
}
