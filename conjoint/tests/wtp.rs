//! Willingness to pay: cases by hand, and that the share returns at the price that is told.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::sync::Arc;

use conjoint::analysis::price::{PriceError, find_price_attribute};
use conjoint::analysis::wtp::{LevelWtp, WillingnessToPay, WtpRequest};
use conjoint::choice::{ChoiceModel, NoneOption, Rule};
use conjoint::format::{OFFERS, StudyFiles, UTILITIES, WEIGHTS, read_study};
use conjoint::index_vec::{LevelIndex, Position, ProductIndex};
use conjoint::sample_study::{Sample, generate};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::{Bootstrap, Level};
use conjoint::study::Levels;
use proptest::prelude::*;

/// People whose utility falls by 0.01, by 0.02 and not at all as the price rises by 1; the ranges
/// are of 1, 2 and 3.
const BY_HAND: &str = "\
id,segment,brand,brand,monthly_cost,monthly_cost,monthly_cost,range,range,range
id,segment,Ant,Bee,100,200,400,10,20,40
p1,young,0,1,1,0,-2,0,1,1
p2,young,0,1,2,0,-4,0,2,2
p3,young,0,1,0,0,0,0,3,3
";

fn by_hand(people: &str, offers: &str, weights: &str, model: ChoiceModel) -> Simulation {
    let mut files = StudyFiles::default();
    let mut add = |name, text: &str| files.insert(name, text.as_bytes().to_vec());
    add(UTILITIES, people);
    add(
        OFFERS,
        &format!("id,brand,model,monthly_cost,range\n{offers}"),
    );
    add(WEIGHTS, &format!("id,weight\n{weights}"));
    let study = read_study(&files)
        .unwrap_or_else(|problems| panic!("{problems}"))
        .study;
    Simulation::with_model(Arc::new(study), model).unwrap()
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

fn worth(simulation: &Simulation, product: usize) -> WillingnessToPay {
    let request = request(simulation, ProductIndex::from_index(product));
    WillingnessToPay::compute(simulation, &request).unwrap()
}

/// The worth of a level of the attribute of that name.
fn of(
    simulation: &Simulation,
    found: &WillingnessToPay,
    attribute: &str,
    level: usize,
) -> LevelWtp {
    let attribute = simulation.selected().schema().find(attribute).unwrap();
    let is_it = |line: &&LevelWtp| {
        (line.attribute, line.level) == (attribute, LevelIndex::from_index(level))
    };
    *found.levels.iter().find(is_it).unwrap()
}

fn assert_near(found: f64, expected: f64, tolerance: f64) {
    let size = expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= tolerance * size,
        "{found} is not {expected}"
    );
}

fn logit(rule: Rule) -> ChoiceModel {
    ChoiceModel {
        rule,
        ..ChoiceModel::default()
    }
}

#[test]
fn algebraic_amounts_of_a_case_by_hand() {
    // 27 lies nearer to 20 than to 40.
    let offers = "a,Ant,One,200,27\nb,Bee,Two,100,10\n";
    let simulation = by_hand(
        BY_HAND,
        offers,
        "p1,2\np2,1\np3,1\n",
        ChoiceModel::default(),
    );
    let found = worth(&simulation, 0);
    assert_eq!((found.respondents, found.like_paying_more), (3, 1));
    assert_eq!(found.levels.len(), 3);
    // p1 would pay 1 / 0.01, p2 1 / 0.02; p1 counts double, and p3 is left out.
    let brand = of(&simulation, &found, "brand", 1);
    assert_eq!(brand.reference, LevelIndex::from_index(0));
    assert_near(brand.algebraic.unwrap().amount, 100.0, 1e-12);
    let interval = brand.algebraic.unwrap().interval;
    assert_near(interval.low, 50.0, 1e-12);
    assert_near(interval.high, 100.0, 1e-12);
    // Both would pay 100 for what they lose.
    let shorter = of(&simulation, &found, "range", 0);
    assert_eq!(shorter.reference, LevelIndex::from_index(1));
    assert_near(shorter.algebraic.unwrap().amount, -100.0, 1e-12);
    // Of equal part-worths one is worth as much as the other.
    let longer = of(&simulation, &found, "range", 2);
    assert_eq!(longer.algebraic.unwrap().amount, 0.0);
    let simulated = longer.simulated.unwrap();
    assert_eq!(simulated.amount, 0.0);
    assert_eq!(
        (simulated.interval.low, simulated.interval.high),
        (0.0, 0.0)
    );
    // Who does not count is not counted among those who like paying more.
    let simulation = by_hand(
        BY_HAND,
        offers,
        "p1,1\np2,1\np3,0\n",
        ChoiceModel::default(),
    );
    let found = worth(&simulation, 0);
    assert_eq!((found.respondents, found.like_paying_more), (2, 0));
    let brand = of(&simulation, &found, "brand", 1);
    assert_near(brand.algebraic.unwrap().amount, 75.0, 1e-12);
    // Of those who like paying more alone there is nothing to tell.
    let simulation = by_hand(
        BY_HAND,
        offers,
        "p1,0\np2,0\np3,1\n",
        ChoiceModel::default(),
    );
    let found = worth(&simulation, 0);
    assert_eq!((found.respondents, found.like_paying_more), (1, 1));
    let brand = of(&simulation, &found, "brand", 1);
    assert_eq!((brand.algebraic, brand.simulated), (None, None));
}

