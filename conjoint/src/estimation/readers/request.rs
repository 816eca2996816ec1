//! What the user says about the files.

use crate::estimation::tasks::AttributeKind;
use crate::format::tabular::InputFile;

/// What becomes of None.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum NoneRequest {
    /// Alternatives without any attribute, those that a column `no_choice` marks, and answers that
    /// name one alternative more than there are.
    #[default]
    Auto,
    /// Those with 1 in the column of this name.
    Column(String),
    /// None is left out, and with it every task in which it was chosen.
    Ignore,
}

/// Which tasks only check the estimates.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Holdout {
    /// None of them.
    #[default]
    Empty,
    /// The last tasks of each respondent.
    Last(usize),
    /// The tasks with these names.
    Named(Vec<String>),
}

/// What the user says about the files. By default, everything is found out.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SurveyRequest {
    /// The column of respondents.
    pub respondent: Option<String>,
    /// The column of tasks.
    pub task: Option<String>,
    /// The column of alternatives.
    pub alternative: Option<String>,
    /// The column of choices, or of ratings.
    pub choice: Option<String>,
    /// The column of respondents' weights.
    pub weight: Option<String>,
    /// The attributes, with their kinds; empty if they are to be found out.
    pub attributes: Vec<(String, Option<AttributeKind>)>,
    /// What becomes of None.
    pub none: NoneRequest,
    /// Which tasks only check the estimates.
    pub holdout: Holdout,
    /// Whether the answers are ratings.
    pub has_ratings: bool,
    /// A file with names of attributes and levels; it travels next to messages, not in them.
    #[serde(skip)]
    pub labels: Option<InputFile>,
}
