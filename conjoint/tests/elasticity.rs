//! Elasticities, demand curves and diversion: cases by hand, and what holds of every study.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::sync::Arc;

use conjoint::analysis::demand_curve::{DemandCurve, POINTS};
use conjoint::analysis::price::{PriceError, find_price_attribute, find_priced_offer};
use conjoint::analysis::{diversion, elasticity};
use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::format::{OFFERS, StudyFiles, UTILITIES, WEIGHTS, read_study};
use conjoint::index_vec::{AttributeIndex, Position, ProductIndex};
use conjoint::sample_study::{Sample, generate};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::{Bootstrap, Level};
use nalgebra::DMatrix;
use proptest::prelude::*;

/// Two people, of whom one does not mind the price; ln 3 makes odds of 3 to 1.
const BY_HAND: &str = "\
id,segment,brand,brand,monthly_cost,monthly_cost,monthly_cost
id,segment,Ant,Bee,100,200,300
p1,young,0,0,1.0986122886681098,0,-2
p2,young,0,0,0,0,0
";

fn by_hand(offers: &str, weights: &str, model: ChoiceModel) -> Simulation {
    let mut files = StudyFiles::default();
    let mut add = |name, text: &str| files.insert(name, text.as_bytes().to_vec());
    add(UTILITIES, BY_HAND);
    add(OFFERS, &format!("id,brand,model,monthly_cost\n{offers}"));
    add(WEIGHTS, &format!("id,weight\n{weights}"));
    let study = read_study(&files)
        .unwrap_or_else(|problems| panic!("{problems}"))
        .study;
    Simulation::with_model(Arc::new(study), model).unwrap()
}

fn by(rule: Rule) -> ChoiceModel {
    ChoiceModel {
        rule,
        ..ChoiceModel::default()
    }
}

fn drawn(seed: u64, model: ChoiceModel) -> Simulation {
    let respondents = [("Millennial", 20), ("Gen X", 15)];
    let study = generate(&Sample {
        seed,
        respondents: respondents
            .map(|(name, count)| (name.to_owned(), count))
            .into(),
    });
    Simulation::with_model(Arc::new(study.unwrap()), model).unwrap()
}

fn monthly(simulation: &Simulation) -> AttributeIndex {
    find_price_attribute(simulation.selected(), None).unwrap()
}

/// Gives a product another value.
fn set(simulation: &mut Simulation, product: ProductIndex, attribute: AttributeIndex, text: &str) {
    let study = Arc::clone(simulation.selected());
    let mut scenario = simulation.scenario().clone();
    scenario.set(&study, product, attribute, text).unwrap();
    simulation.set_scenario(scenario);
}

fn withdraw(simulation: &mut Simulation, product: ProductIndex) {
    let study = Arc::clone(simulation.selected());
    let mut scenario = simulation.scenario().clone();
    scenario.set_withdrawn(&study, product, true).unwrap();
    simulation.set_scenario(scenario);
}

fn assert_near(found: Option<f64>, expected: f64, tolerance: f64) {
    let found = found.unwrap();
    let size = expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= tolerance * size,
        "{found} is not {expected}"
    );
}

#[test]
fn point_elasticities_of_a_case_by_hand() {
    let model = ChoiceModel {
        scale: 2.0,
        ..ChoiceModel::default()
    };
    // At a surveyed level the interval above it counts; beyond the highest, the last.
    let simulation = by_hand("a,Ant,One,100\nb,Bee,Two,300\n", "p1,2\np2,1\n", model);
    let found = elasticity::compute_point(&simulation, monthly(&simulation));
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
            assert_near(found[(row, column)], expected, 1e-12);
        }
    }
}

