//! First choice, or maximum utility: everybody chooses the product of highest utility.
//!
//! `P[j] = 1` for the j with `U[j] ≥ U[k]` for all k, else 0. Ties go to the first product in file
//! order; utilities that differ only by rounding tie, and None loses every tie. Suited to considered
//! purchases; shares move in steps of whole respondents (B. K. Orme, "Getting Started with Conjoint
//! Analysis", 2006, chapter 10).

use super::{ChanceSource, ChoiceRule};

/// See the module.
pub(crate) struct FirstChoice;

impl ChoiceRule for FirstChoice {
    fn id(&self) -> &'static str {
        "first-choice"
    }

    fn label(&self) -> &'static str {
        "First choice"
    }

    fn summary(&self) -> &'static str {
        "Everybody takes the offer of highest utility"
    }

    fn formula(&self) -> &'static str {
        "everybody takes the product of highest utility: j with U[j] ≥ U[k] for all k"
    }

    fn chance_source(&self) -> ChanceSource {
        ChanceSource::FirstChoices
    }

    fn cost(&self, _draws: u32) -> u64 {
        1
    }

    fn uses_scale(&self) -> bool {
        false
    }
}
