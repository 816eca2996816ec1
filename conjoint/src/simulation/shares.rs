//! Shares of products, brands and None.

use super::Simulation;
use crate::choice::{Choices, Demand};
use crate::index_vec::{BrandIndex, IndexVec, ProductIndex, SegmentIndex};
use crate::stats::bootstrap::means;
use crate::study::{Offer, Study};

/// The shares of one product. Shares are of all included respondents by weight, 0–1.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ProductShare {
    /// The share of respondents who choose the product by the rule; those who choose None are in the
    /// denominator.
    pub share: f64,
    /// The part of `share` that is in each segment.
    pub share_by_segment: IndexVec<SegmentIndex, f64>,
    /// The number of respondents whose first choice it is, not weighted.
    pub respondents: u32,
    /// The share of respondents whose first choice it is.
    pub first_choice: f64,
    /// The mean probability by share of preference.
    pub logit: f64,
    /// The part of `first_choice` that is in each segment.
    pub first_choice_by_segment: IndexVec<SegmentIndex, f64>,
}

impl Simulation {
    /// The shares of every product, live.
    pub fn shares(&self) -> IndexVec<ProductIndex, ProductShare> {
        product_shares(&self.selected, &self.live, self.scenario.offers())
    }

    /// The shares of every product of the study, at the baseline.
    pub fn baseline_shares(&self) -> &IndexVec<ProductIndex, ProductShare> {
        &self.baseline.shares
    }

    /// The share of every brand's products by the rule, live, 0–1.
    pub fn brand_shares(&self) -> IndexVec<BrandIndex, f64> {
        let (demand, offers) = (self.live.demand(), self.scenario.offers());
        let all = self.selected.respondents.total_weight();
        shares_by_brand(&self.selected, demand, offers, all)
    }

    /// The share of every brand's products by the rule, at the baseline, 0–1.
    pub fn baseline_brand_shares(&self) -> IndexVec<BrandIndex, f64> {
        let (demand, offers) = (self.baseline().demand(), &self.selected.offers);
        let all = self.selected.respondents.total_weight();
        shares_by_brand(&self.selected, demand, offers, all)
    }

    /// The share of a segment's respondents who choose each product by the rule, live, 0–1. Those who
    /// choose None are in the denominator. `None` if no respondent of the segment is included.
    pub fn segment_shares(&self, segment: SegmentIndex) -> Option<IndexVec<ProductIndex, f64>> {
        let respondents = &self.selected.respondents;
        let members = respondents.segments.iter().zip(&respondents.weights);
        let members = members.filter(|(other, _)| **other == segment);
        let all: f64 = members.map(|(_, weight)| weight).sum();
        let products = self.scenario.offers().indices();
        let demand = self.live.demand();
        let shares = products.map(|product| demand.get(product, segment) / all);
        (all > 0.0).then(|| shares.collect())
    }

    /// The share of respondents who choose None by the rule, live, 0–1.
    pub fn none_share(&self) -> f64 {
        self.live.demand().none_total() / self.selected.respondents.total_weight()
    }

    /// The share of respondents who choose None by the rule, at the baseline, 0–1.
    pub fn baseline_none_share(&self) -> f64 {
        self.baseline().demand().none_total() / self.selected.respondents.total_weight()
    }

    /// The brand with the largest share at the baseline; of several, the first in file order. `None` in
    /// a study without brands.
    pub fn leading_brand(&self) -> Option<BrandIndex> {
        let shares = self.baseline_brand_shares();
        // In reverse, because `max_by` returns the last of several maxima.
        let brands = shares.indices().rev();
        brands.max_by(|one, other| shares[*one].total_cmp(&shares[*other]))
    }
}

/// The shares of every product.
pub(super) fn product_shares(
    study: &Study,
    choices: &Choices,
    offers: &IndexVec<ProductIndex, Offer>,
) -> IndexVec<ProductIndex, ProductShare> {
    let people = &study.respondents;
    let (weights, all) = (people.weights.as_slice(), people.total_weight());
    let (first_choices, demand) = (choices.first_choice_demand(), choices.demand());
    let product_share = |(product, logit)| {
        let by_segment = |demand: &Demand| {
            let segments = study.segments.indices();
            segments
                .map(|segment| demand.get(product, segment) / all)
                .collect()
        };
        let respondents = people.count_people(choices.tally().total(product) as usize);
        ProductShare {
            share: demand.total(product) / all,
            share_by_segment: by_segment(demand),
            respondents: u32::try_from(respondents).unwrap_or(u32::MAX),
            first_choice: first_choices.total(product) / all,
            logit,
            first_choice_by_segment: by_segment(first_choices),
        }
    };
    let logit = means(choices.probabilities(), weights);
    offers.indices().zip(logit).map(product_share).collect()
}