#[test]
fn arc_elasticities_of_a_case_by_hand() {
    let offers = "a,Ant,One,200\nb,Bee,Two,200\n";
    let simulation = by_hand(offers, "p1,1\np2,0\n", by(Rule::ShareOfPreference));
    let found = elasticity::compute_arc(&simulation, monthly(&simulation), 0.5);
    // From 100 to 300 p1's odds go from 3 to e⁻².
    let (low, high) = (0.75, (-2.0_f64).exp() / (1.0 + (-2.0_f64).exp()));
    let own = (high - low) / ((high + low) / 2.0) / (200.0 / 200.0);
    let cross = (low - high) / ((2.0 - high - low) / 2.0);
    for (row, column, expected) in [(0, 0, own), (1, 0, cross), (0, 1, cross), (1, 1, own)] {
        assert_near(found[(row, column)], expected, 1e-12);
    }
    // By first choice p1 takes the cheaper one: the whole share moves.
    let simulation = by_hand(offers, "p1,1\np2,0\n", ChoiceModel::default());
    let found = elasticity::compute_arc(&simulation, monthly(&simulation), 0.5);
    assert_eq!((found[(0, 0)], found[(1, 0)]), (Some(-2.0), Some(2.0)));
}

#[test]
fn without_a_share_or_a_price_there_is_no_elasticity() {
    let offers = "a,Ant,One,200\nb,Bee,Two,200\nc,Ant,Three,\nd,Ant,Four,100\n";
    let mut simulation = by_hand(offers, "p1,1\np2,1\n", ChoiceModel::default());
    let price = monthly(&simulation);
    withdraw(&mut simulation, ProductIndex::from_index(3));
    for found in [
        elasticity::compute_point(&simulation, price),
        elasticity::compute_arc(&simulation, price, elasticity::DEFAULT_ARC),
    ] {
        for other in 0..4 {
            assert_eq!(found[(other, 2)], None);
            assert_eq!(found[(other, 3)], None);
            assert_eq!(found[(3, other)], None);
        }
    }
    let point = elasticity::compute_point(&simulation, price);
    assert!(point[(2, 0)].is_some() && point[(0, 1)].is_some());
    // An attribute of names is no price.
    let brand = simulation.selected().schema().brand();
    assert!(
        elasticity::compute_point(&simulation, brand)
            .iter()
            .all(Option::is_none)
    );
    assert!(
        elasticity::compute_arc(&simulation, brand, 0.05)
            .iter()
            .all(Option::is_none)
    );
}

#[test]
fn a_price_is_an_attribute_of_numbers_and_an_offer_on_the_market() {
    let mut simulation = by_hand(
        "a,Ant,One,200\nb,Bee,Two,300\n",
        "p1,1\np2,1\n",
        ChoiceModel::default(),
    );
    let study = Arc::clone(simulation.selected());
    let description = |name| {
        find_price_attribute(&study, Some(name))
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        description("cost"),
        "the study has no attribute `cost`; name one of `monthly_cost`"
    );
    assert_eq!(
        description("brand"),
        "`brand` has no surveyed numbers that could be prices; name one of `monthly_cost`"
    );
    // The one with the largest share.
    assert_eq!(
        find_priced_offer(&simulation, None),
        Ok(ProductIndex::from_index(0))
    );
    assert_eq!(
        find_priced_offer(&simulation, Some("b")),
        Ok(ProductIndex::from_index(1))
    );
    let fault = find_priced_offer(&simulation, Some("c")).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "no offer has the id `c`; ids are `a`, `b`"
    );
    withdraw(&mut simulation, ProductIndex::from_index(0));
    assert_eq!(
        find_priced_offer(&simulation, None),
        Ok(ProductIndex::from_index(1))
    );
    let id = "a".to_owned();
    assert_eq!(
        find_priced_offer(&simulation, Some("a")),
        Err(PriceError::Withdrawn { id })
    );
    withdraw(&mut simulation, ProductIndex::from_index(1));
    assert_eq!(
        find_priced_offer(&simulation, None),
        Err(PriceError::NothingOffered)
    );
}

