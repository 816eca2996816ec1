//! JMP: `Brand[Alba]` in effects coding, without the last level of each attribute.

use super::super::draft::Conventions;
use super::super::patterns::Pattern;
use super::super::source::Candidate;
use super::super::wide::WidePreset;
use super::{Importer, has_pattern};

/// See the module.
pub(super) struct Jmp;

impl Importer for Jmp {
    fn id(&self) -> &'static str {
        "jmp"
    }

    fn label(&self) -> &'static str {
        "JMP: subject estimates"
    }

    fn detect(&self, candidate: &Candidate<'_>) -> bool {
        has_pattern(candidate, |pattern| pattern == Pattern::Brackets)
    }

    fn preset(&self) -> WidePreset {
        WidePreset {
            conventions: Conventions {
                omits_last_level: true,
                ..Conventions::default()
            },
            ..WidePreset::default()
        }
    }
}
