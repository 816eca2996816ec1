//! What the page says when something does not work: what, where, and what to do about it.
//!
//! The model says itself what is wrong with a study, an edit or a sweep.

use conjoint::analysis::calibration::CalibrationError;
use conjoint::choice::Selection;
use conjoint::format::{MONEY_FILES, neutral_name};
use conjoint::study::{Settings, Study};
use conjoint::sweep::SweepError;

use crate::compute::Status;
use crate::compute::load::Doubt;
use crate::format::{AmbiguousNumber, capitalize, plain_number};
use crate::state::{SettingError, State, UnknownField};
use crate::text::terms::expand_terms;

/// The command that brings the precomputed data up to date.
pub const PRECOMPUTE: &str = "conjoint precompute --data Data --out \"Precomputed Data\"";

/// Why the page's figures were not checked against the precomputed data. Data of another study is
/// updated by [`PRECOMPUTE`], which follows the sentence.
pub fn precomputed_data_warning(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Unread(error) => format!(
            "The precomputed data could not be read: {}: {error}. The page computes its own \
             figures.",
            error.file(),
        ),
        Doubt::Stale(stale) => format!(
            "The precomputed data does not belong to this study: {stale}. The page computes its own \
             figures; to update the files, run "
        ),
    }
}

/// Fields of a link that this study has nothing for.
pub fn unknown_link_fields(fields: &[UnknownField]) -> String {
    let parts = fields
        .iter()
        .map(|field| format!("{} {}", field.key, field.value));
    let parts: Vec<String> = parts.collect();
    format!(
        "The link contains what this study does not have: {}. The rest of the link is shown.",
        parts.join(", "),
    )
}

/// A study of this browser that cannot be shown.
pub fn study_not_shown(reason: &str) -> String {
    format!("{reason}. Go back to the shipped study, and open the files on the page Data.")
}

/// A study that is open, but that the browser could not store.
pub fn study_not_stored(reason: &str) -> String {
    format!("This study will be lost when you close the page: {reason}.")
}

/// Why the page has no results to show, and what to do about it.
pub fn missing_results(state: &State) -> Option<String> {
    if state.selection_error().is_some() {
        return Some(describe_nobody(state));
    }
    let mut offers = state.edits().scenario().offers().iter();
    let is_empty = offers.all(|offer| offer.withdrawn);
    is_empty.then(|| "No offer is on the market. Put one back, or add one.".to_owned())
}

/// A selection that includes nobody: "No respondent in Baby Boomer owns Jaguar."
fn describe_nobody(state: &State) -> String {
    let selection = Selection::new(state.study(), &state.setup().entered_for(state.study()));
    let segments = selection.segments.join(" or ");
    let owners = selection.owners.join(" or ");
    let who = match (segments.as_str(), owners.as_str()) {
        (segments, "") => format!("No respondent is in {segments}"),
        ("", owners) => format!("No respondent owns {owners}"),
        (segments, owners) => format!("No respondent in {segments} owns {owners}"),
    };
    format!("{who}. Select other segments or owners.")
}

/// Why there are no money figures.
pub fn missing_money_files(settings: &Settings) -> String {
    let reason = "This study has no money files, so there are no {customers}, revenue, ARPU and \
        EBIT: add ";
    format!(
        "{}{} to see them.",
        expand_terms(settings, reason),
        MONEY_FILES.map(neutral_name).join(", ")
    )
}

/// A study without anything to sweep.
pub const MISSING_COST_COLUMN: &str = "This study's offers have no cost, so there is nothing to \
    sweep: add a column monthly_cost or upfront_cost, or name your own cost columns under columns in \
    study.json.";

/// A grid of a study with one cost.
pub const MISSING_SECOND_COST_COLUMN: &str = "This study's offers have one cost, but a grid needs \
    two: add the other column, monthly_cost or upfront_cost, or name your own column under columns \
    in study.json.";

/// A chart that plotly.js or the browser refuses.
pub fn chart_error(reason: &str) -> String {
    format!("The chart cannot be drawn: {reason}. Its numbers are under Data.")
}

