//! Choice rules, None, selections, weights, availability, calibration and intervals: cases computed by
//! hand, and properties of every choice model.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::sync::Arc;

use conjoint::analysis::calibration::{self, CalibrationError, Target};
use conjoint::analysis::interval::Intervals;
use conjoint::choice::{ChoiceModel, ChoiceModelError, NoneOption, Rule, Selection};
use conjoint::format::{OFFERS, StudyFiles, UTILITIES, WEIGHTS};
use conjoint::index_vec::{Position, ProductIndex};
use conjoint::simulation::Simulation;
use conjoint::simulation::scenario::{Scenario, Verb};
use conjoint::stats::bootstrap::{Bootstrap, Level};
use conjoint::study::{ProductId, Study};
use conjoint::sweep::{Cost, Lockstep, LockstepRow, Range};
use conjoint::testing::{edit_scenario, generate_files, generate_study, read_valid, replace_text};

/// A study of three brands, with the utilities of each respondent.
fn three_brands(people: &[[f64; 3]]) -> StudyFiles {
    let mut utilities = "id,brand,brand,brand\nid,A,B,C\n".to_owned();
    for (id, [a, b, c]) in people.iter().enumerate() {
        utilities += &format!("{id},{a},{b},{c}\n");
    }
    let mut files = StudyFiles::default();
    files.insert(UTILITIES, utilities.into_bytes());
    let offers = "id,brand,model\n1,A,a\n2,B,b\n3,C,c\n";
    files.insert(OFFERS, offers.as_bytes().to_vec());
    files
}

fn read(files: &StudyFiles) -> Arc<Study> {
    Arc::new(read_valid(files))
}

/// A study of 90 respondents in three segments.
fn generated(seed: u64) -> Arc<Study> {
    let segments = [("Millennial", 40), ("Gen X", 30), ("Baby Boomer", 20)];
    Arc::new(generate_study(seed, &segments))
}

fn simulate(study: &Arc<Study>, model: ChoiceModel) -> Simulation {
    Simulation::with_model(Arc::clone(study), model).unwrap()
}

fn with_rule(rule: Rule) -> ChoiceModel {
    ChoiceModel {
        rule,
        ..ChoiceModel::default()
    }
}

/// Every product's share by the rule.
fn shares(simulation: &Simulation) -> Vec<f64> {
    let shares = simulation.shares();
    shares.iter().map(|share| share.share).collect()
}

fn id(text: &str) -> ProductId {
    text.to_owned().into()
}

fn assert_near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        let difference = (found - expected).abs();
        assert!(difference <= tolerance, "{found} is not {expected}");
    }
}

/// All customers of all brands, today and after the period, in thousands.
fn customers(simulation: &Simulation) -> [f64; 2] {
    let brands = simulation.brands().unwrap();
    [
        brands.iter().map(|change| change.base.sio).sum(),
        brands.iter().map(|change| change.new.sio).sum(),
    ]
}

#[test]
fn a_scale_factor_sharpens_shares_of_preference() {
    let logits = [10.8_f64, 24.0, 65.2].map(f64::ln);
    let study = read(&three_brands(&[logits]));
    let cases = [
        (1.0, [0.108, 0.240, 0.652]),
        (0.5, [0.202, 0.301, 0.497]),
        (2.0, [0.024, 0.116, 0.860]),
    ];
    for (scale, expected) in cases {
        let model = ChoiceModel {
            scale,
            ..with_rule(Rule::ShareOfPreference)
        };
        assert_near(&shares(&simulate(&study, model)), &expected, 0.0006);
    }
}

#[test]
fn purchase_likelihood_judges_products_separately() {
    let study = read(&three_brands(&[[3.0_f64.ln(), 0.0, -9.0_f64.ln()]]));
    let model = with_rule(Rule::PurchaseLikelihood);
    let found = shares(&simulate(&study, model.clone()));
    assert_near(&found, &[0.75, 0.5, 0.1], 1e-12);
    // A product is judged against None.
    let model = ChoiceModel {
        none: NoneOption::Utility(3.0_f64.ln()),
        ..model
    };
    let found = shares(&simulate(&study, model));
    assert_near(&found, &[0.5, 0.25, 1.0 / 28.0], 1e-12);
}

