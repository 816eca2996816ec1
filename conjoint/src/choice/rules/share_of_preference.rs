//! Share of preference: the multinomial logit.
//!
//! `P[j] = exp(s·U[j]) / Σ_k exp(s·U[k])` with s the scale factor and None among the k (D. McFadden,
//! "Conditional logit analysis of qualitative choice behavior", 1974). The higher s, the closer to
//! first choice. Similar products draw from all others in proportion to their shares (independence of
//! irrelevant alternatives).

use super::{ChanceSource, ChoiceRule, LOGIT_COST};

/// See the module.
pub(crate) struct ShareOfPreference;

impl ChoiceRule for ShareOfPreference {
    fn id(&self) -> &'static str {
        "share-of-preference"
    }

    fn label(&self) -> &'static str {
        "Share of preference"
    }

    fn summary(&self) -> &'static str {
        "Everybody's probabilities by multinomial logit"
    }

    fn formula(&self) -> &'static str {
        "P[j] = exp(s·U[j]) / Σ exp(s·U[k]), with None among the k"
    }

    fn chance_source(&self) -> ChanceSource {
        ChanceSource::Logit
    }

    fn cost(&self, _draws: u32) -> u64 {
        LOGIT_COST
    }
}
