//! The formats, one file each. To add one: its file, its `mod` line, and its line in [`REGISTRY`].

mod choicemodelr;
mod conjointly;
mod displayr;
mod jmp;
mod long;
mod minds;
mod qualtrics;
mod r_conjoint;
mod rsghb;
pub(super) mod sawtooth_hbu;
mod sawtooth_table;
mod spss;
mod wide_table;

use super::draft::Draft;
use super::error::ImportError;
use super::labels::Labels;
use super::options::ImportOptions;
use super::patterns::{Pattern, find_pattern};
use super::source::Candidate;
use super::wide::{self, WidePreset};

/// A format of tables.
pub(crate) trait Importer: Sync {
    /// Its id in options and results.
    fn id(&self) -> &'static str;

    /// What it is, in words.
    fn label(&self) -> &'static str;

    /// Whether a table has it.
    fn detect(&self, candidate: &Candidate<'_>) -> bool;

    /// What is known about a table that has it.
    fn preset(&self) -> WidePreset {
        WidePreset::default()
    }

    /// Reads a table.
    fn read(
        &self,
        candidate: &Candidate<'_>,
        labels: &Labels,
        options: &ImportOptions,
    ) -> Result<Draft, ImportError> {
        wide::read(&candidate.table, self.preset(), labels, options)
    }
}

/// The formats of tables; the first that recognizes a table reads it.
pub(crate) const REGISTRY: [&dyn Importer; 12] = [
    &long::Long,
    &conjointly::Conjointly,
    &displayr::Displayr,
    &jmp::Jmp,
    &spss::Spss,
    &r_conjoint::RConjoint,
    &minds::Minds,
    &choicemodelr::ChoiceModelR,
    &rsghb::Rsghb,
    &sawtooth_table::SawtoothTable,
    &qualtrics::Qualtrics,
    &wide_table::WideTableFormat,
];

/// Whether the names of most columns of numbers are written in one of these patterns.
fn has_pattern(candidate: &Candidate<'_>, is_wanted: impl Fn(Pattern) -> bool) -> bool {
    let id = candidate.table.id_column();
    let columns = candidate.table.columns.iter();
    let names: Vec<&str> = columns
        .filter(|column| column.is_numeric && Some(column.index) != id)
        .map(|column| column.name.as_str())
        .filter(|name| !super::roles::is_none(name) && !super::roles::is_fit(name))
        .filter(|name| !super::roles::is_weight(name))
        .collect();
    let is_main = |name: &&str| !super::interactions::is_pair(name, &names);
    let names: Vec<&str> = names.iter().copied().filter(is_main).collect();
    find_pattern(&names, false).is_some_and(|(pattern, _)| is_wanted(pattern))
}

/// Whether a table has a column of a name.
fn has_column(candidate: &Candidate<'_>, is_wanted: impl Fn(&str) -> bool) -> bool {
    let mut columns = candidate.table.columns.iter();
    columns.any(|column| is_wanted(&column.name))
}
