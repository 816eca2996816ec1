//! Price elasticities.

use conjoint::analysis::elasticity;
use conjoint::analysis::price::find_price_attribute;
use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::index_vec::{AttributeIndex, Position, ProductIndex};
use conjoint::simulation::Simulation;
use proptest::prelude::*;

use crate::fixtures::{
    assert_near, generate_simulation, model_with, set_value, two_respondents, withdraw,
};

fn price_of(simulation: &Simulation) -> AttributeIndex {
    find_price_attribute(simulation.selected(), None).unwrap()
}

#[test]
fn point_elasticities_computed_by_hand() {
    let model = ChoiceModel {
        scale: 2.0,
        ..ChoiceModel::default()
    };
    // At a surveyed level the slope is that of the interval above; beyond the highest, of the last.
    let simulation = two_respondents("a,Ant,One,100\nb,Bee,Two,300\n", "p1,2\np2,1\n", model);
    let found = elasticity::compute_point(&simulation, price_of(&simulation));
    // p1's utilities, times 2: ln 9 and −4.
    let odds = 9.0 / (-4.0_f64).exp();
    let (a, b) = (odds / (1.0 + odds), 1.0 / (1.0 + odds));
    let shares = [2.0 * a + 0.5, 2.0 * b + 0.5];
    let slopes = [-3.0_f64.ln() / 100.0, -2.0 / 100.0];
    let prices = [100.0, 300.0];
    for (column, (slope, price)) in slopes.iter().zip(prices).enumerate() {
        for (row, share) in shares.iter().enumerate() {
            let sign = if row == column { 1.0 } else { -1.0 };
            let expected = sign * 2.0 * (2.0 * slope * a * b) * price / share;
            assert_near(found[(row, column)].unwrap(), expected, 1e-12);
        }
    }
}

#[test]
fn arc_elasticities_computed_by_hand() {
    let offers = "a,Ant,One,200\nb,Bee,Two,200\n";
    let model = model_with(Rule::ShareOfPreference);
    let simulation = two_respondents(offers, "p1,1\np2,0\n", model);
    let found = elasticity::compute_arc(&simulation, price_of(&simulation), 0.5);
    // From 100 to 300, p1's odds change from 3 to e⁻².
    let (low, high) = (0.75, (-2.0_f64).exp() / (1.0 + (-2.0_f64).exp()));
    let own = (high - low) / ((high + low) / 2.0) / (200.0 / 200.0);
    let cross = (low - high) / ((2.0 - high - low) / 2.0);
    for (row, column, expected) in [(0, 0, own), (1, 0, cross), (0, 1, cross), (1, 1, own)] {
        assert_near(found[(row, column)].unwrap(), expected, 1e-12);
    }
    // By first choice p1 takes the cheaper product, so the whole share moves.
    let simulation = two_respondents(offers, "p1,1\np2,0\n", ChoiceModel::default());
    let found = elasticity::compute_arc(&simulation, price_of(&simulation), 0.5);
    assert_eq!((found[(0, 0)], found[(1, 0)]), (Some(-2.0), Some(2.0)));
}

#[test]
fn without_a_share_or_a_price_there_is_no_elasticity() {
    let offers = "a,Ant,One,200\nb,Bee,Two,200\nc,Ant,Three,\nd,Ant,Four,100\n";
    let mut simulation = two_respondents(offers, "p1,1\np2,1\n", ChoiceModel::default());
    let price = price_of(&simulation);
    withdraw(&mut simulation, ProductIndex::from_index(3));
    let point = elasticity::compute_point(&simulation, price);
    let arc = elasticity::compute_arc(&simulation, price, elasticity::DEFAULT_ARC);
    for found in [&point, &arc] {
        for other in 0..4 {
            assert_eq!(found[(other, 2)], None);
            assert_eq!(found[(other, 3)], None);
            assert_eq!(found[(3, other)], None);
        }
    }
    assert!(point[(2, 0)].is_some() && point[(0, 1)].is_some());
    // A categorical attribute is not a price.
    let brand = simulation.selected().schema().brand();
    for found in [
        elasticity::compute_point(&simulation, brand),
        elasticity::compute_arc(&simulation, brand, 0.05),
    ] {
        assert!(found.iter().all(Option::is_none));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn point_elasticities_are_the_derivatives_of_the_shares(
        seed in 0..1000_u64,
        scale in 0.3..2.0,
        has_none in any::<bool>(),
    ) {
        let none = match has_none {
            true => NoneOption::Utility(0.3),
            false => NoneOption::Off,
        };
        let model = ChoiceModel { scale, none, ..model_with(Rule::ShareOfPreference) };
        let mut simulation = generate_simulation(seed, model);
        let price = price_of(&simulation);
        // Far enough from all levels for the step.
        let priced = simulation.scenario().find("9").unwrap();
        set_value(&mut simulation, priced, price, "317.5");
        let point = elasticity::compute_point(&simulation, price);
        let arc = elasticity::compute_arc(&simulation, price, 1e-4);
        let shares = simulation.shares();
        let step = 0.01;
        let mut shares_at = |value: f64| {
            set_value(&mut simulation, priced, price, &value.to_string());
            simulation.shares()
        };
        let (below, above) = (shares_at(317.5 - step), shares_at(317.5 + step));
        let mut sum = 0.0;
        for (product, share) in shares.enumerate() {
            let found = point[(product.index(), priced.index())].unwrap();
            let slope = (above[product].logit - below[product].logit) / (2.0 * step);
            let expected = slope * 317.5 / share.logit;
            prop_assert!((found - expected).abs() < 1e-6, "{} is not {}", found, expected);
            let arc = arc[(product.index(), priced.index())].unwrap();
            prop_assert!((found - arc).abs() < 1e-4, "{} is not {}", found, arc);
            sum += share.logit * found;
        }
        // The others gain what one product loses, except for what None gains.
        prop_assert_eq!(sum.abs() < 1e-12, !has_none, "{}", sum);
    }
}
