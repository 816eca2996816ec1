//! Willingness to pay.

use std::sync::Arc;

use conjoint::analysis::price::{PriceError, find_price_attribute};
use conjoint::analysis::wtp::{LevelWorth, LevelWtp, WillingnessToPay, WtpRequest};
use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::index_vec::{LevelIndex, Position, ProductIndex};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::{Bootstrap, Level};
use conjoint::study::Levels;
use conjoint::testing::generate_study;
use proptest::prelude::*;

use crate::fixtures::{assert_near, model_with, simulate};

/// Respondents whose utility falls by 0.01, by 0.02 and by nothing per unit of price, and whose
/// utilities of brand and range differ by 1, 2 and 3.
const THREE_RESPONDENTS: &str = "\
id,segment,brand,brand,monthly_cost,monthly_cost,monthly_cost,range,range,range
id,segment,Ant,Bee,100,200,400,10,20,40
p1,young,0,1,1,0,-2,0,1,1
p2,young,0,1,2,0,-4,0,2,2
p3,young,0,1,0,0,0,0,3,3
";

/// A simulation with these rows of `id,brand,model,monthly_cost,range`.
fn simulate_offers(utilities: &str, offers: &str, weights: &str, model: ChoiceModel) -> Simulation {
    let offers = format!("id,brand,model,monthly_cost,range\n{offers}");
    simulate(utilities, &offers, weights, model)
}

fn request(simulation: &Simulation, product: ProductIndex) -> WtpRequest {
    WtpRequest {
        product,
        price: find_price_attribute(simulation.selected(), None).unwrap(),
        attribute: None,
        bootstrap: Bootstrap {
            resamples: 100,
            ..Bootstrap::default()
        },
        level: Level::default(),
    }
}

fn compute(simulation: &Simulation, product: usize) -> WillingnessToPay {
    let request = request(simulation, ProductIndex::from_index(product));
    WillingnessToPay::compute(simulation, &request).unwrap()
}

/// The willingness to pay for a level of the attribute with this name.
fn find_level(
    simulation: &Simulation,
    wtp: &WillingnessToPay,
    attribute: &str,
    level: usize,
) -> LevelWtp {
    let attribute = simulation.selected().schema().find(attribute).unwrap();
    let level = LevelIndex::from_index(level);
    let mut levels = wtp.levels.iter();
    let found = levels.find(|other| (other.attribute, other.level) == (attribute, level));
    *found.unwrap()
}

#[test]
fn algebraic_amounts_computed_by_hand() {
    // 27 is nearer to 20 than to 40.
    let offers = "a,Ant,One,200,27\nb,Bee,Two,100,10\n";
    let simulate =
        |weights: &str| simulate_offers(THREE_RESPONDENTS, offers, weights, ChoiceModel::default());
    let simulation = simulate("p1,2\np2,1\np3,1\n");
    let wtp = compute(&simulation, 0);
    assert_eq!((wtp.respondents, wtp.like_paying_more), (3, 1));
    assert_eq!(wtp.levels.len(), 3);
    // p1 would pay 1 / 0.01, p2 1 / 0.02; p1 has twice the weight, and p3 is excluded.
    let brand = find_level(&simulation, &wtp, "brand", 1);
    assert_eq!(brand.reference, LevelIndex::from_index(0));
    assert_near(brand.algebraic.unwrap().amount, 100.0, 1e-12);
    let interval = brand.algebraic.unwrap().interval;
    assert_near(interval.low, 50.0, 1e-12);
    assert_near(interval.high, 100.0, 1e-12);
    // Both would pay 100 to avoid the loss.
    let shorter = find_level(&simulation, &wtp, "range", 0);
    assert_eq!(shorter.reference, LevelIndex::from_index(1));
    assert_near(shorter.algebraic.unwrap().amount, -100.0, 1e-12);
    // Levels with equal part-worths have the same value.
    let longer = find_level(&simulation, &wtp, "range", 2);
    assert_eq!(longer.algebraic.unwrap().amount, 0.0);
    let simulated = longer.simulated.unwrap();
    assert_eq!(simulated.amount, 0.0);
    assert_eq!(
        (simulated.interval.low, simulated.interval.high),
        (0.0, 0.0)
    );
}

