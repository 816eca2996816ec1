#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::sync::Arc;

use conjoint::choice::Rule;
use conjoint::sample_study::{Sample, generate};

use super::*;

fn study() -> Arc<Study> {
    let segments = ["Gen X", "Baby Boomer"].map(|name| (name.to_owned(), 30));
    let sample = Sample {
        seed: 1,
        respondents: segments.to_vec(),
    };
    Arc::new(generate(&sample).unwrap())
}

#[test]
fn figures_of_respondents_are_about_the_choosers() {
    let simulation = Simulation::new(study());
    let results = Results::compute(&simulation);
    let brand = results.leading_brand.unwrap();
    let brands = match RespondentResult::compute(
        &simulation,
        &RespondentFigure::BrandAttraction(vec![brand]),
    ) {
        RespondentResult::Brands(brands) => brands,
        other => panic!("{other:?}"),
    };
    let [(shown, sample)] = brands.as_slice() else {
        panic!("{brands:?}");
    };
    assert_eq!(*shown, brand);
    assert_eq!(sample.respondents.len(), sample.distribution.sample.len());
    assert_eq!(
        sample.respondents.len(),
        simulation.choosers_of_brand(brand).len()
    );

    let scavengers = RespondentFigure::BrandScavengers(brand);
    let RespondentResult::Brands(brands) = RespondentResult::compute(&simulation, &scavengers)
    else {
        panic!("another figure");
    };
    assert_eq!(brands.len(), simulation.selected().brands().len());
    assert!(
        brands
            .iter()
            .all(|(_, other)| other.respondents == sample.respondents)
    );

    let product = simulation.scenario().find("9").unwrap();
    let chosen = results.shares[product].respondents as usize;
    let own = RespondentFigure::Cell(product, product);
    let RespondentResult::Product(sample) = RespondentResult::compute(&simulation, &own) else {
        panic!("another figure");
    };
    assert_eq!(sample.respondents.len(), chosen);
    let other = simulation.scenario().find("7").unwrap();
    let pair = RespondentFigure::Cell(product, other);
    let RespondentResult::Pairs(pairs) = RespondentResult::compute(&simulation, &pair) else {
        panic!("another figure");
    };
    assert_eq!(pairs.len(), chosen);
    let ids: Vec<&String> = pairs.iter().map(|pair| &pair.respondent).collect();
    assert_eq!(ids, sample.respondents.iter().collect::<Vec<_>>());
}

#[test]
fn an_outline_has_every_group_of_respondents_and_checks_like_the_study() {
    let study = study();
    let outline = study.outline();
    assert!(outline.respondents().len() < study.respondents().len());
    for segment in study.segments().indices() {
        for brand in study.brands().indices() {
            let mut model = ChoiceModel::default();
            model.segments.push(segment);
            model.owners.push(brand);
            assert_eq!(model.check(&outline).is_ok(), model.check(&study).is_ok());
        }
    }
}

#[test]
fn draws_make_an_edit_more_work() {
    let study = study();
    let plain = ChoiceModel::default();
    let drawn = ChoiceModel {
        rule: Rule::RandomizedFirstChoice,
        ..ChoiceModel::default()
    };
    assert_eq!(edit_work(&study, &plain, 13), 60 * 13);
    assert!(edit_work(&study, &drawn, 13) > edit_work(&study, &plain, 13));
}
