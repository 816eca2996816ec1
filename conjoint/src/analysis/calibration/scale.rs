//! The scale factor.
//!
//! It minimizes `Σ_j (S[j](s) − t[j])²` over the scale factor s, with the target shares t and the
//! simulated shares S (both products long, 0–1): by trials on a logarithmic grid, then by golden
//! section search around the best of them.

use std::sync::Arc;

use super::targets::check_targets;
use super::{CalibrationError, Target};
use crate::choice::ChoiceModel;
use crate::simulation::Simulation;
use crate::stats::minimize::golden_section;
use crate::study::Study;

/// The range of the scale factor, as logarithms to the base 10.
const LOG_RANGE: [f64; 2] = [-2.0, 2.0];
/// The number of trials on the grid.
const GRID_TRIALS: usize = 17;
/// The number of trials of the golden section search.
const SECTION_TRIALS: usize = 30;

/// The scale factor with which the shares of the study's own offers are closest to the targets.
///
/// # Errors
/// The targets are not those of the offers on the market, have an invalid sum, or are closest to the
/// shares at the end of the range of scale factors.
pub fn fit_scale(
    study: &Arc<Study>,
    model: &ChoiceModel,
    targets: &[Target],
) -> Result<f64, CalibrationError> {
    let targets = check_targets(study, model, targets)?;
    let sum_of_squares = |logarithm: f64| {
        let model = ChoiceModel {
            scale: 10.0_f64.powf(logarithm),
            ..model.clone()
        };
        // Does not happen: the model was checked, and every scale in the range is valid.
        let Ok(simulation) = Simulation::with_model(Arc::clone(study), model) else {
            return f64::INFINITY;
        };
        let shares = simulation.baseline_shares();
        let errors = targets.iter();
        let errors = errors.map(|target| shares[target.product].share - target.share);
        errors.map(|error| error * error).sum()
    };
    let [low, high] = LOG_RANGE;
    let step = (high - low) / (GRID_TRIALS - 1) as f64;
    let trials = (0..GRID_TRIALS).map(|trial| low + step * trial as f64);
    let trials = trials.map(|logarithm| (sum_of_squares(logarithm), logarithm));
    let best = trials.min_by(|one, other| one.0.total_cmp(&other.0));
    let (_, middle) = best.unwrap_or_default();
    if middle <= low || middle >= high {
        return Err(CalibrationError::NoScale(10.0_f64.powf(middle)));
    }
    let (low, high) = (middle - step, middle + step);
    let logarithm = golden_section(low, high, SECTION_TRIALS, &mut |x| sum_of_squares(x));
    Ok(10.0_f64.powf(logarithm))
}
