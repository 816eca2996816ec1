//! The product whose price moves in the analyses of prices.

use conjoint::analysis::price::{PriceError, find_price_attribute, find_priced_offer};
use conjoint::index_vec::{AttributeIndex, ProductIndex};
use conjoint::simulation::Simulation;
use conjoint::study::ProductId;

use crate::state::State;

/// The product whose price moves, and the attribute that is the price.
///
/// # Errors
/// Why there is no such product or price.
pub fn priced_product(
    simulation: &Simulation,
    state: &State,
) -> Result<(ProductIndex, AttributeIndex), PriceError> {
    let attribute = find_price_attribute(simulation.selected(), None)?;
    let id = state.view().priced_product.as_ref().map(ProductId::as_str);
    Ok((find_priced_offer(simulation, id)?, attribute))
}
