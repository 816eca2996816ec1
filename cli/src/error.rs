//! Why a command fails, and what it prints on standard error.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::PathBuf;

use conjoint::analysis::calibration::CalibrationError;
use conjoint::analysis::price::PriceError;
use conjoint::choice::{ChoiceModelError, Selection};
use conjoint::estimation::EstimationError;
use conjoint::format::{Place, Problem, Problems};
use conjoint::import::ImportError;
use conjoint::optimizer::line::LineError;
use conjoint::sample_study::SampleError;
use conjoint::simulation::scenario::{EntryError, SavedError};
use conjoint::stats::bootstrap::LevelError;
use conjoint::study::quote_names;
use conjoint::sweep::{Field, RowError, SweepError};

/// Of problems that differ only in their row, this many are printed: a column that is wrong from
/// end to end would hide everything else.
const MAX_SIMILAR: usize = 20;

/// Why a command fails.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    /// The study has problems, possibly warnings among them.
    #[error(transparent)]
    Study(#[from] Problems),
    /// The study has problems, which the command printed along with its result.
    #[error("the study has problems")]
    PrintedProblems,
    /// There is no folder with a study.
    #[error("{}: {reason}; name the folder that contains the study's CSV files", folder.display())]
    Folder { folder: PathBuf, reason: String },
    /// An edit that cannot be made.
    #[error("{argument}: {error}")]
    Edit { argument: String, error: EntryError },
    /// A file of saved scenarios that cannot be read.
    #[error("{}: cannot be read ({reason}); name a file of saved scenarios", path.display())]
    ScenarioFile { path: PathBuf, reason: String },
    /// An invalid option of the choice model.
    #[error("{argument}: {error}")]
    ModelOption {
        argument: String,
        error: ChoiceModelError,
    },
    /// Segments and current brands that no respondent combines.
    #[error("{argument}: no {respondent} is {selection}; include more segments or brands")]
    EmptySelection {
        argument: &'static str,
        /// The respondents who could be included: those with a weight above 0, if there are weights.
        respondent: &'static str,
        selection: Selection,
    },
    /// A choice model that does not fit the study, through no single option.
    #[error(transparent)]
    Model(#[from] ChoiceModelError),
    /// An invalid confidence level.
    #[error("--interval: {0}")]
    Interval(#[from] LevelError),
    /// Target shares that cannot be met.
    #[error("--target: {0}")]
    Calibration(#[from] CalibrationError),
    /// A file of weights that cannot be read.
    #[error("{}: cannot be read ({reason}); name a CSV file with the columns id and weight", path.display())]
    WeightsFile { path: PathBuf, reason: String },
    /// A saved scenario that cannot be used.
    #[error("{}: {error}", path.display())]
    Scenario {
        path: PathBuf,
        error: Box<SavedError>,
    },
    /// A price that cannot vary.
    #[error("{argument}: {error}")]
    Price {
        argument: &'static str,
        error: PriceError,
    },
    /// An attribute that has no levels with a worth in money.
    #[error("--attribute: `{name}` has no levels that can be valued; name one of {known}")]
    NoLevels { name: String, known: String },
    /// A table of sets of offers that cannot be used.
    #[error("{}{place}: {reason}", path.display())]
    Offers {
        path: PathBuf,
        /// The line, after a colon; empty for the whole file.
        place: String,
        reason: String,
    },
    /// A level that the attribute does not have.
    #[error("{argument}: there is no level `{name}`; levels are {known}")]
    NoLevel {
        argument: &'static str,
        name: String,
        known: String,
    },
    /// Levels to compare that no attribute has.
    #[error(
        "--compare: no attribute but the price has the levels {one} and {other}; name two levels of one attribute, \
         and the attribute with --attribute"
    )]
    NoCommonAttribute { one: String, other: String },
    /// Levels to compare that several attributes have.
    #[error(
        "--compare: {names} have the levels {one} and {other}; name one of them with --attribute"
    )]
    CommonAttributes {
        one: String,
        other: String,
        names: String,
    },
    /// An offer that the scenario does not have.
    #[error("{argument}: no offer has the id `{id}`; ids are {known}")]
    NoOffer {
        argument: &'static str,
        id: String,
        known: String,
    },
    /// A brand that the study does not have.
    #[error("--brand: there is no brand `{name}`; brands are {known}")]
    NoBrand { name: String, known: String },
    /// A product line that cannot be searched.
    #[error("{argument}: {error}")]
    Line {
        argument: &'static str,
        error: LineError,
    },
    /// A column that cannot be swept.
    #[error("{argument}: `{column}` cannot be swept; {remedy}")]
    NoCost {
        argument: &'static str,
        column: String,
        remedy: String,
    },
    /// A grid of a study without money.
    #[error("{0}")]
    NoMoney(SweepError),
    /// A grid with the same cost on both axes.
    #[error("--y: `{0}` is already on the x axis; name the other cost")]
    SameAxes(String),
    /// Invalid rows of a sweep or a grid.
    #[error("{}", describe_rows(errors, columns))]
    Rows {
        errors: Vec<RowError>,
        /// The columns that the axes change.
        columns: Vec<String>,
    },
    /// Invalid requests to the optimizer, a line each.
    #[error("{}", .0.join("\n"))]
    Optimize(Vec<String>),
    /// Files that cannot be imported.
    #[error(transparent)]
    Import(Box<ImportError>),
    /// A file of utilities or choices that cannot be read.
    #[error("{}: cannot be read ({reason}); name a file that exists", path.display())]
    InputFile { path: PathBuf, reason: String },
    /// Choices from which nothing can be estimated.
    #[error(transparent)]
    Estimation(#[from] EstimationError),
    /// A sample that cannot be drawn.
    #[error("--respondents: {0}")]
    Sample(#[from] SampleError),
    /// A folder with files of another study, which would be read as part of the new one.
    #[error("{}: {}", folder.display(), describe_other_study(names))]
    OtherStudy {
        folder: PathBuf,
        names: Vec<&'static str>,
    },
    /// A file or folder that cannot be written.
    #[error("{}: cannot be written ({reason}); name a folder you can write to", path.display())]
    Write { path: PathBuf, reason: String },
    /// Standard output cannot be written.
    #[error("standard output: {0}")]
    Output(#[from] io::Error),
}

impl From<ImportError> for CliError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Study(problems) => Self::Study(problems),
            error => Self::Import(Box::new(error)),
        }
    }
}

