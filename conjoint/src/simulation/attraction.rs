//! How much respondents who choose one product are attracted to another.
//!
//! `A[i,j]`: over the respondents whose first choice is `i`, a percentile of `P[·,j]`: the 50th
//! if `i` and `j` are of one brand, the 80th otherwise, interpolated linearly between order
//! statistics as [`crate::stats::quantile::percentile`] does. Values of at most the study's threshold show
//! as 0.

use nalgebra::DMatrix;

use crate::choice::Choices;
use crate::index_vec::{Position, ProductIndex, RespondentIndex};
use crate::simulation::scenario::Scenario;
use crate::stats::quantile::percentile;
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
                attraction[(chosen.index(), competing.index())] = value;
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
    let column = choices.probability_column(product);
    sample.clear();
    sample.extend(choosers.iter().map(|respondent| column[respondent.index()]));
}
