//! Price elasticities.

use std::sync::Arc;

use conjoint::analysis::elasticity;
use conjoint::analysis::price::find_price_attribute;
use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::index_vec::{AttributeIndex, Position, ProductIndex};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::{Level, Uncertainty};
use conjoint::testing::{add_draws, generate_files, read_valid};
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

/// A resample of two respondents has both, or one of them twice: each of the latter is one in four.
#[test]
fn intervals_computed_by_hand() {
    let offers = "a,Ant,One,200\nb,Bee,Two,200\n";
    let model = model_with(Rule::ShareOfPreference);
    let simulation = two_respondents(offers, "p1,2\np2,1\n", model);
    let (price, bootstrap) = (price_of(&simulation), simulation.model().bootstrap());
    let level = Level::default();
    // p2 does not mind the price. p1's odds are even; the slope is -2 in 100, or -2 from 100 to 300.
    let point = elasticity::estimate_point(&simulation, price, bootstrap, level);
    let arc = elasticity::estimate_arc(&simulation, price, 0.5, bootstrap, level);
    let (low, high) = (0.75, (-2.0_f64).exp() / (1.0 + (-2.0_f64).exp()));
    let own = [-2.0, (high - low) / ((high + low) / 2.0)];
    let cross = [2.0, (low - high) / ((2.0 - high - low) / 2.0)];
    for (found, own, cross) in [(&point, own[0], cross[0]), (&arc, own[1], cross[1])] {
        for (row, column) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let interval = found[(row, column)].unwrap().interval.unwrap();
            let ends = match row == column {
                true => [own, 0.0],
                false => [0.0, cross],
            };
            assert_near(interval.low, ends[0], 1e-12);
            assert_near(interval.high, ends[1], 1e-12);
        }
    }
    let means = point.map(|cell| cell.map(|estimate| estimate.mean));
    assert_eq!(means, elasticity::compute_point(&simulation, price));
    let means = arc.map(|cell| cell.map(|estimate| estimate.mean));
    assert_eq!(means, elasticity::compute_arc(&simulation, price, 0.5));
}

/// With draws only, replicates are the elasticities at each draw.
#[test]
fn intervals_of_draws_reach_from_draw_to_draw() {
    let mut files = generate_files(7, &[("Gen X", 12)]);
    let model = model_with(Rule::ShareOfPreference);
    let at_means = Simulation::with_model(Arc::new(read_valid(&files)), model.clone()).unwrap();
    add_draws(&mut files, 2, |draw, _| if draw == 0 { 0.0 } else { 2.0 });
    // The mean part-worths of the file are those of the first draw.
    let study = Arc::new(read_valid(&files));
    let model = ChoiceModel {
        uncertainty: Uncertainty::Draws,
        ..model
    };
    let simulation = Simulation::with_model(study, model).unwrap();
    let (price, bootstrap) = (price_of(&simulation), simulation.model().bootstrap());
    let level = Level::new(99.0).unwrap();
    let first = elasticity::compute_point(&at_means, price);
    let arc = elasticity::compute_arc(&at_means, price, 0.05);
    let estimates = [
        elasticity::estimate_point(&simulation, price, bootstrap, level),
        elasticity::estimate_arc(&simulation, price, 0.05, bootstrap, level),
    ];
    for (found, first) in estimates.iter().zip([first, arc]) {
        let mut differs = false;
        for (found, first) in found.iter().zip(first.iter()) {
            let (interval, first) = (found.unwrap().interval.unwrap(), first.unwrap());
            let distance = (interval.low - first)
                .abs()
                .min((interval.high - first).abs());
            // Draws are stored in single precision.
            assert!(
                distance < 1e-4 * first.abs().max(1.0),
                "{interval:?}: {first}"
            );
            differs |= interval.high - interval.low > 1e-3;
        }
        assert!(differs);
    }
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
