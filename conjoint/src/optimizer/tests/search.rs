//! Which candidates are found.

use super::*;
use crate::optimizer::evaluate::Evaluator;
use crate::optimizer::search::{LocalSearch, Ranking};

#[test]
fn all_candidates_of_a_small_study_are_ranked() {
    let simulation = two_respondents();
    // p1 always takes a: 0.5 at its highest price, against -1 of b. p2 takes a where b costs 300
    // (-1.25), unless a costs 300 too (-2.75).
    let vary = ["a.monthly_cost=100:300:100", "b.monthly_cost=150:300:150"];
    let request = request(ObjectiveMeasure::Share, "Ant", &vary);
    let plan = Plan::read(&simulation, &request).unwrap();
    let result = find_best(&plan, &simulation, 10);
    let best = result.best.iter();
    let best: Vec<_> = best
        .map(|c| (c.positions[0], c.positions[1], c.objective_value))
        .collect();
    let expected = [
        (0, 1, 1.0),
        (1, 1, 1.0),
        (0, 0, 0.5),
        (1, 0, 0.5),
        (2, 0, 0.5),
        (2, 1, 0.5),
    ];
    assert_eq!(best, expected);
    assert_eq!(
        (result.strategy, result.evaluated_count),
        (SearchStrategy::Exhaustive, 6)
    );
    let (study, scenario) = (simulation.selected(), simulation.scenario());
    let edits = plan.edits(study, scenario, &result.best[1]);
    let edits: Vec<_> = edits
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    assert_eq!(
        edits,
        [("a.monthly_cost", "200"), ("b.monthly_cost", "300")]
    );
    assert_eq!(find_best(&plan, &simulation, 2).best, result.best[..2]);
}

#[test]
fn level_names_may_contain_commas() {
    let simulation = two_respondents();
    let request = request(
        ObjectiveMeasure::Share,
        "Ant",
        &["a.colour=blue, red, dark,red"],
    );
    let plan = Plan::read(&simulation, &request).unwrap();
    let (study, scenario) = (simulation.selected(), simulation.scenario());
    let result = find_best(&plan, &simulation, 10);
    let edits = result
        .best
        .iter()
        .map(|c| plan.edits(study, scenario, c)[0].1.clone());
    assert_eq!(edits.collect::<Vec<String>>(), ["blue", "red, dark", "red"]);
}

#[test]
fn a_local_search_finds_the_optimum_and_is_reproducible() {
    let simulation = Simulation::new(generate_study(7));
    let vary = [
        "9.monthly_cost=300:580:20",
        "10.monthly_cost=700:1200:50",
        "11.monthly_cost=900:1300:50",
        "9.range=200:300:10",
    ];
    for measure in ObjectiveMeasure::ALL {
        let plan = Plan::read(&simulation, &request(measure, "Tesla", &vary)).unwrap();
        let all = find_best(&plan, &simulation, 1);
        assert_eq!(
            (all.strategy, all.evaluated_count),
            (SearchStrategy::Exhaustive, plan.candidate_count())
        );
        let search = |seed, max_candidates| {
            let mut evaluator = Evaluator::new(&simulation, &plan);
            let mut ranking = Ranking::new(10);
            let start = vec![5, 4, 2, 9];
            let mut search = LocalSearch::new(seed, plan.value_counts(), start, max_candidates);
            while search.step(&mut evaluator, &mut ranking) {}
            (search.evaluated_count(), ranking.into_candidates())
        };
        let (evaluated, best) = search(1, 10_000);
        assert_eq!(
            best[0].objective_value, all.best[0].objective_value,
            "{measure:?}"
        );
        let candidates = plan.candidate_count();
        assert!(evaluated < 6_000, "{evaluated} of {candidates}");
        assert_eq!(search(1, 10_000), (evaluated, best));
        assert_eq!(search(1, 50).0, 50);
    }
}
