//! RSGHB: parameters under the names that the analyst gave them; dummies lack their base level.

use super::super::draft::Conventions;
use super::super::source::Candidate;
use super::super::wide::WidePreset;
use super::{Importer, has_column};

/// See the module.
pub(super) struct Rsghb;

impl Importer for Rsghb {
    fn id(&self) -> &'static str {
        "rsghb"
    }

    fn label(&self) -> &'static str {
        "RSGHB: *_C.csv"
    }

    fn detect(&self, candidate: &Candidate<'_>) -> bool {
        let stem = candidate
            .file
            .rsplit_once('.')
            .map_or(candidate.file, |(stem, _)| stem);
        stem.ends_with("_C") && has_column(candidate, |name| name == "Respondent")
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
