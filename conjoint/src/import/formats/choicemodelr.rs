//! ChoiceModelR: `A1B2` for level 2 of attribute 1; an attribute with one column is linear.

use super::super::patterns::Pattern;
use super::super::source::Candidate;
use super::{Importer, has_pattern};

/// See the module.
pub(super) struct ChoiceModelR;

impl Importer for ChoiceModelR {
    fn id(&self) -> &'static str {
        "choicemodelr"
    }

    fn label(&self) -> &'static str {
        "ChoiceModelR (also Alchemer's engine): RBetas.csv, and other tables with A1B2"
    }

    fn detect(&self, candidate: &Candidate<'_>) -> bool {
        has_pattern(candidate, |pattern| pattern == Pattern::Code)
    }
}