#[test]
fn none_gets_the_respondents_who_find_no_product_good_enough() {
    let study = read(&three_brands(&[[1.0, 0.0, 0.0], [0.0, 3.0, 0.0]]));
    let none = |rule, utility| ChoiceModel {
        rule,
        none: NoneOption::Utility(utility),
        ..ChoiceModel::default()
    };
    let first = simulate(&study, none(Rule::FirstChoice, 2.0));
    assert_near(&shares(&first), &[0.0, 0.5, 0.0], 0.0);
    assert_eq!(first.none_share(), 0.5);
    // A product that ties with None is chosen.
    let tied = simulate(&study, none(Rule::FirstChoice, 1.0));
    assert_near(&shares(&tied), &[0.5, 0.5, 0.0], 0.0);
    let logit = simulate(&study, none(Rule::ShareOfPreference, 0.0));
    let (e, e3) = (1.0_f64.exp(), 3.0_f64.exp());
    let expected = (1.0 / (e + 3.0) + 1.0 / (e3 + 3.0)) / 2.0;
    assert_near(&[logit.none_share()], &[expected], 1e-12);
    let surveyed = ChoiceModel {
        none: NoneOption::Surveyed,
        ..ChoiceModel::default()
    };
    let rejected = Simulation::with_model(study, surveyed).unwrap_err();
    assert_eq!(rejected, ChoiceModelError::NoneNotSurveyed);
}

#[test]
fn with_none_dearer_offers_lose_buyers_and_the_money_follows() {
    let study = generated(5);
    for rule in Rule::ALL {
        let model = |none| ChoiceModel {
            rule,
            none,
            draws: 50,
            ..ChoiceModel::default()
        };
        let [today, after] = customers(&simulate(&study, model(NoneOption::Off)));
        assert!((today - after).abs() < 1e-9 * today, "{rule:?}");
        if !rule.compares_products() {
            continue;
        }
        let mut simulation = simulate(&study, model(NoneOption::Utility(2.0)));
        let (none, lost) = (simulation.none_share(), customers(&simulation));
        assert!(none > 0.0 && lost[1] < lost[0], "{rule:?}");
        let monthly = study.schema().find("monthly_cost").unwrap();
        let mut dearer = simulation.scenario().clone();
        for product in study.offers().indices() {
            dearer.set(&study, product, monthly, "1250").unwrap();
        }
        simulation.set_scenario(dearer);
        assert!(simulation.none_share() > none, "{rule:?}");
        assert!(customers(&simulation)[1] < lost[1], "{rule:?}");
    }
}

#[test]
fn randomized_first_choice_is_close_to_the_logit_and_with_small_errors_to_first_choice() {
    let study = generated(2);
    let randomized = simulate(&study, with_rule(Rule::RandomizedFirstChoice));
    let logit = simulate(&study, with_rule(Rule::ShareOfPreference));
    // The scale of the errors is fitted to other offers, and these share levels.
    assert_near(&shares(&randomized), &shares(&logit), 0.05);
    // Errors of a thousandth of the utilities.
    let large = |rule| ChoiceModel {
        rule,
        scale: ChoiceModel::LARGEST_SCALE,
        ..ChoiceModel::default()
    };
    let randomized = simulate(&study, large(Rule::RandomizedFirstChoice));
    let first = simulate(&study, with_rule(Rule::FirstChoice));
    assert_near(&shares(&randomized), &shares(&first), 0.002);
}

#[test]
fn more_draws_make_the_seed_matter_less() {
    let study = generated(2);
    let with = |draws, seed| {
        let model = ChoiceModel {
            draws,
            seed,
            ..with_rule(Rule::RandomizedFirstChoice)
        };
        shares(&simulate(&study, model))
    };
    assert_eq!(with(100, 1), with(100, 1));
    let difference = |draws| {
        let (one, other) = (with(draws, 1), with(draws, 2));
        let differences = one
            .iter()
            .zip(&other)
            .map(|(one, other)| (one - other).abs());
        differences.fold(0.0, f64::max)
    };
    let (few, many) = (difference(2), difference(2000));
    assert!(many < few && many < 0.02, "{few} {many}");
}

#[test]
fn the_spread_over_seeds_is_small_and_does_not_grow_with_the_draws() {
    let study = generated(2);
    let spread = |draws| {
        let seeds = (1..=6).map(|seed| {
            let model = ChoiceModel {
                draws,
                seed,
                ..with_rule(Rule::RandomizedFirstChoice)
            };
            shares(&simulate(&study, model))
        });
        let seeds: Vec<Vec<f64>> = seeds.collect();
        let all = (0..13).map(|product| {
            let product_shares = || seeds.iter().map(|shares| shares[product]);
            product_shares().fold(0.0, f64::max) - product_shares().fold(1.0, f64::min)
        });
        all.fold(0.0, f64::max)
    };
    let (few, many) = (spread(50), spread(2000));
    assert!(many < 1.2 * few && many < 0.01, "{few} {many}");
}

