//! First choices of a few products, most of them staying as they are.

use crate::choice::StaticBest;
use crate::index_vec::{Position, ProductIndex};
use crate::simulation::Simulation;

use crate::optimizer::evaluate::varying::VaryingProduct;

/// What first choices of all candidates have in common, and room for them.
pub(in crate::optimizer) struct FirstChoiceEval {
    rest: StaticBest,
    /// Where the counts of each product begin, segment by segment, if it is one of the goal's.
    begins: Vec<Option<usize>>,
    lowest: Vec<f64>,
    first: Vec<Option<ProductIndex>>,
}

impl FirstChoiceEval {
    /// For `own`, the goal's products.
    pub(in crate::optimizer) fn new(
        simulation: &Simulation,
        rest: StaticBest,
        own: &[ProductIndex],
    ) -> Self {
        let study = simulation.selected();
        let segments = study.segments.len();
        let begin = |product| {
            let place = own.iter().position(|own| *own == product);
            place.map(|place| place * segments)
        };
        let products = simulation.scenario().offers().indices();
        Self {
            rest,
            begins: products.map(begin).collect(),
            lowest: vec![0.0; study.respondents.len()],
            first: vec![None; study.respondents.len()],
        }
    }

    /// Writes the weighted choices of the goal's products into `taken`, products × segments.
    pub(in crate::optimizer) fn choose(
        &mut self,
        simulation: &Simulation,
        moving: &[VaryingProduct],
        taken: &mut [f64],
    ) {
        let moving: Vec<(ProductIndex, &[f64])> = moving
            .iter()
            .map(|moving| (moving.product, moving.utility()))
            .collect();
        self.rest.choose(
            simulation.live(),
            &moving,
            &mut self.lowest,
            &mut self.first,
        );
        taken.fill(0.0);
        let people = &simulation.selected().respondents;
        let people = people.segments.iter().zip(&people.weights);
        for (product, (segment, weight)) in self.first.iter().zip(people) {
            if let Some(product) = product
                && let Some(begin) = self.begins[product.index()]
            {
                taken[begin + segment.index()] += weight;
            }
        }
    }
}
