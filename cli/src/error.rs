//! Why a command cannot be honoured, as it is told on standard error.

use std::collections::HashMap;
use std::io::{self, Write};
use std::mem::discriminant;
use std::path::PathBuf;
use std::process::ExitCode;

use conjoint::analysis::calibration::CalibrationError;
use conjoint::analysis::price::PriceError;
use conjoint::choice::ChoiceModelError;
use conjoint::format::{Place, Problem, Problems};
use conjoint::sample_study::SampleError;
use conjoint::simulation::scenario::{EntryError, SavedError};
use conjoint::stats::bootstrap::LevelError;
use conjoint::sweep::{Field, RowError, SweepError};

/// Why a command cannot be honoured.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The study has problems, warnings among them.
    #[error(transparent)]
    Study(#[from] Problems),
    /// A problem was told already, with the results.
    #[error("the study has problems")]
    Told,
    /// The study's folder is none.
    #[error("{}: {reason}; name the folder that holds the study's CSV files", folder.display())]
    Folder { folder: PathBuf, reason: String },
    /// An edit that cannot be made.
    #[error("{argument}: {error}")]
    Edit { argument: String, error: EntryError },
    /// A file that cannot be read.
    #[error("{}: cannot be read ({reason}); name a file of saved scenarios", path.display())]
    Read { path: PathBuf, reason: String },
    /// A setting of the method that cannot be used.
    #[error("{argument}: {fault}")]
    ChoiceModel {
        argument: String,
        fault: ChoiceModelError,
    },
    /// A method that cannot be used, whichever setting is the cause.
    #[error(transparent)]
    By(#[from] ChoiceModelError),
    /// A level of confidence that is none.
    #[error("--interval: {0}")]
    Interval(#[from] LevelError),
    /// Targets that cannot be met.
    #[error("--target: {0}")]
    Calibration(#[from] CalibrationError),
    /// Weights that cannot be read.
    #[error("{}: cannot be read ({reason}); name a CSV file with the columns id and weight", path.display())]
    Weights { path: PathBuf, reason: String },
    /// Saved scenarios that cannot be used.
    #[error("{}: {error}", path.display())]
    Scenario {
        path: PathBuf,
        error: Box<SavedError>,
    },
    /// A price that cannot move.
    #[error("{argument}: {fault}")]
    Price {
        argument: &'static str,
        fault: PriceError,
    },
    /// An attribute whose levels have no worth to tell.
    #[error(
        "--attribute: `{name}` is no attribute whose levels are worth something; name one of {known}"
    )]
    NoWorth { name: String, known: String },
    /// A column that cannot be swept.
    #[error("{argument}: `{column}` cannot be swept; {wanted}")]
    NoCost {
        argument: &'static str,
        column: String,
        wanted: String,
    },
    /// A grid of a study without money.
    #[error("{0}")]
    NoMoney(SweepError),
    /// A grid over one cost twice.
    #[error("--y: `{0}` lies along x already; name the other cost")]
    SameAxes(String),
    /// Rows of a sweep or grid that cannot be computed.
    #[error("{}", rows(faults, columns))]
    Rows {
        faults: Vec<RowError>,
        /// The columns that the ranges are of.
        columns: Vec<String>,
    },
    /// What cannot be optimized, a line an argument.
    #[error("{}", .0.join("\n"))]
    Optimize(Vec<String>),
    /// A sample that cannot be drawn.
    #[error("--respondents: {0}")]
    Sample(#[from] SampleError),
    /// A file or folder that cannot be written.
    #[error("{}: cannot be written ({reason}); name a folder that can", path.display())]
    Write { path: PathBuf, reason: String },
    /// Standard output that takes no more.
    #[error("standard output: {0}")]
    Output(#[from] std::io::Error),
}

fn rows(faults: &[RowError], columns: &[String]) -> String {
    let line = |fault: &RowError| {
        let column = columns.get(fault.axis).map_or("", String::as_str);
        let field = fault.field.name();
        let cell = match fault.field {
            Field::Product => field.to_owned(),
            _ => format!("{column} {field}"),
        };
        format!("--row {}: {cell}: {}", fault.row, fault.error)
    };
    faults.iter().map(line).collect::<Vec<String>>().join("\n")
}

impl Failure {
    /// A price that cannot move, by the argument that asks for it.
    pub(crate) fn price(argument: &'static str, fault: PriceError) -> Self {
        Self::Price { argument, fault }
    }

    /// Tells every line of the failure, and gives the exit status.
    pub(crate) fn report(&self) -> ExitCode {
        match self {
            Self::Told => {}
            // A pipe that was closed early, as by `head`, is no failure worth telling.
            Self::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {}
            Self::Study(problems) => tell(problems),
            other => {
                for line in other.to_string().lines() {
                    say(&format!("error: {line}"));
                }
            }
        }
        ExitCode::FAILURE
    }
}

/// Tells a warning about an argument.
pub(crate) fn warn(warning: &str) {
    say(&format!("warning: {warning}"));
}

/// Tells a study's problems, errors and warnings. Of faults of one column that differ from row to
/// row alone, only the first are told: a column that is wrong from end to end would hide all else.
pub(crate) fn tell(problems: &Problems) {
    const MOST: usize = 20;
    let mut description: HashMap<_, usize> = HashMap::new();
    for problem in problems {
        let severity = severity(problem);
        let all = problems.count_like(problem);
        if all <= MOST {
            say(&format!("{severity}: {problem}"));
            continue;
        }
        let place = Place {
            row: None,
            ..problem.place.clone()
        };
        let kind = discriminant(&problem.error);
        let kind = (place.file.clone(), place.column.clone(), kind);
        let so_far = description.entry(kind).or_default();
        *so_far += 1;
        if *so_far <= MOST {
            say(&format!("{severity}: {problem}"));
        }
        if *so_far == MOST {
            let more = all - MOST;
            say(&format!("{severity}: {place}: … and {more} more like it"));
        }
    }
}

/// Writes a line to standard error. Where that takes no more, there is nobody to tell.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Whether a problem keeps the study from being used, in a word.
pub(crate) fn severity(problem: &Problem) -> &'static str {
    if problem.error.is_warning() {
        "warning"
    } else {
        "error"
    }
}