#[test]
fn one_market_has_one_answer_by_randomized_first_choice() {
    let files = generate_files(2, &[("Gen X", 60)]);
    let edits = [(Verb::Set, "9.monthly_cost=499"), (Verb::Withdraw, "3")];
    let study = Arc::new(read_valid(&files));
    let mut edited = simulate(&study, with_rule(Rule::RandomizedFirstChoice));
    edited.set_scenario(edit_scenario(&study, &edits));
    // The same offers, as another study's own.
    let own = replace_text(
        &files,
        OFFERS,
        "9,Tesla,Model 3,399,",
        "9,Tesla,Model 3,499,",
    );
    let own = Arc::new(read_valid(&own));
    let mut other = simulate(&own, with_rule(Rule::RandomizedFirstChoice));
    other.set_scenario(edit_scenario(&own, &edits[1..]));
    assert_eq!(shares(&edited), shares(&other));
    assert_eq!(edited.live().error_scale(), other.live().error_scale());
}

#[test]
fn the_scale_of_errors_and_the_similarity_can_be_set() {
    let study = generated(3);
    let model = ChoiceModel {
        error_scale: Some(0.5),
        ..with_rule(Rule::RandomizedFirstChoice)
    };
    let set = simulate(&study, model.clone());
    assert_eq!(set.live().error_scale(), Some(0.5));
    let mut similar = model;
    similar.include_similar(&study, "brand").unwrap();
    assert_ne!(shares(&simulate(&study, similar.clone())), shares(&set));
    let unknown = similar.include_similar(&study, "taste").unwrap_err();
    assert!(
        unknown
            .to_string()
            .starts_with("there is no surveyed attribute `taste`")
    );
    similar.error_scale = Some(0.0);
    assert!(matches!(
        similar.check(&study),
        Err(ChoiceModelError::ErrorScale(_))
    ));
}

#[test]
fn similar_products_compete_more_strongly_by_randomized_first_choice() {
    // A second product of brand A: by the logit it takes as much from B as from A; with errors that
    // both products of A share, it takes more from A.
    let mut files = three_brands(&vec![[0.0; 3]; 40]);
    let offers = "id,brand,model\n1,A,a\n2,A,b\n3,B,b\n";
    files.insert(OFFERS, offers.as_bytes().to_vec());
    let study = read(&files);
    let logit = simulate(&study, with_rule(Rule::ShareOfPreference));
    assert_near(&shares(&logit), &[1.0 / 3.0; 3], 1e-12);
    let randomized = shares(&simulate(&study, with_rule(Rule::RandomizedFirstChoice)));
    assert!(randomized[2] > 0.36, "{randomized:?}");
}

#[test]
fn selections_add_up() {
    let study = generated(8);
    let whole = simulate(&study, ChoiceModel::default());
    let parts = study.segments().indices().map(|segment| {
        let model = ChoiceModel {
            segments: vec![segment],
            ..ChoiceModel::default()
        };
        customers(&simulate(&study, model))
    });
    let sums = parts.fold([0.0; 2], |[a, b], [base, new]| [a + base, b + new]);
    assert_near(&sums, &customers(&whole), 1e-9);
    let owners = study.brands().indices().map(|brand| {
        let model = ChoiceModel {
            owners: vec![brand],
            ..ChoiceModel::default()
        };
        let part = Simulation::with_model(Arc::clone(&study), model);
        part.map_or(0, |simulation| simulation.selected().respondents().len())
    });
    assert_eq!(owners.sum::<usize>(), study.respondents().len());
    let mut model = ChoiceModel::default();
    let unknown = model.include_segment(&study, "Gen Z").unwrap_err();
    let description =
        "there is no segment `Gen Z`; the segments are `Millennial`, `Gen X`, `Baby Boomer`";
    assert_eq!(unknown.to_string(), description);
}

#[test]
fn a_weight_of_two_counts_as_two_respondents() {
    let people = [[1.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 0.5]];
    let mut weighted = three_brands(&people);
    let weights = "id,weight\n0,1\n1,2\n2,1\n";
    weighted.insert(WEIGHTS, weights.as_bytes().to_vec());
    let [a, b, c] = people;
    let twice = read(&three_brands(&[a, b, b, c]));
    let weighted = read(&weighted);
    for rule in [
        Rule::FirstChoice,
        Rule::ShareOfPreference,
        Rule::PurchaseLikelihood,
    ] {
        let [weighted, twice] =
            [&weighted, &twice].map(|study| shares(&simulate(study, with_rule(rule))));
        assert_near(&weighted, &twice, 1e-12);
    }
}

