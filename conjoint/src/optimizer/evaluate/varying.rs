//! A varying product, and its utilities at one candidate after another.

use crate::choice::utility::{self, WITHDRAWN};
use crate::index_vec::{AttributeIndex, IndexVec, ProductIndex};
use crate::optimizer::plan::VaryingAttribute;
use crate::simulation::Simulation;
use crate::study::{Cell, Offer, Study};

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
        // Numbers follow names, because the slope of a price outside the surveyed range is limited in total,
        // with its interactions.
        let (numbers, names): (Vec<_>, Vec<_>) = entries
            .partition(|(_, varying)| study.schema.attributes[varying.attribute].is_numeric());
        let entries = names.into_iter().chain(numbers);
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
        let attribute_of = |(entry, _): &(usize, Option<usize>)| {
            varying.get(*entry).map(|varying| varying.attribute)
        };
        let order: Vec<Option<AttributeIndex>> = self.entries.iter().map(attribute_of).collect();
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
                let later = order.get(depth + 1..).unwrap_or_default();
                let pending = |other| later.contains(&Some(other));
                let cells = &self.offer.cells;
                utility::add_part_worths(study, varying.attribute, cells, &pending, next);
            }
        }
        has_changed
    }

    /// Whether its current values include a pair that was never shown together, and of which a varying
    /// attribute has one.
    pub(super) fn has_prohibited_pair(&self, study: &Study, varying: &[VaryingAttribute]) -> bool {
        let varies = |attribute: AttributeIndex| {
            let mut entries = self.entries.iter();
            entries.any(|(entry, _)| {
                varying
                    .get(*entry)
                    .is_some_and(|it| it.attribute == attribute)
            })
        };
        let mut pairs = study.prohibited_pairs().iter();
        pairs.any(|pair| {
            let mut values = pair.values().into_iter();
            values.any(|value| varies(value.attribute)) && pair.matches(&self.offer.cells)
        })
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
    pub(super) fn utility_bounds(&self, study: &Study, all: &[VaryingAttribute]) -> [Vec<f64>; 2] {
        let static_sum = self.partial_sums.first().map_or(&[][..], Vec::as_slice);
        let mut bounds = [static_sum.to_vec(), static_sum.to_vec()];
        let mut part_worth = vec![0.0; static_sum.len()];
        let entries = self.entries.iter();
        let order: Vec<&VaryingAttribute> =
            entries.filter_map(|(entry, _)| all.get(*entry)).collect();
        for (depth, varying) in order.iter().enumerate() {
            let (earlier, later) = order.split_at(depth);
            let pending = |other| later.iter().any(|varying| varying.attribute == other);
            let mut extremes = [
                vec![f64::INFINITY; static_sum.len()],
                vec![f64::NEG_INFINITY; static_sum.len()],
            ];
            for cell in &varying.values {
                for cells in self.list_contexts(study, varying, earlier, *cell) {
                    part_worth.fill(0.0);
                    let attribute = varying.attribute;
                    utility::add_part_worths(study, attribute, &cells, &pending, &mut part_worth);
                    let [low, high] = &mut extremes;
                    for ((low, high), part_worth) in low.iter_mut().zip(high).zip(&part_worth) {
                        *low = low.min(*part_worth);
                        *high = high.max(*part_worth);
                    }
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

    /// The offer's values with a value of an attribute, once for each value of every other varying
    /// attribute that interacts with it.
    fn list_contexts(
        &self,
        study: &Study,
        varying: &VaryingAttribute,
        others: &[&VaryingAttribute],
        cell: Cell,
    ) -> Vec<IndexVec<AttributeIndex, Cell>> {
        let mut cells = self.offer.cells.clone();
        cells[varying.attribute] = cell;
        let mut contexts = vec![cells];
        for interaction in study.schema.interactions_of(varying.attribute) {
            let mut others = others.iter();
            if let Some(other) = others.find(|other| interaction.contains(other.attribute)) {
                let with_value = |cells: &IndexVec<AttributeIndex, Cell>, cell: &Cell| {
                    let mut cells = cells.clone();
                    cells[other.attribute] = *cell;
                    cells
                };
                let values = |cells| other.values.iter().map(move |cell| with_value(cells, cell));
                contexts = contexts.iter().flat_map(values).collect();
            }
        }
        contexts
    }
}
