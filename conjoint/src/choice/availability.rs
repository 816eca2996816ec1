//! Which respondents can buy a product of limited availability.
//!
//! In every segment of the full study, the given share of respondents can buy the product, by weight
//! and rounded. The order in which respondents qualify follows from the seed, the product's id and the
//! respondents' ids. It is the same for every share, so that nobody loses a product when it becomes more
//! widely available, and it does not depend on the order of a file, on the rule or on the selection.

use std::collections::BTreeSet;

use super::ChoiceModel;
use super::hash::seeded_hash;
use crate::index_vec::RespondentIndex;
use crate::stats::sort::stable_sort;
use crate::study::{ProductId, Study};

/// The respondents who cannot buy the product, by their positions among the included ones.
pub(super) fn find_excluded(
    study: &Study,
    model: &ChoiceModel,
    id: &ProductId,
    share: f64,
) -> Vec<usize> {
    let buyers = find_buyers(study, model.seed, id, share);
    let respondents = study.respondents().ids().indices();
    let included = respondents
        .filter(|respondent| model.includes(study, *respondent))
        .enumerate();
    let excluded = included.filter(|(_, respondent)| !buyers.contains(respondent));
    excluded.map(|(position, _)| position).collect()
}

/// The respondents of the full study who can buy the product.
fn find_buyers(study: &Study, seed: u64, id: &ProductId, share: f64) -> BTreeSet<RespondentIndex> {
    let respondents = study.respondents();
    let mut buyers = BTreeSet::new();
    for segment in study.segments().indices() {
        let members = respondents
            .segments()
            .enumerate()
            .filter(|(_, other)| **other == segment);
        let ranked: Vec<(u64, RespondentIndex)> = members
            .map(|(respondent, _)| {
                let names = [id.as_str(), &respondents.ids()[respondent]];
                (seeded_hash(seed, &names), respondent)
            })
            .collect();
        let weights = ranked
            .iter()
            .map(|(_, respondent)| respondents.weights()[*respondent]);
        let wanted = share * weights.sum::<f64>();
        let mut before = 0.0;
        for (_, respondent) in stable_sort(ranked, |one, other| one.0.cmp(&other.0)) {
            let weight = respondents.weights()[respondent];
            // A respondent who would exceed the share by more than half of their weight cannot buy.
            if before + weight / 2.0 <= wanted && share > 0.0 {
                buyers.insert(respondent);
            }
            before += weight;
        }
    }
    buyers
}
