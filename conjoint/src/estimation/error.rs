//! Why choices cannot be read, or nothing be estimated from them.

use crate::format::tabular::TabularError;
use crate::study::quote_names;

/// Why choices cannot be read, or nothing be estimated from them. Every message names the place in
/// the user's file, or the option, and what would be right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EstimationError {
    /// A file that is neither text nor a workbook.
    #[error(transparent)]
    Tabular(#[from] TabularError),
    /// Files of no known layout.
    #[error(
        "{file}: no respondents, tasks and choices were found; name the columns with --respondent, --task and --choice, or export choices as CSV"
    )]
    UnknownLayout {
        /// The first file.
        file: String,
    },
    /// A file without contents.
    #[error("{file}: the file is empty; export the answers again")]
    EmptyFile {
        /// The file.
        file: String,
    },
    /// A column that an option names and the file does not have.
    #[error(
        "{option}: {file} has no column `{column}`; it has {}",
        quote_names(known)
    )]
    UnknownColumn {
        /// The option.
        option: &'static str,
        /// The file.
        file: String,
        /// The name in the option.
        column: String,
        /// The file's columns.
        known: Vec<String>,
    },
    /// A column that no option names and that was not found.
    #[error("{file}: no column looks like the {role}; name it with {option}")]
    MissingColumn {
        /// The file.
        file: String,
        /// What the column would contain.
        role: &'static str,
        /// The option that names it.
        option: &'static str,
    },
    /// A cell with a wrong value.
    #[error("{place}: {column}: {problem}")]
    Cell {
        /// File and line.
        place: String,
        /// The column.
        column: String,
        /// What is wrong, and what would be right.
        problem: CellProblem,
    },
    /// A task with a wrong shape.
    #[error("{place}: respondent `{respondent}`, task `{task}`: {problem}")]
    Task {
        /// File and line.
        place: String,
        /// The respondent's id.
        respondent: String,
        /// The task's name.
        task: String,
        /// What is wrong, and what would be right.
        problem: TaskProblem,
    },
    /// A line of a `.cho` or `.chs` file with the wrong shape.
    #[error("{place}: {wanted}")]
    Line {
        /// File and line.
        place: String,
        /// What belongs there.
        wanted: String,
    },
    /// Nothing is left to estimate from.
    #[error("{file}: no task can be used ({reasons}); check which column contains the choices")]
    NoTasks {
        /// The file.
        file: String,
        /// What was left out, and why.
        reasons: String,
    },
    /// A request that does not fit the survey.
    #[error("{option}: {problem}")]
    Option {
        /// The option.
        option: &'static str,
        /// What is wrong, and what would be right.
        problem: String,
    },
    /// An attribute with the same value throughout.
    #[error(
        "{file}: {attribute}: the attribute never varies within a task, so nothing can be learned about it; leave it out by listing the others with --attribute"
    )]
    Constant {
        /// The file.
        file: String,
        /// The attribute.
        attribute: String,
    },
    /// Columns of the design that cannot be separated.
    #[error(
        "{file}: the choices cannot separate {}: in every task one follows from the others (levels that were never shown together, or attributes that always change together); leave one of the attributes out, or merge levels",
        quote_names(columns)
    )]
    Singular {
        /// The file.
        file: String,
        /// The columns that depend on each other.
        columns: Vec<String>,
    },
    /// More parameters than choices.
    #[error(
        "{file}: {parameters} parameters cannot be estimated from {tasks} choices; ask more tasks, or make attributes linear with --attribute NAME:linear"
    )]
    TooManyParameters {
        /// The file.
        file: String,
        /// How many parameters.
        parameters: usize,
        /// How many tasks.
        tasks: usize,
    },
    /// A parameter that runs to infinity.
    #[error(
        "{file}: {attribute}{}: the choices are perfectly predicted by it, so that its parameter has no finite estimate ({reason}); leave it out, merge the level, or use --model hb, whose prior keeps it finite",
        level_suffix(level)
    )]
    Separated {
        /// The file.
        file: String,
        /// The attribute.
        attribute: String,
        /// The level; empty for a linear attribute and None.
        level: String,
        /// What the choices show.
        reason: String,
    },
    /// Too few respondents for a distribution over them.
    #[error(
        "{file}: hierarchical Bayes needs at least 2 respondents with choices, and there are {found}; use --model mnl"
    )]
    FewRespondents {
        /// The file.
        file: String,
        /// How many there are.
        found: usize,
    },
    /// No respondent has enough ratings.
    #[error(
        "{file}: no respondent rated at least {needed} profiles, one more than there are parameters; ask for more ratings, or leave attributes out with --attribute"
    )]
    FewRatings {
        /// The file.
        file: String,
        /// How many ratings are needed.
        needed: usize,
    },
    /// The part-worths do not make a study that can be opened.
    #[error("the estimates do not make a valid study: {0}")]
    Study(String),
}

/// Where an error is: the parts that its message begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorPlace {
    /// The file, or the option; empty if it is neither.
    pub file: String,
    /// The line, from 1.
    pub row: Option<u64>,
    /// The column, or the attribute.
    pub column: Option<String>,
}

