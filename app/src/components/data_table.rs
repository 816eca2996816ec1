//! A figure's numbers as a table on the page.

use std::rc::Rc;

use conjoint::report::{Cell, Table};
use yew::prelude::*;

use super::scroll_area;

/// Properties of [`DataTableView`].
#[derive(Properties, PartialEq)]
pub struct DataTableViewProps {
    /// The figure's title.
    pub title: AttrValue,
    /// The numbers.
    pub table: Rc<Table>,
}

/// A table with one row per category, plain numbers, and the unit in the caption.
#[component]
pub fn DataTableView(props: &DataTableViewProps) -> Html {
    let table = &props.table;
    let caption = match table.unit() {
        "" => props.title.to_string(),
        unit => format!("{}, {unit}", props.title),
    };
    let label = caption.clone();
    let content = html! {
        <table>
            <caption>{ caption }</caption>
            <thead>
                <tr>{ for table.names().map(|name| html! { <th scope="col">{ name }</th> }) }</tr>
            </thead>
            <tbody>{ for table.rows.iter().map(|cells| row(cells)) }</tbody>
        </table>
    };
    scroll_area(label, "data", content)
}

fn row(row: &[Cell]) -> Html {
    let mut cells = row.iter();
    html! {
        <tr>
            <th scope="row">{ cells.next().map(text) }</th>
            { for cells.map(cell) }
        </tr>
    }
}

fn cell(cell: &Cell) -> Html {
    let class = matches!(cell, Cell::Text(_)).then_some("text");
    html! { <td {class}>{ text(cell) }</td> }
}

fn text(cell: &Cell) -> String {
    cell.to_text().into_owned()
}
