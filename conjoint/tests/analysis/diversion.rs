//! Diversion ratios.

use conjoint::analysis::diversion;
use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::index_vec::Position;
use conjoint::simulation::Simulation;
use proptest::prelude::*;

use crate::fixtures::{assert_near, generate_simulation, model_with, two_respondents};

/// A row of the diversion ratios of a simulation.
fn compute_row(simulation: &Simulation, row: usize) -> Vec<Option<f64>> {
    let ratios = diversion::compute_ratios(simulation);
    ratios.row(row).iter().copied().collect()
}

#[test]
fn buyers_divide_by_the_odds_of_the_other_products() {
    let offers = "a,Ant,One,100\nb,Bee,Two,200\nc,Bee,Three,300\n";
    let weights = "p1,1\np2,0\n";
    let model = ChoiceModel {
        none: NoneOption::Utility(0.0),
        ..model_with(Rule::ShareOfPreference)
    };
    let ratios = diversion::compute_ratios(&two_respondents(offers, weights, model));
    // Odds of 3, 1 and e⁻² against None's 1: without one product, the others keep theirs.
    let odds = [3.0, 1.0, (-2.0_f64).exp(), 1.0];
    for row in 0..3 {
        let others = (0..4).filter(|other| *other != row);
        let others: f64 = others.map(|other| odds[other]).sum();
        for column in 0..4 {
            let found = ratios[(row, column)];
            match column == row {
                true => assert_eq!(found, None),
                false => assert_near(found.unwrap(), odds[column] / others, 1e-12),
            }
        }
    }
    let first_choice = two_respondents(offers, weights, ChoiceModel::default());
    // p1 takes the cheapest product, and nobody buys the others.
    let expected = [None, Some(1.0), Some(0.0), Some(0.0)];
    assert_eq!(compute_row(&first_choice, 0), expected);
    assert_eq!(compute_row(&first_choice, 1), [None; 4]);
    // Products that are judged one by one gain nothing from each other.
    let likelihood = two_respondents(offers, weights, model_with(Rule::PurchaseLikelihood));
    let expected = [Some(0.0), None, Some(0.0), Some(1.0)];
    assert_eq!(compute_row(&likelihood, 1), expected);
    // The market loses the buyers of its only product.
    let single = two_respondents("a,Ant,One,100\n", weights, ChoiceModel::default());
    assert_eq!(compute_row(&single, 0), [None, Some(1.0)]);
}

/// Asserts that each row of a product with buyers sums to 1.
fn assert_rows_sum_to_1(simulation: &Simulation) {
    let ratios = diversion::compute_ratios(simulation);
    for (product, share) in simulation.shares().enumerate() {
        let row = ratios.row(product.index());
        assert_eq!(share.share > 0.0, row.iter().any(Option::is_some));
        let sum: f64 = row.iter().flatten().sum();
        assert!(share.share == 0.0 || (sum - 1.0).abs() < 1e-9, "{sum}");
        let is_share = |ratio: &f64| (-1e-9..=1.0 + 1e-9).contains(ratio);
        assert!(row.iter().flatten().all(is_share));
    }
}

#[test]
fn ratios_of_randomized_first_choice_sum_to_1() {
    let model = ChoiceModel {
        none: NoneOption::Utility(0.0),
        draws: 20,
        ..model_with(Rule::RandomizedFirstChoice)
    };
    assert_rows_sum_to_1(&generate_simulation(5, model));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn ratios_sum_to_1(seed in 0..1000_u64, rule in 0..3_usize, has_none in any::<bool>()) {
        let none = match has_none {
            true => NoneOption::Utility(0.0),
            false => NoneOption::Off,
        };
        let rules = [Rule::FirstChoice, Rule::ShareOfPreference, Rule::PurchaseLikelihood];
        let model = ChoiceModel { none, ..model_with(rules[rule]) };
        assert_rows_sum_to_1(&generate_simulation(seed, model));
    }
}
