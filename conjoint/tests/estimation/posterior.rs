//! The sampler gives the reference posteriors, by the five rules of the reference data.

use conjoint::estimation::AttributeKind::{Categorical, Linear};
use conjoint::estimation::hb::Prior;
use conjoint::estimation::{
    Estimation, EstimationSettings, Holdout, InputFile, Model, SurveyRequest, read_survey,
};
use serde_json::Value;

use crate::support::{reference, request, run};

/// Tasks and holdout tasks as one file; the holdout's last column, the true probabilities, is dropped.
fn tasks() -> Option<InputFile> {
    let tasks = reference("hb/sim_small_tasks.csv")?;
    let holdout = reference("hb/sim_small_holdout.csv")?;
    let mut bytes = tasks.bytes().to_vec();
    for line in std::str::from_utf8(holdout.bytes())
        .unwrap()
        .lines()
        .skip(1)
    {
        let (line, _) = line.rsplit_once(',').unwrap();
        bytes.extend(line.bytes().chain([b'\n']));
    }
    Some(InputFile::open(tasks.name, bytes))
}

fn estimate(prior: Option<Prior>) -> Option<Estimation> {
    let attributes = [
        ("a1", Categorical),
        ("a2", Categorical),
        ("a3", Categorical),
        ("price", Linear),
    ];
    let request = SurveyRequest {
        holdout: Holdout::Last(4),
        ..request(&attributes)
    };
    let survey = read_survey(&[tasks()?], &request).unwrap();
    let settings = EstimationSettings {
        iterations: Some(6000),
        prior,
        seed: 11,
        ..EstimationSettings::new(Model::Hierarchical)
    };
    Some(run(&survey, &settings))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

/// The distance of two means in combined Monte Carlo errors.
fn distance(estimate: f64, error: f64, reference: &Value) -> f64 {
    let combined = error.hypot(number(&reference["mcse"]));
    (estimate - number(&reference["mean"])).abs() / combined
}

fn assert_reference(estimation: &Estimation, reference: &Value) {
    let report = &estimation.report;
    assert!(report.converged);
    let mut distances = Vec::new();
    for parameter in &report.parameters {
        let name = match parameter.level.is_empty() {
            true => parameter.attribute.clone(),
            false => format!("{}_{}", parameter.attribute, parameter.level),
        };
        let (mean, variance) = (&reference["mu"][&name], &reference["var"][&name]);
        // The last level of effects coding is not in the reference.
        if mean.is_null() {
            continue;
        }
        let own = parameter.variance.as_ref().unwrap();
        assert!(own.rhat <= 1.02 && own.ess >= 400.0, "{name}: {own:?}");
        distances.push(distance(parameter.estimate, parameter.mcse.unwrap(), mean));
        distances.push(distance(own.estimate, own.mcse, variance));
        for (deviation, reference) in [
            (parameter.standard_error.unwrap(), mean),
            (own.standard_error, variance),
        ] {
            let ratio = deviation / number(&reference["sd"]);
            assert!((ratio - 1.0).abs() < 0.1, "{name}: {ratio}");
        }
    }
    assert_eq!(distances.len(), 16);
    assert!(
        distances.iter().all(|distance| *distance < 4.0),
        "{distances:?}"
    );
    assert!(
        distances.iter().filter(|distance| **distance > 3.0).count() <= 1,
        "{distances:?}"
    );
    let log_likelihood = report.log_likelihood.unwrap();
    let from_reference = distance(
        log_likelihood,
        report.log_likelihood_mcse.unwrap(),
        &reference["loglik"],
    );
    assert!(
        from_reference < 3.0,
        "log-likelihood {log_likelihood}: {from_reference}"
    );
    let rlh = report.fit.rlh.unwrap();
    assert!(
        (rlh - number(&reference["rlh_of_draws"])).abs() < 0.002,
        "{rlh}"
    );
    let hit_rate = report.fit.holdout_hit_rate.unwrap();
    assert!(
        (hit_rate - number(&reference["holdout"]["hit_rate"])).abs() <= 0.0101,
        "{hit_rate}"
    );
    let error = report.fit.holdout_mae.unwrap();
    assert!(
        (error - number(&reference["holdout"]["mae_vs_observed_draws"])).abs() < 0.002,
        "{error}"
    );
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let count = pairs.len() as f64;
    let (x, y) = pairs.iter().fold((0.0, 0.0), |sum, pair| {
        (sum.0 + pair.0 / count, sum.1 + pair.1 / count)
    });
    let product = |one: fn(f64, f64) -> f64| {
        pairs
            .iter()
            .map(|pair| one(pair.0 - x, pair.1 - y))
            .sum::<f64>()
    };
    product(|x, y| x * y) / (product(|x, _| x * x) * product(|_, y| y * y)).sqrt()
}

/// The reference's individual means and deviations: columns of parameters, then of their deviations.
fn assert_individuals(estimation: &Estimation) {
    let Some(file) = reference("hb/sim_small_individual.csv") else {
        return;
    };
    let text = std::str::from_utf8(file.bytes()).unwrap();
    let rows: Vec<Vec<f64>> = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect())
        .collect();
    let columns: Vec<(usize, usize)> = estimation
        .part_worths
        .columns
        .iter()
        .enumerate()
        .filter_map(|(own, (attribute, level))| match attribute.as_str() {
            "price" => None,
            _ => {
                let name = format!("{attribute}_{level}");
                let header = text.lines().next().unwrap().split(',');
                header
                    .into_iter()
                    .position(|column| column == name)
                    .map(|place| (own, place))
            }
        })
        .collect();
    assert_eq!(columns.len(), 7);
    for (own, place) in columns {
        let values = estimation.part_worths.values.iter();
        let pairs: Vec<(f64, f64)> = values
            .zip(&rows)
            .map(|(values, row)| (values[own], row[place]))
            .collect();
        assert!(
            correlation(&pairs) >= 0.99,
            "{place}: {}",
            correlation(&pairs)
        );
        let deviations = estimation.report.individual.iter().zip(&rows);
        let ratio =
            deviations.map(|(person, row)| person.standard_deviations[own] / row[place + 8]);
        let ratio = ratio.sum::<f64>() / rows.len() as f64;
        assert!((ratio - 1.0).abs() < 0.1, "{place}: {ratio}");
    }
}

#[test]
fn the_default_prior_gives_the_reference_posterior() {
    let Some(estimation) = estimate(None) else {
        return;
    };
    let reference = reference("hb/sim_small.json").unwrap();
    assert_reference(
        &estimation,
        &serde_json::from_slice(reference.bytes()).unwrap(),
    );
    assert_individuals(&estimation);
}

#[test]
fn the_diffuse_prior_gives_the_reference_posterior() {
    let Some(estimation) = estimate(Some(Prior::diffuse(8))) else {
        return;
    };
    let reference = reference("hb/sim_small_diffuse_prior.json").unwrap();
    assert_reference(
        &estimation,
        &serde_json::from_slice(reference.bytes()).unwrap(),
    );
}
