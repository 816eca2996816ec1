//! The objective value of a candidate is what a simulation of its scenario gives.

use super::*;
use crate::choice::{NoneOption, Rule};
use crate::index_vec::SegmentIndex;
use crate::market::{Measure, PriceList, consolidate};
use crate::optimizer::evaluate::Evaluator;

/// Choice models that cover all ways in which candidates are evaluated.
fn list_models(study: &Study) -> Vec<ChoiceModel> {
    let model = |rule, scale, none| ChoiceModel {
        rule,
        scale,
        none,
        draws: 50,
        ..ChoiceModel::default()
    };
    let utility = NoneOption::Utility(1.0);
    let mut models = Vec::new();
    for rule in Rule::ALL {
        models.push(model(rule, 1.0, NoneOption::Off));
        models.push(model(rule, 0.7, utility));
    }
    // Utilities too far apart for a common reference.
    models.push(model(Rule::ShareOfPreference, 1000.0, NoneOption::Off));
    for rule in [Rule::FirstChoice, Rule::ShareOfPreference] {
        let id = |id: &str| ProductId::from(id.to_owned());
        models.push(ChoiceModel {
            availability: vec![(id("9"), 0.6), (id("3"), 0.5)],
            constants: vec![(id("9"), 0.5), (id("1"), -0.25)],
            segments: vec![SegmentIndex::from_index(0)],
            owners: vec![study.find_brand("Tesla").unwrap()],
            ..model(rule, 1.0, utility)
        });
    }
    models
}

/// The objective value according to a simulation of the candidate's scenario.
fn simulate(plan: &Plan, simulation: &Simulation, candidate: &Candidate) -> f64 {
    let study = simulation.selected();
    let mut simulation = simulation.clone();
    simulation.set_scenario(plan.apply_candidate(study, simulation.scenario(), candidate));
    let Objective {
        measure,
        beneficiary,
    } = plan.objective();
    let measure = match measure {
        ObjectiveMeasure::Share => {
            let shares = simulation.brand_shares();
            let brands = study.brands().indices();
            let brands = brands.filter(|brand| beneficiary.includes_brand(study, *brand));
            return brands.map(|brand| shares[brand]).sum();
        }
        ObjectiveMeasure::Revenue => Measure::Revenue,
        ObjectiveMeasure::Ebit => Measure::Ebit,
    };
    let brands = simulation.brands().unwrap();
    let change = match beneficiary {
        Beneficiary::Brand(brand) => brands[brand],
        Beneficiary::Parent(parent) => consolidate(study, &brands)[parent],
    };
    change.new.get(measure)
}

/// The positions of the candidate with this number, the first position fastest.
fn positions_of(number: usize) -> Vec<usize> {
    let positions = [5, 3, 5, 2, 3].iter().scan(number, |left, count| {
        let position = *left % count;
        *left /= count;
        Some(position)
    });
    positions.collect()
}

#[test]
fn candidates_have_the_value_that_a_simulation_of_their_scenario_gives() {
    let study = generate_study(3);
    let vary = [
        "9.monthly_cost=299:499:50",
        "9.range=180:300:60",
        "9b.monthly_cost=299:499:50",
        "3.vehicle_type=Sedan,SUV",
        "11.upfront_cost=3000:9000:3000",
    ];
    for model in list_models(&study) {
        let simulation = edited_simulation(Arc::clone(&study), model.clone());
        for measure in ObjectiveMeasure::ALL {
            let mut request = request(measure, "Tesla", &vary);
            for is_parent in [false, measure == ObjectiveMeasure::Ebit] {
                request.is_parent = is_parent;
                if is_parent {
                    let volkswagen = study.find_brand("VW").unwrap();
                    let parent = study.brands[volkswagen].parent;
                    request.beneficiary = study.parents[parent].clone();
                }
                let plan = Plan::read(&simulation, &request).unwrap();
                let mut evaluator = Evaluator::new(&simulation, &plan);
                // Neither in order, nor each next to the one before. Rules with draws compute the
                // errors of an offer again, which is slow.
                let few = [7, 449];
                let numbers = match model.rule.uses_draws() {
                    true => &few[..],
                    false => &[0, 7, 100, 101, 449],
                };
                for number in numbers {
                    let positions = positions_of(*number);
                    let objective_value = evaluator.evaluate(&positions);
                    let candidate = Candidate {
                        positions,
                        objective_value,
                    };
                    let expected = simulate(&plan, &simulation, &candidate);
                    let error = (objective_value - expected).abs();
                    assert!(
                        error <= 1e-9 * expected.abs().max(1.0),
                        "{objective_value} {expected} {model:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn costs_are_paid_for_customers_who_renew_or_join() {
    let simulation = Simulation::new(generate_study(5));
    let study = simulation.selected();
    // All of Tesla's offers, so that all its customers have the same product costs.
    let vary = [
        "9.range=300:300:1",
        "10.range=300:300:1",
        "11.range=300:300:1",
    ];
    let mut request = request(ObjectiveMeasure::Ebit, "Tesla", &vary);
    let ebit = |request: &OptimizerRequest| {
        let plan = Plan::read(&simulation, request).unwrap();
        let candidate = find_best(&plan, &simulation, 1).best.remove(0);
        (
            plan.apply_candidate(study, simulation.scenario(), &candidate),
            candidate.objective_value,
        )
    };
    let (scenario, without_costs) = ebit(&request);
    request.cost_entries = vec!["range=0:0".to_owned(), "range=300:30".to_owned()];
    let (_, with_costs) = ebit(&request);

    // The revenue of the same amount on every price: the same customers pay it.
    let mut live = simulation.clone();
    live.set_scenario(scenario);
    let tesla = study.find_brand("Tesla").unwrap();
    let base = live.customer_base.as_ref().unwrap();
    let revenue = |list: &PriceList| base.changes(live.live().demand(), list)[tesla].new.revenue;
    let mut list = PriceList::new(study, live.scenario().offers());
    let before = revenue(&list);
    let range = study.schema.find("range").unwrap();
    for product in study.offers.indices() {
        let original = study.offers[product].cells[range].amount();
        list.prices[product] += 30.0 - original / 10.0;
    }
    let paid = revenue(&list) - before;
    assert!(paid > 0.0);
    assert!(
        (without_costs - with_costs - paid).abs() < 1e-6,
        "{without_costs} {with_costs} {paid}"
    );
}
