//! How well predicted probabilities fit the answers.

use std::collections::HashMap;

use super::coding::CodingPlan;
use super::design::ChoiceDesign;
use super::likelihood::Workspace;
use super::tasks::{ChoiceSurvey, ChoiceTask};

/// The probabilities of all rows of a design where all respondents have the same parameters.
pub(crate) fn predict_all(design: &ChoiceDesign, b: &[f64]) -> Vec<f64> {
    let mut workspace = Workspace::default();
    let mut all = Vec::new();
    for block in design.blocks() {
        workspace.predict(block, b);
        all.extend(&workspace.probabilities);
    }
    all
}

/// The share of observations whose likeliest alternative was chosen; `None` without observations.
pub(crate) fn hit_rate(design: &ChoiceDesign, probabilities: &[f64]) -> Option<f64> {
    let (mut hits, mut count) = (0_usize, 0_usize);
    let mut rest = probabilities;
    for block in design.blocks() {
        let (own, others) = rest.split_at(block.rows().min(rest.len()));
        rest = others;
        for range in block.observations() {
            let answers = block.answer.get(range.clone()).unwrap_or_default();
            let predicted = own.get(range).unwrap_or_default();
            hits += usize::from(largest(answers) == largest(predicted));
            count += 1;
        }
    }
    (count > 0).then(|| hits as f64 / count as f64)
}

fn largest(values: &[f64]) -> Option<usize> {
    let places = values.iter().enumerate();
    // The first of equal ones.
    places
        .rev()
        .max_by(|one, other| one.1.total_cmp(other.1))
        .map(|(place, _)| place)
}

/// The mean root likelihood over respondents.
pub(crate) fn mean_rlh(design: &ChoiceDesign, b: &[f64]) -> f64 {
    let mut workspace = Workspace::default();
    let roots = design.blocks().map(|block| {
        let log_likelihood = workspace.predict(block, b);
        libm::exp(log_likelihood / block.ends.len().max(1) as f64)
    });
    roots.sum::<f64>() / design.len().max(1) as f64
}

/// The mean absolute error of predicted shares in the holdout tasks that all respondents saw alike;
/// `None` without one.
pub(crate) fn holdout_error(
    survey: &ChoiceSurvey,
    plan: &CodingPlan,
    probabilities: &[f64],
) -> Option<f64> {
    /// Sums over respondents.
    struct Shared<'t> {
        task: &'t ChoiceTask,
        count: usize,
        is_alike: bool,
        predicted: Vec<f64>,
        observed: Vec<f64>,
    }
    let mut shared: HashMap<&str, Shared<'_>> = HashMap::new();
    let mut rest = probabilities;
    for task in survey.respondents.iter().flat_map(|person| &person.holdout) {
        let count = task.is_none.len();
        let rows = count
            + if task.would_buy.is_some() && plan.none.is_some() {
                2
            } else {
                0
            };
        let (own, others) = rest.split_at(rows.min(rest.len()));
        rest = others;
        let entry = shared.entry(&task.name).or_insert_with(|| Shared {
            task,
            count: 0,
            is_alike: true,
            predicted: vec![0.0; count],
            observed: vec![0.0; count],
        });
        entry.is_alike &= entry.task.levels == task.levels && entry.task.is_none == task.is_none;
        entry.count += 1;
        for (sum, value) in entry.predicted.iter_mut().zip(own) {
            *sum += value;
        }
        for (sum, value) in entry.observed.iter_mut().zip(&task.answer) {
            *sum += value;
        }
    }
    let people = survey.respondents.len();
    let alike = shared
        .values()
        .filter(|entry| entry.is_alike && entry.count == people);
    let mut errors: Vec<f64> = alike
        .flat_map(|entry| {
            let pairs = entry.predicted.iter().zip(&entry.observed);
            pairs.map(|(predicted, observed)| (predicted - observed).abs() / people as f64)
        })
        .collect();
    // In a fixed order, so that the sum does not depend on that of the map.
    errors.sort_unstable_by(f64::total_cmp);
    (!errors.is_empty()).then(|| errors.iter().sum::<f64>() / errors.len() as f64)
}
