//! Parses the bounds of prices in the price game.

use crate::index_vec::ProductIndex;
use crate::optimizer::equilibrium::PriceBounds;
use crate::optimizer::error::{OptimizerError, RequestError, RequestField};
use crate::optimizer::request::OptimizerRequest;
use crate::simulation::Simulation;
use crate::study::{Cell, Schema, parse_number};

use super::VaryingAttribute;

/// Parses a request's bounds, which are only allowed if the competitors respond.
pub(super) fn parse_bounds(
    simulation: &Simulation,
    request: &OptimizerRequest,
    varying: &[VaryingAttribute],
    errors: &mut Vec<RequestError>,
) -> Vec<(ProductIndex, PriceBounds)> {
    let mut bounds: Vec<(ProductIndex, PriceBounds)> = Vec::new();
    for (entry, text) in request.bound_entries.iter().enumerate() {
        let parsed = match parse_bound(simulation, varying, text) {
            _ if !request.includes_price_game => Err(OptimizerError::BoundsUnused),
            Ok((product, _)) if bounds.iter().any(|(other, _)| *other == product) => {
                Err(OptimizerError::DuplicateBounds)
            }
            parsed => parsed,
        };
        match parsed {
            Ok(parsed) => bounds.push(parsed),
            Err(error) => errors.push(RequestError::new(RequestField::Bounds(entry), error)),
        }
    }
    bounds
}

/// Parses `ID=LOW:HIGH`; the id may contain the separators.
fn parse_bound(
    simulation: &Simulation,
    varying: &[VaryingAttribute],
    text: &str,
) -> Result<(ProductIndex, PriceBounds), OptimizerError> {
    let (study, scenario) = (simulation.selected(), simulation.scenario());
    let (id, ends) = text.rsplit_once('=').ok_or(OptimizerError::NoBounds)?;
    let (low, high) = ends.split_once(':').ok_or(OptimizerError::NoBounds)?;
    let product = scenario
        .find(id)
        .ok_or_else(|| scenario.unknown_offer(id))?;
    let monthly = study.schema.monthly.ok_or(OptimizerError::NoPrices)?;
    let is_varied =
        |other: &VaryingAttribute| other.product == product && other.attribute == monthly;
    if varying.iter().any(is_varied) {
        return Err(OptimizerError::BoundsVary);
    }
    let [low, high] = [parse_number(low.trim())?, parse_number(high.trim())?];
    for value in [low, high] {
        study.schema.check_number(monthly, value)?;
        let mut cells = scenario.offers()[product].cells.clone();
        cells[monthly] = Cell::Number(value);
        study.schema.check_together(monthly, &cells)?;
    }
    if low >= high {
        return Err(OptimizerError::NoBounds);
    }
    let price = Schema::cell(&scenario.offers()[product], Some(monthly)).number();
    match price {
        Some(price) if (low..=high).contains(&price) => Ok((product, PriceBounds { low, high })),
        Some(price) => Err(OptimizerError::PriceOutsideBounds { price }),
        None => Err(OptimizerError::NoPrices),
    }
}
