//! Why there is no dashboard to see: what is wrong, where, and what to do.

use conjoint::format;
use yew::prelude::*;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, with row and column where they are known.
    pub place: String,
    /// What is wrong there, and what would be right.
    pub what: String,
}

impl From<&format::Problem> for Problem {
    fn from(problem: &format::Problem) -> Self {
        Self {
            place: problem.place.to_string(),
            what: problem.error.to_string(),
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
            what: problem.problem.clone(),
        }
    }
}

/// A failure in place of the page: in one line, every problem found and not the first alone, and
/// what the reader can do about it.
pub fn failure(title: &'static str, problems: &[Problem], remedy: Option<Html>) -> Html {
    let row = |problem: &Problem| {
        html! {
            <tr>
                <th scope="row">{ &problem.place }</th>
                <td>{ &problem.what }</td>
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
                                <th scope="col">{ "what is wrong, and what would be right" }</th>
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
