//! Displayr and Q: `Brand: Alba` in dummy coding, and constants of the alternatives.

use super::super::draft::Conventions;
use super::super::roles;
use super::super::source::Candidate;
use super::super::wide::WidePreset;
use super::{Importer, has_column};

/// See the module.
pub(super) struct Displayr;

impl Importer for Displayr {
    fn id(&self) -> &'static str {
        "displayr"
    }

    fn label(&self) -> &'static str {
        "Displayr and Q: respondent parameters"
    }

    fn detect(&self, candidate: &Candidate<'_>) -> bool {
        has_column(candidate, roles::is_alternative)
    }

    fn preset(&self) -> WidePreset {
        WidePreset {
            conventions: Conventions {
                is_uncentered: true,
                ..Conventions::default()
            },
            ..WidePreset::default()
        }
    }
}