impl CliError {
    /// A price that cannot vary, with the argument that names it.
    pub(crate) fn price(argument: &'static str) -> impl Fn(PriceError) -> Self {
        move |error| Self::Price { argument, error }
    }

    /// Prints every line of the error.
    pub(crate) fn print(&self) {
        match self {
            Self::PrintedProblems => {}
            // The reader of a pipe may close it early, as `head` does.
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Self::Study(problems) => print_problems(problems),
            other => {
                for line in other.to_string().lines() {
                    print_line(&format!("error: {line}"));
                }
            }
        }
    }
}

fn describe_other_study(names: &[&str]) -> String {
    let (belong, remedy) = match names.len() {
        1 => ("belongs", "move it away"),
        _ => ("belong", "move them away"),
    };
    format!(
        "{} {belong} to another study and would be read with the new one; choose another folder, or {remedy}",
        quote_names(names.iter().copied())
    )
}

fn describe_rows(errors: &[RowError], columns: &[String]) -> String {
    let describe = |error: &RowError| {
        let column = columns.get(error.axis).map_or("", String::as_str);
        let field = error.field.name();
        let cell = match error.field {
            Field::Product => field.to_owned(),
            _ => format!("{column} {field}"),
        };
        format!("--row {}: {cell}: {}", error.row, error.error)
    };
    let lines: Vec<String> = errors.iter().map(describe).collect();
    lines.join("\n")
}

/// Prints a note about a figure.
pub(crate) fn print_note(note: &str) {
    print_line(&format!("note: {note}"));
}

/// Prints a warning.
pub(crate) fn print_warning(warning: &str) {
    print_line(&format!("warning: {warning}"));
}

/// Prints a study's problems, errors and warnings; of many similar ones only the first.
pub(crate) fn print_problems(problems: &Problems) {
    let mut printed: HashMap<_, usize> = HashMap::new();
    for problem in problems {
        let severity = severity(problem);
        let similar = problems.count_like(problem);
        if similar <= MAX_SIMILAR {
            print_line(&format!("{severity}: {problem}"));
            continue;
        }
        let place = Place {
            row: None,
            ..problem.place.clone()
        };
        let count = printed.entry(problem.kind()).or_default();
        *count += 1;
        if *count <= MAX_SIMILAR {
            print_line(&format!("{severity}: {problem}"));
        }
        if *count == MAX_SIMILAR {
            let more = similar - MAX_SIMILAR;
            print_line(&format!("{severity}: {place}: … and {more} more like this"));
        }
    }
}

/// Prints a line on standard error. If that fails, there is nowhere to report it.
fn print_line(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// The word for how severe a problem is: only an error makes the study unusable.
pub(crate) fn severity(problem: &Problem) -> &'static str {
    if problem.error.is_warning() {
        "warning"
    } else {
        "error"
    }
}
