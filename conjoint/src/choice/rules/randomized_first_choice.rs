//! Randomized first choice: first choices under random errors of levels and products.
//!
//! `P[j]` is the share of draws in which `s·U[j] + σ·(Σ_a E_a(value of j) + E_j)` is highest, None
//! included (J. Huber, B. Orme and R. Miller, "Dealing with product similarity in conjoint
//! simulations", 1999; B. Orme and J. Huber, "Improving the value of conjoint simulations", Marketing
//! Research 12(4), 2000). Products that share levels share their errors, so that similar products
//! compete more strongly. Attributes can be left out of the similarity, as prices are by default: then
//! their levels have no errors. The scale σ of the errors is a property of the utilities: it is fitted to
//! the shares of the logit at a reference set of offers, or set by hand; see `choice/draws` for both.

use nalgebra::DMatrix;

use super::{ChanceInputs, ChanceSource, ChoiceRule, LOGIT_COST};
use crate::choice::draws::OfferErrors;

/// See the module.
pub(crate) struct RandomizedFirstChoice;

impl ChoiceRule for RandomizedFirstChoice {
    fn id(&self) -> &'static str {
        "rfc"
    }

    fn label(&self) -> &'static str {
        "Randomized first choice"
    }

    fn summary(&self) -> &'static str {
        "Randomized first choice: first choices under random errors"
    }

    fn formula(&self) -> &'static str {
        "the share of draws in which s·U[j] + σ·(errors of the levels + error of the product) is highest"
    }

    fn chance_source(&self) -> ChanceSource {
        ChanceSource::Drawn(win_shares)
    }

    fn cost(&self, draws: u32) -> u64 {
        // The probabilities of the logit are computed as well.
        (2 * LOGIT_COST).max(2 * u64::from(draws))
    }
}

/// Writes every respondent's share of draws that each product wins into `chances`.
fn win_shares(inputs: &ChanceInputs<'_>, errors: &OfferErrors, chances: &mut DMatrix<f64>) {
    let draws = errors.draws();
    errors.count_wins(inputs, errors.scale(), draws, |respondent, wins| {
        for (product, wins) in wins.iter().enumerate() {
            chances[(respondent, product)] = f64::from(*wins) / draws as f64;
        }
    });
}