/// The demand for every brand's products as a share of `all`, the sum of the respondents' weights.
pub(crate) fn shares_by_brand(
    study: &Study,
    demand: &Demand,
    offers: &IndexVec<ProductIndex, Offer>,
    all: f64,
) -> IndexVec<BrandIndex, f64> {
    let mut sums: IndexVec<BrandIndex, f64> = vec![0.0; study.brands.len()].into();
    for (product, offer) in offers.enumerate() {
        if let Some(brand) = study.schema.brand_of(offer) {
            sums[brand] += demand.total(product);
        }
    }
    sums.iter().map(|sum| sum / all).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::index_vec::Position;
    use crate::study::Cell;
    use crate::testing::generate_study;

    /// First-choice shares of products summed by brand.
    fn sum_by_brand(
        study: &Study,
        offers: &IndexVec<ProductIndex, Offer>,
        shares: &IndexVec<ProductIndex, ProductShare>,
    ) -> IndexVec<BrandIndex, f64> {
        let sum = |brand| {
            let pairs = offers.iter().zip(shares);
            let pairs = pairs.filter(|(offer, _)| study.schema.brand_of(offer) == Some(brand));
            pairs.map(|(_, share)| share.first_choice).sum()
        };
        study.brands.indices().map(sum).collect()
    }

    fn assert_near(found: &IndexVec<BrandIndex, f64>, expected: &IndexVec<BrandIndex, f64>) {
        for (found, expected) in found.iter().zip(expected) {
            assert!(
                (found - expected).abs() < 1e-12,
                "{found} is not {expected}"
            );
        }
    }

    #[test]
    fn the_share_of_a_brand_is_the_sum_over_its_products() {
        let study = Arc::new(generate_study(3, &[("Gen X", 80)]));
        let mut simulation = Simulation::new(Arc::clone(&study));
        let mut scenario = simulation.scenario().clone();
        let leader = simulation.leading_brand().unwrap();
        for product in study.offers.indices() {
            if study.schema.brand_of(&study.offers[product]) == Some(leader) {
                scenario.set_withdrawn(&study, product, true).unwrap();
            }
        }
        simulation.set_scenario(scenario);
        let baseline = simulation.baseline_brand_shares();
        let shares = simulation.baseline_shares();
        assert_near(&baseline, &sum_by_brand(&study, &study.offers, shares));
        assert!(baseline.iter().all(|share| *share <= baseline[leader]));
        let live = simulation.brand_shares();
        let offers = simulation.scenario().offers();
        assert_near(&live, &sum_by_brand(&study, offers, &simulation.shares()));
        assert_eq!(live[leader], 0.0);
        assert!((live.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // Edits do not change the baseline.
        assert_eq!(simulation.leading_brand(), Some(leader));
        assert_eq!(
            *simulation.baseline_shares(),
            Simulation::new(study).shares()
        );
    }

    #[test]
    fn the_first_of_several_tied_brands_leads() {
        let mut study = generate_study(3, &[("Gen X", 80)]);
        let brand = study.schema.brand;
        study.respondents.part_worths.fill(0.0);
        // All offers tie, so that the first one gets all respondents; then no offer has a brand.
        let leading = |study: &Study| Simulation::new(Arc::new(study.clone())).leading_brand();
        let first = study
            .schema
            .brand_of(&study.offers[ProductIndex::from_index(12)]);
        study.offers[ProductIndex::from_index(0)].cells[brand] =
            study.offers[ProductIndex::from_index(12)].cells[brand];
        assert_eq!(leading(&study), first);
        for product in study.offers.indices().collect::<Vec<_>>() {
            study.offers[product].cells[brand] = Cell::Empty;
            study.offers[product].withdrawn = true;
        }
        assert_eq!(leading(&study), Some(BrandIndex::from_index(0)));
    }
}