#[test]
fn nobody_loses_a_product_that_becomes_more_available() {
    let study = generated(4);
    let first = |share| {
        let model = ChoiceModel {
            availability: vec![(id("9"), share)],
            ..ChoiceModel::default()
        };
        let simulation = simulate(&study, model);
        let live = simulation.live().first_choices();
        live.iter().copied().collect::<Vec<_>>()
    };
    let product = Some(ProductIndex::from_index(8));
    let nobody = first(0.0);
    assert!(nobody.iter().all(|choice| *choice != product));
    let (half, all) = (first(0.5), first(1.0));
    let count = |choices: &[Option<ProductIndex>]| {
        choices.iter().filter(|choice| **choice == product).count()
    };
    assert!(count(&half) > 0 && count(&half) < count(&all));
    for (half, all) in half.iter().zip(&all) {
        assert!(half == all || *all == product);
    }
}

#[test]
fn availability_is_a_share_of_the_weight_whatever_the_selection() {
    let people = vec![[0.0, 9.0, 0.0]; 40];
    let mut files = three_brands(&people);
    let weights = (0..40).map(|id| format!("{id},{}\n", if id < 20 { 9 } else { 1 }));
    let weights = format!("id,weight\n{}", weights.collect::<String>());
    files.insert(WEIGHTS, weights.into_bytes());
    let model = ChoiceModel {
        availability: vec![(id("2"), 0.5)],
        ..ChoiceModel::default()
    };
    let found = shares(&simulate(&read(&files), model.clone()));
    assert_near(&found[1..2], &[0.5], 0.03);
    // The buyers in the parts of a market are those of the whole.
    let study = generated(8);
    let model = ChoiceModel {
        availability: vec![(id("9"), 0.5)],
        ..model
    };
    let buyers = |model| {
        let simulation = simulate(&study, model);
        simulation.live().tally().total(ProductIndex::from_index(8))
    };
    let parts = study.brands().indices().filter_map(|brand| {
        let part = ChoiceModel {
            owners: vec![brand],
            ..model.clone()
        };
        part.check(&study).is_ok().then(|| buyers(part))
    });
    assert_eq!(parts.sum::<u32>(), buyers(model.clone()));
}

/// Targets of all products of a study.
fn targets(study: &Study, shares: &[f64]) -> Vec<Target> {
    let ids = study.offers().iter().map(|offer| offer.id.clone());
    ids.zip(shares.iter().copied()).collect()
}

#[test]
fn constants_give_the_targets() {
    let study = generated(3);
    let even = targets(&study, &[1.0 / 13.0; 13]);
    let cases = [
        (Rule::ShareOfPreference, NoneOption::Off, 1e-9),
        (Rule::ShareOfPreference, NoneOption::Utility(-1.0), 1e-9),
        (Rule::PurchaseLikelihood, NoneOption::Off, 1e-9),
        (Rule::RandomizedFirstChoice, NoneOption::Off, 5e-4),
    ];
    for (rule, none, tolerance) in cases {
        let mut model = ChoiceModel {
            rule,
            none,
            scale: 0.8,
            draws: 200,
            ..ChoiceModel::default()
        };
        let targets: Vec<Target> = match none {
            NoneOption::Off => even.clone(),
            _ => even
                .iter()
                .map(|(id, share)| (id.clone(), share * 0.9))
                .collect(),
        };
        model.constants = calibration::fit_constants(&study, &model, &targets).unwrap();
        let wanted: Vec<f64> = targets.iter().map(|(_, share)| *share).collect();
        assert_near(&shares(&simulate(&study, model)), &wanted, tolerance);
    }
}

#[test]
fn the_scale_factor_of_known_shares_is_recovered() {
    let study = generated(3);
    for scale in [0.3, 1.0, 4.0] {
        let known = ChoiceModel {
            scale,
            ..with_rule(Rule::ShareOfPreference)
        };
        let targets = targets(&study, &shares(&simulate(&study, known)));
        let model = with_rule(Rule::ShareOfPreference);
        let found = calibration::fit_scale(&study, &model, &targets).unwrap();
        assert!((found / scale - 1.0).abs() < 1e-4, "{found}");
    }
}

