//! The table of the products and ranges to sweep.

use std::rc::Rc;
use std::sync::Arc;

use conjoint::simulation::Simulation;
use conjoint::study::Study;
use conjoint::sweep::{Cost, Field, defaults};
use yew::prelude::*;

use super::sweep_row::SweepRow;
use crate::components::table::product_options;
use crate::components::{Dispatch, dispatch_on_click, scroll_area};
use crate::compute::{Live, Sweeping};
use crate::format::cost_unit;
use crate::state::{Action, Kind, Row, Sweep, SweepAction};
use crate::text::terms::sweep_column_label;

/// One row per product with the range of one cost or of both, errors, and notes on ranges that
/// leave the surveyed range.
pub fn sweep_table(sweep: &Sweep, dispatch: &Dispatch, live: &Live, sweeping: &Sweeping) -> Html {
    let (kind, table) = (sweep.kind(), sweep.table());
    let study = Arc::clone(&live.market.study);
    let products = product_options(&study, &live.market.scenario);
    let next = live.check(|simulation| next_row(simulation, kind, table));
    let columns = kind.columns();
    let names: Rc<[AttrValue]> = columns
        .iter()
        .map(|column| sweep_column_label(kind, *column, &study).into())
        .collect();
    let row = |(index, row): (usize, &Row)| {
        let number = index + 1;
        let errors = sweeping.errors.iter().filter(|it| it.row == number);
        let outside = sweeping.outside.iter().filter(|it| it.row == number);
        html! {
            <SweepRow
                key={index}
                {index}
                is_last={number == table.len()}
                columns={Rc::clone(&names)}
                row={row.clone()}
                products={Rc::clone(&products)}
                errors={errors.cloned().collect::<Vec<_>>()}
                outside={outside.copied().collect::<Vec<_>>()}
                dispatch={dispatch.clone()}
            />
        }
    };
    let rows = html! {
        <table>
            <caption>{ "Sweep" }</caption>
            { heading(&columns, &names, &study) }
            <tbody>{ for table.iter().enumerate().map(row) }</tbody>
        </table>
    };
    let errors = sweeping.errors.iter();
    let general_errors = errors.filter(|error| error.row > table.len());
    html! {
        <div class="editable">
            { scroll_area("Sweep, scrollable", "", rows) }
            { for general_errors.map(|error| html! {
                <p class="error" role="status">{ error.to_string() }</p>
            }) }
            { actions(dispatch, next) }
        </div>
    }
}

fn heading(columns: &[(Cost, Field)], names: &[AttrValue], study: &Study) -> Html {
    let cell = |((cost, _), name): (&(Cost, Field), &AttrValue)| {
        html! {
            <th scope="col">
                { name }
                <small>{ format!(" {}", cost_unit(*cost, study.settings())) }</small>
            </th>
        }
    };
    html! {
        <thead>
            <tr>
                <th scope="col">{ "product" }</th>
                { for columns.iter().zip(names).map(cell) }
                <th scope="col"><span class="visually-hidden">{ "actions" }</span></th>
            </tr>
        </thead>
    }
}

/// The row that "Add row" adds; `None` once every offer has a row.
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
pub(super) const ADD_BUTTON: &str = "add-row";

/// The buttons below the table.
fn actions(dispatch: &Dispatch, next: Option<Row>) -> Html {
    let is_full = next.is_none();
    let add = next.map(|row| dispatch_on_click(dispatch, Action::Sweep(SweepAction::Add(row))));
    html! {
        <div class="actions">
            <button
                type="button"
                class="quiet"
                id={ADD_BUTTON}
                aria-disabled={is_full.then_some("true")}
                title={is_full.then_some("Every offer has a row already")}
                onclick={add}
            >
                { "Add row" }
            </button>
            <button
                type="button"
                class="quiet"
                onclick={dispatch_on_click(dispatch, Action::Sweep(SweepAction::Restore))}
            >
                { "Restore the default table" }
            </button>
        </div>
    }
}
