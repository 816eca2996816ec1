//! A problem of a study that cannot be shown.

use conjoint::format;

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
