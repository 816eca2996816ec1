//! Why a calibration fails.

use crate::choice::ChoiceModelError;
use crate::study::ProductId;

/// Why a calibration fails, and how to correct it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CalibrationError {
    /// The choice model is invalid.
    #[error(transparent)]
    Model(#[from] ChoiceModelError),
    /// Shares by first choice change in steps, which neither constants nor a scale factor can fit.
    #[error(
        "first choice cannot be calibrated, because its shares move in steps; choose share of preference, randomized first choice or purchase likelihood"
    )]
    FirstChoice,
    /// Some products on the market have no target.
    #[error(
        "there is no target share for {missing}; give one for every offer that is on the market"
    )]
    MissingTargets {
        /// The products.
        missing: String,
    },
    /// The target's product does not exist or is withdrawn.
    #[error("there is no offer {id} on the market; the offers are {known}")]
    UnknownOffer {
        /// The target's id.
        id: String,
        /// The ids of the offers on the market.
        known: String,
    },
    /// The product has two targets.
    #[error("there are two target shares for {0}; give one")]
    DuplicateTarget(ProductId),
    /// The target is not between 0 and 1.
    #[error("the target share {share} of {id} is out of reach; give a number above 0 and below 1")]
    InvalidShare {
        /// The product.
        id: ProductId,
        /// The target.
        share: f64,
    },
    /// The targets do not sum to 1.
    #[error("the target shares sum to {sum}; they must sum to 1")]
    InvalidSum {
        /// Their sum.
        sum: f64,
    },
    /// The targets leave nothing for None.
    #[error(
        "the target shares sum to {sum}; with None they must sum to less than 1, and None has the rest"
    )]
    NothingForNone {
        /// Their sum.
        sum: f64,
    },
    /// The best scale factor is at the end of the range that is tried.
    #[error(
        "no scale factor fits the target shares: the closest is {0}, at the end of the range that is tried; try constants"
    )]
    NoScale(f64),
    /// The constants do not converge.
    #[error(
        "no constants give {id} its target share {target}: it reaches {share}; check its availability and the target"
    )]
    NotReached {
        /// The product that is farthest from its target.
        id: ProductId,
        /// Its target.
        target: f64,
        /// The share that it reached.
        share: f64,
    },
}
