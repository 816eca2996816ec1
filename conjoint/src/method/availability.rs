//! Who can buy a product that only a part of the market can buy.
//!
//! A respondent either can or cannot, whatever the rule: of every segment, so many as the share
//! says (rounded) can, in an order that is drawn from the seed, the product's and the respondents'
//! ids. The order is the same for every share, so that nobody loses a product when it becomes
//! available to more, and no position in a file matters.

use crate::indexed::{Position, RespondentIndex};
use crate::order::sorted;
use crate::scenario::ProductId;
use crate::study::Study;

use super::hash;

/// The respondents who cannot buy the product.
pub(super) fn without(study: &Study, seed: u64, id: &ProductId, share: f64) -> Vec<usize> {
    let people = study.respondents();
    let mut excluded = Vec::new();
    for segment in study.segments().indices() {
        let own = people
            .segments()
            .enumerate()
            .filter(|(_, s)| **s == segment);
        let ranked: Vec<(u64, RespondentIndex)> = own
            .map(|(who, _)| (hash(seed, &[id.as_str(), &people.ids()[who]]), who))
            .collect();
        let can = (share * ranked.len() as f64).round() as usize;
        let ranked = sorted(ranked, |one, other| one.0.cmp(&other.0));
        excluded.extend(ranked.iter().skip(can).map(|(_, who)| who.get()));
    }
    excluded
}
