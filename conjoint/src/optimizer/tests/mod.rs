//! Tests of the optimizer on a study of two respondents, with results computed by hand, and on
//! generated studies.

mod evaluation;
mod price_game;
mod requests;
mod search;

use std::sync::Arc;

use super::*;
use crate::choice::ChoiceModel;
use crate::format::{OFFERS, SETTINGS, UTILITIES};
use crate::index_vec::{Position, ProductIndex};
use crate::simulation::Simulation;
use crate::study::{ProductId, Study};
use crate::testing::{self, collect_files, simulate_files};

/// Two offers and two respondents, each of whom prefers another brand; no money files.
fn two_respondents() -> Simulation {
    let files = collect_files(&[
        (
            UTILITIES,
            "id,brand,brand,colour,colour,colour,monthly_cost,monthly_cost\n\
             id,Ant,Bee,red,blue,\"red, dark\",300,100\n\
             p1,1,-1,0.5,-0.5,0,-1,1\n\
             p2,-1,1,0.25,-0.25,0,-2,2\n",
        ),
        (
            OFFERS,
            "id,brand,model,monthly_cost,colour\na,Ant,One,200,red\nb,Bee,Two,150,blue\n",
        ),
        (SETTINGS, "{}"),
    ]);
    simulate_files(&files)
}

fn generate_study(seed: u64) -> Arc<Study> {
    let segments = [("Gen X", 60), ("Millennial", 50)];
    Arc::new(testing::generate_study(seed, &segments))
}

/// A simulation with an edited, a withdrawn and an added offer, which is a copy that ties.
fn edited_simulation(study: Arc<Study>, model: ChoiceModel) -> Simulation {
    let mut simulation = Simulation::with_model(study, model).unwrap();
    let study = Arc::clone(simulation.selected());
    let mut scenario = simulation.scenario().clone();
    let [second, sixth, ninth] = [1, 5, 8].map(ProductIndex::from_index);
    let upfront = study.schema.upfront.unwrap();
    scenario.set(&study, second, upfront, "4995").unwrap();
    scenario.set_withdrawn(&study, sixth, true).unwrap();
    let copy = ProductId::from("9b".to_owned());
    scenario.add_copy(&study, ninth, copy).unwrap();
    simulation.set_scenario(scenario);
    simulation
}

fn request(measure: ObjectiveMeasure, beneficiary: &str, vary: &[&str]) -> OptimizerRequest {
    OptimizerRequest {
        measure,
        beneficiary: beneficiary.to_owned(),
        vary_entries: vary.iter().map(|entry| (*entry).to_owned()).collect(),
        ..OptimizerRequest::default()
    }
}

fn find_best(plan: &Plan, simulation: &Simulation, top: usize) -> OptimizationResult {
    plan.run(simulation, SearchSettings { top, seed: 1 })
}
