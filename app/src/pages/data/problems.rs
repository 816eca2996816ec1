//! What is wrong with files, problem by problem.

use files::messages::{Problem, Refusal};
use yew::prelude::*;

use crate::components::Scroll;
use crate::format::count;

/// Properties of [`Problems`].
#[derive(Properties, PartialEq)]
pub struct ProblemsProps {
    /// Why the files are no study.
    pub refusal: Refusal,
}

/// A problem a row: where it is, what would be right, and the line itself.
#[component]
pub fn Problems(props: &ProblemsProps) -> Html {
    let Refusal {
        problems,
        count: all,
        ..
    } = &props.refusal;
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
            <Scroll class="problems" label="Problems, scrollable">
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
            </Scroll>
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
