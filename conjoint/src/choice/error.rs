//! What can be wrong with a method.

use super::ChoiceModel;
use crate::study::ProductId;

/// A setting that cannot be used, with what would be right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ChoiceModelError {
    /// A scale factor that leaves no probabilities.
    #[error("the scale factor {0} cannot be used; give a number above 0, at most {max}", max = ChoiceModel::LARGEST_SCALE)]
    Scale(f64),
    /// Too few or too many draws.
    #[error("{0} draws a respondent cannot be made; give a number from 1 to {max}", max = ChoiceModel::MOST_DRAWS)]
    Draws(u32),
    /// A utility of None that is none.
    #[error("the utility {0} of None cannot be used; give a number from -{max} to {max}", max = ChoiceModel::LARGEST_UTILITY)]
    NoneUtility(f64),
    /// None was not asked for in the survey.
    #[error("the study has no column `None` of utilities; give None a utility")]
    NoneNotSurveyed,
    /// Two values for one product.
    #[error("there are two values for {0}; give one")]
    DuplicateProduct(ProductId),
    /// An availability that is no share.
    #[error(
        "the availability {share} of {id} is no share of the market; give a number from 0 to 1"
    )]
    Availability {
        /// The product.
        id: ProductId,
        /// What was given.
        share: f64,
    },
    /// A constant that is no utility.
    #[error("the constant {constant} of {id} cannot be used; give a number from -{max} to {max}", max = ChoiceModel::LARGEST_UTILITY)]
    Constant {
        /// The product.
        id: ProductId,
        /// What was given.
        constant: f64,
    },
    /// A segment that the study does not have.
    #[error("there is no segment `{name}`; the segments are {known}")]
    UnknownSegment {
        /// The name given.
        name: String,
        /// The segments' names.
        known: String,
    },
    /// A brand that the study does not have.
    #[error("there is no brand `{name}`; the brands are {known}")]
    UnknownBrand {
        /// The name given.
        name: String,
        /// The brands' names.
        known: String,
    },
    /// A product that is not among the offers.
    #[error("there is no offer {id}; the offers are {known}")]
    UnknownProduct {
        /// The id given.
        id: String,
        /// The offers' ids.
        known: String,
    },
    /// The selection leaves no respondent.
    #[error(
        "no respondent with a weight above 0 is in the chosen segments and has one of the chosen brands today; choose more of them"
    )]
    NoRespondents,
}
