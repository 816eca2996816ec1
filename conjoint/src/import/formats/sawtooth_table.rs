//! Sawtooth: id, fit, and levels by their labels only, which repeat from attribute to attribute.

use super::super::roles;
use super::super::source::Candidate;
use super::{Importer, has_column};

/// See the module.
pub(super) struct SawtoothTable;

impl Importer for SawtoothTable {
    fn id(&self) -> &'static str {
        "sawtooth-table"
    }

    fn label(&self) -> &'static str {
        "Sawtooth: *_utilities.csv, Lighthouse report (.xlsx), Analysis Manager"
    }

    fn detect(&self, candidate: &Candidate<'_>) -> bool {
        let is_report = |sheet: &String| sheet.to_lowercase().starts_with("individual util");
        let has_respondent = |name: &str| {
            let name = name.to_lowercase();
            name == "respondent" || name.starts_with("sys_")
        };
        candidate.grid.sheet.as_ref().is_some_and(is_report)
            || (has_column(candidate, roles::is_fit) && has_column(candidate, has_respondent))
    }
}
