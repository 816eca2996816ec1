//! A figure's numbers as a table on the page.

use super::scroll_area;
use crate::charts::{Cell, DataTable, Row};
use std::rc::Rc;
use yew::prelude::*;

/// Properties of [`DataTableView`].
#[derive(Properties, PartialEq)]
pub struct DataTableViewProps {
    /// The figure's title.
    pub title: AttrValue,
    /// The numbers.
    pub table: Rc<DataTable>,
}

/// A table with one row per category, plain numbers, and the unit in the caption.
#[component]
pub fn DataTableView(props: &DataTableViewProps) -> Html {
    let table = &props.table;
    let caption = match table.unit.as_str() {
        "" => props.title.to_string(),
        unit => format!("{}, {unit}", props.title),
    };
    let label = caption.clone();
    let content = html! {
        <table>
            <caption>{ caption }</caption>
            <thead>
                <tr>{ for table.header().map(|name| html! { <th scope="col">{ name }</th> }) }</tr>
            </thead>
            <tbody>{ for table.rows.iter().map(row) }</tbody>
        </table>
    };
    scroll_area(label, "data", content)
}

fn row(row: &Row) -> Html {
    html! {
        <tr>
            <th scope="row">{ &row.category }</th>
            { for row.cells.iter().map(cell) }
        </tr>
    }
}

fn cell(cell: &Cell) -> Html {
    let class = matches!(cell, Cell::Text(_)).then_some("text");
    html! { <td {class}>{ cell.shown() }</td> }
}
