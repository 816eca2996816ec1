//! First choices when only a few products vary.

use crate::choice::StaticBest;
use crate::index_vec::{Position, ProductIndex};
use crate::simulation::Simulation;

use super::varying::VaryingProduct;

/// What the first choices of all candidates have in common, and buffers for one candidate.
pub(super) struct FirstChoiceEval {
    /// The best of the products that do not vary.
    static_best: StaticBest,
    /// For each product: where its row of weights starts, if it is one of the beneficiary's.
    row_starts: Vec<Option<usize>>,
    /// The lowest utility that ties with the highest, by respondent.
    tie_thresholds: Vec<f64>,
    /// The first choice, by respondent.
    first_choices: Vec<Option<ProductIndex>>,
}

impl FirstChoiceEval {
    /// Prepares the choices of the beneficiary's products.
    pub(super) fn new(
        simulation: &Simulation,
        static_best: StaticBest,
        beneficiary_products: &[ProductIndex],
    ) -> Self {
        let study = simulation.selected();
        let segments = study.segments.len();
        let row_start = |product| {
            let mut others = beneficiary_products.iter();
            let place = others.position(|other| *other == product);
            place.map(|place| place * segments)
        };
        let products = simulation.scenario().offers().indices();
        Self {
            static_best,
            row_starts: products.map(row_start).collect(),
            tie_thresholds: vec![0.0; study.respondents.len()],
            first_choices: vec![None; study.respondents.len()],
        }
    }

    /// Writes the weighted choices of the beneficiary's products, products × segments.
    pub(super) fn choose(
        &mut self,
        simulation: &Simulation,
        varying: &[VaryingProduct],
        choice_weights: &mut [f64],
    ) {
        let varying: Vec<(ProductIndex, &[f64])> = varying
            .iter()
            .map(|varying| (varying.product, varying.utility()))
            .collect();
        self.static_best.choose(
            simulation.live(),
            &varying,
            &mut self.tie_thresholds,
            &mut self.first_choices,
        );
        choice_weights.fill(0.0);
        let people = &simulation.selected().respondents;
        let people = people.segments.iter().zip(&people.weights);
        for (product, (segment, weight)) in self.first_choices.iter().zip(people) {
            if let Some(product) = product
                && let Some(start) = self.row_starts[product.index()]
            {
                choice_weights[start + segment.index()] += weight;
            }
        }
    }
}
