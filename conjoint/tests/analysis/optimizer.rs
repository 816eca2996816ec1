//! Properties of every optimum: a planted one is found, and a result is what a simulation gives.

use std::sync::Arc;

use conjoint::choice::Rule;
use conjoint::format::{OFFERS, UTILITIES};
use conjoint::optimizer::{
    ObjectiveMeasure, OptimizerRequest, Plan, SearchSettings, SearchStrategy,
};
use conjoint::simulation::Simulation;
use conjoint::study::Study;
use conjoint::testing::{collect_files, generate_study, read_valid};
use proptest::prelude::*;

use crate::fixtures::model_with;

fn simulate_preference(study: Study) -> Simulation {
    let model = model_with(Rule::ShareOfPreference);
    Simulation::with_model(Arc::new(study), model).unwrap()
}

fn request(beneficiary: &str, vary_entries: Vec<String>) -> OptimizerRequest {
    OptimizerRequest {
        measure: ObjectiveMeasure::Share,
        beneficiary: beneficiary.to_owned(),
        vary_entries,
        ..OptimizerRequest::default()
    }
}

/// A study of one respondent who prefers one value of each attribute, from 0 to 10; the utility
/// falls with the distance from it. Both offers have the values `current`.
fn plant_optimum(peaks: &[usize], current: &[usize]) -> Study {
    let mut headers = ["id,brand,brand".to_owned(), "id,Ant,Bee".to_owned()];
    let (mut respondent, mut offers) = ("p1,0,1".to_owned(), "id,brand,model".to_owned());
    let mut cells = String::new();
    for (number, (peak, current)) in peaks.iter().zip(current).enumerate() {
        let [names, levels] = &mut headers;
        *names += &format!(",x{number},x{number},x{number}");
        *levels += &format!(",0,{peak},10");
        respondent += ",-1,0,-2";
        offers += &format!(",x{number}");
        cells += &format!(",{current}");
    }
    let utilities = format!("{}\n{respondent}\n", headers.join("\n"));
    let offers = format!("{offers}\na,Ant,One{cells}\nb,Bee,Two{cells}\n");
    read_valid(&collect_files(&[
        (UTILITIES, &utilities),
        (OFFERS, &offers),
    ]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_planted_optimum_is_found_among_more_candidates_than_can_be_computed(
        peaks in prop::collection::vec(1..10_usize, 8),
        current in prop::collection::vec(0..11_usize, 8),
        seed in any::<u64>(),
    ) {
        let simulation = simulate_preference(plant_optimum(&peaks, &current));
        let vary = (0..8).map(|number| format!("a.x{number}=0:10:1")).collect();
        let plan = Plan::read(&simulation, &request("Ant", vary)).unwrap();
        prop_assert_eq!(plan.candidate_count(), 11_u64.pow(8));
        let result = plan.run(&simulation, SearchSettings { top: 3, seed });
        prop_assert_eq!(result.strategy, SearchStrategy::Search);
        prop_assert!(result.evaluated_count < plan.candidate_count() / 1000);
        prop_assert_eq!(&result.best[0].positions, &peaks);
    }

    #[test]
    fn candidates_are_ranked_by_their_simulated_share(
        seed in 0..1000_u64,
        place in 0..60_usize,
    ) {
        let simulation = simulate_preference(generate_study(seed, &[("Gen X", 20)]));
        let vary = [
            "9.monthly_cost=349:449:25",
            "9.range=200:300:50",
            "1.charge=50:100:25",
            "10.vehicle_type=SUV,Sedan",
        ];
        let vary = vary.map(str::to_owned).into();
        let plan = Plan::read(&simulation, &request("Tesla", vary)).unwrap();
        let all = plan.run(&simulation, SearchSettings { top: 90, seed });
        prop_assert_eq!(all.best.len(), 90);
        let is_ordered = all
            .best
            .is_sorted_by(|one, other| one.objective_value >= other.objective_value);
        prop_assert!(is_ordered);
        let candidate = &all.best[place];
        let mut other = simulation.clone();
        other.set_scenario(plan.apply_candidate(other.selected(), other.scenario(), candidate));
        let tesla = other.selected().find_brand("Tesla").unwrap();
        let share = other.brand_shares()[tesla];
        prop_assert!((share - candidate.objective_value).abs() < 1e-9);
    }
}
