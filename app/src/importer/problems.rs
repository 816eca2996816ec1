//! The problems of files that were rejected.

use worker::protocol::{Problem, Refusal};
use yew::prelude::*;

use crate::components::scroll_area;
use crate::format::count;

/// One row per problem: its place, how to fix it, and the line itself.
pub fn problems(refusal: &Refusal) -> Html {
    let Refusal {
        problems,
        count: total,
        ..
    } = refusal;
    let table = html! {
        <table>
            <caption>{ "Problems" }</caption>
            <thead>
                <tr>
                    { for ["file", "row", "column", "problem"].map(|name| html! {
                        <th scope="col">{ name }</th>
                    }) }
                </tr>
            </thead>
            <tbody>{ for problems.iter().map(row) }</tbody>
        </table>
    };
    html! {
        <>
            if *total > problems.len() {
                <p>
                    { format!(
                        "{} problems; the first {} are shown.",
                        count(*total),
                        count(problems.len()),
                    ) }
                </p>
            }
            { scroll_area("Problems, scrollable", "problems", table) }
        </>
    }
}

fn row(problem: &Problem) -> Html {
    let warning = problem.is_warning.then_some("Warning only: ");
    html! {
        <tr>
            <th scope="row">{ &problem.file }</th>
            <td>{ problem.row }</td>
            <td class="text">{ problem.column.clone() }</td>
            <td class="text">
                { warning }{ &problem.problem }
                if let Some(line) = &problem.preview {
                    <code class="preview">{ line }</code>
                }
            </td>
        </tr>
    }
}