#[test]
fn buyers_go_where_their_odds_lead() {
    let offers = "a,Ant,One,100\nb,Bee,Two,200\nc,Bee,Three,300\n";
    let weights = "p1,1\np2,0\n";
    let model = ChoiceModel {
        none: NoneOption::Utility(0.0),
        ..by(Rule::ShareOfPreference)
    };
    let found = diversion::compute_ratios(&by_hand(offers, weights, model));
    // Odds of 3, 1 and e⁻² beside None's of 1: without one, the others keep theirs.
    let odds = [3.0, 1.0, (-2.0_f64).exp(), 1.0];
    for row in 0..3 {
        let others: f64 = (0..4)
            .filter(|other| *other != row)
            .map(|other| odds[other])
            .sum();
        for column in 0..4 {
            match column == row {
                true => assert_eq!(found[(row, column)], None),
                false => assert_near(found[(row, column)], odds[column] / others, 1e-12),
            }
        }
    }
    let found = diversion::compute_ratios(&by_hand(offers, weights, ChoiceModel::default()));
    let row = |found: &DMatrix<Option<f64>>, row: usize| -> Vec<Option<f64>> {
        found.row(row).iter().copied().collect()
    };
    // p1 takes the cheapest; nobody loses what nobody buys.
    assert_eq!(row(&found, 0), [None, Some(1.0), Some(0.0), Some(0.0)]);
    assert_eq!(row(&found, 1), [None; 4]);
    // Judged one by one, products win nothing of each other's.
    let found = diversion::compute_ratios(&by_hand(offers, weights, by(Rule::PurchaseLikelihood)));
    assert_eq!(row(&found, 1), [Some(0.0), None, Some(0.0), Some(1.0)]);
    // Without another product there is nobody to go to.
    let found =
        diversion::compute_ratios(&by_hand("a,Ant,One,100\n", weights, ChoiceModel::default()));
    assert_eq!(row(&found, 0), [None, Some(1.0)]);
}

/// The curve with intervals of few resamples.
fn curve(simulation: &Simulation, product: ProductIndex) -> DemandCurve {
    let bootstrap = Bootstrap {
        resamples: 50,
        ..Bootstrap::default()
    };
    DemandCurve::compute(
        simulation,
        product,
        monthly(simulation),
        bootstrap,
        Level::default(),
    )
}

#[test]
fn a_demand_curve_is_what_the_simulation_says_at_every_price() {
    for rule in Rule::ALL {
        let model = ChoiceModel {
            draws: 20,
            none: NoneOption::Utility(0.5),
            ..by(rule)
        };
        let mut simulation = drawn(4, model);
        let product = simulation.scenario().find("9").unwrap();
        let curve = curve(&simulation, product);
        assert_eq!(curve.points.len(), POINTS as usize + 1);
        assert!(
            curve
                .points
                .is_sorted_by(|one, other| one.price < other.price)
        );
        assert_eq!(
            (curve.points[0].price, curve.points[25].price),
            (120.0, 1250.0)
        );
        assert!(
            curve
                .points
                .iter()
                .any(|point| Some(point.price) == curve.current)
        );
        let brand = curve.brand.unwrap();
        for point in curve.points.iter().step_by(5) {
            set(
                &mut simulation,
                product,
                curve.attribute,
                &point.price.to_string(),
            );
            assert_near(
                Some(point.share.mean),
                simulation.shares()[product].share,
                1e-12,
            );
            let interval = point.share.interval.unwrap();
            assert!(interval.low <= point.share.mean && point.share.mean <= interval.high);
            let money = simulation.brands().unwrap()[brand].new;
            assert_near(point.money.map(|money| money.revenue), money.revenue, 1e-12);
            assert_near(point.money.map(|money| money.ebit), money.ebit, 1e-12);
        }
    }
}

