//! The product whose price changes in the analyses of prices, and what its best price maximizes.

use conjoint::analysis::price::{PriceError, find_price_attribute, find_priced_offer};
use conjoint::index_vec::{AttributeIndex, LevelIndex, Position, ProductIndex};
use conjoint::optimizer::ObjectiveMeasure;
use conjoint::study::ProductId;
use worker::protocol::{PriceGoal, WorthSelection};

use super::{Live, SimulatedMarket};
use crate::state::State;

/// The product whose price changes, by default the one with the largest share, and the attribute that
/// is the price.
///
/// # Errors
/// Why there is no such product or price.
pub fn priced_product(
    live: &Live,
    state: &State,
) -> Result<(ProductIndex, AttributeIndex), PriceError> {
    let market = &live.market;
    let attribute = find_price_attribute(&market.study, None)?;
    let selected = state.view().priced_product.as_ref();
    let id = selected.or_else(|| largest_offer(market));
    let id = id.map(ProductId::as_str);
    let product = live.check(|simulation| find_priced_offer(simulation, id))?;
    Ok((product, attribute))
}

/// What the best price maximizes: by default EBIT of the product's brand, or its share in a study
/// without money.
pub fn price_goal(state: &State) -> PriceGoal {
    let view = state.view();
    let default = match state.study().has_money() {
        true => ObjectiveMeasure::Ebit,
        false => ObjectiveMeasure::Share,
    };
    PriceGoal {
        product: view.priced_product.clone(),
        measure: view.price_measure.unwrap_or(default),
        brand: view.price_brand.clone(),
    }
}

/// The levels of which the worth to each respondent is shown; `None` while all levels are shown.
pub fn worth_selection(state: &State) -> Option<WorthSelection> {
    let view = state.view();
    let (attribute, level) = view.worth_level.as_ref()?;
    let schema = state.study().schema();
    let attribute = schema.find(attribute)?;
    let names = schema.attributes()[attribute].levels.names();
    let find = |level: &String| {
        let place = names.iter().position(|name| name == level);
        place.map(LevelIndex::from_index)
    };
    Some(WorthSelection {
        product: view.priced_product.clone(),
        attribute,
        level: find(level)?,
        other: view.compared_level.as_ref().and_then(find),
    })
}

/// The offer on the market with the largest share, the first in file order of several.
fn largest_offer(market: &SimulatedMarket) -> Option<&ProductId> {
    let (offers, shares) = (market.scenario.offers(), &market.results.shares);
    let share = |product| shares.get(product).map_or(0.0, |share| share.share);
    // In reverse, because `max_by` returns the last of several maxima.
    let offered = offers.indices().rev();
    let offered = offered.filter(|product| !offers[*product].withdrawn);
    let largest = offered.max_by(|one, other| share(*one).total_cmp(&share(*other)));
    largest.map(|product| &offers[product].id)
}
