//! The table of what is swept.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::simulation::Simulation;
use conjoint::sweep::{Cost, Field, defaults};
use yew::prelude::*;

use super::row::{Product, SweepRow};
use crate::components::scroll;
use crate::compute::{Live, Sweeping};
use crate::format::cost_unit;
use crate::pages::{Dispatch, dispatching};
use crate::state::{Action, Kind, Row, Sweep, SweepAction};

/// A product a row, with the range of its cost, or of both; with what is wrong with a cell, and
/// where a row leaves the surveyed range.
pub fn sweep_table(sweep: &Sweep, dispatch: &Dispatch, live: &Live, sweeping: &Sweeping) -> Html {
    let (kind, table) = (sweep.kind(), sweep.table());
    let (products, study, next) = live.ask(|simulation| {
        (
            products(simulation),
            Arc::clone(simulation.selected()),
            next_row(simulation, kind, table),
        )
    });
    let columns = kind.columns();
    let names: Rc<[AttrValue]> = columns
        .iter()
        .map(|column| kind.name_of(*column, &study).into())
        .collect();
    let heading = |((cost, _), name): (&(Cost, Field), &AttrValue)| {
        html! {
            <th scope="col">
                { name }
                <small>{ format!(" {}", cost_unit(*cost, study.settings())) }</small>
            </th>
        }
    };
    let row = |(place, row): (usize, &Row)| {
        let faults = sweeping.faults.iter();
        let outside = sweeping.outside.iter();
        html! {
            <SweepRow
                key={place}
                {place}
                last={place + 1 == table.len()}
                columns={Rc::clone(&names)}
                row={row.clone()}
                products={Rc::clone(&products)}
                faults={faults.filter(|it| it.row == place + 1).cloned().collect::<Vec<_>>()}
                outside={outside.filter(|it| it.row == place + 1).copied().collect::<Vec<_>>()}
                dispatch={dispatch.clone()}
            />
        }
    };
    let faults = sweeping.faults.iter();
    let of_no_row = faults.filter(|fault| fault.row > table.len());
    let rows = html! {
        <table>
            <caption>{ "Sweep" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "product" }</th>
                    { for columns.iter().zip(&*names).map(heading) }
                    <th scope="col"><span class="unseen">{ "actions" }</span></th>
                </tr>
            </thead>
            <tbody>{ for table.iter().enumerate().map(row) }</tbody>
        </table>
    };
    html! {
        <div class="editable">
            { scroll("Sweep, scrollable", "", rows) }
            { for of_no_row.map(|fault| html! {
                <p class="fault" role="status">{ fault.to_string() }</p>
            }) }
            { actions(dispatch, next) }
        </div>
    }
}

/// The offers that a row can name.
pub(in crate::pages) fn products(simulation: &Simulation) -> Rc<[Product]> {
    let offers = simulation.scenario().offers().iter();
    let product = offers.map(|offer| Product {
        id: offer.id.to_string().into(),
        name: simulation.selected().name_of(offer).into(),
        withdrawn: offer.withdrawn,
    });
    product.collect()
}

/// The row that "Add row" adds; none when every offer is in the table.
fn next_row(simulation: &Simulation, kind: Kind, table: &[Row]) -> Option<Row> {
    match kind {
        Kind::Lockstep(cost) => {
            let rows: Vec<_> = table.iter().map(Row::lockstep).collect();
            defaults::suggest_lockstep_row(simulation, cost, &rows).map(Row::from)
        }
        Kind::Grid => {
            let rows: Vec<_> = table.iter().map(Row::grid).collect();
            defaults::suggest_grid_row(simulation, &rows).map(Row::from)
        }
    }
}

/// The id of the button "Add row".
pub(super) const ADD: &str = "add-row";

/// What can be done to the whole table.
fn actions(dispatch: &Dispatch, next: Option<Row>) -> Html {
    let full = next.is_none();
    let add = next.map(|row| dispatching(dispatch, Action::Sweep(SweepAction::Add(row))));
    html! {
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
                { "Restore the default table" }
            </button>
        </div>
    }
}
