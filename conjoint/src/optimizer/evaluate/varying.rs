//! A varying product, and its utilities at one candidate after another.

use crate::choice::utility::{self, WITHDRAWN};
use crate::index_vec::{AttributeIndex, ProductIndex};
use crate::optimizer::plan::VaryingAttribute;
use crate::simulation::Simulation;
use crate::study::{Offer, Study};

/// A varying product.
pub(super) struct VaryingProduct {
    pub(super) product: ProductIndex,
    /// Its place among the beneficiary's products.
    pub(super) beneficiary_place: Option<usize>,
    /// The offer with the candidate's values.
    pub(super) offer: Offer,
    /// Its varying attributes: the place in the plan, and the position of the current value.
    entries: Vec<(usize, Option<usize>)>,
    /// Its utilities without the varying attributes, then with one more of them each; one element a
    /// respondent.
    partial_sums: Vec<Vec<f64>>,
}

impl VaryingProduct {
    /// A varying product that has no candidate's values yet.
    pub(super) fn new(
        simulation: &Simulation,
        varying: &[VaryingAttribute],
        product: ProductIndex,
        beneficiary_place: Option<usize>,
    ) -> Self {
        let study = simulation.selected();
        let offer = simulation.scenario().offers()[product].clone();
        let entries = varying.iter().enumerate();
        let entries = entries.filter(|(_, varying)| varying.product == product);
        let (entries, attributes): (Vec<_>, Vec<AttributeIndex>) = entries
            .map(|(entry, varying)| ((entry, None), varying.attribute))
            .unzip();
        let mut static_sum = vec![0.0; study.respondents.len()];
        if offer.withdrawn {
            static_sum.fill(WITHDRAWN);
        } else {
            utility::fill_without(study, &offer, &attributes, &mut static_sum);
            simulation.chooser().adjust(&offer.id, &mut static_sum);
        }
        Self {
            product,
            beneficiary_place,
            offer,
            partial_sums: vec![static_sum; entries.len() + 1],
            entries,
        }
    }

    /// Takes over a candidate's values; returns whether any value has changed.
    pub(super) fn set(
        &mut self,
        study: &Study,
        varying: &[VaryingAttribute],
        positions: &[usize],
    ) -> bool {
        let mut has_changed = false;
        for (depth, (entry, current)) in self.entries.iter_mut().enumerate() {
            let position = positions.get(*entry).copied();
            has_changed |= *current != position;
            let (Some(varying), true) = (varying.get(*entry), has_changed) else {
                continue;
            };
            *current = position;
            let Some(cell) = position.and_then(|position| varying.values.get(position)) else {
                continue;
            };
            self.offer.cells[varying.attribute] = *cell;
            let (done, open) = self.partial_sums.split_at_mut(depth + 1);
            if let (Some(sum), Some(next)) = (done.last(), open.first_mut()) {
                next.copy_from_slice(sum);
                utility::add_part_worths(study, varying.attribute, *cell, next);
            }
        }
        has_changed
    }

    /// Its utility to every respondent.
    pub(super) fn utility(&self) -> &[f64] {
        self.partial_sums.last().map_or(&[], Vec::as_slice)
    }

    /// The number of combinations of its values.
    pub(super) fn combination_count(&self, varying: &[VaryingAttribute]) -> usize {
        let entries = self.entries.iter();
        let attributes = entries.filter_map(|(entry, _)| varying.get(*entry));
        attributes.fold(1, |product, varying| {
            product.saturating_mul(varying.values.len())
        })
    }

    /// The number of the current combination, from 0.
    pub(super) fn combination(&self, varying: &[VaryingAttribute]) -> usize {
        self.entries.iter().fold(0, |number, (entry, position)| {
            let count = varying
                .get(*entry)
                .map_or(1, |varying| varying.values.len());
            number
                .saturating_mul(count)
                .saturating_add(position.unwrap_or_default())
        })
    }

    /// The lowest and the highest utility that any candidate can give it, by respondent.
    pub(super) fn utility_bounds(
        &self,
        study: &Study,
        varying: &[VaryingAttribute],
    ) -> [Vec<f64>; 2] {
        let static_sum = self.partial_sums.first().map_or(&[][..], Vec::as_slice);
        let mut bounds = [static_sum.to_vec(), static_sum.to_vec()];
        let mut part_worth = vec![0.0; static_sum.len()];
        let entries = self.entries.iter();
        for varying in entries.filter_map(|(entry, _)| varying.get(*entry)) {
            let mut extremes = [
                vec![f64::INFINITY; static_sum.len()],
                vec![f64::NEG_INFINITY; static_sum.len()],
            ];
            for cell in &varying.values {
                part_worth.fill(0.0);
                utility::add_part_worths(study, varying.attribute, *cell, &mut part_worth);
                let [low, high] = &mut extremes;
                for ((low, high), part_worth) in low.iter_mut().zip(high).zip(&part_worth) {
                    *low = low.min(*part_worth);
                    *high = high.max(*part_worth);
                }
            }
            for (bounds, extremes) in bounds.iter_mut().zip(&extremes) {
                for (bound, extreme) in bounds.iter_mut().zip(extremes) {
                    *bound += extreme;
                }
            }
        }
        bounds
    }
}
