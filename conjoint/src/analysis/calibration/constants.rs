//! Product constants.
//!
//! A constant `c[j]` is a utility that is added to product j for every respondent. It is found by
//! iterating `c[j] ← c[j] + (f(t[j]) − f(S[j](c))) / s`, with the target shares t, the simulated
//! shares S (both products long, 0–1) and the scale factor s. f is the logarithm, or the logit for
//! purchase likelihood, which judges products one by one; rules that use draws take half of each step. Source: the contraction for the logit of
//! S. Berry, J. Levinsohn and A. Pakes, "Automobile prices in market equilibrium", 1995.
//!
//! Without None shares depend only on differences of utilities, so the constants are shifted to a
//! mean of 0. Large constants mean that the survey does not explain why a product sells, and
//! elasticities change with the shares, so inspect both.

use std::sync::Arc;

use super::targets::{CheckedTarget, check_targets};
use super::{CalibrationError, Target};
use crate::choice::{ChoiceModel, ChoiceModelError, NoneOption};
use crate::simulation::Simulation;
use crate::study::{ProductId, Study};

/// The largest allowed distance of a share from its target.
const TOLERANCE: f64 = 1e-9;
/// The same for rules that use draws, with which shares change in steps.
const DRAWS_TOLERANCE: f64 = 5e-4;
/// The part of a step that is made by these rules: shares of products that are not similar respond more to a
/// constant than those of the logit do, so that whole steps would swing around the targets.
const DRAWS_STEP: f64 = 0.5;
/// The number of iterations after which the search is given up.
const MAX_ITERATIONS: usize = 200;

/// The constants, in utility units, with which the study's own offers have the target shares. The
/// iteration starts from the constants of the choice model.
///
/// # Errors
/// The targets are not those of the offers on the market, have an invalid sum, or are out of reach.
pub fn fit_constants(
    study: &Arc<Study>,
    model: &ChoiceModel,
    targets: &[Target],
) -> Result<Vec<(ProductId, f64)>, CalibrationError> {
    let targets = check_targets(study, model, targets)?;
    model.check_probabilities(study)?;
    let tolerance = if model.rule.uses_draws() {
        // One draw of one respondent is the smallest step of a share.
        let draws = model.draws as usize * study.respondents.len();
        DRAWS_TOLERANCE.max(2.0 / draws as f64)
    } else {
        TOLERANCE
    };
    let part = if model.rule.uses_draws() {
        DRAWS_STEP
    } else {
        1.0
    };
    let mut model = model.clone();
    let constants = targets.iter();
    let mut constants: Vec<f64> = constants.map(|t| find_constant(&model, &t.id)).collect();
    let mut error_scale = None;
    for _ in 0..MAX_ITERATIONS {
        let named = targets.iter().zip(&constants);
        model.constants = named.map(|(t, c)| (t.id.clone(), *c)).collect();
        let simulation =
            Simulation::with_error_scale(Arc::clone(study), model.clone(), error_scale)?;
        error_scale = simulation.live().error_scale();
        let errors = targets.iter().map(|t| distance(&simulation, t));
        if errors.fold(0.0, f64::max) <= tolerance {
            return Ok(model.constants);
        }
        let shares = simulation.baseline_shares();
        for (constant, target) in constants.iter_mut().zip(&targets) {
            let share = shares[target.product].share.max(f64::MIN_POSITIVE);
            let step = model.rule.linearize_share(target.share) - model.rule.linearize_share(share);
            *constant += part * step / model.scale;
        }
        if model.none == NoneOption::Off && model.rule.compares_products() {
            let mean = constants.iter().sum::<f64>() / constants.len() as f64;
            constants.iter_mut().for_each(|constant| *constant -= mean);
        }
        let mut sizes = constants.iter().map(|constant| constant.abs());
        if sizes.any(|size| size > ChoiceModel::LARGEST_UTILITY) {
            break;
        }
    }
    Err(describe_failure(study, &model, &targets)?)
}

/// The model's constant of a product.
fn find_constant(model: &ChoiceModel, id: &ProductId) -> f64 {
    let found = model.constants.iter().find(|(other, _)| other == id);
    found.map_or(0.0, |(_, constant)| *constant)
}

/// How far a product's share is from its target.
fn distance(simulation: &Simulation, target: &CheckedTarget) -> f64 {
    let share = simulation.baseline_shares()[target.product].share;
    (share - target.share).abs()
}

/// The error about the product that is farthest from its target.
fn describe_failure(
    study: &Arc<Study>,
    model: &ChoiceModel,
    targets: &[CheckedTarget],
) -> Result<CalibrationError, ChoiceModelError> {
    let simulation = Simulation::with_model(Arc::clone(study), model.clone())?;
    let distance = |target: &CheckedTarget| distance(&simulation, target);
    let farthest = targets.iter();
    let farthest = farthest.max_by(|one, other| distance(one).total_cmp(&distance(other)));
    Ok(match farthest {
        Some(target) => CalibrationError::NotReached {
            id: target.id.clone(),
            target: target.share,
            share: simulation.baseline_shares()[target.product].share,
        },
        None => CalibrationError::MissingTargets {
            missing: "any offer".to_owned(),
        },
    })
}
