//! The target shares of a calibration, and their checks.

use super::CalibrationError;
use crate::choice::{ChoiceModel, NoneOption};
use crate::index_vec::ProductIndex;
use crate::study::{Offer, ProductId, Study, quote_names};

/// A product's share in the market, 0–1.
pub type Target = (ProductId, f64);

/// How far the sum of the targets may be from 1; the targets are divided by their sum.
const SUM_TOLERANCE: f64 = 1e-5;

/// A checked target.
pub(super) struct CheckedTarget {
    pub(super) product: ProductIndex,
    pub(super) id: ProductId,
    /// The share in the market, 0–1.
    pub(super) share: f64,
}

/// Checks that shares can be the targets of a calibration.
///
/// # Errors
/// What is wrong with the model or with the targets.
pub fn validate_targets(
    study: &Study,
    model: &ChoiceModel,
    targets: &[Target],
) -> Result<(), CalibrationError> {
    check_targets(study, model, targets).map(drop)
}

/// Targets to start from: the shares of the products on the market, in tenths of a percent of which each
/// has at least one, with the same sum as the shares.
pub fn suggest_targets(study: &Study, shares: impl Fn(ProductIndex) -> f64) -> Vec<Target> {
    const TENTHS: f64 = 1000.0;
    let offers = || list_offers(study);
    let mut tenths: Vec<f64> = offers()
        .map(|(product, _)| (shares(product) * TENTHS).round().max(1.0))
        .collect();
    let sum: f64 = offers().map(|(product, _)| shares(product)).sum();
    let excess = tenths.iter().sum::<f64>() - (sum * TENTHS).round();
    // The largest share changes least in proportion.
    let largest = tenths.iter_mut().max_by(|one, other| one.total_cmp(other));
    if let Some(largest) = largest {
        *largest -= excess;
    }
    let targets = offers().zip(tenths);
    targets
        .map(|((_, offer), tenths)| (offer.id.clone(), tenths / TENTHS))
        .collect()
}

/// Checks that each product on the market has one valid target, and that the targets have a valid
/// sum.
pub(super) fn check_targets(
    study: &Study,
    model: &ChoiceModel,
    targets: &[Target],
) -> Result<Vec<CheckedTarget>, CalibrationError> {
    model.check(study)?;
    if model.rule.is_deterministic() {
        return Err(CalibrationError::FirstChoice);
    }
    let mut checked: Vec<CheckedTarget> = Vec::new();
    for (id, share) in targets {
        let found = list_offers(study).find(|(_, offer)| offer.id == *id);
        let (product, _) = found.ok_or_else(|| CalibrationError::UnknownOffer {
            id: id.to_string(),
            known: quote_names(list_offers(study).map(|(_, offer)| offer.id.as_str())),
        })?;
        if checked.iter().any(|other| other.product == product) {
            return Err(CalibrationError::DuplicateTarget(id.clone()));
        }
        let (id, share) = (id.clone(), *share);
        if !(share > 0.0 && share < 1.0) {
            return Err(CalibrationError::InvalidShare { id, share });
        }
        checked.push(CheckedTarget { product, id, share });
    }
    let missing: Vec<String> = list_offers(study)
        .filter(|(product, _)| checked.iter().all(|other| other.product != *product))
        .map(|(_, offer)| format!("`{}` ({})", offer.id, study.name_of(offer)))
        .collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        return Err(CalibrationError::MissingTargets { missing });
    }
    check_sum(model, checked)
}

/// The offers on the market.
fn list_offers(study: &Study) -> impl Iterator<Item = (ProductIndex, &Offer)> {
    let offers = study.offers.enumerate();
    offers.filter(|(_, offer)| !offer.withdrawn)
}

/// Checks the sum of the targets, and divides them by it if it should be 1.
fn check_sum(
    model: &ChoiceModel,
    mut targets: Vec<CheckedTarget>,
) -> Result<Vec<CheckedTarget>, CalibrationError> {
    if !model.rule.compares_products() {
        // The products are judged one by one, so that the sum may be anything.
        return Ok(targets);
    }
    let exact: f64 = targets.iter().map(|target| target.share).sum();
    let sum = (exact * 1e5).round() / 1e5;
    if model.none != NoneOption::Off {
        return match exact > 1.0 - SUM_TOLERANCE {
            true => Err(CalibrationError::NothingForNone { sum }),
            false => Ok(targets),
        };
    }
    if (exact - 1.0).abs() > SUM_TOLERANCE {
        return Err(CalibrationError::InvalidSum { sum });
    }
    for target in &mut targets {
        target.share /= exact;
    }
    Ok(targets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Rule;
    use crate::testing::generate_simulation;

    #[test]
    fn suggested_targets_are_valid_and_close_to_the_shares() {
        let model = ChoiceModel {
            rule: Rule::ShareOfPreference,
            ..ChoiceModel::default()
        };
        let study = generate_simulation(1, &[("Gen X", 40)])
            .full_study()
            .clone();
        let simulation = crate::simulation::Simulation::with_model(study.clone(), model.clone());
        let shares = simulation.unwrap().shares();
        let targets = suggest_targets(&study, |product| shares[product].share);
        assert_eq!(validate_targets(&study, &model, &targets), Ok(()));
        for ((product, _), (_, target)) in list_offers(&study).zip(&targets) {
            assert!((shares[product].share - target).abs() < 0.02);
        }
    }
}
