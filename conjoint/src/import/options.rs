//! What the user answers before or after the files raise a question.

use super::error::ImportError;
use crate::format::tabular::InputFile;

/// What has a role, such as that of the brand or of the weights.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RoleAnswer {
    /// What the importer proposes.
    #[default]
    Proposed,
    /// Nothing, even if the importer would propose something.
    Nothing,
    /// The attribute or the column with this name.
    Named(String),
}

impl RoleAnswer {
    /// The name that was given.
    pub fn name(&self) -> Option<&String> {
        match self {
            Self::Named(name) => Some(name),
            Self::Proposed | Self::Nothing => None,
        }
    }

    /// Whether it is left to the importer.
    pub fn is_proposed(&self) -> bool {
        *self == Self::Proposed
    }
}

impl From<&str> for RoleAnswer {
    fn from(name: &str) -> Self {
        Self::Named(name.to_owned())
    }
}

/// Answers to the questions that an import can raise. Without any, everything is proposed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportOptions {
    /// The id of the format, if it should not be recognized.
    pub format: Option<String>,
    /// A table of attributes and their levels.
    pub labels: Option<InputFile>,
    /// The products on the market.
    pub products: Option<InputFile>,
    /// The attribute that is the brand.
    pub brand: RoleAnswer,
    /// The attribute that is the price.
    pub price: RoleAnswer,
    /// The columns that sort the respondents into segments; several are combined. `None` leaves it to the
    /// importer, an empty list means none.
    pub segments: Option<Vec<String>>,
    /// The column of the brand that a respondent has today.
    pub owner: RoleAnswer,
    /// The column of weights.
    pub weight: RoleAnswer,
    /// The column of the utility of choosing nothing.
    pub none: RoleAnswer,
    /// The surveyed numbers of attributes, in the order of their levels.
    pub numeric: Vec<(String, Vec<f64>)>,
    /// The lowest and the highest surveyed price.
    pub price_range: Option<(f64, f64)>,
    /// The value at which a linear coefficient was centered, by attribute.
    pub centers: Vec<(String, f64)>,
    /// Whether utilities on another scale than that of the choices are accepted.
    pub accepts_rescaled: bool,
}

impl ImportOptions {
    /// The surveyed numbers that were given for an attribute.
    pub(crate) fn numbers_of(&self, attribute: &str) -> Option<&[f64]> {
        let mut given = self.numeric.iter();
        let found = given.find(|(name, _)| name == attribute);
        found.map(|(_, numbers)| numbers.as_slice())
    }

    /// The center that was given for an attribute.
    pub(crate) fn center_of(&self, attribute: &str) -> Option<f64> {
        let mut given = self.centers.iter();
        let found = given.find(|(name, _)| name == attribute);
        found.map(|(_, center)| *center)
    }

    /// Checks the numbers.
    pub(crate) fn check(&self) -> Result<(), ImportError> {
        for (name, numbers) in &self.numeric {
            let mut sorted = numbers.clone();
            sorted.sort_by(f64::total_cmp);
            let are_distinct = sorted.is_sorted_by(|low, high| low < high);
            if numbers.len() < 2 || !are_distinct || numbers.iter().any(|n| !n.is_finite()) {
                return Err(ImportError::Option {
                    option: format!("--numeric {name}"),
                    problem: "write at least two different numbers, for example 299,499,799"
                        .to_owned(),
                });
            }
        }
        match self.price_range {
            Some((low, high)) if low.total_cmp(&high).is_ge() => Err(ImportError::Option {
                option: "--price-range".to_owned(),
                problem: format!("{low} is not below {high}; write LOW:HIGH, for example 299:1099"),
            }),
            _ => Ok(()),
        }
    }
}
