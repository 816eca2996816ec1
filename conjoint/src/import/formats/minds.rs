//! 1000minds: preference values in percent, 0 for the lowest level of each attribute.

use super::super::scale::Scale;
use super::super::source::Candidate;
use super::super::wide::WidePreset;
use super::{Importer, has_column};

/// See the module.
pub(super) struct Minds;

impl Importer for Minds {
    fn id(&self) -> &'static str {
        "1000minds"
    }

    fn label(&self) -> &'static str {
        "1000minds: preference values"
    }

    fn detect(&self, candidate: &Candidate<'_>) -> bool {
        let has_percent = |row: usize| {
            (0..candidate.grid.width())
                .any(|column| candidate.grid.text(row, column).ends_with('%'))
        };
        has_column(candidate, |name| name == "Participant")
            && candidate.table.rows().any(has_percent)
    }

    fn preset(&self) -> WidePreset {
        WidePreset {
            scale: Some(Scale::Rating),
            ..WidePreset::default()
        }
    }
}
