//! Who can buy a product that only a part of the market can buy.
//!
//! A respondent either can or cannot, whatever the rule and whoever counts: of every segment of the
//! whole study, so many as the share says, by weight and rounded, can, in an order that is drawn
//! from the seed, the product's and the respondents' ids. The order is the same for every share, so
//! that nobody loses a product when it becomes available to more, and no position in a file
//! matters.

use std::collections::BTreeSet;

use crate::index_vec::RespondentIndex;
use crate::stats::quantile::sorted;
use crate::study::ProductId;
use crate::study::Study;

use super::{ChoiceModel, hash};

/// The respondents who cannot buy the product, by their places among those who count.
pub(super) fn without(
    study: &Study,
    model: &ChoiceModel,
    id: &ProductId,
    share: f64,
) -> Vec<usize> {
    let can = who_can(study, model.seed, id, share);
    let counting = study.respondents().ids().indices();
    let counting = counting
        .filter(|who| model.includes(study, *who))
        .enumerate();
    let without = counting.filter(|(_, who)| !can.contains(who));
    without.map(|(place, _)| place).collect()
}

fn who_can(study: &Study, seed: u64, id: &ProductId, share: f64) -> BTreeSet<RespondentIndex> {
    let people = study.respondents();
    let mut can = BTreeSet::new();
    for segment in study.segments().indices() {
        let own = people
            .segments()
            .enumerate()
            .filter(|(_, s)| **s == segment);
        let ranked: Vec<(u64, RespondentIndex)> = own
            .map(|(who, _)| (hash(seed, &[id.as_str(), &people.ids()[who]]), who))
            .collect();
        let weights = ranked.iter().map(|(_, who)| people.weights()[*who]);
        let wanted = share * weights.sum::<f64>();
        let mut before = 0.0;
        for (_, who) in sorted(ranked, |one, other| one.0.cmp(&other.0)) {
            let weight = people.weights()[who];
            // Who would pass the share by more than half of themselves is out.
            if before + weight / 2.0 <= wanted && share > 0.0 {
                can.insert(who);
            }
            before += weight;
        }
    }
    can
}
