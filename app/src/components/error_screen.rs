//! The screen in place of the dashboard when the study cannot be shown.

use conjoint::format;
use yew::prelude::*;

/// A problem of the study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, with row and column if they are known.
    pub place: String,
    /// What is wrong there, and how to fix it.
    pub text: String,
}

impl From<&format::Problem> for Problem {
    fn from(problem: &format::Problem) -> Self {
        Self {
            place: problem.place.to_string(),
            text: problem.error.to_string(),
        }
    }
}

impl From<&worker::protocol::Problem> for Problem {
    fn from(problem: &worker::protocol::Problem) -> Self {
        let place = format::Place {
            file: problem.file.clone(),
            row: problem.row,
            column: problem.column.clone(),
        };
        Self {
            place: place.to_string(),
            text: problem.problem.clone(),
        }
    }
}

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