/// A file that the browser refuses to save.
pub fn save_error(reason: &str) -> String {
    format!("The file cannot be saved: {reason}. Allow downloads from this page, then try again.")
}

/// A workbook that cannot be created.
pub fn workbook_error(reason: &str) -> String {
    format!("The workbook cannot be created: {reason}.")
}

/// A zip file of a study that cannot be created.
pub fn zip_error(reason: &str) -> String {
    format!("The zip file cannot be created: {reason}.")
}

/// Why a sweep's figures are not those of its table, and what to do; `None` if they are.
/// `is_shown` is whether figures of an earlier table are shown.
pub fn sweep_status(status: &Status, is_shown: bool) -> Option<String> {
    let reason = match status {
        Status::Current => return None,
        Status::Invalid => "The table cannot be computed; correct the marked cells.",
        Status::Computing(..) => "Computing.",
        Status::Cancelled => "The computation was cancelled.",
        Status::Failed(reason) => &format!("The computation stopped: {reason}."),
    };
    let figures = if is_shown {
        "The figures below are older than the table."
    } else {
        "There are no figures yet."
    };
    Some(format!("{reason} {figures}"))
}

/// An error in a row of a sweep's table. On the page, products are chosen by name, which `name_of`
/// finds by id; `chosen` is the id of the row's product.
pub fn sweep_row_error(
    error: &SweepError,
    chosen: &str,
    name_of: impl Fn(&str) -> String,
) -> String {
    match error {
        SweepError::DuplicateProduct { id, first } => format!(
            "{} is already in row {first}; choose each product once",
            name_of(id)
        ),
        SweepError::UnknownProduct { id, .. } => {
            format!("no offer has the id `{id}`; choose another")
        }
        SweepError::NoBrand { .. } => "this offer has no brand; choose one with a brand".to_owned(),
        SweepError::Text(_) if chosen.is_empty() => "choose an offer".to_owned(),
        other => other.to_string(),
    }
}

/// Why known shares cannot be fitted. On the page they are percentages, and products have names.
pub fn known_shares_error(error: &CalibrationError, study: &Study) -> String {
    // In the precision of the sum's check, without the digits of binary fractions.
    let exact_percent = |share: f64| plain_number((share * 1e5).round() / 1e3);
    match error {
        CalibrationError::InvalidShare { id, share } => {
            let offer = study.offers().iter().find(|offer| offer.id == *id);
            let name = offer.map_or_else(|| id.to_string(), |offer| study.name_of(offer));
            format!(
                "The known share of {name} is {} %; enter more than 0 % and less than 100 %",
                exact_percent(*share)
            )
        }
        CalibrationError::InvalidSum { sum } => format!(
            "The known shares sum to {} %; they must sum to 100 %",
            exact_percent(*sum)
        ),
        CalibrationError::NothingForNone { sum } => format!(
            "The known shares sum to {} %; None has the rest, so that they must sum to less than 100 %",
            exact_percent(*sum)
        ),
        other => capitalize(&other.to_string()),
    }
}

/// A calibration without a result.
pub fn calibration_error(reason: &str) -> String {
    format!("The calibration failed: {reason}.")
}

/// Analyses that are not computed.
pub fn analysis_error(reason: &str) -> String {
    format!(
        "The computation stopped: {reason}. Figures that are missing or dashed do not belong to the \
         current settings."
    )
}

/// A search of the optimizer without a result.
pub fn optimizer_error(reason: &str) -> String {
    format!("The optimizer stopped: {reason}.")
}

/// Why a text cannot be used as a setting of the choice model.
pub fn setting_error(error: &SettingError) -> String {
    match error {
        SettingError::Number(error) => error.to_string(),
        SettingError::NotWhole(text) => {
            format!("{text} is not a whole number; write one such as 1000")
        }
        SettingError::Model(error) => error.to_string(),
    }
}

/// A text that could be two numbers.
pub fn ambiguous_number(number: &AmbiguousNumber) -> String {
    let AmbiguousNumber { text, whole } = number;
    format!("“{text}” may be {whole} or a fraction; write {whole}, or the fraction with a comma")
}

