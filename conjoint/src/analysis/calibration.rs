//! From a survey's shares to a market's: constants and a scale factor that make the simulated
//! shares of the study's own offers those that the market has.
//!
//! **Constants**: a utility `c[j]` a product, added for every respondent, by iteration of
//! `c[j] ← c[j] + (ln t[j] − ln S[j](c)) / s` with the targets t, the shares S and the scale
//! factor s (S. Berry, J. Levinsohn and A. Pakes, "Automobile prices in market equilibrium", 1995,
//! whose contraction this is for the logit; products are judged one by one by purchase likelihood,
//! where logits stand for the logarithms). Shares depend on the differences of utilities alone, so
//! that without None the constants are made to average 0. Constants say that the survey does not
//! know why a product sells, and move elasticities with the shares: they are to be looked at.
//!
//! **Scale factor**: the one with which the shares come closest to the targets by least squares.

use std::sync::Arc;

use crate::choice::{ChoiceModel, ChoiceModelError, NoneOption};
use crate::index_vec::ProductIndex;
use crate::simulation::Simulation;
use crate::stats::minimize::golden_section;
use crate::study::{ProductId, Study, quote_names};

/// How far the targets may be from summing to 1, by rounding; they are divided by their sum.
const SUM: f64 = 1e-5;
/// How near the shares must come to the targets.
const NEAR: f64 = 1e-9;
/// How near they must by draws, which make steps of shares.
const NEAR_BY_DRAWS: f64 = 5e-4;
/// The iteration is given up after so many steps.
const STEPS: usize = 200;
/// What is tried for the scale factor, by its logarithm to the base 10.
const SCALES: [f64; 2] = [-2.0, 2.0];
/// How many scale factors are tried to find the valley, and how many to find its lowest point.
const TRIALS: [usize; 2] = [17, 30];

/// A share that a product has in the market, 0–1.
pub type Target = (ProductId, f64);

/// Why there is no calibration.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CalibrationError {
    /// The method itself cannot be used.
    #[error(transparent)]
    Method(#[from] ChoiceModelError),
    /// First choice has steps that no constant and no scale factor can follow.
    #[error(
        "first choice cannot be calibrated, its shares move in steps; choose share of preference, randomized first choice or purchase likelihood"
    )]
    FirstChoice,
    /// A product without a target.
    #[error(
        "there is no target share for {missing}; give one for every offer that is on the market"
    )]
    Missing {
        /// The products.
        missing: String,
    },
    /// A target for no product, or for one that is withdrawn.
    #[error("there is no offer {id} on the market; the offers are {known}")]
    Unknown {
        /// The id given.
        id: String,
        /// The ids of the offers.
        known: String,
    },
    /// A product with two targets.
    #[error("there are two target shares for {0}; give one")]
    Twice(ProductId),
    /// A target that is no share.
    #[error(
        "the target share {share} of {id} cannot be reached by a choice; give a number above 0 and below 1"
    )]
    Share {
        /// The product.
        id: ProductId,
        /// What was given.
        share: f64,
    },
    /// Targets that do not sum to 1.
    #[error("the target shares sum to {sum}; they must sum to 1")]
    Sum {
        /// What they sum to.
        sum: f64,
    },
    /// Targets that leave nothing to None.
    #[error(
        "the target shares sum to {sum}; with None they must sum to less than 1, the rest is None's"
    )]
    NothingForNone {
        /// What they sum to.
        sum: f64,
    },
    /// The shares come closest to the targets at the end of the scale factors that are tried.
    #[error(
        "no scale factor fits the target shares: the nearest to them is {0}, the last that is tried; constants may fit"
    )]
    NoScale(f64),
    /// The iteration came to no end.
    #[error(
        "no constants give {id} its target share {target}: it comes to {share}; check its availability and the target"
    )]
    NotReached {
        /// The product that is farthest from its target.
        id: ProductId,
        /// Its target.
        target: f64,
        /// The share that it came to.
        share: f64,
    },
}

/// The constants with which the study's own offers have the shares of the targets; the method's
/// own constants are where the iteration begins.
///
/// # Errors
/// Targets that are not those of all offers on the market, do not sum to 1 (with None: to less)
/// or cannot be reached.
pub fn fit_constants(
    study: &Arc<Study>,
    model: &ChoiceModel,
    targets: &[Target],
) -> Result<Vec<(ProductId, f64)>, CalibrationError> {
    let targets = check(study, model, targets)?;
    let near = if model.rule.uses_draws() {
        // One draw of one respondent is the least by which a share can move.
        let draws = model.draws as usize * study.respondents.len();
        NEAR_BY_DRAWS.max(2.0 / draws as f64)
    } else {
        NEAR
    };
    let mut model = model.clone();
    let mut constants: Vec<f64> = targets.iter().map(|(_, id, _)| own(&model, id)).collect();
    let mut error_scale = None;
    for _ in 0..STEPS {
        let named = targets.iter().zip(&constants);
        model.constants = named.map(|((_, id, _), c)| (id.clone(), *c)).collect();
        let simulation =
            Simulation::with_error_scale(Arc::clone(study), model.clone(), error_scale)?;
        error_scale = simulation.live().error_scale();
        let shares = simulation.baseline_shares();
        let off = |(product, _, target): &Checked| (shares[*product].share - target).abs();
        let farthest = targets.iter().map(off).fold(0.0, f64::max);
        if farthest <= near {
            return Ok(model.constants);
        }
        for (constant, (product, _, target)) in constants.iter_mut().zip(&targets) {
            let share = shares[*product].share.max(f64::MIN_POSITIVE);
            let step = model.rule.linearize_share(*target) - model.rule.linearize_share(share);
            *constant += step / model.scale;
        }
        if model.none == NoneOption::Off && model.rule.compares_products() {
            let mean = constants.iter().sum::<f64>() / constants.len() as f64;
            constants.iter_mut().for_each(|constant| *constant -= mean);
        }
        let gone = constants
            .iter()
            .any(|c| c.abs() > ChoiceModel::LARGEST_UTILITY);
        if gone {
            break;
        }
    }
    Err(not_reached(study, &model, &targets)?)
}