#[test]
fn a_distribution_and_a_comparison_computed_by_hand() {
    let offers = "a,Ant,One,200,27\nb,Bee,Two,100,10\n";
    let weights = "p1,2\np2,1\np3,1\n";
    let model = ChoiceModel::default();
    let simulation = simulate_offers(THREE_RESPONDENTS, offers, weights, model);
    let worth = |attribute: &str, level: usize, other: Option<usize>| {
        let request = WtpRequest {
            attribute: simulation.selected().schema().find(attribute),
            ..request(&simulation, ProductIndex::from_index(0))
        };
        let [level, other] = [Some(level), other].map(|it| it.map(LevelIndex::from_index));
        LevelWorth::compute(&simulation, &request, level.unwrap(), other).unwrap()
    };
    // p1 would pay 100 and has twice the weight of p2, who would pay 50; p3 has no amount.
    let brand = worth("brand", 1, None).unwrap();
    assert_eq!(brand.reference, LevelIndex::from_index(0));
    assert!(brand.difference.is_none());
    let [of_brand] = brand.levels.as_slice() else {
        panic!("{brand:?}");
    };
    for (found, expected) in of_brand
        .quantiles
        .iter()
        .zip([50.0, 50.0, 100.0, 100.0, 100.0])
    {
        assert_near(*found, expected, 1e-9);
    }
    assert_eq!(of_brand.share_above_zero, Some(1.0));
    assert_eq!(
        (brand.amounts.len(), brand.amounts[0]),
        (101, of_brand.quantiles[0])
    );
    assert_near(of_brand.shares_above[50], 2.0 / 3.0, 1e-12);
    // Both would pay 100 to avoid the shorter range, and nothing for the longer one.
    let range = worth("range", 0, Some(2)).unwrap();
    assert_eq!(range.levels.len(), 2);
    let difference = range.difference.unwrap().algebraic.unwrap();
    assert_near(difference.amount, -100.0, 1e-9);
    assert_eq!(range.levels[0].share_above_zero, Some(0.0));
    // The reference is worth nothing in comparison with itself.
    assert_eq!(worth("range", 1, None), None);
}

#[test]
fn respondents_without_a_weight_are_not_counted() {
    let offers = "a,Ant,One,200,27\nb,Bee,Two,100,10\n";
    let simulate =
        |weights: &str| simulate_offers(THREE_RESPONDENTS, offers, weights, ChoiceModel::default());
    let simulation = simulate("p1,1\np2,1\np3,0\n");
    let wtp = compute(&simulation, 0);
    assert_eq!((wtp.respondents, wtp.like_paying_more), (2, 0));
    let brand = find_level(&simulation, &wtp, "brand", 1);
    assert_near(brand.algebraic.unwrap().amount, 75.0, 1e-12);
    // Only the respondent who likes paying more, who has no amount.
    let simulation = simulate("p1,0\np2,0\np3,1\n");
    let wtp = compute(&simulation, 0);
    assert_eq!((wtp.respondents, wtp.like_paying_more), (1, 1));
    let brand = find_level(&simulation, &wtp, "brand", 1);
    assert_eq!((brand.algebraic, brand.simulated), (None, None));
}

#[test]
fn both_methods_agree_if_all_respondents_are_alike() {
    let weights = "p1,1\np2,0\np3,0\n";
    let offers = "a,Ant,One,200,20\nb,Bee,Two,100,10\nc,Bee,Three,200,20\n";
    let none = NoneOption::Utility(0.4);
    for model in [
        ChoiceModel {
            none,
            scale: 0.7,
            ..model_with(Rule::ShareOfPreference)
        },
        ChoiceModel {
            none,
            scale: 2.5,
            ..model_with(Rule::PurchaseLikelihood)
        },
        // The share of preference replaces the other two rules.
        ChoiceModel {
            draws: 10,
            ..model_with(Rule::RandomizedFirstChoice)
        },
        ChoiceModel::default(),
    ] {
        let closed_form = match model.rule {
            Rule::PurchaseLikelihood => Rule::PurchaseLikelihood,
            _ => Rule::ShareOfPreference,
        };
        let simulation = simulate_offers(THREE_RESPONDENTS, offers, weights, model);
        let wtp = compute(&simulation, 0);
        assert_eq!(wtp.rule, closed_form);
        for (attribute, level, amount) in [("brand", 1, 100.0), ("range", 0, -100.0)] {
            let found = find_level(&simulation, &wtp, attribute, level);
            for estimate in [found.algebraic.unwrap(), found.simulated.unwrap()] {
                assert_near(estimate.amount, amount, 1e-9);
                assert_near(estimate.interval.low, amount, 1e-9);
                assert_near(estimate.interval.high, amount, 1e-9);
            }
        }
    }
}

#[test]
fn a_simulated_amount_computed_by_hand() {
    // Beyond 400 the price line continues; prices up to 1000 are searched.
    let utilities = THREE_RESPONDENTS.replace("p2,young,0,1", "p2,young,0,9");
    let simulation = simulate_offers(
        &utilities,
        "a,Ant,One,200,20\nb,Ant,Two,200,20\n",
        "p1,1\np2,1\np3,0\n",
        model_with(Rule::ShareOfPreference),
    );
    let found = find_level(&simulation, &compute(&simulation, 0), "brand", 1);
    // The utilities are 1 and 9 at the price, and fall by 0.01 and 0.02 a unit. Half of both buy
    // again where 1 − 0.01·x = −(9 − 0.02·x).
    assert_near(found.simulated.unwrap().amount, 10.0 / 0.03, 1e-9);
    assert_near(found.algebraic.unwrap().amount, (100.0 + 450.0) / 2.0, 1e-9);
}

