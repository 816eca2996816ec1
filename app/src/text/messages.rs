//! What the page itself has to say when something does not work: what, where, and what to do.
//! What is wrong with a study or a sweep is told by the model.

use conjoint::format::MONEY_FILES;
use conjoint::study::Settings;
use conjoint::sweep::SweepError;

use crate::compute::Status;
use crate::compute::load::Doubt;
use crate::text::terms::expand_terms;

/// How the precomputed data is brought up to date.
pub const PRECOMPUTE: &str = "conjoint precompute --data Data --out \"Precomputed Data\"";

/// Why the precomputed data is no check of what the page computes; [`PRECOMPUTE`] mends it where
/// it belongs to another study.
pub fn precomputed_data_warning(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Unread(error) => format!(
            "The precomputed data could not be read: {}: {error}. The page computes its own \
             figures.",
            error.file(),
        ),
        Doubt::Stale(stale) => format!(
            "The precomputed data is not that of this study: {stale}. The page computes its own \
             figures; to bring the files up to date, run "
        ),
    }
}

/// Parts of a link that this study has nothing for.
pub fn unknown_link_fields(parts: &[String]) -> String {
    format!(
        "The link asks for what this study does not have: {}. The rest of it is shown.",
        parts.join(", "),
    )
}

/// A study of this browser that cannot be shown.
pub fn study_not_shown(reason: &str) -> String {
    format!("{reason}. Go back to the shipped study, and open the files on the page Data.")
}

/// A study that was opened, and that the browser does not keep.
pub fn study_not_stored(reason: &str) -> String {
    format!("It is gone when the page is closed: {reason}.")
}

/// A list of studies that was written by another version of the page.
pub const INCOMPATIBLE_STUDY_LIST: &str = "the list of this browser's studies is another version's, and is left as it is; reload the page";

/// Why there are no money figures.
pub fn missing_money_files(settings: &Settings) -> String {
    let none = "This study has no money files, so there are no {customers}, revenue, ARPU and EBIT: \
        add ";
    format!(
        "{}{} to see them.",
        expand_terms(settings, none),
        MONEY_FILES.join(", ")
    )
}

/// A study without anything to sweep.
pub const MISSING_COST_COLUMN: &str = "This study's offers have no cost, so there is nothing to sweep: add a \
    column monthly_cost or upfront_cost, or name theirs under columns in study.json.";

/// A grid of a study with one cost.
pub const MISSING_SECOND_COST_COLUMN: &str = "This study's offers have one cost, and a grid takes two: add the other, \
    monthly_cost or upfront_cost, or name it under columns in study.json.";

/// A chart that plotly.js or the browser refuses.
pub fn chart_error(reason: &str) -> String {
    format!("The chart cannot be drawn: {reason}. Its numbers are under Data.")
}

/// A file that the browser refuses to save.
pub fn save_error(reason: &str) -> String {
    format!("The file cannot be saved: {reason}. Allow downloads from this page, then try again.")
}

/// A workbook that cannot be made.
pub fn workbook_error(reason: &str) -> String {
    format!("The workbook cannot be written: {reason}.")
}

/// A zip of a study that cannot be made.
pub fn zip_error(reason: &str) -> String {
    format!("The zip cannot be made: {reason}.")
}

/// How a sweep's figures stand to its table, where they are not of it, and what to do.
pub fn sweep_status(status: &Status, shown: bool) -> Option<String> {
    let what = match status {
        Status::Current => return None,
        Status::Invalid => "The table cannot be computed as it stands; see what it says.",
        Status::Computing(..) => "Computing.",
        Status::Cancelled => "The computation was cancelled.",
        Status::Failed(reason) => &format!("The computation stopped: {reason}."),
    };
    let figures = if shown {
        "The figures below are older than the table."
    } else {
        "There are no figures yet."
    };
    Some(format!("{what} {figures}"))
}

/// A fault of a sweep's row as the page's table tells it, where products have names, which
/// `name_of` gives, and are chosen, not written.
pub fn sweep_row_error(
    fault: &SweepError,
    chosen: &str,
    name_of: impl Fn(&str) -> String,
) -> String {
    match fault {
        SweepError::DuplicateProduct { id, first } => format!(
            "{} stands in row {first} too; choose each product once",
            name_of(id)
        ),
        SweepError::UnknownProduct { id, .. } => {
            format!("no offer has the id `{id}`; choose another")
        }
        SweepError::NoBrand { .. } => {
            "this offer has no brand that could win or lose; choose another".to_owned()
        }
        SweepError::Text(_) if chosen.is_empty() => "choose an offer".to_owned(),
        other => other.to_string(),
    }
}

/// A calibration that comes to nothing.
pub fn calibration_error(reason: &str) -> String {
    format!("Nothing was calibrated: {reason}.")
}

/// Analyses that are not computed.
pub fn analysis_error(reason: &str) -> String {
    format!(
        "The computation stopped: {reason}. Figures that are missing or dashed are not of what is set."
    )
}

/// An optimizer that came to no end.
pub fn optimizer_error(reason: &str) -> String {
    format!("The optimizer stopped: {reason}.")
}

/// A number of things that cannot be counted.
pub fn not_a_whole_number(text: &str) -> String {
    format!("{text} is no whole number; write one, as 1000")
}

/// A text that two readers would take for two numbers.
pub fn ambiguous_number(text: &str, whole: &str) -> String {
    format!("“{text}” may be {whole} or a fraction; write {whole}, or the fraction with a comma")
}