#[test]
fn invalid_targets_are_rejected() {
    let study = generated(3);
    let rejected = |rule: Rule, none, shares: &[f64]| {
        let model = ChoiceModel {
            rule,
            none,
            ..ChoiceModel::default()
        };
        calibration::fit_constants(&study, &model, &targets(&study, shares)).unwrap_err()
    };
    let logit = Rule::ShareOfPreference;
    let sum = rejected(logit, NoneOption::Off, &[0.08; 13]);
    let description = "the target shares sum to 1.04; they must sum to 1";
    assert_eq!(sum.to_string(), description);
    let full = rejected(logit, NoneOption::Utility(0.0), &[1.0 / 13.0; 13]);
    assert!(
        matches!(full, CalibrationError::NothingForNone { .. }),
        "{full}"
    );
    let missing = rejected(logit, NoneOption::Off, &[0.5, 0.5]);
    assert!(
        matches!(missing, CalibrationError::MissingTargets { .. }),
        "{missing}"
    );
    let negative = rejected(logit, NoneOption::Off, &[-0.5; 13]);
    assert!(
        matches!(negative, CalibrationError::InvalidShare { .. }),
        "{negative}"
    );
    // Targets rounded to seven digits are valid.
    let rounded = three_brands(&[[1.0, 0.0, 2.0]]);
    let rounded = read(&rounded);
    let model = with_rule(logit);
    calibration::fit_constants(&rounded, &model, &targets(&rounded, &[0.333_333_3; 3])).unwrap();
    let steps = rejected(Rule::FirstChoice, NoneOption::Off, &[1.0 / 13.0; 13]);
    assert_eq!(steps, CalibrationError::FirstChoice);
    // Nobody can buy the product.
    let model = ChoiceModel {
        availability: vec![(id("9"), 0.0)],
        ..with_rule(logit)
    };
    let targets = targets(&study, &[1.0 / 13.0; 13]);
    let error = calibration::fit_constants(&study, &model, &targets).unwrap_err();
    assert!(
        matches!(&error, CalibrationError::NotReached { id, .. } if id.as_str() == "9"),
        "{error}"
    );
}

#[test]
fn a_sweep_gives_the_same_figures_as_edits() {
    let study = generated(6);
    let range = Range::from([399.0, 499.0, 50.0, 399.0]);
    for rule in Rule::ALL {
        let model = ChoiceModel {
            rule,
            scale: 0.7,
            draws: 40,
            none: NoneOption::Utility(0.2),
            availability: vec![(id("9"), 0.6), (id("2"), 0.5)],
            constants: vec![(id("9"), 0.4)],
            ..ChoiceModel::default()
        };
        let mut simulation = simulate(&study, model);
        let rows = [LockstepRow {
            product: "9".to_owned(),
            range,
        }];
        let plan = Lockstep::plan(&simulation, Cost::Monthly, &rows).unwrap();
        let swept = plan.run(&simulation);
        let monthly = study.schema().find("monthly_cost").unwrap();
        for point in &swept.points {
            let mut scenario = simulation.scenario().clone();
            let text = point.values[0].to_string();
            scenario
                .set(&study, ProductIndex::from_index(8), monthly, &text)
                .unwrap();
            simulation.set_scenario(scenario);
            let edited = simulation.brands().unwrap();
            for (swept, edited) in point.brands.iter().zip(&edited) {
                let pairs = [
                    (swept.new.sio, edited.new.sio),
                    (swept.new.revenue, edited.new.revenue),
                    (swept.new.ebit, edited.new.ebit),
                ];
                for (swept, edited) in pairs {
                    let near = (swept - edited).abs() <= 1e-9 * edited.abs().max(1.0);
                    assert!(near, "{rule:?}: {swept} is not {edited}");
                }
            }
        }
    }
}

