//! The screen in place of the dashboard when the study cannot be shown.

use yew::prelude::*;

use crate::compute::Problem;

/// A title, every problem that was found, and `remedy`: what the reader can do.
pub fn error_screen(title: &'static str, problems: &[Problem], remedy: Option<Html>) -> Html {
    let row = |problem: &Problem| {
        html! {
            <tr>
                <th scope="row">{ &problem.place }</th>
                <td>{ &problem.text }</td>
            </tr>
        }
    };
    html! {
        <main class="failure">
            <div role="alert">
                <h1>{ title }</h1>
                <div class="scroll">
                    <table>
                        <caption>{ "Problems" }</caption>
                        <thead>
                            <tr>
                                <th scope="col">{ "where" }</th>
                                <th scope="col">{ "what is wrong, and how to fix it" }</th>
                            </tr>
                        </thead>
                        <tbody>{ for problems.iter().map(row) }</tbody>
                    </table>
                </div>
            </div>
            { remedy }
        </main>
    }
}
