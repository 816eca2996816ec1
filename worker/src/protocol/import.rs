//! Importing files of other programs: what the user answers, and what is recognized.

use serde::{Deserialize, Serialize};

/// The user's answers to what the files do not say. `None` leaves it to the importer; an empty name of an
/// attribute or a column means that nothing has its role.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportAnswers {
    /// The study's title.
    pub title: Option<String>,
    /// The attribute that is the brand.
    pub brand: Option<String>,
    /// The attribute that is the price.
    pub price: Option<String>,
    /// The sign before amounts of money.
    pub currency: Option<String>,
    /// The surveyed numbers of attributes, in the order of their levels.
    pub numbers: Vec<(String, Vec<f64>)>,
    /// The column of the utility of choosing nothing.
    pub none: Option<String>,
    /// The column that sorts the respondents into segments.
    pub segment: Option<String>,
    /// The column of the brand that a respondent has today.
    pub owner: Option<String>,
    /// The column of weights.
    pub weight: Option<String>,
    /// Whether utilities on another scale than that of the choices are accepted.
    pub accepts_rescaled: bool,
    /// The products, instead of those in the files or of the proposal.
    pub products: Option<ProductRows>,
}

/// A table of products.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductRows {
    /// The names of the columns: id, model, and every attribute.
    pub columns: Vec<String>,
    /// A row for each product: numbers and names of levels.
    pub rows: Vec<Vec<String>>,
}

/// What picked files are, where they are no study of the page's own format.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Recognition {
    /// Utilities that can be imported.
    Utilities(Box<ImportPreview>),
    /// Choices, from which utilities must be estimated first.
    Choices {
        /// The file.
        file: String,
        /// Their layout, in words.
        layout: String,
    },
}

/// What an import with certain answers gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportPreview {
    /// The answers, with guesses for what had to be answered.
    pub answers: ImportAnswers,
    /// What the files cannot answer.
    pub questions: Vec<ImportQuestion>,
    /// The recognized format, in words.
    pub format: String,
    /// The names of the table's columns: files with the same ones get the same answers.
    pub columns: Vec<String>,
    /// The number of respondents.
    pub respondents: usize,
    /// Respondents who are left out: how many, and why.
    pub left_out: Vec<(usize, String)>,
    /// What was decided without asking, a sentence each.
    pub assumed: Vec<String>,
    /// The first rows of the table with the utilities, unless the file has no table.
    pub table: Option<TablePreview>,
    /// The attributes.
    pub attributes: Vec<AttributePreview>,
    /// Whether the utility of choosing nothing was surveyed.
    pub has_none: bool,
    /// Whether only first choice can be computed from the utilities.
    pub is_rescaled: bool,
    /// The columns that describe the respondents.
    pub groups: Vec<String>,
    /// The products.
    pub products: ProductRows,
}

/// A question that the files cannot answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportQuestion {
    /// The surveyed numbers of an attribute: one for each level, or, for a coefficient per unit, at least
    /// the lowest and the highest.
    Numbers {
        /// The attribute.
        attribute: String,
        /// The number of levels; `None` for a coefficient.
        levels: Option<usize>,
    },
    /// Which of these columns is the utility of choosing nothing.
    None(Vec<String>),
    /// Whether utilities on another scale than that of the choices are accepted.
    Rescaled {
        /// Whether they are points of a rating, and not zero-centered diffs.
        is_rating: bool,
    },
}

/// The first rows of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TablePreview {
    /// The file, with the sheet in brackets in a workbook.
    pub place: String,
    /// What each column was read as, in words.
    pub roles: Vec<String>,
    /// The first rows, headers included.
    pub rows: Vec<Vec<String>>,
}

/// An attribute of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributePreview {
    /// Its name.
    pub name: String,
    /// Whether its levels are numbers.
    pub is_numeric: bool,
    /// Its levels.
    pub levels: Vec<String>,
}
