//! Purchase likelihood: respondents judge each product separately.
//!
//! `P[j] = exp(s·U[j]) / (exp(s·N) + exp(s·U[j]))` with s the scale factor and N the utility of None,
//! or 0 without None: the binary logit (D. R. Cox, "The regression analysis of binary sequences",
//! 1958). The chances of a respondent do not sum to 1, because nobody chooses between the products.

use nalgebra::DMatrix;

use super::{ChanceInputs, ChanceSource, ChoiceRule, LOGIT_COST, Rule};

/// See the module.
pub(crate) struct PurchaseLikelihood;

impl ChoiceRule for PurchaseLikelihood {
    fn id(&self) -> &'static str {
        "purchase-likelihood"
    }

    fn label(&self) -> &'static str {
        "Purchase likelihood"
    }

    fn summary(&self) -> &'static str {
        "Every offer judged by itself"
    }

    fn formula(&self) -> &'static str {
        "P[j] = exp(s·U[j]) / (exp(s·N) + exp(s·U[j])), each product by itself, N = 0 without None"
    }

    fn chance_source(&self) -> ChanceSource {
        ChanceSource::Computed(likelihoods)
    }

    fn cost(&self, _draws: u32) -> u64 {
        // The probabilities of the logit are computed as well.
        2 * LOGIT_COST
    }

    fn compares_products(&self) -> bool {
        false
    }

    fn linearize_share(&self, share: f64) -> f64 {
        (share / (1.0 - share)).ln()
    }

    fn closed_form(&self) -> Rule {
        Rule::PurchaseLikelihood
    }
}

/// Writes every respondent's likelihood of buying each product into `chances`.
fn likelihoods(inputs: &ChanceInputs<'_>, chances: &mut DMatrix<f64>) {
    let chooser = inputs.chooser;
    let respondents = chooser.none.len();
    let columns = inputs.utilities.as_slice().chunks_exact(respondents);
    let chances = chances.as_mut_slice().chunks_exact_mut(respondents);
    for (column, utilities) in chances.zip(columns) {
        let pairs = column.iter_mut().zip(utilities);
        for ((chance, utility), none) in pairs.zip(chooser.separate_alternatives()) {
            *chance = (1.0 + (chooser.scale * (none - utility)).exp()).recip();
        }
    }
}
