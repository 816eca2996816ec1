//! The chances by the rule of a choice model, where they are not the first choices or the logit's.

use nalgebra::DMatrix;

use super::Chooser;
use super::draws::OfferErrors;
use super::rules::{ChanceInputs, ChanceSource, ComputeChances, DrawChances};
use crate::index_vec::ProductIndex;
use crate::study::{Offer, Study};

/// The chances by the rule. Matrices are respondents × products.
#[derive(Clone, Debug)]
pub(super) enum RuleChances {
    /// The first choices.
    FirstChoices,
    /// The probabilities of the logit.
    Logit,
    /// What the rule computes from utilities.
    Computed(ComputeChances, DMatrix<f64>),
    /// What the rule computes from utilities with random errors.
    Drawn(DrawChances, OfferErrors, DMatrix<f64>),
}

impl RuleChances {
    /// Room for the chances of that number of products; [`RuleChances::update`] computes them.
    pub(super) fn new(chooser: &Chooser, products: usize) -> Self {
        let empty = || DMatrix::zeros(chooser.none.len(), products);
        match (chooser.rule.chance_source(), &chooser.errors) {
            (ChanceSource::FirstChoices, _) => Self::FirstChoices,
            (ChanceSource::Computed(compute), _) => Self::Computed(compute, empty()),
            (ChanceSource::Drawn(compute), Some(errors)) => {
                let errors = OfferErrors::new(errors, chooser.error_scale, products);
                Self::Drawn(compute, errors, empty())
            }
            // The second does not occur: a chooser has the errors of every rule that uses draws.
            (ChanceSource::Logit, _) | (ChanceSource::Drawn(_), None) => Self::Logit,
        }
    }

    /// Prepares for a new value of an offer.
    pub(super) fn set_offer(&mut self, study: &Study, product: ProductIndex, offer: &Offer) {
        if let Self::Drawn(_, errors, _) = self {
            errors.set(study, product, offer);
        }
    }

    /// Computes the chances.
    pub(super) fn update(&mut self, inputs: &ChanceInputs<'_>) {
        match self {
            Self::FirstChoices | Self::Logit => {}
            Self::Computed(compute, chances) => compute(inputs, chances),
            Self::Drawn(compute, errors, chances) => compute(inputs, errors, chances),
        }
    }
}