impl EstimationError {
    /// Where the error is.
    pub fn place(&self) -> ErrorPlace {
        let whole_file = |file: &str| ErrorPlace {
            file: file.to_owned(),
            ..ErrorPlace::default()
        };
        let in_column = |place: &str, column: &str| ErrorPlace {
            column: Some(column.to_owned()).filter(|column| !column.is_empty()),
            ..split_place(place)
        };
        match self {
            Self::Cell { place, column, .. } => in_column(place, column),
            Self::Task { place, .. } | Self::Line { place, .. } => split_place(place),
            Self::Constant { file, attribute }
            | Self::Separated {
                file, attribute, ..
            } => in_column(file, attribute),
            Self::UnknownLayout { file }
            | Self::EmptyFile { file }
            | Self::UnknownColumn { file, .. }
            | Self::MissingColumn { file, .. }
            | Self::NoTasks { file, .. }
            | Self::Singular { file, .. }
            | Self::TooManyParameters { file, .. }
            | Self::FewRespondents { file, .. }
            | Self::FewRatings { file, .. } => whole_file(file),
            Self::Option { option, .. } => whole_file(option),
            Self::Tabular(_) | Self::Study(_) => ErrorPlace::default(),
        }
    }

    /// The message without the place that it begins with.
    pub fn problem(&self) -> String {
        let message = self.to_string();
        let place = self.place();
        let row = place.row.map(|row| row.to_string());
        let parts = [Some(place.file), row, place.column];
        let mut rest = message.as_str();
        for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
            let after = rest.strip_prefix(part.as_str());
            rest = after.map_or(rest, |after| after.trim_start_matches([':', ' ']));
        }
        rest.to_owned()
    }
}

/// File and line of a place such as `choices.csv:12`.
fn split_place(place: &str) -> ErrorPlace {
    let parts = place.rsplit_once(':');
    let parsed = parts.and_then(|(file, row)| Some((file, row.parse().ok()?)));
    let (file, row) = parsed.map_or((place, None), |(file, row)| (file, Some(row)));
    ErrorPlace {
        file: file.to_owned(),
        row,
        column: None,
    }
}

fn level_suffix(level: &str) -> String {
    match level.is_empty() {
        true => String::new(),
        false => format!(" `{level}`"),
    }
}

/// What is wrong with a cell.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CellProblem {
    /// Text where a choice belongs.
    #[error("`{0}` does not say whether the alternative was chosen; write 1 or 0")]
    NotAChoice(String),
    /// Text where a number belongs.
    #[error("`{0}` is not a number; write digits, or make the attribute categorical")]
    NotANumber(String),
    /// NaN or an infinity.
    #[error(
        "`{0}` is not a value; write the level, or leave the cell empty if the attribute does not apply"
    )]
    NotAValue(String),
    /// A weight that is negative or no number.
    #[error("`{0}` is not a weight; write a number of 0 or more")]
    NotAWeight(String),
    /// Two weights for one respondent.
    #[error("the respondent has weight {0} above and {1} here; give each respondent one weight")]
    TwoWeights(String, String),
    /// An id in two spellings.
    #[error(
        "`{0}` here and `{1}` in line {2} are the same number in two forms; write the ids of the column in one form"
    )]
    TwoForms(String, String, u64),
    /// An empty id.
    #[error("the cell is empty; every row needs the id of its respondent and its task")]
    EmptyId,
    /// A choice that is not among the alternatives.
    #[error("`{0}` is not one of the task's alternatives, {1}")]
    UnknownAlternative(String, String),
    /// A version that the design does not have.
    #[error("the design has no version `{0}` with task `{1}`")]
    UnknownVersion(String, String),
}

/// What is wrong with a task.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaskProblem {
    /// More than one alternative was chosen.
    #[error("two alternatives are marked as chosen; mark exactly one")]
    TwoChoices,
    /// An alternative occurs twice.
    #[error("alternative `{0}` occurs twice; give each alternative of a task a number of its own")]
    RepeatedAlternative(String),
    /// A task without a choice.
    #[error("it has only {0} alternative; a task needs two or more")]
    FewAlternatives(usize),
    /// The chosen alternative was not available.
    #[error("the chosen alternative `{0}` is marked as not available")]
    Unavailable(String),
    /// An answer that is not among the alternatives.
    #[error(
        "the task has no alternative `{0}`, which is the answer; write the number or the name of one"
    )]
    UnknownAlternative(String),
    /// Negative points.
    #[error("an alternative has negative points; points must be 0 or more")]
    NegativePoints,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_its_place_and_its_problem() {
        let error = EstimationError::Cell {
            place: "my: choices.csv:12".to_owned(),
            column: "choice".to_owned(),
            problem: CellProblem::NotAChoice("x".to_owned()),
        };
        let place = ErrorPlace {
            file: "my: choices.csv".to_owned(),
            row: Some(12),
            column: Some("choice".to_owned()),
        };
        assert_eq!(error.place(), place);
        assert!(error.problem().starts_with("`x` does not say"));
        let error = EstimationError::FewRespondents {
            file: "a.csv".to_owned(),
            found: 1,
        };
        assert_eq!(error.place().row, None);
        assert!(error.problem().starts_with("hierarchical Bayes needs"));
        let error = EstimationError::Separated {
            file: "a.csv".to_owned(),
            attribute: "size".to_owned(),
            level: "large".to_owned(),
            reason: "it was never chosen".to_owned(),
        };
        assert!(error.problem().starts_with("`large`: the choices"));
    }
}
