//! Trials of one changed offer at a time.

use crate::choice::Choices;
use crate::index_vec::{IndexVec, ProductIndex};
use crate::simulation::Simulation;
use crate::study::Offer;

/// The choices among a scenario's offers of which one at a time is changed. Only the changed offers
/// are recomputed.
pub(crate) struct OfferTrial<'s> {
    simulation: &'s Simulation,
    choices: Choices,
    offers: IndexVec<ProductIndex, Offer>,
    changed: Option<ProductIndex>,
}

impl<'s> OfferTrial<'s> {
    /// Starts with the simulation's scenario.
    pub(crate) fn new(simulation: &'s Simulation) -> Self {
        Self {
            simulation,
            choices: simulation.live().clone(),
            offers: simulation.scenario().offers().clone(),
            changed: None,
        }
    }

    pub(crate) fn simulation(&self) -> &'s Simulation {
        self.simulation
    }

    /// Changes an offer, and resets the one changed before to the scenario's values. Returns the
    /// choices, and the offers they are among.
    pub(crate) fn change_offer(
        &mut self,
        product: ProductIndex,
        change: &dyn Fn(&mut Offer),
    ) -> (&Choices, &IndexVec<ProductIndex, Offer>) {
        let mut changed = vec![product];
        if let Some(before) = self.changed.replace(product) {
            let original = &self.simulation.scenario().offers()[before];
            self.offers[before].clone_from(original);
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
