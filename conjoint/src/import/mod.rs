//! Utilities of other programs: files in, a study out.
//!
//! [`import`] recognizes which program wrote the files (one file per format in `formats`), reads
//! respondents and columns into a draft, finds out which attribute and level each column is, and
//! proposes what no export says: brand, price and products. What it decides without asking is in
//! [`Imported::assumed`]; what it cannot decide is an [`ImportError::Question`] that names the option.
//!
//! Utilities on another scale than that of the choices are accepted only if the user says so, because
//! probabilities from them would be wrong.

mod assemble;
mod boundaries;
mod choices;
mod dates;
mod draft;
mod error;
mod formats;
mod interactions;
mod labelling;
mod labels;
mod layout;
mod linear;
mod options;
mod patterns;
mod pipeline;
mod products;
mod proposals;
mod respondents;
mod roles;
mod scale;
mod source;
mod structure;
mod table;
mod weights;
mod wide;
mod wide_attributes;

#[cfg(test)]
mod tests;

pub use crate::format::tabular::InputFile;
pub use draft::{ColumnRole, LeftOut};
pub use error::{ImportError, SourcePlace, Unknown};
pub use options::{ImportOptions, RoleAnswer};
pub use pipeline::{import, import_with_progress};
pub use scale::Scale;

use crate::format::StudyFiles;

/// A format that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FormatName {
    /// Its id in options and results.
    pub id: &'static str,
    /// What it is, in words.
    pub label: &'static str,
}

/// All formats, in the order in which they are tried.
pub fn list_formats() -> Vec<FormatName> {
    let hbu = FormatName {
        id: formats::sawtooth_hbu::ID,
        label: formats::sawtooth_hbu::LABEL,
    };
    let tables = formats::REGISTRY.iter().map(|importer| FormatName {
        id: importer.id(),
        label: importer.label(),
    });
    std::iter::once(hbu).chain(tables).collect()
}

/// A study from the files of another program.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The format that was recognized.
    pub format: FormatName,
    /// How many respondents the study has.
    pub respondents: usize,
    /// Respondents that it does not have.
    pub left_out: Vec<LeftOut>,
    /// The attributes, in their order.
    pub attributes: Vec<ImportedAttribute>,
    /// Whether the utility of choosing nothing was surveyed.
    pub has_none: bool,
    /// The scale of the utilities.
    pub scale: Scale,
    /// How many products are on offer.
    pub products: usize,
    /// The attribute that is the brand.
    pub brand: Option<String>,
    /// The attribute that is the price.
    pub price: Option<String>,
    /// What was decided without asking, a sentence each.
    pub assumed: Vec<String>,
    /// The table with the utilities.
    pub table: SourcePlace,
    /// What each column of the table was read as.
    pub columns: Vec<(String, ColumnRole)>,
    /// The columns that describe the respondents, of all files.
    pub groups: Vec<String>,
    /// The column of segments, or the names of those that were combined.
    pub segment: Option<String>,
    /// The column of the brand that a respondent has today.
    pub owner: Option<String>,
    /// The study's files, under their neutral names.
    pub files: StudyFiles,
}

/// An attribute of an imported study.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ImportedAttribute {
    /// Its name.
    pub name: String,
    /// `numeric` or `categorical`.
    pub kind: &'static str,
    /// The names of its levels; numbers with their unit.
    pub levels: Vec<String>,
}
