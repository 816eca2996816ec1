//! What an import gives, as tables.

use worker::protocol::ImportPreview;
use yew::prelude::*;

use crate::components::scroll_area;
use crate::format::count;

/// The attributes and their levels.
pub fn attributes(preview: &ImportPreview) -> Html {
    let rows = preview.attributes.iter().map(|attribute| {
        let kind = match attribute.is_numeric {
            true => "numbers",
            false => "categories",
        };
        html! {
            <tr>
                <th scope="row">{ &attribute.name }</th>
                <td class="text">{ kind }</td>
                <td class="text">{ attribute.levels.join(" · ") }</td>
            </tr>
        }
    });
    let table = html! {
        <table>
            <caption>{ "Attributes and levels" }</caption>
            <thead>
                <tr>
                    { for ["attribute", "kind", "levels"].map(|name| html! {
                        <th scope="col">{ name }</th>
                    }) }
                </tr>
            </thead>
            <tbody>{ for rows }</tbody>
        </table>
    };
    scroll_area("Attributes and levels, scrollable", "", table)
}

/// Whom the study has, and what was decided without asking.
pub fn decisions(preview: &ImportPreview) -> Html {
    let left_out = preview
        .left_out
        .iter()
        .map(|(number, reason)| format!("Left out: {} {reason}.", count(*number)));
    let sentences = left_out.chain(preview.assumed.iter().cloned());
    html! {
        <ul class="decisions" aria-label="Decided without asking">
            { for sentences.map(|sentence| html! { <li>{ sentence }</li> }) }
        </ul>
    }
}

/// The first rows of the user's table, below what each column was read as.
pub fn first_rows(preview: &ImportPreview) -> Html {
    let Some(table) = &preview.table else {
        return html! {};
    };
    let title = format!("First rows of {}", table.place);
    let rows = table.rows.iter().map(|row| {
        html! { <tr>{ for row.iter().map(|cell| html! { <td class="text">{ cell }</td> }) }</tr> }
    });
    let roles = table.roles.iter();
    let content = html! {
        <table>
            <caption>{ title.clone() }</caption>
            <thead>
                <tr>{ for roles.map(|role| html! { <th scope="col">{ role }</th> }) }</tr>
            </thead>
            <tbody>{ for rows }</tbody>
        </table>
    };
    scroll_area(format!("{title}, scrollable"), "", content)
}