#[test]
fn intervals_contain_their_figures_and_pair_scenarios() {
    let study = generated(9);
    let mut simulation = simulate(&study, with_rule(Rule::ShareOfPreference));
    let of = |simulation: &Simulation| {
        Intervals::compute(simulation, Bootstrap::default(), Level::default())
    };
    let same = of(&simulation);
    assert_eq!((same.respondents, same.effective_respondents), (90, 90.0));
    for (paired, share) in same.products.iter().zip(&shares(&simulation)) {
        let live = paired.live.unwrap();
        assert!(live.low < *share && *share < live.high);
        assert_eq!(paired.live, paired.baseline);
        let difference = paired.difference.unwrap();
        assert_eq!((difference.low, difference.high), (0.0, 0.0));
    }
    let monthly = study.schema().find("monthly_cost").unwrap();
    let mut scenario = simulation.scenario().clone();
    scenario
        .set(&study, ProductIndex::from_index(8), monthly, "500")
        .unwrap();
    simulation.set_scenario(scenario);
    let edited = of(&simulation);
    let paired = edited.products[ProductIndex::from_index(8)];
    let width = |interval: Option<conjoint::stats::bootstrap::Interval>| {
        let interval = interval.unwrap();
        interval.high - interval.low
    };
    // If the two were resampled separately, differences would be as wide as both together.
    assert!(width(paired.difference) < width(paired.live));
    assert!(paired.difference.unwrap().high < 0.0);
    let tesla = study.find_brand("Tesla").unwrap();
    let money = edited.money.unwrap();
    let brands = simulation.brands().unwrap();
    let live = money[tesla][0].live.unwrap();
    assert!(live.low < brands[tesla].new.sio && brands[tesla].new.sio < live.high);
}

#[test]
fn invalid_settings_are_rejected() {
    let study = generated(1);
    let rejected =
        |model: ChoiceModel| Simulation::with_model(Arc::clone(&study), model).unwrap_err();
    let scale = |scale| ChoiceModel {
        scale,
        ..ChoiceModel::default()
    };
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(rejected(scale(wrong)), ChoiceModelError::Scale(_)));
    }
    let draws = ChoiceModel {
        draws: 0,
        ..ChoiceModel::default()
    };
    assert_eq!(rejected(draws), ChoiceModelError::Draws(0));
    let none = ChoiceModel {
        none: NoneOption::Utility(f64::NAN),
        ..ChoiceModel::default()
    };
    assert!(matches!(rejected(none), ChoiceModelError::NoneUtility(_)));
    let availability = ChoiceModel {
        availability: vec![(id("9"), 1.5)],
        ..ChoiceModel::default()
    };
    let description =
        "the availability 1.5 of 9 is not a share of the market; use a number from 0 to 1";
    assert_eq!(rejected(availability).to_string(), description);
    let mut simulation = simulate(&study, ChoiceModel::default());
    simulation.set_model(scale(0.0)).unwrap_err();
    assert_eq!(simulation.model(), &ChoiceModel::default());
}

/// Three of four respondents value A and B alike; for one of them C is better than both.
#[test]
fn respondents_with_several_first_choices_are_counted() {
    let people = [
        [1.0, 1.0, 0.0],
        [1.0, 1.0, 0.0],
        [0.0, 0.0, 2.0],
        [0.5, 0.5, -1.0],
    ];
    let mut simulation = Simulation::new(read(&three_brands(&people)));
    assert_eq!(simulation.count_ties(), 3);
    let study = Arc::clone(simulation.selected());
    simulation.set_scenario(edit_scenario(&study, &[(Verb::Withdraw, "2")]));
    assert_eq!(simulation.count_ties(), 0);
    // None loses every tie, and is not a product.
    let model = ChoiceModel {
        none: NoneOption::Utility(1.0),
        ..ChoiceModel::default()
    };
    simulation.set_model(model).unwrap();
    assert_eq!(simulation.count_ties(), 0);
    simulation.set_scenario(Scenario::baseline(&study));
    assert_eq!(simulation.count_ties(), 2);
}

#[test]
fn a_selection_knows_its_size_and_its_words() {
    let study = generate_study(1, &[("Gen X", 40), ("Millennial", 20)]);
    let selection = |segments: &[&str], owners: &[&str]| {
        let mut model = ChoiceModel::default();
        for segment in segments {
            model.include_segment(&study, segment).unwrap();
        }
        for owner in owners {
            model.include_owner(&study, owner).unwrap();
        }
        Selection::new(&study, &model)
    };
    let all = selection(&[], &[]);
    assert_eq!((all.respondents, all.is_small()), (60, false));
    let segment = selection(&["Gen X"], &[]);
    assert_eq!((segment.respondents, segment.is_small()), (40, false));
    assert_eq!(segment.to_string(), "in the segment Gen X");
    let both = selection(&["Gen X", "Millennial"], &["Jaguar", "Audi"]);
    let words = "in the segments Gen X or Millennial and a customer of Jaguar or Audi";
    assert_eq!(both.to_string(), words);
    assert!(both.is_small());
    assert_eq!(selection(&[], &["VW"]).to_string(), "a customer of VW");
}