#[test]
fn there_is_no_simulated_amount_if_the_share_does_not_return() {
    let model = model_with(Rule::ShareOfPreference);
    let monopoly = "a,Ant,One,200,20\n";
    let weights = "p1,1\np2,1\np3,0\n";
    // Without competitors and without None, everybody buys at any price.
    let simulation = simulate_offers(THREE_RESPONDENTS, monopoly, weights, model.clone());
    let wtp = compute(&simulation, 0);
    assert!(wtp.levels.iter().all(|level| level.simulated.is_none()));
    assert!(wtp.levels.iter().all(|level| level.algebraic.is_some()));
    let with_none = ChoiceModel {
        none: NoneOption::Utility(0.0),
        ..model.clone()
    };
    let simulation = simulate_offers(THREE_RESPONDENTS, monopoly, weights, with_none);
    let wtp = compute(&simulation, 0);
    assert!(wtp.levels.iter().all(|level| level.simulated.is_some()));
    // A level with more value than all prices, and one that only a negative price would make up for.
    let utilities = THREE_RESPONDENTS.replace(",young,0,1,", ",young,0,50,");
    let duopoly = "a,Ant,One,200,20\nb,Bee,Two,100,10\n";
    let simulation = simulate_offers(&utilities, duopoly, weights, model);
    for (product, level) in [(0, 1), (1, 0)] {
        let found = find_level(&simulation, &compute(&simulation, product), "brand", level);
        assert_eq!(found.simulated, None);
    }
}

#[test]
fn an_offer_without_a_price_is_an_error() {
    let simulation = simulate_offers(
        THREE_RESPONDENTS,
        "a,Ant,One,,20\nb,Bee,Two,100,10\n",
        "p1,1\np2,1\np3,0\n",
        model_with(Rule::ShareOfPreference),
    );
    let request = request(&simulation, ProductIndex::from_index(0));
    assert_eq!(
        WillingnessToPay::compute(&simulation, &request),
        Err(PriceError::Unpriced {
            id: "a".to_owned(),
            attribute: "monthly_cost".to_owned()
        })
    );
}

#[test]
fn a_request_can_be_restricted_to_one_attribute() {
    let simulation = simulate_offers(
        THREE_RESPONDENTS,
        "a,Ant,One,200,\nb,Bee,Two,100,10\n",
        "p1,1\np2,1\np3,1\n",
        ChoiceModel::default(),
    );
    let attribute = simulation.selected().schema().find("range");
    let request = WtpRequest {
        attribute,
        ..request(&simulation, ProductIndex::from_index(0))
    };
    let wtp = WillingnessToPay::compute(&simulation, &request).unwrap();
    let mut levels = wtp.levels.iter();
    assert!(levels.all(|level| Some(level.attribute) == attribute));
    // The reference of a product without a value is the lowest level.
    let [lowest, first, second] = [0, 1, 2].map(LevelIndex::from_index);
    let levels = wtp.levels.iter();
    let pairs: Vec<_> = levels.map(|level| (level.reference, level.level)).collect();
    assert_eq!(pairs, [(lowest, first), (lowest, second)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// As many buy with the level at the computed price as with the reference at its price.
    #[test]
    fn the_share_returns_at_the_computed_price(
        seed in 0..1000_u64,
        scale in 0.3..1.5,
        is_judged_separately in any::<bool>(),
        product in 0..13_usize,
    ) {
        let study = Arc::new(generate_study(seed, &[("Millennial", 15), ("Gen X", 15)]));
        let rule = match is_judged_separately {
            true => Rule::PurchaseLikelihood,
            false => Rule::ShareOfPreference,
        };
        let product = ProductIndex::from_index(product);
        let model = ChoiceModel {
            scale,
            none: NoneOption::Utility(0.2),
            availability: vec![(study.offers()[product].id.clone(), 0.8)],
            ..model_with(rule)
        };
        let mut simulation = Simulation::with_model(Arc::clone(&study), model).unwrap();
        let wtp = compute(&simulation, product.index());
        let baseline = simulation.scenario().clone();
        let attributes = study.schema().attributes();
        let price = baseline.offers()[product].cells[wtp.price];
        let price: f64 = attributes[wtp.price].write(price).parse().unwrap();
        let mut share = |line: &LevelWtp, level: LevelIndex, price: f64| {
            let text = match &attributes[line.attribute].levels {
                Levels::Numeric(levels) => levels[level.index()].to_string(),
                Levels::Categorical(names) => names[level.index()].clone(),
            };
            let mut scenario = baseline.clone();
            scenario.set(&study, product, line.attribute, &text).unwrap();
            scenario.set(&study, product, wtp.price, &price.to_string()).unwrap();
            simulation.set_scenario(scenario);
            simulation.shares()[product].share
        };
        let mut count = 0;
        for line in &wtp.levels {
            let Some(simulated) = line.simulated else { continue };
            let before = share(line, line.reference, price);
            let after = share(line, line.level, price + simulated.amount);
            prop_assert!((after - before).abs() < 1e-9, "{} is not {}", after, before);
            prop_assert!(simulated.interval.low <= simulated.interval.high);
            count += 1;
        }
        prop_assert!(count > 10, "{}", count);
    }
}
