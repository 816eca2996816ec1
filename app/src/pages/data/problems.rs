//! What is wrong with files, problem by problem.

use worker::protocol::{Problem, Refusal};
use yew::prelude::*;

use crate::components::scroll;
use crate::format::count;

/// A problem a row: where it is, what would be right, and the line itself.
pub fn problems(refusal: &Refusal) -> Html {
    let Refusal {
        problems,
        count: all,
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
            if *all > problems.len() {
                <p>
                    { format!(
                        "{} problems, of which the first {} are listed.",
                        count(*all),
                        count(problems.len()),
                    ) }
                </p>
            }
            { scroll("Problems, scrollable", "problems", table) }
        </>
    }
}

fn row(problem: &Problem) -> Html {
    let warning = problem.is_warning.then_some("A remark only: ");
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
