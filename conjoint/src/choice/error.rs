//! What can be wrong with a choice model.

use super::ChoiceModel;
use crate::study::ProductId;

/// A setting that is invalid for the study, with what would be valid.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ChoiceModelError {
    /// A scale factor that gives no probabilities.
    #[error("the scale factor {0} is out of range; use a number above 0, at most {max}", max = ChoiceModel::LARGEST_SCALE)]
    Scale(f64),
    /// A rule that computes probabilities, for utilities on another scale than that of the choices.
    #[error(
        "the utilities are rescaled (zero-centered diffs or ratings), so there are no probabilities, only first choice; fit a scale factor to known shares first, with `conjoint calibrate --fit-scale`, and give it as the scale factor"
    )]
    Rescaled,
    /// Too few or too many draws.
    #[error("{0} draws per respondent are out of range; use a number from 1 to {max}", max = ChoiceModel::MOST_DRAWS)]
    Draws(u32),
    /// A utility of None that is out of range or not a number.
    #[error("the utility {0} of None is out of range; use a number from -{max} to {max}", max = ChoiceModel::LARGEST_UTILITY)]
    NoneUtility(f64),
    /// The survey did not measure the utility of None.
    #[error("the study has no column `None` of utilities; give None a utility")]
    NoneNotSurveyed,
    /// A study without posterior draws.
    #[error("the study has no posterior draws (`draws.npy`); use the uncertainty of respondents")]
    NoDraws,
    /// Two values for one product.
    #[error("offer {0} has two values; give only one")]
    DuplicateProduct(ProductId),
    /// An availability that is not a share.
    #[error(
        "the availability {share} of {id} is not a share of the market; use a number from 0 to 1"
    )]
    Availability {
        /// The product.
        id: ProductId,
        /// The availability.
        share: f64,
    },
    /// A constant that is out of range or not a number.
    #[error("the constant {constant} of {id} is out of range; use a number from -{max} to {max}", max = ChoiceModel::LARGEST_UTILITY)]
    Constant {
        /// The product.
        id: ProductId,
        /// The constant.
        constant: f64,
    },
    /// A scale of errors that is out of range or not a number.
    #[error("the error scale {0} is out of range; use a number above 0 and up to {max}", max = ChoiceModel::LARGEST_ERROR_SCALE)]
    ErrorScale(f64),
    /// An attribute that was not surveyed, or that the study does not have.
    #[error("there is no surveyed attribute `{name}`; the attributes are {known}")]
    UnknownAttribute {
        /// The name.
        name: String,
        /// The names of the surveyed attributes.
        known: String,
    },
    /// A segment that the study does not have.
    #[error("there is no segment `{name}`; the segments are {known}")]
    UnknownSegment {
        /// The name.
        name: String,
        /// The names of the study's segments.
        known: String,
    },
    /// A brand that the study does not have.
    #[error("there is no brand `{name}`; the brands are {known}")]
    UnknownBrand {
        /// The name.
        name: String,
        /// The names of the study's brands.
        known: String,
    },
    /// A product that is not among the offers.
    #[error("there is no offer {id}; the offers are {known}")]
    UnknownProduct {
        /// The id.
        id: String,
        /// The ids of the offers.
        known: String,
    },
    /// The selection excludes every respondent.
    #[error(
        "the selected segments and current brands include no respondent with a weight above 0; select more of them"
    )]
    NoRespondents,
}
