use std::sync::Arc;

use super::*;
use crate::choice::{ChoiceModel, Rule};
use crate::index_vec::Position;
use crate::stats::bootstrap::Uncertainty;
use crate::study::Study;
use crate::testing::{add_draws, generate_files, read_valid};

const PEOPLE: [(&str, u32); 2] = [("Gen X", 12), ("Millennial", 8)];

/// A generated study with draws that differ in the part-worth of the first level.
fn with_draws(draws: usize, shift: impl Fn(usize, usize) -> f64) -> Study {
    let mut files = generate_files(3, &PEOPLE);
    add_draws(&mut files, draws, shift);
    read_valid(&files)
}

/// The study of one draw.
fn at_draw(study: &Study, shift: impl Fn(usize) -> f64) -> Study {
    let mut study = study.clone();
    study.respondents.draws = None;
    for respondent in 0..study.respondents.len() {
        study.respondents.part_worths[(respondent, 0)] += shift(respondent);
    }
    study
}

fn simulation(study: &Study, rule: Rule, uncertainty: Uncertainty) -> Simulation {
    let model = ChoiceModel {
        rule,
        uncertainty,
        ..ChoiceModel::default()
    };
    Simulation::with_model(Arc::new(study.clone()), model).unwrap()
}

fn shares(simulation: &Simulation) -> Vec<f64> {
    simulation
        .shares()
        .iter()
        .map(|share| share.share)
        .collect()
}

fn live(intervals: &Intervals) -> Vec<(f64, f64)> {
    let products = intervals.products.iter();
    products
        .map(|pairs| pairs.live.map(|it| (it.low, it.high)).unwrap())
        .collect()
}

fn assert_near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (one, other) in found.iter().zip(expected) {
        assert!(
            (one - other).abs() < 1e-6,
            "{found:?} instead of {expected:?}"
        );
    }
}

#[test]
fn shares_are_means_over_draws() {
    let shift =
        |draw: usize, respondent: usize| (draw as f64 - 1.0) * (1.0 + respondent as f64 / 10.0);
    let study = with_draws(3, shift);
    for rule in [
        Rule::FirstChoice,
        Rule::ShareOfPreference,
        Rule::PurchaseLikelihood,
    ] {
        let found = simulation(&study, rule, Uncertainty::Both);
        let mut expected = vec![0.0; found.shares().len()];
        for draw in 0..3 {
            let one = at_draw(&study, |respondent| shift(draw, respondent));
            let one = simulation(&one, rule, Uncertainty::Respondents);
            for (sum, share) in expected.iter_mut().zip(shares(&one)) {
                *sum += share / 3.0;
            }
        }
        assert_near(&shares(&found), &expected);
        // Customers, revenue and EBIT follow from the mean chances: they conserve customers, too.
        assert!(
            found
                .brands()
                .is_some_and(|brands| brands.iter().all(|it| it.new.ebit.is_finite()))
        );
        assert_eq!(found.selected().respondents.count(), 20);
        assert!((found.selected().respondents.effective_sample_size() - 20.0).abs() < 1e-9);
    }
}

#[test]
fn draws_alone_go_through_the_shares_of_each_draw() {
    let shift = |draw: usize, _: usize| draw as f64 - 2.0;
    let study = with_draws(5, shift);
    let rule = Rule::ShareOfPreference;
    let over_draws = simulation(&study, rule, Uncertainty::Draws);
    let bootstrap = over_draws.model().bootstrap();
    let found = Intervals::compute(&over_draws, bootstrap, Level::default());
    let each: Vec<Vec<f64>> = (0..5)
        .map(|draw| {
            let one = at_draw(&study, |respondent| shift(draw, respondent));
            shares(&simulation(&one, rule, Uncertainty::Respondents))
        })
        .collect();
    for (product, interval) in live(&found).into_iter().enumerate() {
        // Each draw has a fifth of the replicates, so that 90 % reach from the least to the greatest.
        let of_product = || each.iter().map(|shares| shares[product]);
        let least = of_product().fold(f64::INFINITY, f64::min);
        let greatest = of_product().fold(f64::NEG_INFINITY, f64::max);
        assert_near(&[interval.0, interval.1], &[least, greatest]);
    }
    assert_eq!(found.respondents, 20);
}

#[test]
fn equal_draws_add_no_uncertainty() {
    let study = with_draws(4, |_, _| 0.0);
    let rule = Rule::ShareOfPreference;
    let compute = |uncertainty| {
        let simulation = simulation(&study, rule, uncertainty);
        let intervals = Intervals::compute(
            &simulation,
            simulation.model().bootstrap(),
            Level::default(),
        );
        (shares(&simulation), live(&intervals))
    };
    let (means, respondents) = compute(Uncertainty::Respondents);
    let (both_means, both) = compute(Uncertainty::Both);
    let (_, draws) = compute(Uncertainty::Draws);
    assert_near(&both_means, &means);
    for ((one, other), draws) in both.iter().zip(&respondents).zip(&draws) {
        assert_near(&[one.0, one.1], &[other.0, other.1]);
        assert!(draws.1 - draws.0 < 1e-9);
    }
}

#[test]
fn draws_widen_the_intervals_of_respondents() {
    let study = with_draws(50, |draw, respondent| {
        ((draw * 7 + respondent * 13) % 50) as f64 / 10.0 - 2.5
    });
    let width = |uncertainty| {
        let simulation = simulation(&study, Rule::ShareOfPreference, uncertainty);
        let bootstrap = simulation.model().bootstrap();
        let found = Intervals::compute(&simulation, bootstrap, Level::default());
        live(&found)
            .iter()
            .map(|(low, high)| high - low)
            .sum::<f64>()
    };
    assert!(width(Uncertainty::Both) > width(Uncertainty::Draws));
}

#[test]
fn a_selection_and_an_availability_keep_all_draws_of_a_respondent() {
    let study = with_draws(3, |draw, _| draw as f64);
    let mut model = ChoiceModel {
        rule: Rule::ShareOfPreference,
        uncertainty: Uncertainty::Both,
        availability: vec![(study.offers[ProductIndex::from_index(0)].id.clone(), 0.5)],
        ..ChoiceModel::default()
    };
    model.include_segment(&study, "Gen X").unwrap();
    let over_draws = Simulation::with_model(Arc::new(study.clone()), model.clone()).unwrap();
    let mut expected = vec![0.0; study.offers.len()];
    for draw in 0..3 {
        let one = at_draw(&study, |_| draw as f64);
        let one = Simulation::with_model(Arc::new(one), model.at_means()).unwrap();
        for (sum, share) in expected.iter_mut().zip(shares(&one)) {
            *sum += share / 3.0;
        }
    }
    assert_near(&shares(&over_draws), &expected);
    assert_eq!(over_draws.selected().respondents.count(), 12);
}

#[test]
fn a_study_without_draws_has_none_to_average() {
    let study = read_valid(&generate_files(3, &PEOPLE));
    let model = ChoiceModel {
        uncertainty: Uncertainty::Draws,
        ..ChoiceModel::default()
    };
    let error = Simulation::with_model(Arc::new(study), model).unwrap_err();
    assert!(error.to_string().contains("no posterior draws"), "{error}");
}
