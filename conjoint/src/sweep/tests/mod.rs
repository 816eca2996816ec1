//! Sweeps over a generated study of 250 respondents, at the baseline and with edited offers.

mod defaults;
mod points;
mod results;
mod tables;

use std::sync::Arc;

use super::*;
use crate::index_vec::{Position, ProductIndex};
use crate::simulation::Simulation;
use crate::study::{ProductId, Study};
use crate::testing;

fn generate_study() -> Arc<Study> {
    let segments = [("Gen X", 150), ("Millennial", 100)];
    Arc::new(testing::generate_study(5, &segments))
}

/// A simulation with an edited, a withdrawn and an added offer, which is a copy that ties with its
/// original.
fn edited_simulation() -> Simulation {
    let study = generate_study();
    let mut simulation = Simulation::new(Arc::clone(&study));
    let mut scenario = simulation.scenario().clone();
    let [second, sixth, ninth] = [1, 5, 8].map(ProductIndex::from_index);
    scenario
        .set(&study, second, study.schema.upfront.unwrap(), "4995")
        .unwrap();
    scenario.set_withdrawn(&study, sixth, true).unwrap();
    scenario
        .add_copy(&study, ninth, ProductId::from("9b".to_owned()))
        .unwrap();
    simulation.set_scenario(scenario);
    simulation
}

fn row(product: &str, begin: f64, end: f64, step: f64, baseline: f64) -> LockstepRow {
    LockstepRow {
        product: product.to_owned(),
        range: [begin, end, step, baseline].into(),
    }
}
