//! Qualtrics: `Feature: Level` by `ResponseId`.

use super::super::source::Candidate;
use super::{Importer, has_column};

/// See the module.
pub(super) struct Qualtrics;

impl Importer for Qualtrics {
    fn id(&self) -> &'static str {
        "qualtrics"
    }

    fn label(&self) -> &'static str {
        "Qualtrics: individual utilities"
    }

    fn detect(&self, candidate: &Candidate<'_>) -> bool {
        has_column(candidate, |name| name.eq_ignore_ascii_case("responseid"))
    }
}
