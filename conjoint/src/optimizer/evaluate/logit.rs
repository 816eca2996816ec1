//! Shares of preference (multinomial logit) when only a few products vary.
//!
//! `P[r,j] = exp(s·(U[r,j] − M[r])) / (E[r] + Σ_v exp(s·(U[r,v] − M[r])))`, with the scale factor s,
//! the varying products v, and E the sum over everything that does not vary, None included. M is the
//! highest utility that any candidate can have. It is the same for all candidates, so that only the
//! terms of the varying products are recomputed.

use crate::choice::utility::WITHDRAWN;
use crate::choice::{StaticBest, max_in_place};
use crate::index_vec::{Position, ProductIndex};
use crate::simulation::Simulation;
use crate::study::Study;

use super::varying::VaryingProduct;
use crate::optimizer::plan::VaryingAttribute;

/// The largest distance from M, in exponents, to a respondent's highest utility: farther away all
/// terms would underflow to 0.
const MAX_DEPTH: f64 = 600.0;

/// The most cached terms of a product, about 16 MB; most of the time goes into `exp`.
const MAX_CACHED_TERMS: usize = 2_000_000;

/// What the shares of preference of all candidates have in common. Vectors have one element a
/// respondent.
pub(super) struct LogitEval {
    scale: f64,
    /// M.
    highest: Vec<f64>,
    /// E.
    static_sum: Vec<f64>,
    /// The terms of the beneficiary's products that do not vary, each with its place among the
    /// beneficiary's products.
    static_terms: Vec<(usize, Vec<f64>)>,
    /// The terms of each varying product.
    varying_terms: Vec<Vec<f64>>,
    /// For each varying product: the terms at every combination of values computed so far; empty
    /// for a product with too many combinations.
    cache: Vec<Vec<Option<Vec<f64>>>>,
    /// Weights divided by the sum of all terms.
    weight_ratios: Vec<f64>,
}

impl LogitEval {
    /// Prepares the choices of the beneficiary's products; `None` if utilities differ so much that
    /// one M does not suit all candidates.
    pub(super) fn new(
        simulation: &Simulation,
        varying_attributes: &[VaryingAttribute],
        static_best: &StaticBest,
        varying: &[VaryingProduct],
        beneficiary_products: &[ProductIndex],
    ) -> Option<Self> {
        let (study, scale) = (simulation.selected(), simulation.model().scale);
        let respondents = study.respondents.len();
        let highest =
            find_common_highest(study, scale, varying_attributes, &static_best.best, varying)?;
        let mut static_sum = vec![0.0; respondents];
        add_terms(scale, &simulation.chooser().none, &highest, &mut static_sum);
        let utilities = simulation.live().utilities().as_slice();
        let mut static_terms = Vec::new();
        let columns = utilities.chunks_exact(respondents.max(1)).enumerate();
        for (product, column) in columns {
            let product = ProductIndex::from_index(product);
            if varying.iter().any(|varying| varying.product == product) {
                continue;
            }
            let mut terms = vec![0.0; respondents];
            add_terms(scale, column, &highest, &mut terms);
            for (sum, term) in static_sum.iter_mut().zip(&terms) {
                *sum += term;
            }
            let mut others = beneficiary_products.iter();
            if let Some(place) = others.position(|other| *other == product) {
                static_terms.push((place, terms));
            }
        }
        let cache = varying.iter().map(|varying| {
            let combinations = varying.combination_count(varying_attributes);
            match combinations.saturating_mul(respondents) {
                ..=MAX_CACHED_TERMS => vec![None; combinations],
                _ => Vec::new(),
            }
        });
        Some(Self {
            scale,
            cache: cache.collect(),
            static_terms,
            varying_terms: vec![vec![0.0; respondents]; varying.len()],
            weight_ratios: vec![0.0; respondents],
            highest,
            static_sum,
        })
    }

    /// Writes the weighted choices of the beneficiary's products, products × segments. The varying
    /// products at the positions `changed` have other utilities than at the last call.
    pub(super) fn choose(
        &mut self,
        study: &Study,
        varying_attributes: &[VaryingAttribute],
        varying: &[VaryingProduct],
        changed: &[usize],
        choice_weights: &mut [f64],
    ) {
        for place in changed {
            if let Some(product) = varying.get(*place) {
                self.update_terms(varying_attributes, product, *place);
            }
        }
        self.weight_ratios.copy_from_slice(&self.static_sum);
        for terms in &self.varying_terms {
            for (sum, term) in self.weight_ratios.iter_mut().zip(terms) {
                *sum += term;
            }
        }
        for (sum, weight) in self
            .weight_ratios
            .iter_mut()
            .zip(&study.respondents.weights)
        {
            *sum = if *sum > 0.0 { weight / *sum } else { 0.0 };
        }
        choice_weights.fill(0.0);
        let segments = study.segments.len();
        let varying = varying.iter().zip(&self.varying_terms);
        let varying =
            varying.filter_map(|(varying, terms)| Some((varying.beneficiary_place?, terms)));
        let fixed = self.static_terms.iter();
        let fixed = fixed.map(|(place, terms)| (*place, terms));
        for (place, terms) in fixed.chain(varying) {
            let row = place * segments..(place + 1) * segments;
            let Some(row) = choice_weights.get_mut(row) else {
                continue;
            };
            let ratios = self.weight_ratios.iter().zip(&study.respondents.segments);
            for ((ratio, segment), term) in ratios.zip(terms) {
                row[segment.index()] += ratio * term;
            }
        }
    }

    /// Computes the terms of the varying product at a place, or takes them from the cache.
    fn update_terms(
        &mut self,
        varying_attributes: &[VaryingAttribute],
        product: &VaryingProduct,
        place: usize,
    ) {
        let cache = self.cache.get_mut(place);
        let terms = self.varying_terms.get_mut(place);
        let (Some(cache), Some(terms)) = (cache, terms) else {
            return;
        };
        let mut cached = cache.get_mut(product.combination(varying_attributes));
        if let Some(Some(known)) = &cached {
            terms.copy_from_slice(known);
            return;
        }
        terms.fill(0.0);
        add_terms(self.scale, product.utility(), &self.highest, terms);
        if let Some(cached) = &mut cached {
            **cached = Some(terms.clone());
        }
    }
}

/// M: the highest utility that any candidate can have, by respondent. `None` if for some respondent
/// every utility of some candidate may lie too far below.
fn find_common_highest(
    study: &Study,
    scale: f64,
    varying_attributes: &[VaryingAttribute],
    static_best: &[f64],
    varying: &[VaryingProduct],
) -> Option<Vec<f64>> {
    let mut highest = static_best.to_vec();
    // What every candidate reaches.
    let mut guaranteed = highest.clone();
    for varying in varying {
        let [low, high] = varying.utility_bounds(study, varying_attributes);
        max_in_place(&mut guaranteed, &low);
        max_in_place(&mut highest, &high);
    }
    for (highest, guaranteed) in highest.iter_mut().zip(&guaranteed) {
        if *highest == WITHDRAWN {
            // Nothing is on the market with any candidate.
            *highest = 0.0;
        } else if scale * (*highest - guaranteed) > MAX_DEPTH {
            return None;
        }
    }
    Some(highest)
}

fn add_terms(scale: f64, utilities: &[f64], highest: &[f64], terms: &mut [f64]) {
    for ((term, utility), highest) in terms.iter_mut().zip(utilities).zip(highest) {
        *term += (scale * (utility - highest)).exp();
    }
}
