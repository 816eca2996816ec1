//! Properties of hierarchical Bayes on simulated choices.

use std::sync::Arc;

use conjoint::estimation::hb::{Chain, Direction};
use conjoint::estimation::{
    ChoiceDesign, Coding, CodingPlan, EstimationSettings, Model, prepare_chains,
};

use crate::simulated::{Size, simulate};
use crate::support::{read_simulated, run};

const SIZE: Size = Size {
    respondents: 80,
    tasks: 12,
    alternatives: 3,
    levels: &[3, 4],
};

fn settings(iterations: usize) -> EstimationSettings {
    EstimationSettings {
        iterations: Some(iterations),
        keep: 100,
        ..EstimationSettings::new(Model::Hierarchical)
    }
}

/// The place of an attribute's level among the true part-worths; `None` for price.
fn truth_of(attribute: &str, level: &str) -> Option<usize> {
    let number: usize = attribute.strip_prefix('a')?.parse().ok()?;
    let level: usize = level.strip_prefix('L')?.parse().ok()?;
    Some(SIZE.levels.iter().take(number - 1).sum::<usize>() + level - 1)
}

#[test]
fn true_part_worths_are_recovered() {
    let mut covered = 0;
    let mut count = 0;
    for seed in 1..=3 {
        let simulated = simulate(&SIZE, 0.6, seed);
        let survey = read_simulated(&simulated, SIZE.levels);
        let estimation = run(&survey, &settings(1200));
        assert!(estimation.report.converged, "{seed}");
        let people = simulated.truth.len() as f64;
        for parameter in &estimation.report.parameters {
            let place = truth_of(&parameter.attribute, &parameter.level).unwrap_or(7);
            let truth = simulated.truth.iter().map(|own| own[place]).sum::<f64>() / people;
            count += 1;
            covered +=
                usize::from((parameter.low.unwrap()..=parameter.high.unwrap()).contains(&truth));
        }
        // Individual part-worths are closer to the truth than the population's means are.
        let (mut own_error, mut mean_error) = (0.0, 0.0);
        for (column, (attribute, level)) in estimation.part_worths.columns.iter().enumerate() {
            let Some(place) = truth_of(attribute, level) else {
                continue;
            };
            let mean = estimation.report.parameters[column].estimate;
            for (values, truth) in estimation.part_worths.values.iter().zip(&simulated.truth) {
                own_error += (values[column] - truth[place]).powi(2);
                mean_error += (mean - truth[place]).powi(2);
            }
        }
        assert!(
            own_error < 0.9 * mean_error,
            "{seed}: {own_error} {mean_error}"
        );
    }
    // Intervals of 90 %, of parameters that depend on each other.
    assert!(covered * 100 >= count * 75, "{covered} of {count}");
}

#[test]
fn sign_constraints_hold_for_every_draw() {
    let simulated = simulate(&SIZE, 0.9, 5);
    let survey = read_simulated(&simulated, SIZE.levels);
    let free = run(&survey, &settings(400));
    assert!(
        free.part_worths
            .values
            .iter()
            .any(|values| values[7] > values[8] - 0.1)
    );
    let settings = EstimationSettings {
        directions: vec![
            ("price".to_owned(), Direction::Decreasing),
            ("a1".to_owned(), Direction::Decreasing),
        ],
        ..settings(400)
    };
    let estimation = run(&survey, &settings);
    let draws = estimation.draws.unwrap();
    assert_eq!(
        (draws.respondents, draws.draws, draws.columns),
        (80, 100, 9)
    );
    for draw in draws.values.chunks(draws.columns) {
        assert!(draw[0] >= draw[1] && draw[1] >= draw[2], "a1: {draw:?}");
        assert!(draw[7] >= draw[8], "price: {draw:?}");
    }
    let bound = estimation.report.constrained_respondents.unwrap();
    assert!((5..80).contains(&bound), "{bound}");
    assert_eq!(free.report.constrained_respondents, None);
}

#[test]
fn the_same_seed_gives_the_same_draws_however_a_chain_is_stepped() {
    let simulated = simulate(&SIZE, 0.6, 9);
    let survey = read_simulated(&simulated, SIZE.levels);
    let plan = CodingPlan::new(&survey, Coding::Effects);
    let design = ChoiceDesign::new(&survey, &plan);
    let (inputs, _) = prepare_chains(&survey, &settings(200), plan, design).unwrap();
    let mut whole = Chain::new(Arc::clone(&inputs), 0);
    whole.step(150);
    let mut parts = Chain::new(Arc::clone(&inputs), 0);
    for size in [1, 49, 77, 23] {
        parts.step(size);
    }
    assert_eq!(parts.summary(), whole.summary());
    let result = whole.into_result();
    assert_eq!(parts.into_result(), result);
    let mut other = Chain::new(inputs, 1);
    other.step(150);
    assert_ne!(other.into_result(), result);
    // Results travel between programs.
    let text = serde_json::to_string(&result).unwrap();
    assert_eq!(
        serde_json::from_str::<conjoint::estimation::hb::ChainResult>(&text).unwrap(),
        result
    );
}

#[test]
fn a_chain_that_is_stopped_early_has_not_converged() {
    let simulated = simulate(&SIZE, 0.6, 2);
    let survey = read_simulated(&simulated, SIZE.levels);
    let estimation = run(&survey, &settings(30));
    assert!(!estimation.report.converged);
    let stopped = conjoint::estimation::estimate(
        &survey,
        &EstimationSettings::new(Model::Hierarchical),
        &mut |_| false,
    );
    assert!(!stopped.unwrap().report.converged);
}

#[test]
fn draws_have_the_format_of_numpy() {
    let simulated = simulate(&SIZE, 0.6, 2);
    let survey = read_simulated(&simulated, SIZE.levels);
    let estimation = run(&survey, &settings(60));
    let files = estimation.write_study(&survey).unwrap();
    let bytes = files.get("draws.npy").unwrap();
    assert_eq!(&bytes[..8], b"\x93NUMPY\x01\x00");
    let length = usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    assert_eq!((10 + length) % 64, 0);
    let header = std::str::from_utf8(&bytes[10..10 + length]).unwrap();
    let draws = estimation.draws.unwrap();
    let shape = format!(
        "'shape': ({}, {}, {})",
        draws.respondents, draws.draws, draws.columns
    );
    assert!(
        header.contains("'descr': '<f4', 'fortran_order': False") && header.contains(&shape),
        "{header}"
    );
    assert_eq!(bytes.len(), 10 + length + 4 * draws.values.len());
}
