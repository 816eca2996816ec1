//! Why files cannot be imported, as the page lists it.

use std::collections::BTreeMap;

use conjoint::import::{ImportError, SourcePlace, Unknown};

use crate::protocol::{Problem, Refusal};

/// The problems of files that cannot be imported.
pub(super) fn refuse(error: &ImportError) -> Refusal {
    let problems = match error {
        ImportError::Study(problems) => problems
            .iter()
            .map(|problem| Problem {
                file: problem.place.file.clone(),
                row: problem.place.row,
                column: problem.place.column.clone(),
                problem: problem.error.to_string(),
                preview: None,
                is_warning: problem.error.is_warning(),
            })
            .collect(),
        error => vec![describe(error)],
    };
    Refusal {
        count: problems.len(),
        problems,
        headers: BTreeMap::new(),
    }
}

/// An error as a problem: its place, and the sentence without it.
fn describe(error: &ImportError) -> Problem {
    let at = |place: &SourcePlace, problem: String| Problem {
        file: place.file.clone(),
        row: place.row,
        column: place.column.clone(),
        problem,
        preview: None,
        is_warning: false,
    };
    match error {
        ImportError::Invalid { place, problem } => at(place, problem.clone()),
        ImportError::Question {
            place,
            question,
            unknown,
            ..
        } if **unknown == Unknown::Labels => at(
            place,
            format!("{question}; open it together with a file of all attributes and levels"),
        ),
        ImportError::Question {
            place, question, ..
        } => at(place, question.clone()),
        other => without_place(&other.to_string()),
    }
}

/// The problem of a message that begins with a file, and perhaps a line.
fn without_place(message: &str) -> Problem {
    let (file, problem) = message.split_once(": ").unwrap_or(("", message));
    let (file, row) = match file.rsplit_once(':') {
        Some((name, line)) => match line.parse() {
            Ok(line) => (name, Some(line)),
            Err(_) => (file, None),
        },
        None => (file, None),
    };
    Problem {
        file: file.to_owned(),
        row,
        column: None,
        problem: problem.to_owned(),
        preview: None,
        is_warning: false,
    }
}