#[test]
fn among_people_who_are_alike_both_amounts_agree() {
    let weights = "p1,1\np2,0\np3,0\n";
    let offers = "a,Ant,One,200,20\nb,Bee,Two,100,10\nc,Bee,Three,200,20\n";
    let none = NoneOption::Utility(0.4);
    for model in [
        ChoiceModel {
            none,
            scale: 0.7,
            ..logit(Rule::ShareOfPreference)
        },
        ChoiceModel {
            none,
            scale: 2.5,
            ..logit(Rule::PurchaseLikelihood)
        },
        // The share of preference stands in for first choices.
        ChoiceModel {
            draws: 10,
            ..logit(Rule::RandomizedFirstChoice)
        },
        ChoiceModel::default(),
    ] {
        let rule = model.rule;
        let simulation = by_hand(BY_HAND, offers, weights, model);
        let found = worth(&simulation, 0);
        let smooth = match rule {
            Rule::PurchaseLikelihood => rule,
            _ => Rule::ShareOfPreference,
        };
        assert_eq!(found.rule, smooth);
        for (attribute, level, amount) in [("brand", 1, 100.0), ("range", 0, -100.0)] {
            let line = of(&simulation, &found, attribute, level);
            for worth in [line.algebraic.unwrap(), line.simulated.unwrap()] {
                assert_near(worth.amount, amount, 1e-9);
                assert_near(worth.interval.low, amount, 1e-9);
                assert_near(worth.interval.high, amount, 1e-9);
            }
        }
    }
}

#[test]
fn a_simulated_amount_of_a_case_by_hand() {
    // Beyond 400 the price line goes on: prices up to 1000 are tried.
    let people = BY_HAND.replace("p2,young,0,1", "p2,young,0,9");
    let offers = "a,Ant,One,200,20\nb,Ant,Two,200,20\n";
    let simulation = by_hand(
        &people,
        offers,
        "p1,1\np2,1\np3,0\n",
        logit(Rule::ShareOfPreference),
    );
    let line = of(&simulation, &worth(&simulation, 0), "brand", 1);
    // Of utilities 1 and 9 at the price, less 0.01 and 0.02 a unit: half of both again, where
    // 1 − 0.01·x = −(9 − 0.02·x).
    assert_near(line.simulated.unwrap().amount, 10.0 / 0.03, 1e-9);
    assert_near(line.algebraic.unwrap().amount, (100.0 + 450.0) / 2.0, 1e-9);
}

