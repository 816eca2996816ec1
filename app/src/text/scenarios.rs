//! What there is to say about saved scenarios.

use crate::format::count;

/// Where there is no scenario.
pub const NO_SCENARIOS: &str =
    "None is saved yet. A scenario is all edits of the offers, under a name.";

/// A scenario without a name.
pub const NAME_MISSING: &str = "Give the scenario a name first.";

/// A scenario was saved.
pub fn scenario_saved(name: &str) -> String {
    format!("“{name}” was saved.")
}

/// Another scenario has the name.
pub fn name_exists(name: &str) -> String {
    format!("There is a scenario “{name}” already.")
}

/// A scenario was deleted.
pub fn scenario_deleted(name: &str) -> String {
    format!("“{name}” was deleted.")
}

/// A scenario was taken up.
pub fn scenario_loaded(name: &str) -> String {
    format!("“{name}” is what the pages show now.")
}

/// What a scenario consists of, and whether it is what the pages show.
pub fn scenario_summary(edits: usize, current: bool) -> String {
    let edits = match edits {
        0 => "the study's own offers".to_owned(),
        1 => "1 edit".to_owned(),
        _ => format!("{} edits", count(edits)),
    };
    edits + if current { ", as edited now" } else { "" }
}

/// As many are compared as can be.
pub fn comparison_full(most: usize, name: &str) -> String {
    format!("{most} scenarios are compared already; leave one out before you take “{name}” in.")
}

/// A file was taken in, of which some were there before, and which may be another study's, of that
/// title.
pub fn import_summary(scenarios: usize, before: usize, other: Option<&str>) -> String {
    let mut told = match scenarios {
        1 => "1 scenario was taken in.".to_owned(),
        _ => format!("{} scenarios were taken in.", count(scenarios)),
    };
    if before > 0 {
        told += &format!(" There already: {}.", count(before));
    }
    match other {
        None => told,
        Some(title) => format!(
            "{told} The file is of another study, “{title}”; check that the ids mean the same \
             offers."
        ),
    }
}

/// The browser does not keep the scenarios.
pub fn scenarios_not_stored(reason: &str) -> String {
    format!(
        "This browser does not keep the scenarios: {reason}. Export them before you leave the page."
    )
}
