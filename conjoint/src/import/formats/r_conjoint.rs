//! R package conjoint: an intercept and labels of levels, in points of a rating.

use super::super::roles;
use super::super::scale::Scale;
use super::super::source::Candidate;
use super::super::wide::WidePreset;
use super::{Importer, has_column};

/// See the module.
pub(super) struct RConjoint;

impl Importer for RConjoint {
    fn id(&self) -> &'static str {
        "r-conjoint"
    }

    fn label(&self) -> &'static str {
        "R package conjoint: caPartUtilities"
    }

    fn detect(&self, candidate: &Candidate<'_>) -> bool {
        has_column(candidate, |name| {
            roles::is_rating_constant(name) && !name.eq_ignore_ascii_case("constant")
        })
    }

    fn preset(&self) -> WidePreset {
        WidePreset {
            scale: Some(Scale::Rating),
            ..WidePreset::default()
        }
    }
}
