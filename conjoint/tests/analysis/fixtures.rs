//! Simulations, edits and comparisons that several modules use.

use std::sync::Arc;

use conjoint::choice::{ChoiceModel, Rule};
use conjoint::format::{OFFERS, UTILITIES, WEIGHTS};
use conjoint::index_vec::{AttributeIndex, ProductIndex};
use conjoint::simulation::Simulation;
use conjoint::testing::{collect_files, generate_study, read_valid};

/// Two respondents, of whom p2 does not mind the price; a utility of ln 3 makes odds of 3 to 1.
const TWO_RESPONDENTS: &str = "\
id,segment,brand,brand,monthly_cost,monthly_cost,monthly_cost
id,segment,Ant,Bee,100,200,300
p1,young,0,0,1.0986122886681098,0,-2
p2,young,0,0,0,0,0
";

/// A simulation of the respondents in `utilities`, with these rows of offers and weights.
pub fn simulate(utilities: &str, offers: &str, weights: &str, model: ChoiceModel) -> Simulation {
    let weights = format!("id,weight\n{weights}");
    let files = collect_files(&[
        (UTILITIES, utilities),
        (OFFERS, offers),
        (WEIGHTS, &weights),
    ]);
    Simulation::with_model(Arc::new(read_valid(&files)), model).unwrap()
}

/// A simulation of the two respondents, with these rows of `id,brand,model,monthly_cost`.
pub fn two_respondents(offers: &str, weights: &str, model: ChoiceModel) -> Simulation {
    let offers = format!("id,brand,model,monthly_cost\n{offers}");
    simulate(TWO_RESPONDENTS, &offers, weights, model)
}

/// A simulation of a generated study of 35 respondents.
pub fn generate_simulation(seed: u64, model: ChoiceModel) -> Simulation {
    let study = generate_study(seed, &[("Millennial", 20), ("Gen X", 15)]);
    Simulation::with_model(Arc::new(study), model).unwrap()
}

/// The default choice model with this rule.
pub fn model_with(rule: Rule) -> ChoiceModel {
    ChoiceModel {
        rule,
        ..ChoiceModel::default()
    }
}

/// Sets a value of a product.
pub fn set_value(
    simulation: &mut Simulation,
    product: ProductIndex,
    attribute: AttributeIndex,
    text: &str,
) {
    let study = Arc::clone(simulation.selected());
    let mut scenario = simulation.scenario().clone();
    scenario.set(&study, product, attribute, text).unwrap();
    simulation.set_scenario(scenario);
}

/// Withdraws a product from the market.
pub fn withdraw(simulation: &mut Simulation, product: ProductIndex) {
    let study = Arc::clone(simulation.selected());
    let mut scenario = simulation.scenario().clone();
    scenario.set_withdrawn(&study, product, true).unwrap();
    simulation.set_scenario(scenario);
}

/// Asserts equality within a tolerance, relative for values above 1.
#[track_caller]
pub fn assert_near(found: f64, expected: f64, tolerance: f64) {
    let size = expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= tolerance * size,
        "{found} is not {expected}"
    );
}
