//! What holds of every optimum: a planted one is found, and none is above that of all candidates.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use conjoint::choice::{ChoiceModel, Rule};
use conjoint::format::{OFFERS, StudyFiles, UTILITIES, read_study};
use conjoint::optimizer::{self, ObjectiveMeasure, OptimizerRequest, Plan, SearchSettings};
use conjoint::sample_study::{Sample, generate};
use conjoint::simulation::Simulation;
use conjoint::study::Study;
use proptest::prelude::*;

fn by_preference(study: Study) -> Simulation {
    let model = ChoiceModel {
        rule: Rule::ShareOfPreference,
        ..ChoiceModel::default()
    };
    Simulation::with_model(Arc::new(study), model).unwrap()
}

fn request(whose: &str, vary: Vec<String>) -> OptimizerRequest {
    OptimizerRequest {
        measure: ObjectiveMeasure::Share,
        beneficiary: whose.to_owned(),
        vary_entries: vary,
        ..OptimizerRequest::default()
    }
}

/// A study of one respondent who likes one value of each attribute best, from 0 to 10, and the
/// less the farther it is.
fn planted(peaks: &[usize], present: &[usize]) -> Study {
    let mut headers = ["id,brand,brand".to_owned(), "id,Ant,Bee".to_owned()];
    let (mut respondent, mut offers) = ("p1,0,1".to_owned(), "id,brand,model".to_owned());
    let mut cells = String::new();
    for (number, (peak, present)) in peaks.iter().zip(present).enumerate() {
        let [names, levels] = &mut headers;
        *names += &format!(",x{number},x{number},x{number}");
        *levels += &format!(",0,{peak},10");
        respondent += ",-1,0,-2";
        offers += &format!(",x{number}");
        cells += &format!(",{present}");
    }
    let mut files = StudyFiles::default();
    let utilities = format!("{}\n{respondent}\n", headers.join("\n"));
    files.insert(UTILITIES, utilities.into_bytes());
    let offers = format!("{offers}\na,Ant,One{cells}\nb,Bee,Two{cells}\n");
    files.insert(OFFERS, offers.into_bytes());
    read_study(&files).unwrap().study
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn a_planted_optimum_is_found_among_more_than_can_be_computed(
        peaks in prop::collection::vec(1..10_usize, 8),
        present in prop::collection::vec(0..11_usize, 8),
        seed in any::<u64>(),
    ) {
        let simulation = by_preference(planted(&peaks, &present));
        let vary = (0..8).map(|number| format!("a.x{number}=0:10:1")).collect();
        let plan = Plan::read(&simulation, &request("Ant", vary)).unwrap();
        prop_assert_eq!(plan.candidate_count(), 11_u64.pow(8));
        let found = plan.run(&simulation, SearchSettings { top: 3, seed });
        prop_assert_eq!(found.strategy, optimizer::SearchStrategy::Search);
        prop_assert!(found.evaluated_count < plan.candidate_count() / 1000);
        prop_assert_eq!(&found.best[0].positions, &peaks);
    }

    #[test]
    fn the_best_of_all_is_above_every_candidate(seed in 0..1000_u64, place in 0..60_usize) {
        let respondents = vec![("Gen X".to_owned(), 20)];
        let study = generate(&Sample { seed, respondents }).unwrap();
        let simulation = by_preference(study);
        let vary = ["9.monthly_cost=349:449:25", "9.range=200:300:50", "1.charge=50:100:25"];
        let mut vary: Vec<String> = vary.map(str::to_owned).into();
        vary.push("10.vehicle_type=SUV,Sedan".to_owned());
        let plan = Plan::read(&simulation, &request("Tesla", vary)).unwrap();
        let all = plan.run(&simulation, SearchSettings { top: 90, seed });
        prop_assert_eq!(all.best.len(), 90);
        prop_assert!(all.best.is_sorted_by(|one, other| one.objective_value >= other.objective_value));
        let candidate = &all.best[place];
        let mut other = simulation.clone();
        other.set_scenario(plan.apply_candidate(other.selected(), other.scenario(), candidate));
        let tesla = other.selected().find_brand("Tesla").unwrap();
        let share = other.brand_shares()[tesla];
        prop_assert!((share - candidate.objective_value).abs() < 1e-9);
    }
}
