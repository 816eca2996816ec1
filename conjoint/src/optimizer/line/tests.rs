//! Lines against counts by hand, and against a simulation of each line.

use super::*;
use crate::choice::{ChoiceModel, NoneOption, Rule};
use crate::index_vec::Position;
use crate::testing::{collect_files, generate_study, read_valid};
use std::sync::Arc;

fn request(size: usize) -> LineRequest {
    LineRequest {
        size,
        candidates: Vec::new(),
        kept: Vec::new(),
        objective: LineObjective::Reach,
        brand: None,
        top: 10,
    }
}

/// Five respondents with a None at 0; positive utilities reach them.
fn small_simulation() -> Simulation {
    let files = collect_files(&[
        (
            "leaseOffers.csv",
            "id,brand,model\n1,A,\n2,B,\n3,C,\n4,D,\n",
        ),
        (
            "UtilityScoresEV.csv",
            "id,brand,brand,brand,brand,None\nid,A,B,C,D,None\n\
             1,1,1,-1,-1,0\n2,1,1,-1,-1,0\n3,2,1,-1,-1,0\n4,-1,-1,1,-1,0\n5,-1,-1,-1,-1,0\n",
        ),
    ]);
    let model = ChoiceModel {
        none: NoneOption::Surveyed,
        ..ChoiceModel::default()
    };
    Simulation::with_model(Arc::new(read_valid(&files)), model).unwrap()
}

/// The lines and their curve, with progress that never falls.
fn analyze(simulation: &Simulation, request: &LineRequest) -> LineAnalysis {
    let mut reported = vec![0.0];
    let found = analyze_lines(simulation, request, &mut |done| reported.push(done)).unwrap();
    assert!(reported.is_sorted() && reported.iter().all(|done| (0.0..=1.0).contains(done)));
    found
}

fn indices(positions: &[usize]) -> Vec<ProductIndex> {
    positions
        .iter()
        .map(|place| ProductIndex::from_index(*place))
        .collect()
}

#[test]
fn reach_counts_respondents_once() {
    let lines = find_lines(&small_simulation(), &request(2)).unwrap();
    assert_eq!(lines.method, LineMethod::Exhaustive);
    assert_eq!(lines.evaluated_count, 6);
    // A reaches respondents 1 to 3, C the fourth, B nobody that A does not.
    assert_eq!(lines.best[0].products, indices(&[0, 2]));
    assert_eq!(lines.best[0].reach, 0.8);
    let of_two = lines
        .best
        .iter()
        .find(|line| line.products == indices(&[0, 1]));
    assert_eq!(of_two.unwrap().reach, 0.6);
}

#[test]
fn kept_offers_are_in_every_line() {
    let mut request = request(1);
    request.kept = indices(&[1]);
    let lines = find_lines(&small_simulation(), &request).unwrap();
    assert_eq!(lines.best[0].products, indices(&[1, 2]));
    let found = analyze(&small_simulation(), &request);
    assert_eq!(found.reach_by_size, [0.6, 0.8]);
    let study = small_simulation();
    let applied = found.apply(study.selected(), study.scenario(), &lines.best[0]);
    let withdrawn: Vec<bool> = applied.offers().iter().map(|it| it.withdrawn).collect();
    assert_eq!(withdrawn, [true, false, false, true]);
}

#[test]
fn reach_is_that_of_a_simulation() {
    let study = Arc::new(generate_study(3, &[("Gen X", 60)]));
    for rule in Rule::ALL {
        let model = ChoiceModel {
            rule,
            draws: 20,
            none: NoneOption::Utility(0.5),
            ..ChoiceModel::default()
        };
        let simulation = Simulation::with_model(Arc::clone(&study), model).unwrap();
        let mut request = request(2);
        request.candidates = indices(&[0, 3, 5, 8]);
        request.kept = indices(&[1]);
        for line in find_lines(&simulation, &request).unwrap().best {
            let mut scenario = simulation.scenario().clone();
            for product in &request.candidates {
                let is_out = !line.products.contains(product);
                scenario.set_withdrawn(&study, *product, is_out).unwrap();
            }
            let mut simulation = simulation.clone();
            simulation.set_scenario(scenario);
            let shares = simulation.shares();
            let reach: f64 = line.products.iter().map(|it| shares[*it].share).sum();
            assert!(
                (reach - line.reach).abs() < 1e-9,
                "{rule:?}: {reach} {}",
                line.reach
            );
        }
    }
}

#[test]
fn both_searches_find_a_planted_line() {
    let simulation = small_simulation();
    for method in [LineMethod::Greedy, LineMethod::Exhaustive] {
        let search = LineSearch::new(&simulation, &request(2)).unwrap();
        let result = search.run_with(method, &mut |_| ());
        assert_eq!(result.best[0].products, indices(&[0, 2]), "{method:?}");
    }
}

#[test]
fn reach_grows_with_the_size() {
    let study = Arc::new(generate_study(5, &[("Gen X", 50), ("Millennial", 30)]));
    let model = ChoiceModel {
        none: NoneOption::Utility(1.0),
        ..ChoiceModel::default()
    };
    let simulation = Simulation::with_model(study, model).unwrap();
    let curve = analyze(&simulation, &request(6)).reach_by_size;
    assert_eq!(curve.len(), 7);
    assert!(curve.is_sorted());
}

#[test]
fn requests_that_cannot_be_computed_are_refused() {
    let simulation = small_simulation();
    let refuse = |change: fn(&mut LineRequest)| {
        let mut request = request(2);
        change(&mut request);
        find_lines(&simulation, &request).unwrap_err()
    };
    assert!(matches!(
        refuse(|it| it.size = 5),
        LineError::Size { candidates: 4, .. }
    ));
    assert!(matches!(refuse(|it| it.size = 0), LineError::Size { .. }));
    assert!(matches!(
        refuse(|it| it.objective = LineObjective::Ebit),
        LineError::NoMoney
    ));
    let kept = refuse(|it| {
        it.kept = indices(&[0]);
        it.candidates = indices(&[0, 1]);
    });
    assert!(matches!(kept, LineError::Kept(_)));
    assert!(matches!(
        refuse(|it| it.kept = indices(&[0, 1, 2, 3])),
        LineError::NoCandidates
    ));
}
