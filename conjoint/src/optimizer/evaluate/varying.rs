//! A product that varies, and its utilities at one candidate after another.

use crate::choice::utility::{self, WITHDRAWN};
use crate::index_vec::{AttributeIndex, ProductIndex};
use crate::simulation::Simulation;
use crate::study::Offer;
use crate::study::Study;

use crate::optimizer::plan::Varied;

/// A product that varies.
pub(in crate::optimizer) struct VaryingProduct {
    pub(in crate::optimizer) product: ProductIndex,
    /// Its place among the products of the goal's brands.
    pub(in crate::optimizer) own: Option<usize>,
    /// As set.
    pub(in crate::optimizer) offer: Offer,
    /// What varies of it, by its place in the plan, with the position of its value as set.
    entries: Vec<(usize, Option<usize>)>,
    /// Its utilities without what varies, then with each of it in turn; respondents long.
    sums: Vec<Vec<f64>>,
}

impl VaryingProduct {
    /// A product of which attributes vary, not set to any candidate yet.
    pub(in crate::optimizer) fn new(
        simulation: &Simulation,
        varied: &[Varied],
        product: ProductIndex,
        own: Option<usize>,
    ) -> Self {
        let study = simulation.selected();
        let offer = simulation.scenario().offers()[product].clone();
        let entries = varied.iter().enumerate();
        let entries = entries.filter(|(_, varied)| varied.product == product);
        let (entries, attributes): (Vec<_>, Vec<AttributeIndex>) = entries
            .map(|(entry, varied)| ((entry, None), varied.attribute))
            .unzip();
        let mut without = vec![0.0; study.respondents.len()];
        if offer.withdrawn {
            without.fill(WITHDRAWN);
        } else {
            utility::without(study, &offer, &attributes, &mut without);
            simulation.chooser().adjust(&offer.id, &mut without);
        }
        Self {
            product,
            own,
            offer,
            sums: vec![without; entries.len() + 1],
            entries,
        }
    }

    /// Takes a candidate's values; tells whether any is another one.
    pub(in crate::optimizer) fn set(
        &mut self,
        study: &Study,
        varied: &[Varied],
        positions: &[usize],
    ) -> bool {
        let mut moved = false;
        for (depth, (entry, as_set)) in self.entries.iter_mut().enumerate() {
            let position = positions.get(*entry).copied();
            moved |= *as_set != position;
            let (Some(varied), true) = (varied.get(*entry), moved) else {
                continue;
            };
            *as_set = position;
            let Some(cell) = position.and_then(|position| varied.values.get(position)) else {
                continue;
            };
            self.offer.cells[varied.attribute] = *cell;
            let (done, open) = self.sums.split_at_mut(depth + 1);
            if let (Some(from), Some(to)) = (done.last(), open.first_mut()) {
                to.copy_from_slice(from);
                utility::add(study, varied.attribute, *cell, to);
            }
        }
        moved
    }

    /// Its utility to every respondent.
    pub(in crate::optimizer) fn utility(&self) -> &[f64] {
        self.sums.last().map_or(&[], Vec::as_slice)
    }

    /// How many combinations of its values there are.
    pub(in crate::optimizer) fn combinations(&self, varied: &[Varied]) -> usize {
        let counts = self
            .entries
            .iter()
            .filter_map(|(entry, _)| varied.get(*entry));
        counts.fold(1, |product, varied| {
            product.saturating_mul(varied.values.len())
        })
    }

    /// Which of them it is set to.
    pub(in crate::optimizer) fn combination(&self, varied: &[Varied]) -> usize {
        self.entries.iter().fold(0, |place, (entry, position)| {
            let count = varied.get(*entry).map_or(1, |varied| varied.values.len());
            place
                .saturating_mul(count)
                .saturating_add(position.unwrap_or_default())
        })
    }

    /// The lowest and the highest utility that it can have to every respondent.
    pub(in crate::optimizer) fn bounds(&self, study: &Study, varied: &[Varied]) -> [Vec<f64>; 2] {
        let without = self.sums.first().map_or(&[][..], Vec::as_slice);
        let mut bounds = [without.to_vec(), without.to_vec()];
        let mut part = vec![0.0; without.len()];
        for varied in self
            .entries
            .iter()
            .filter_map(|(entry, _)| varied.get(*entry))
        {
            let mut parts = [
                vec![f64::INFINITY; without.len()],
                vec![f64::NEG_INFINITY; without.len()],
            ];
            for cell in &varied.values {
                part.fill(0.0);
                utility::add(study, varied.attribute, *cell, &mut part);
                let [low, high] = &mut parts;
                for ((low, high), part) in low.iter_mut().zip(high).zip(&part) {
                    *low = low.min(*part);
                    *high = high.max(*part);
                }
            }
            for (bounds, parts) in bounds.iter_mut().zip(&parts) {
                for (bound, part) in bounds.iter_mut().zip(parts) {
                    *bound += part;
                }
            }
        }
        bounds
    }
}