/// The scale factor with which the shares of the study's own offers come closest to the targets.
///
/// # Errors
/// Targets that are not those of all offers on the market or do not sum to 1 (with None: to
/// less).
pub fn fit_scale(
    study: &Arc<Study>,
    model: &ChoiceModel,
    targets: &[Target],
) -> Result<f64, CalibrationError> {
    let targets = check(study, model, targets)?;
    let distance = |logarithm: f64| {
        let model = ChoiceModel {
            scale: 10.0_f64.powf(logarithm),
            ..model.clone()
        };
        // The method was checked, and every scale that is tried can be used.
        let Ok(simulation) = Simulation::with_model(Arc::clone(study), model) else {
            return f64::INFINITY;
        };
        let shares = simulation.baseline_shares();
        let off = targets
            .iter()
            .map(|(product, _, target)| shares[*product].share - target);
        off.map(|off| off * off).sum()
    };
    let [low, high] = SCALES;
    let [coarse, fine] = TRIALS;
    let step = (high - low) / (coarse - 1) as f64;
    let tried = (0..coarse).map(|trial| low + step * trial as f64);
    let tried = tried.map(|logarithm| (distance(logarithm), logarithm));
    let best = tried.min_by(|one, other| one.0.total_cmp(&other.0));
    let (_, middle) = best.unwrap_or_default();
    if middle <= low || middle >= high {
        return Err(CalibrationError::NoScale(10.0_f64.powf(middle)));
    }
    let found = golden_section(middle - step, middle + step, fine, &mut |x| distance(x));
    Ok(10.0_f64.powf(found))
}

/// A product's position, id and target.
type Checked = (ProductIndex, ProductId, f64);

/// The targets, each of a product on the market.
fn check(
    study: &Arc<Study>,
    model: &ChoiceModel,
    targets: &[Target],
) -> Result<Vec<Checked>, CalibrationError> {
    model.check(study)?;
    if model.rule.is_deterministic() {
        return Err(CalibrationError::FirstChoice);
    }
    let offered = || {
        study
            .offers
            .enumerate()
            .filter(|(_, offer)| !offer.withdrawn)
    };
    let mut checked: Vec<Checked> = Vec::new();
    for (id, share) in targets {
        let found = offered().find(|(_, offer)| offer.id == *id);
        let (product, _) = found.ok_or_else(|| CalibrationError::Unknown {
            id: id.to_string(),
            known: quote_names(offered().map(|(_, offer)| offer.id.as_str())),
        })?;
        if checked.iter().any(|(other, ..)| *other == product) {
            return Err(CalibrationError::Twice(id.clone()));
        }
        if !(*share > 0.0 && *share < 1.0) {
            let (id, share) = (id.clone(), *share);
            return Err(CalibrationError::Share { id, share });
        }
        checked.push((product, id.clone(), *share));
    }
    let missing: Vec<&str> = offered()
        .filter(|(product, _)| checked.iter().all(|(other, ..)| other != product))
        .map(|(_, offer)| offer.id.as_str())
        .collect();
    if !missing.is_empty() {
        let missing = quote_names(missing);
        return Err(CalibrationError::Missing { missing });
    }
    let sum: f64 = checked.iter().map(|(.., share)| share).sum();
    let description = || (sum * 1e5).round() / 1e5;
    if !model.rule.compares_products() {
        // These are judged one by one, and sum to anything.
        return Ok(checked);
    }
    if model.none != NoneOption::Off {
        return match sum > 1.0 - SUM {
            true => Err(CalibrationError::NothingForNone { sum: description() }),
            false => Ok(checked),
        };
    }
    if (sum - 1.0).abs() > SUM {
        return Err(CalibrationError::Sum { sum: description() });
    }
    checked.iter_mut().for_each(|(.., share)| *share /= sum);
    Ok(checked)
}

fn own(model: &ChoiceModel, id: &ProductId) -> f64 {
    let found = model.constants.iter().find(|(own, _)| own == id);
    found.map_or(0.0, |(_, constant)| *constant)
}

/// The product that is farthest from its target.
fn not_reached(
    study: &Arc<Study>,
    model: &ChoiceModel,
    targets: &[Checked],
) -> Result<CalibrationError, ChoiceModelError> {
    let simulation = Simulation::with_model(Arc::clone(study), model.clone())?;
    let shares = simulation.baseline_shares();
    let off = |(product, _, target): &Checked| (shares[*product].share - target).abs();
    let farthest = targets
        .iter()
        .max_by(|one, other| off(one).total_cmp(&off(other)));
    Ok(match farthest {
        Some((product, id, target)) => CalibrationError::NotReached {
            id: id.clone(),
            target: *target,
            share: shares[*product].share,
        },
        None => CalibrationError::Missing {
            missing: "any offer".to_owned(),
        },
    })
}
