//! What is known about the market apart from the survey: the availability of products, and the constants
//! that calibrate the model to the market's shares.

use conjoint::index_vec::{Position, ProductIndex};
use conjoint::study::ProductId;
use yew::prelude::*;

use super::setting_input::setting_input;
use crate::components::table::row_heading;
use crate::components::{Dispatch, scroll_area};
use crate::state::{Setting, State};

/// The name of a column, and the setting of a product that it contains.
type Column = (&'static str, fn(ProductId) -> Setting);

/// The columns with inputs.
const COLUMNS: [Column; 2] = [
    ("availability", Setting::Available),
    ("constant", Setting::Constant),
];

/// One row per product.
pub(super) fn conditions(state: &State, dispatch: &Dispatch) -> Html {
    let offers = state.edits().scenario().offers();
    let id = |column: usize, row: usize| AttrValue::from(format!("market-{column}-{row}"));
    let row = |product: ProductIndex| {
        let (index, offer) = (product.index(), &offers[product]);
        let name = state.study().name_of(offer);
        let cell = |(column, (column_name, setting)): (usize, &Column)| {
            let ids = [id(column, index), id(column, index + 1)];
            let label = format!("{column_name} of {name}");
            let setting = setting(offer.id.clone());
            let input = setting_input(state, dispatch, setting, label, ids, None);
            html! { <td key={column}>{ input }</td> }
        };
        html! {
            <tr key={offer.id.to_string()}>
                { row_heading(&name) }
                { for COLUMNS.iter().enumerate().map(cell) }
            </tr>
        }
    };
    let rows = html! {
        <table>
            <caption>{ "Market conditions" }</caption>
            <thead>
                <tr>
                    <th scope="col">{ "product" }</th>
                    <th scope="col">{ "availability" }<small>{ " 0–1, empty: 1" }</small></th>
                    <th scope="col">{ "constant" }<small>{ " utility, empty: 0" }</small></th>
                </tr>
            </thead>
            <tbody>{ for offers.indices().map(row) }</tbody>
        </table>
    };
    html! {
        <div class="editable">{ scroll_area("Market conditions, scrollable", "", rows) }</div>
    }
}
