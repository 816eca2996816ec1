//! The scale of the random errors, fitted to the shares of the logit.

use std::sync::Arc;

use super::OfferErrors;
use super::reference_set::list_reference_offers;
use crate::choice::rules::ChanceInputs;
use crate::choice::{Choices, Chooser};
use crate::stats::bootstrap::means;
use crate::stats::minimize::golden_section;
use crate::study::Study;

/// The smallest and largest scale tried: from nearly first choice to nearly equal shares.
const SCALES: [f64; 2] = [0.02, 8.0];
/// The number of scales tried; the golden section narrows the range of the logarithm to a thousandth.
const TRIALS: usize = 18;
/// The number of draws, over all respondents, that distinguishes one scale from another.
const TOTAL_DRAWS: usize = 100_000;
/// The smallest number of draws per respondent.
const MIN_DRAWS: usize = 10;

impl Chooser {
    /// Sets the scale of the random errors with which the shares of the reference offers come closest, by
    /// least squares, to those of the logit. Does nothing for a rule without draws.
    ///
    /// Neither the offers of the market nor constants and availability count: one market has one answer,
    /// whatever edits led to it.
    pub(crate) fn fit_error_scale(&mut self, study: &Study) {
        let Some(pool) = &self.errors else {
            return;
        };
        let offers = list_reference_offers(study);
        let mut errors = OfferErrors::new(pool, self.error_scale, offers.len());
        for (product, offer) in offers.enumerate() {
            errors.set(study, product, offer);
        }
        let logit = Choices::new(study, &offers, Arc::new(self.as_logit()));
        let inputs = ChanceInputs {
            chooser: self,
            utilities: logit.utilities(),
            best: logit.best_utilities(),
        };
        let weights = study.respondents.weights.as_slice();
        let target: Vec<f64> = means(logit.probabilities(), weights).collect();
        let scale = fit(&inputs, &errors, weights, &target);
        self.set_error_scale(scale);
    }
}

/// The scale of the errors with which the weighted shares come closest to `target`.
fn fit(inputs: &ChanceInputs<'_>, errors: &OfferErrors, weights: &[f64], target: &[f64]) -> f64 {
    let draws = (TOTAL_DRAWS / weights.len().max(1)).max(MIN_DRAWS);
    let draws = draws.min(errors.draws());
    let all = weights.iter().sum::<f64>() * draws as f64;
    let mut distance = |logarithm: f64| {
        let mut sums = vec![0.0; target.len()];
        errors.count_wins(inputs, logarithm.exp(), draws, |respondent, wins| {
            let weight = weights.get(respondent).copied().unwrap_or_default();
            for (sum, wins) in sums.iter_mut().zip(wins) {
                *sum += weight * f64::from(*wins);
            }
        });
        let pairs = sums.iter().zip(target);
        let differences = pairs.map(|(sum, target)| sum / all - target);
        differences.map(|difference| difference * difference).sum()
    };
    let [low, high] = SCALES.map(f64::ln);
    golden_section(low, high, TRIALS, &mut distance).exp()
}
