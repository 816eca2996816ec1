//! The choices where one offer is another than in the scenario, one trial after the other.

use crate::choice::Choices;
use crate::index_vec::{IndexVec, ProductIndex};
use crate::simulation::Simulation;
use crate::study::Offer;

/// The offers of a scenario, of which one at a time is changed.
pub(crate) struct Trial<'s> {
    simulation: &'s Simulation,
    choices: Choices,
    offers: IndexVec<ProductIndex, Offer>,
    changed: Option<ProductIndex>,
}

impl<'s> Trial<'s> {
    pub(crate) fn new(simulation: &'s Simulation) -> Self {
        Self {
            simulation,
            choices: simulation.live().clone(),
            offers: simulation.scenario().offers().clone(),
            changed: None,
        }
    }

    /// The choices where that offer alone is changed.
    pub(crate) fn with(
        &mut self,
        product: ProductIndex,
        change: &dyn Fn(&mut Offer),
    ) -> (&Choices, &IndexVec<ProductIndex, Offer>) {
        let mut changed = vec![product];
        if let Some(before) = self.changed.replace(product) {
            let own = &self.simulation.scenario().offers()[before];
            self.offers[before].clone_from(own);
            if before != product {
                changed.push(before);
            }
        }
        change(&mut self.offers[product]);
        let study = self.simulation.selected();
        self.choices.update(study, &self.offers, &changed);
        (&self.choices, &self.offers)
    }
}
