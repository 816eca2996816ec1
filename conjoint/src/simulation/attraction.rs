//! How much respondents who choose one product, or brand, are attracted to another.
//!
//! `A[i,j]`: over the respondents whose first choice is product i, a percentile of `P[·,j]`, their
//! probability of j by share of preference: the 50th if i and j are of the same brand, the 80th
//! otherwise, interpolated linearly between order statistics as in
//! [`crate::stats::quantile::percentile`]. Values up to the study's threshold become 0.

use nalgebra::DMatrix;

use super::{Distribution, Simulation};
use crate::choice::Choices;
use crate::index_vec::{BrandIndex, IndexVec, Position, ProductIndex, RespondentIndex};
use crate::simulation::scenario::Scenario;
use crate::stats::quantile::percentile;
use crate::study::Study;

/// The percentile for products of the same brand, 0–1.
const WITHIN_BRAND: f64 = 0.5;
/// The percentile for products of different brands, 0–1.
const ACROSS_BRANDS: f64 = 0.8;

impl Simulation {
    /// The attraction matrix, products × products, 0–1: rows are first choices, columns competing
    /// offers. The row of a product that nobody chooses is 0.
    pub fn attraction(&self) -> DMatrix<f64> {
        attraction_matrix(&self.selected, &self.scenario, &self.live)
    }

    /// The respondents whose first choice is a product of the brand, live.
    pub fn choosers_of_brand(&self, brand: BrandIndex) -> Vec<RespondentIndex> {
        let brands = self.product_brands();
        let first_choices = self.live.first_choices().enumerate();
        first_choices
            .filter(|(_, product)| product.and_then(|product| brands[product]) == Some(brand))
            .map(|(respondent, _)| respondent)
            .collect()
    }

    /// How sure the choosers of a brand are of it: the distribution, over the respondents whose first
    /// choice is of the brand, of their total probability of the brand's products.
    pub fn brand_attraction(&self, brand: BrandIndex) -> Distribution {
        let choosers = self.choosers_of_brand(brand);
        Distribution::new(self.brand_probabilities(brand, &choosers))
    }

    /// Where the choosers of a focal brand could go: for every brand the distribution, over the
    /// respondents whose first choice is of the focal brand, of their total probability of the brand's
    /// products.
    pub fn scavengers(&self, focal: BrandIndex) -> IndexVec<BrandIndex, Distribution> {
        let choosers = self.choosers_of_brand(focal);
        let brands = self.selected.brands.indices();
        brands
            .map(|brand| Distribution::new(self.brand_probabilities(brand, &choosers)))
            .collect()
    }

    /// The total probability of the brand's products for each of the respondents, in their order.
    fn brand_probabilities(&self, brand: BrandIndex, respondents: &[RespondentIndex]) -> Vec<f64> {
        let mut total = vec![0.0; respondents.len()];
        for (product, owner) in self.product_brands().enumerate() {
            if *owner == Some(brand) {
                let column = self.live.probability_column(product);
                for (sum, respondent) in total.iter_mut().zip(respondents) {
                    *sum += column[respondent.index()];
                }
            }
        }
        total
    }
}

fn attraction_matrix(study: &Study, scenario: &Scenario, choices: &Choices) -> DMatrix<f64> {
    let offers = scenario.offers();
    let brand = |product: ProductIndex| study.schema.brand_of(&offers[product]);
    let threshold = study.settings.attraction_threshold;
    let mut attraction = DMatrix::zeros(offers.len(), offers.len());
    let mut sample = Vec::new();
    for (chosen, choosers) in offers.indices().zip(&choices.choosers()) {
        for competing in offers.indices() {
            let rank = if brand(chosen) == brand(competing) {
                WITHIN_BRAND
            } else {
                ACROSS_BRANDS
            };
            let column = choices.probability_column(competing);
            sample.clear();
            sample.extend(choosers.iter().map(|respondent| column[respondent.index()]));
            let value = percentile(&mut sample, rank).unwrap_or(0.0);
            if value > threshold {
                attraction[(chosen.index(), competing.index())] = value;
            }
        }
    }
    attraction
}