#[test]
fn a_demand_curve_has_the_price_as_it_stands_wherever_that_is() {
    let mut simulation = by_hand(
        "a,Ant,One,200\nb,Bee,Two,\n",
        "p1,1\np2,1\n",
        ChoiceModel::default(),
    );
    let [one, two] = [0, 1].map(ProductIndex::from_index);
    let prices = |simulation: &Simulation, product| -> Vec<f64> {
        let curve = curve(simulation, product);
        assert!(curve.points.iter().all(|point| point.money.is_none()));
        curve.points.iter().map(|point| point.price).collect()
    };
    // A surveyed level is a point of its own already.
    assert_eq!(prices(&simulation, one).len(), POINTS as usize);
    assert_eq!(prices(&simulation, two).len(), POINTS as usize);
    assert_eq!(curve(&simulation, two).current, None);
    let price = monthly(&simulation);
    set(&mut simulation, one, price, "450");
    assert_eq!(prices(&simulation, one)[24..], [300.0, 450.0]);
}

/// Asserts that every buyer of every product goes somewhere.
fn assert_rows_sum_to_1(simulation: &Simulation) {
    let matrix = diversion::compute_ratios(simulation);
    for (product, share) in simulation.shares().enumerate() {
        let row = matrix.row(product.index());
        assert_eq!(share.share > 0.0, row.iter().any(Option::is_some));
        let sum: f64 = row.iter().flatten().sum();
        assert!(share.share == 0.0 || (sum - 1.0).abs() < 1e-9, "{sum}");
        let is_share = |ratio: &f64| (-1e-9..=1.0 + 1e-9).contains(ratio);
        assert!(row.iter().flatten().all(is_share));
    }
}

#[test]
fn diversion_ratios_of_randomized_first_choice_sum_to_1() {
    let model = ChoiceModel {
        none: NoneOption::Utility(0.0),
        draws: 20,
        ..by(Rule::RandomizedFirstChoice)
    };
    assert_rows_sum_to_1(&drawn(5, model));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn point_elasticities_are_the_derivatives_of_the_shares(
        seed in 0..1000_u64,
        scale in 0.3..2.0,
        is_none_offered in any::<bool>(),
    ) {
        let none = match is_none_offered {
            true => NoneOption::Utility(0.3),
            false => NoneOption::Off,
        };
        let model = ChoiceModel { scale, none, ..by(Rule::ShareOfPreference) };
        let mut simulation = drawn(seed, model);
        let price = monthly(&simulation);
        // Far enough from every level for the step.
        let moved = simulation.scenario().find("9").unwrap();
        set(&mut simulation, moved, price, "317.5");
        let point = elasticity::compute_point(&simulation, price);
        let arc = elasticity::compute_arc(&simulation, price, 1e-4);
        let shares = simulation.shares();
        let step = 0.01;
        let mut at = |price_then: f64| {
            set(&mut simulation, moved, price, &price_then.to_string());
            simulation.shares()
        };
        let (below, above) = (at(317.5 - step), at(317.5 + step));
        let mut sum = 0.0;
        for (product, share) in shares.enumerate() {
            let found = point[(product.index(), moved.index())].unwrap();
            let slope = (above[product].logit - below[product].logit) / (2.0 * step);
            let expected = slope * 317.5 / share.logit;
            prop_assert!((found - expected).abs() < 1e-6, "{} is not {}", found, expected);
            let arc = arc[(product.index(), moved.index())].unwrap();
            prop_assert!((found - arc).abs() < 1e-4, "{} is not {}", found, arc);
            sum += share.logit * found;
        }
        // What one loses the others win, but for None's part.
        prop_assert_eq!(sum.abs() < 1e-12, !is_none_offered, "{}", sum);
    }

    #[test]
    fn diversion_ratios_sum_to_1(seed in 0..1000_u64, rule in 0..3_usize, none in any::<bool>()) {
        let none = match none {
            true => NoneOption::Utility(0.0),
            false => NoneOption::Off,
        };
        let rules = [Rule::FirstChoice, Rule::ShareOfPreference, Rule::PurchaseLikelihood];
        assert_rows_sum_to_1(&drawn(seed, ChoiceModel { none, ..by(rules[rule]) }));
    }
}
