//! Price games end in an equilibrium.

use super::*;
use crate::choice::{NoneOption, Rule};
use crate::index_vec::BrandIndex;
use crate::simulation::scenario::Scenario;

#[test]
fn in_equilibrium_no_brand_gains_by_another_price() {
    let model = ChoiceModel {
        rule: Rule::ShareOfPreference,
        none: NoneOption::Utility(1.0),
        ..ChoiceModel::default()
    };
    let simulation = Simulation::with_model(generate_study(11), model).unwrap();
    let study = simulation.selected();
    let request = OptimizerRequest {
        includes_price_game: true,
        ..request(
            ObjectiveMeasure::Ebit,
            "Tesla",
            &["9.monthly_cost=350:450:50"],
        )
    };
    let plan = Plan::read(&simulation, &request).unwrap();
    let best = find_best(&plan, &simulation, 1).best.remove(0);
    let mut game = plan.start_price_game(&simulation, &best);
    game.by_ref().for_each(drop);
    let result = game.equilibrium();
    assert_eq!(result.ending, Ending::Equilibrium);
    assert_eq!(result.outcome_before.objective_value, best.objective_value);
    let BeneficiaryOutcome {
        objective_value,
        figures,
        ..
    } = result.outcome_after;
    assert_eq!(figures.ebit, objective_value);

    let start = plan.apply_candidate(study, simulation.scenario(), &best);
    let monthly = study.schema.monthly.unwrap();
    let mut settled = start.clone();
    for change in &result.price_changes {
        let start_price = start.offers()[change.product].cells[monthly].amount();
        assert_eq!(start_price, change.old_price);
        let price = change.new_price.to_string();
        settled.set(study, change.product, monthly, &price).unwrap();
    }
    let ebit = |scenario: &Scenario, brand: BrandIndex| {
        let mut simulation = simulation.clone();
        simulation.set_scenario(scenario.clone());
        simulation.brands().unwrap()[brand].new.ebit
    };
    for (product, offer) in start.offers().enumerate() {
        if plan.varying_attributes()[0].product == product {
            let mut changes = result.price_changes.iter();
            assert!(changes.all(|change| change.product != product));
            continue;
        }
        let brand = study.schema.brand_of(offer).unwrap();
        let settled_ebit = ebit(&settled, brand);
        for percent in [80.0, 90.0, 99.0, 100.0, 101.0, 110.0, 120.0] {
            let price = offer.cells[monthly].amount() * percent / 100.0;
            if !(120.0..=1250.0).contains(&price) {
                continue;
            }
            let mut other = settled.clone();
            other
                .set(study, product, monthly, &price.to_string())
                .unwrap();
            assert!(ebit(&other, brand) <= settled_ebit + 1e-6 * settled_ebit.abs());
        }
    }
}