#[test]
fn where_the_share_does_not_return_nothing_is_told() {
    let model = logit(Rule::ShareOfPreference);
    let one = "a,Ant,One,200,20\n";
    let two = "a,Ant,One,200,20\nb,Bee,Two,100,10\n";
    let weights = "p1,1\np2,1\np3,0\n";
    // Without competitors and without None everybody buys at any price.
    let simulation = by_hand(BY_HAND, one, weights, model.clone());
    let found = worth(&simulation, 0);
    assert!(found.levels.iter().all(|line| line.simulated.is_none()));
    assert!(found.levels.iter().all(|line| line.algebraic.is_some()));
    let none = NoneOption::Utility(0.0);
    let simulation = by_hand(
        BY_HAND,
        one,
        weights,
        ChoiceModel {
            none,
            ..model.clone()
        },
    );
    let found = worth(&simulation, 0);
    assert!(found.levels.iter().all(|line| line.simulated.is_some()));
    // A level that is worth more than all prices, and one that only a negative price makes good.
    let people = BY_HAND.replace(",young,0,1,", ",young,0,50,");
    let simulation = by_hand(&people, two, weights, model.clone());
    assert_eq!(
        of(&simulation, &worth(&simulation, 0), "brand", 1).simulated,
        None
    );
    assert_eq!(
        of(&simulation, &worth(&simulation, 1), "brand", 0).simulated,
        None
    );
    // An offer without a price has none to move.
    let unpriced = "a,Ant,One,,20\nb,Bee,Two,100,10\n";
    let simulation = by_hand(BY_HAND, unpriced, weights, model);
    let found = WillingnessToPay::compute(
        &simulation,
        &request(&simulation, ProductIndex::from_index(0)),
    );
    assert_eq!(
        found,
        Err(PriceError::Unpriced {
            id: "a".to_owned(),
            attribute: "monthly_cost".to_owned()
        })
    );
}

#[test]
fn one_attribute_alone_can_be_asked_about() {
    let offers = "a,Ant,One,200,\nb,Bee,Two,100,10\n";
    let simulation = by_hand(
        BY_HAND,
        offers,
        "p1,1\np2,1\np3,1\n",
        ChoiceModel::default(),
    );
    let attribute = simulation.selected().schema().find("range");
    let request = WtpRequest {
        attribute,
        ..request(&simulation, ProductIndex::from_index(0))
    };
    let found = WillingnessToPay::compute(&simulation, &request).unwrap();
    assert!(
        found
            .levels
            .iter()
            .all(|line| Some(line.attribute) == attribute)
    );
    // A product without a value is compared with the lowest level.
    let [first, second] = [1, 2].map(LevelIndex::from_index);
    let pairs: Vec<_> = found
        .levels
        .iter()
        .map(|line| (line.reference, line.level))
        .collect();
    let lowest = LevelIndex::from_index(0);
    assert_eq!(pairs, [(lowest, first), (lowest, second)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// With the level at the price that is told, as many buy as with the reference at its own.
    #[test]
    fn the_share_returns_at_the_price_that_is_told(
        seed in 0..1000_u64,
        scale in 0.3..1.5,
        is_judged_alone in any::<bool>(),
        product in 0..13_usize,
    ) {
        let study = Arc::new(generate(&Sample {
            seed,
            respondents: vec![("Millennial".to_owned(), 15), ("Gen X".to_owned(), 15)],
        }).unwrap());
        let rule = match is_judged_alone {
            true => Rule::PurchaseLikelihood,
            false => Rule::ShareOfPreference,
        };
        let none = NoneOption::Utility(0.2);
        let model = ChoiceModel { scale, none, availability: vec![
            (study.offers()[ProductIndex::from_index(product)].id.clone(), 0.8),
        ], ..logit(rule) };
        let mut simulation = Simulation::with_model(Arc::clone(&study), model).unwrap();
        let found = worth(&simulation, product);
        let baseline = simulation.scenario().clone();
        let product = ProductIndex::from_index(product);
        let price = baseline.offers()[product].cells[found.price];
        let price = study.schema().attributes()[found.price].write(price);
        let price: f64 = price.parse().unwrap();
        let mut share = |line: &LevelWtp, level: LevelIndex, price: f64| {
            let attribute = &study.schema().attributes()[line.attribute];
            let text = match &attribute.levels {
                Levels::Numeric(levels) => levels[level.index()].to_string(),
                Levels::Categorical(names) => names[level.index()].clone(),
            };
            let mut scenario = baseline.clone();
            scenario.set(&study, product, line.attribute, &text).unwrap();
            scenario.set(&study, product, found.price, &price.to_string()).unwrap();
            simulation.set_scenario(scenario);
            simulation.shares()[product].share
        };
        let mut description = 0;
        for line in &found.levels {
            let Some(worth) = line.simulated else { continue };
            let before = share(line, line.reference, price);
            let after = share(line, line.level, price + worth.amount);
            prop_assert!((after - before).abs() < 1e-9, "{} is not {}", after, before);
            prop_assert!(worth.interval.low <= worth.interval.high);
            description += 1;
        }
        prop_assert!(description > 10, "{}", description);
    }
}
