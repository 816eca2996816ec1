//! SPSS Conjoint: `BRAND1`, `PRICE_L` and a constant, in points of a rating.

use super::super::draft::Conventions;
use super::super::scale::Scale;
use super::super::source::Candidate;
use super::super::wide::WidePreset;
use super::{Importer, has_column};

/// See the module.
pub(super) struct Spss;

impl Importer for Spss {
    fn id(&self) -> &'static str {
        "spss"
    }

    fn label(&self) -> &'static str {
        "SPSS Conjoint: UTILITY file, saved as CSV or Excel"
    }

    fn detect(&self, candidate: &Candidate<'_>) -> bool {
        has_column(candidate, |name| name.eq_ignore_ascii_case("constant"))
    }

    fn preset(&self) -> WidePreset {
        WidePreset {
            conventions: Conventions {
                is_uncentered: true,
                has_stems: true,
                ..Conventions::default()
            },
            scale: Some(Scale::Rating),
        }
    }
}
