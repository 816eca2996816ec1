//! What values cost: an amount a customer and month that a product's value adds.
//!
//! A product's added cost is the sum over its attributes of `cost(value) − cost(value in the
//! study)`: what the study's own offers cost is in the brand's margin already. Whoever pays the
//! product's price costs that much more, so that a brand's EBIT falls by `Σ_s (R+J)·ĉ[b,s]`, in the
//! terms of [`crate::market`], where `ĉ[b,s]` is the mean added cost over the respondents in
//! `n[b,s]`, and without any what stands in for `ARPU_new[b,s]`.

use crate::choice::utility::between;
use crate::index_vec::{AttributeIndex, ProductIndex};
use crate::simulation::scenario::Scenario;
use crate::study::Offer;
use crate::study::{Cell, Study};

/// The costs of the values of some attributes, currency a customer and month.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::optimizer) struct Costs {
    /// Every attribute with the values that have a cost; numbers ascend.
    pub(in crate::optimizer) attributes: Vec<(AttributeIndex, Vec<(Cell, f64)>)>,
}

impl Costs {
    /// What an offer costs more a customer and month than the study's own offer that it is, or is
    /// a copy of: those costs are in the brand's margin already.
    pub(in crate::optimizer) fn added(
        &self,
        study: &Study,
        scenario: &Scenario,
        product: ProductIndex,
        offer: &Offer,
    ) -> f64 {
        let own = &study.offers[scenario.origin(product)];
        let costs = self.attributes.iter().map(|(attribute, costs)| {
            cost(costs, offer.cells[*attribute]) - cost(costs, own.cells[*attribute])
        });
        costs.sum()
    }
}

/// The cost of a value: interpolated linearly between numbers, and that of the outermost beyond.
fn cost(costs: &[(Cell, f64)], value: Cell) -> f64 {
    let Cell::Number(number) = value else {
        let own = costs.iter().find(|(cell, _)| *cell == value);
        return own.map_or(0.0, |(_, cost)| *cost);
    };
    let above = costs.partition_point(|(cell, _)| cell.amount() <= number);
    let below = above.checked_sub(1).and_then(|place| costs.get(place));
    match (below, costs.get(above)) {
        (Some((low, from)), Some((high, to))) => {
            let (low, high) = (low.amount(), high.amount());
            between(*from, *to, (number - low) / (high - low))
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
    fn costs_of_numbers_are_interpolated_and_those_of_names_are_their_own() {
        let costs = [(20.0, 1.0), (40.0, 5.0)].map(|(value, cost)| (Cell::Number(value), cost));
        let of = |value| cost(&costs, Cell::Number(value));
        assert_eq!(
            [10.0, 20.0, 30.0, 40.0, 99.0].map(of),
            [1.0, 1.0, 3.0, 5.0, 5.0]
        );
        let level = |level| Cell::Level(LevelIndex::from_index(level));
        let costs = [(level(1), 7.0)];
        assert_eq!(
            [level(0), level(1), Cell::Empty].map(|cell| cost(&costs, cell)),
            [0.0, 7.0, 0.0]
        );
    }
}
