//! Any other table with a row per respondent.

use super::super::source::Candidate;
use super::Importer;

/// See the module.
pub(super) struct WideTableFormat;

impl Importer for WideTableFormat {
    fn id(&self) -> &'static str {
        "wide-table"
    }

    fn label(&self) -> &'static str {
        "any table with a row per respondent and a column per level"
    }

    fn detect(&self, candidate: &Candidate<'_>) -> bool {
        candidate.table.columns.len() > 1
    }
}
