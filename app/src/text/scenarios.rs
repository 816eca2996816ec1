//! What the page says about saved scenarios.

use crate::format::count;

/// There are no saved scenarios.
pub const NO_SCENARIOS: &str =
    "No saved scenarios yet. A scenario is a named set of edits to the offers.";

/// The name of a scenario is missing.
pub const NAME_MISSING: &str = "Give the scenario a name first.";

/// A scenario was saved.
pub fn scenario_saved(name: &str) -> String {
    format!("“{name}” was saved.")
}

/// Another scenario has the name.
pub fn name_exists(name: &str) -> String {
    format!("A scenario named “{name}” already exists.")
}

/// A scenario was deleted.
pub fn scenario_deleted(name: &str) -> String {
    format!("“{name}” was deleted.")
}

/// A scenario was loaded.
pub fn scenario_loaded(name: &str) -> String {
    format!("All pages now show “{name}”.")
}

/// What a scenario consists of, and whether the pages show it.
pub fn scenario_summary(edits: usize, is_current: bool) -> String {
    let edits = match edits {
        0 => "the study's own offers".to_owned(),
        1 => "1 edit".to_owned(),
        _ => format!("{} edits", count(edits)),
    };
    edits + if is_current { ", shown now" } else { "" }
}

/// The comparison has as many scenarios as it can have.
pub fn comparison_full(most: usize, name: &str) -> String {
    format!("The comparison has room for {most} scenarios; remove one before you add “{name}”.")
}

/// A file was imported. `existing` of its scenarios were already there; `other_study` is the title
/// of the study that it belongs to, if that is not this one.
pub fn import_summary(imported: usize, existing: usize, other_study: Option<&str>) -> String {
    let mut summary = match imported {
        1 => "Imported 1 scenario".to_owned(),
        _ => format!("Imported {} scenarios", count(imported)),
    };
    if existing > 0 {
        summary += &format!("; {} already existed", count(existing));
    }
    match other_study {
        None => format!("{summary}."),
        Some(title) => format!(
            "{summary}. The file belongs to another study, “{title}”; check that the ids mean the \
             same offers."
        ),
    }
}

/// The browser could not store the scenarios.
pub fn scenarios_not_stored(reason: &str) -> String {
    format!(
        "This browser cannot store the scenarios: {reason}. Export them before you leave the page."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_counts_new_and_existing_scenarios() {
        assert_eq!(import_summary(2, 0, None), "Imported 2 scenarios.");
        assert_eq!(
            import_summary(1, 1_200, None),
            "Imported 1 scenario; 1,200 already existed."
        );
        assert_eq!(
            import_summary(0, 1, Some("Phones")),
            "Imported 0 scenarios; 1 already existed. The file belongs to another study, “Phones”; \
             check that the ids mean the same offers."
        );
    }

    #[test]
    fn a_summary_counts_edits() {
        assert_eq!(scenario_summary(0, false), "the study's own offers");
        assert_eq!(scenario_summary(1, true), "1 edit, shown now");
        assert_eq!(scenario_summary(1_200, false), "1,200 edits");
    }
}
