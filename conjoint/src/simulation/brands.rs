//! The money and the tiers of brands.

use super::Simulation;
use crate::index_vec::{BrandIndex, IndexVec, ProductIndex};
use crate::market::{Change, PriceList};
use crate::stats::sort::stable_sort;
use crate::study::Tier;

impl Simulation {
    /// Every brand's money today and after the period, live. `None` in a study without money.
    pub fn brands(&self) -> Option<IndexVec<BrandIndex, Change>> {
        let base = self.customer_base.as_ref()?;
        let prices = PriceList::new(&self.selected, self.scenario.offers());
        Some(base.changes(self.live.demand(), &prices))
    }

    /// Every brand's money today and after the period, at the baseline. `None` in a study without
    /// money.
    pub fn baseline_brands(&self) -> Option<&IndexVec<BrandIndex, Change>> {
        self.baseline.brands.as_ref()
    }

    /// Every brand's tier: the one in the study's files or, if they have none, major for the half of the
    /// brands with the largest shares at the baseline.
    pub fn tiers(&self) -> IndexVec<BrandIndex, Tier> {
        let shares = self.baseline_brand_shares();
        let ranked = stable_sort(shares.indices().collect(), |one, other| {
            shares[*other].total_cmp(&shares[*one])
        });
        let major = &ranked[..ranked.len().div_ceil(2)];
        self.selected
            .brands
            .enumerate()
            .map(|(index, brand)| {
                brand.tier.unwrap_or(if major.contains(&index) {
                    Tier::Major
                } else {
                    Tier::Minor
                })
            })
            .collect()
    }

    /// The brand of every product, live.
    pub(super) fn product_brands(&self) -> IndexVec<ProductIndex, Option<BrandIndex>> {
        let offers = self.scenario.offers().iter();
        offers
            .map(|offer| self.selected.schema.brand_of(offer))
            .collect()
    }
}
