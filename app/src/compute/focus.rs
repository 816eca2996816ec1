//! The brand in focus, whose results come first, and the order in which offers are listed.

use conjoint::index_vec::{BrandIndex, ProductIndex};
use conjoint::stats::sort::stable_sort;

use super::Live;
use crate::state::State;

/// The brand in focus: the one that the user selected, by default the largest at the baseline.
pub fn focus_brand(live: &Live, state: &State) -> Option<BrandIndex> {
    let selected = state.view().focus_brand.as_deref();
    let selected = selected.and_then(|name| state.study().find_brand(name));
    selected.or(live.market.results.leading_brand)
}

/// The brands in the order in which they are listed: the brand in focus, then as in the study.
pub fn listed_brands(live: &Live, state: &State) -> Vec<BrandIndex> {
    let focus = focus_brand(live, state);
    let brands = state.study().brands().indices().collect();
    stable_sort(brands, |one, other| {
        let is_behind = |brand: &BrandIndex| Some(*brand) != focus;
        is_behind(one).cmp(&is_behind(other))
    })
}

/// The offers in the order in which they are listed: by brand, and as in the study within a brand.
/// Offers without a brand come last.
pub fn listed_offers(live: &Live, state: &State) -> Vec<ProductIndex> {
    let (study, scenario) = (state.study(), state.edits().scenario());
    let brands = listed_brands(live, state);
    let place = |product: &ProductIndex| {
        let brand = study.schema().brand_of(&scenario.offers()[*product]);
        let place = brand.and_then(|brand| brands.iter().position(|other| *other == brand));
        place.unwrap_or(brands.len())
    };
    let offers = scenario.offers().indices().collect();
    stable_sort(offers, |one, other| place(one).cmp(&place(other)))
}
