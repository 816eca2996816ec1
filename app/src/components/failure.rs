//! Why there is no dashboard to see: what is wrong, where, and what to do.

use conjoint::study;
use yew::prelude::*;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, with row and column where they are known.
    pub place: String,
    /// What is wrong there, and what would be right.
    pub what: String,
}

impl From<&study::Problem> for Problem {
    fn from(problem: &study::Problem) -> Self {
        Self {
            place: problem.place.to_string(),
            what: problem.fault.to_string(),
        }
    }
}

impl From<&files::messages::Problem> for Problem {
    fn from(problem: &files::messages::Problem) -> Self {
        let column = problem.column.clone();
        let place = study::Place {
            file: problem.file.clone(),
            row: problem.row,
            column,
        };
        Self {
            place: place.to_string(),
            what: problem.problem.clone(),
        }
    }
}

/// Properties of [`Failure`].
#[derive(Properties, PartialEq)]
pub struct FailureProps {
    /// The failure in one line.
    pub title: AttrValue,
    /// Every problem found, not the first alone.
    pub problems: Vec<Problem>,
    /// What the reader can do about it.
    #[prop_or_default]
    pub children: Html,
}

/// A failure in place of the page.
#[component]
pub fn Failure(props: &FailureProps) -> Html {
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
                <h1>{ &props.title }</h1>
                <div class="scroll">
                    <table>
                        <caption>{ "Problems" }</caption>
                        <thead>
                            <tr>
                                <th scope="col">{ "where" }</th>
                                <th scope="col">{ "what is wrong, and what would be right" }</th>
                            </tr>
                        </thead>
                        <tbody>{ for props.problems.iter().map(row) }</tbody>
                    </table>
                </div>
            </div>
            { props.children.clone() }
        </main>
    }
}
