//! Conjointly: levels are columns named `B2: Kea Lager`, the letter for the attribute, or `B2`.

use super::super::patterns::Pattern;
use super::super::source::Candidate;
use super::{Importer, has_pattern};

/// See the module.
pub(super) struct Conjointly;

impl Importer for Conjointly {
    fn id(&self) -> &'static str {
        "conjointly"
    }

    fn label(&self) -> &'static str {
        "Conjointly: workbook or CSV of individual preferences"
    }

    fn detect(&self, candidate: &Candidate<'_>) -> bool {
        let is_sheet = |sheet: &String| sheet.trim().eq_ignore_ascii_case("individual preferences");
        let has_codes =
            |pattern: Pattern| matches!(pattern, Pattern::LetterLabel | Pattern::Letter);
        candidate.grid.sheet.as_ref().is_some_and(is_sheet) || has_pattern(candidate, has_codes)
    }
}
