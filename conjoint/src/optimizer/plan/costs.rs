//! Costs of attribute values: an amount per customer and month that a product's value adds.
//!
//! A product's added cost is `Σ_a (cost(value) − cost(value in the study))` over its attributes a,
//! currency a customer and month; the costs of the study's own offers are in the brand's margin
//! already. Every customer who pays the product's price costs that much more, so a brand's EBIT
//! falls by `Σ_s (R+J)·ĉ[b,s]` in the terms of [`crate::market`]. `ĉ[b,s]` is averaged as the price
//! in `ARPU_new[b,s]` is: over the respondents in `n[b,s]`, with the same fallbacks.

use crate::choice::utility::interpolate;
use crate::index_vec::{AttributeIndex, ProductIndex};
use crate::optimizer::error::OptimizerError;
use crate::simulation::scenario::Scenario;
use crate::stats::sort::stable_sort;
use crate::study::{Cell, Offer, Study};

/// The costs of some values of some attributes, currency a customer and month.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::optimizer) struct ValueCosts {
    /// Each attribute with the values that have a cost, ascending if they are numbers.
    pub(super) attributes: Vec<(AttributeIndex, Vec<(Cell, f64)>)>,
}

impl ValueCosts {
    /// Adds the cost of a value.
    ///
    /// # Errors
    /// The value has a cost already.
    pub(super) fn add(
        &mut self,
        attribute: AttributeIndex,
        value: Cell,
        amount: f64,
    ) -> Result<(), OptimizerError> {
        let mut attributes = self.attributes.iter();
        let place = attributes.position(|(other, _)| *other == attribute);
        let place = place.unwrap_or_else(|| {
            self.attributes.push((attribute, Vec::new()));
            self.attributes.len() - 1
        });
        if let Some((_, costs)) = self.attributes.get_mut(place) {
            if costs.iter().any(|(other, _)| *other == value) {
                return Err(OptimizerError::DuplicateCost);
            }
            costs.push((value, amount));
            *costs = stable_sort(std::mem::take(costs), |(one, _), (other, _)| {
                one.amount().total_cmp(&other.amount())
            });
        }
        Ok(())
    }

    /// The cost of an offer in excess of the study's own offer that it is, or is a copy of,
    /// currency a customer and month.
    pub(in crate::optimizer) fn compute_added(
        &self,
        study: &Study,
        scenario: &Scenario,
        product: ProductIndex,
        offer: &Offer,
    ) -> f64 {
        let original = &study.offers[scenario.origin(product)];
        let costs = self.attributes.iter().map(|(attribute, costs)| {
            interpolate_cost(costs, offer.cells[*attribute])
                - interpolate_cost(costs, original.cells[*attribute])
        });
        costs.sum()
    }
}

/// The cost of a value. Numbers are interpolated linearly; beyond the outermost number its cost
/// holds. A level without a cost costs nothing.
fn interpolate_cost(costs: &[(Cell, f64)], value: Cell) -> f64 {
    let Cell::Number(number) = value else {
        let listed = costs.iter().find(|(cell, _)| *cell == value);
        return listed.map_or(0.0, |(_, cost)| *cost);
    };
    let above = costs.partition_point(|(cell, _)| cell.amount() <= number);
    let below = above.checked_sub(1).and_then(|place| costs.get(place));
    match (below, costs.get(above)) {
        (Some((low, low_cost)), Some((high, high_cost))) => {
            let (low, high) = (low.amount(), high.amount());
            interpolate(*low_cost, *high_cost, (number - low) / (high - low))
        }
        (Some((_, cost)), None) | (None, Some((_, cost))) => *cost,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index_vec::{LevelIndex, Position};

    #[test]
    fn costs_of_numbers_are_interpolated_and_costs_of_levels_are_not() {
        let costs = [(20.0, 1.0), (40.0, 5.0)].map(|(value, cost)| (Cell::Number(value), cost));
        let cost_of_number = |value| interpolate_cost(&costs, Cell::Number(value));
        assert_eq!(
            [10.0, 20.0, 30.0, 40.0, 99.0].map(cost_of_number),
            [1.0, 1.0, 3.0, 5.0, 5.0]
        );
        let level = |level| Cell::Level(LevelIndex::from_index(level));
        let costs = [(level(1), 7.0)];
        assert_eq!(
            [level(0), level(1), Cell::Empty].map(|cell| interpolate_cost(&costs, cell)),
            [0.0, 7.0, 0.0]
        );
    }
}
