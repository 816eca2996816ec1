//! How much respondents who choose one product are attracted to another.
//!
//! `A[i,j]`: over the respondents whose first choice is `i`, a percentile of `P[·,j]`: the 50th
//! if `i` and `j` are of one brand, the 80th otherwise, interpolated linearly between order
//! statistics (R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", 1996, their
//! type 7). Values of at most the study's threshold show as 0.

use nalgebra::DMatrix;

use crate::choice::Choices;
use crate::indexed::{Position, ProductIndex, RespondentIndex};
use crate::scenario::Scenario;
use crate::study::Study;

const WITHIN_BRAND: f64 = 0.5;
const ACROSS_BRANDS: f64 = 0.8;

/// The attraction matrix, products × products: rows are predicted choices, columns competing
/// offers. A row of a product that nobody chooses is 0.
pub(crate) fn matrix(study: &Study, scenario: &Scenario, choices: &Choices) -> DMatrix<f64> {
    let offers = scenario.offers();
    let threshold = study.settings.attraction_threshold;
    let mut attraction = DMatrix::zeros(offers.len(), offers.len());
    let mut sample = Vec::new();
    for (chosen, choosers) in offers.indices().zip(&choices.choosers()) {
        for competing in offers.indices() {
            let same = |brand| brand == study.schema.brand_of(&offers[competing]);
            let rank = if same(study.schema.brand_of(&offers[chosen])) {
                WITHIN_BRAND
            } else {
                ACROSS_BRANDS
            };
            gather(choices, choosers, competing, &mut sample);
            let value = percentile(&mut sample, rank).unwrap_or(0.0);
            if value > threshold {
                attraction[(chosen.get(), competing.get())] = value;
            }
        }
    }
    attraction
}

fn gather(
    choices: &Choices,
    choosers: &[RespondentIndex],
    product: ProductIndex,
    sample: &mut Vec<f64>,
) {
    let column = choices.column(product);
    sample.clear();
    sample.extend(choosers.iter().map(|respondent| column[respondent.get()]));
}

/// The value below which a fraction `rank` of the sample lies; `None` without a sample.
///
/// Reorders the sample.
fn percentile(sample: &mut [f64], rank: f64) -> Option<f64> {
    let last = sample.len().checked_sub(1)?;
    let position = rank * last as f64;
    // `rank` is between 0 and 1, so that the truncated position is an index.
    let below = position as usize;
    let (_, low, above) = sample.select_nth_unstable_by(below, f64::total_cmp);
    let low = *low;
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    Some(low + (position - below as f64) * (high - low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_numpys() {
        // numpy.percentile([15, 20, 35, 40, 50], [40, 50, 80, 100])
        for (rank, expected) in [(0.4, 29.0), (0.5, 35.0), (0.8, 42.0), (1.0, 50.0)] {
            let mut sample = [50.0, 15.0, 40.0, 20.0, 35.0];
            let value = percentile(&mut sample, rank).unwrap();
            assert!((value - expected).abs() < 1e-12, "{rank}: {value}");
        }
        assert_eq!(percentile(&mut [7.0], 0.8), Some(7.0));
        assert_eq!(percentile(&mut [], 0.8), None);
    }
}