/// A value outside what the survey asked about.
pub fn outside_surveyed_range(low: f64, high: f64) -> String {
    format!(
        "outside the surveyed range {}–{}",
        plain_number(low),
        plain_number(high)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tests::small_study;
    use conjoint::choice::ChoiceModelError;

    #[test]
    fn a_link_with_unknown_fields_lists_them() {
        let field = |key: &str, value: &str| UnknownField {
            key: key.to_owned(),
            value: value.to_owned(),
        };
        assert_eq!(
            unknown_link_fields(&[field("set", "77.term=1"), field("tiers", "Tiny")]),
            "The link contains what this study does not have: set 77.term=1, tiers Tiny. The rest of \
             the link is shown."
        );
    }

    #[test]
    fn known_shares_are_percentages_of_named_products() {
        let study = small_study();
        let says = |error: CalibrationError| known_shares_error(&error, &study);
        let first = study.offers().iter().next().unwrap();
        assert_eq!(
            says(CalibrationError::InvalidShare {
                id: first.id.clone(),
                share: 1.4
            }),
            "The known share of Audi e-tron is 140 %; enter more than 0 % and less than 100 %"
        );
        assert_eq!(
            says(CalibrationError::InvalidSum { sum: 1.0003 }),
            "The known shares sum to 100.03 %; they must sum to 100 %"
        );
        assert!(says(CalibrationError::NothingForNone { sum: 1.0 }).contains("sum to 100 %; None"));
        assert!(says(CalibrationError::FirstChoice).starts_with("First choice cannot"));
    }

    #[test]
    fn a_sweep_says_whether_its_figures_are_older_than_its_table() {
        let says = |status: Status, is_shown| sweep_status(&status, is_shown);
        assert_eq!(says(Status::Current, true), None);
        assert_eq!(
            says(Status::Computing(1, 9), false).as_deref(),
            Some("Computing. There are no figures yet.")
        );
        assert_eq!(
            says(Status::Invalid, true).as_deref(),
            Some(
                "The table cannot be computed; correct the marked cells. The figures below are older \
                 than the table."
            )
        );
        assert_eq!(
            says(Status::Failed("no memory".to_owned()), true).as_deref(),
            Some("The computation stopped: no memory. The figures below are older than the table.")
        );
    }

    #[test]
    fn a_row_names_products_instead_of_ids() {
        let name_of = |id: &str| format!("Tesla Model {id}");
        let error = |error: SweepError, chosen| sweep_row_error(&error, chosen, name_of);
        let twice = SweepError::DuplicateProduct {
            id: "3".to_owned(),
            first: 1,
        };
        assert_eq!(
            error(twice, "3"),
            "Tesla Model 3 is already in row 1; choose each product once"
        );
        let unknown = SweepError::UnknownProduct {
            id: "14".to_owned(),
            known: "`1`".to_owned(),
        };
        assert_eq!(
            error(unknown, "14"),
            "no offer has the id `14`; choose another"
        );
    }

    #[test]
    fn a_setting_error_says_what_is_wrong() {
        let not_whole = SettingError::NotWhole("1.5".to_owned());
        assert_eq!(
            setting_error(&not_whole),
            "1.5 is not a whole number; write one such as 1000"
        );
        let refused = ChoiceModelError::Draws(0);
        assert_eq!(
            setting_error(&SettingError::Model(refused.clone())),
            refused.to_string()
        );
    }

    #[test]
    fn missing_money_files_are_named_in_the_studys_words() {
        let text = missing_money_files(&Settings::default());
        assert!(
            text.starts_with("This study has no money files, so there are no customers, revenue"),
            "{text}"
        );
        for file in MONEY_FILES {
            assert!(text.contains(neutral_name(file)), "{text}");
        }
    }

    #[test]
    fn the_surveyed_range_is_named() {
        assert_eq!(
            outside_surveyed_range(120.0, 1250.5),
            "outside the surveyed range 120–1250.5"
        );
    }
}
