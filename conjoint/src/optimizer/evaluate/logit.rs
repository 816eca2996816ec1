//! Shares of preference of a few products, most of them staying as they are.
//!
//! `P[r,j] = exp(s·(U[r,j] − M[r])) / (E[r] + Σ_v exp(s·(U[r,v] − M[r])))`, where v are the
//! products that vary and E is the sum over what stays, None among it. M is the highest utility
//! that any candidate can have, the same for all of them, so that of the sum only what varies is
//! computed anew.

use crate::choice::utility::WITHDRAWN;
use crate::choice::{StaticBest, max_in_place};
use crate::index_vec::{Position, ProductIndex};
use crate::simulation::Simulation;
use crate::study::Study;

use crate::optimizer::evaluate::varying::VaryingProduct;
use crate::optimizer::plan::Varied;

/// How far below M everything may lie, in exponents, before it is lost in rounding to 0.
const DEEPEST: f64 = 600.0;

/// How many terms of a product are kept at most, some 16 MB: `exp` is what they cost.
const KEPT: usize = 2_000_000;

/// What shares of preference of all candidates have in common. Vectors are respondents long.
pub(in crate::optimizer) struct LogitEval {
    scale: f64,
    /// M.
    highest: Vec<f64>,
    /// E.
    staying: Vec<f64>,
    /// The terms of the goal's products that stay, with their places among the goal's products.
    own: Vec<(usize, Vec<f64>)>,
    /// The terms of the products that vary.
    moving: Vec<Vec<f64>>,
    /// The same at every combination of a product's values that was met; none for a product that
    /// has too many of them.
    kept: Vec<Vec<Option<Vec<f64>>>>,
    /// Weights over the sums of all terms.
    shares: Vec<f64>,
}

impl LogitEval {
    /// For the products that vary, and `own`, the goal's products; `None` where utilities lie so
    /// far apart that one M does not serve all candidates.
    pub(in crate::optimizer) fn new(
        simulation: &Simulation,
        varied: &[Varied],
        rest: &StaticBest,
        moving: &[VaryingProduct],
        own: &[ProductIndex],
    ) -> Option<Self> {
        let (study, scale) = (simulation.selected(), simulation.model().scale);
        let mut highest = rest.best.clone();
        let mut sure = highest.clone();
        for moving in moving {
            let [low, high] = moving.bounds(study, varied);
            max_in_place(&mut sure, &low);
            max_in_place(&mut highest, &high);
        }
        for (highest, sure) in highest.iter_mut().zip(&sure) {
            if *highest == WITHDRAWN {
                // Nothing is on offer, whatever varies.
                *highest = 0.0;
            } else if scale * (*highest - sure) > DEEPEST {
                return None;
            }
        }
        let mut staying = vec![0.0; study.respondents.len()];
        add_terms(scale, &simulation.chooser().none, &highest, &mut staying);
        let utilities = simulation.live().utilities().as_slice();
        let mut terms_of_own = Vec::new();
        let columns = utilities
            .chunks_exact(study.respondents.len().max(1))
            .enumerate();
        for (product, column) in columns {
            let product = ProductIndex::from_index(product);
            if moving.iter().any(|moving| moving.product == product) {
                continue;
            }
            let mut terms = vec![0.0; study.respondents.len()];
            add_terms(scale, column, &highest, &mut terms);
            for (sum, term) in staying.iter_mut().zip(&terms) {
                *sum += term;
            }
            if let Some(place) = own.iter().position(|own| *own == product) {
                terms_of_own.push((place, terms));
            }
        }
        let kept = moving.iter().map(|moving| {
            let combinations = moving.combinations(varied);
            match combinations.saturating_mul(study.respondents.len()) {
                ..=KEPT => vec![None; combinations],
                _ => Vec::new(),
            }
        });
        Some(Self {
            scale,
            kept: kept.collect(),
            own: terms_of_own,
            moving: vec![vec![0.0; study.respondents.len()]; moving.len()],
            shares: vec![0.0; study.respondents.len()],
            highest,
            staying,
        })
    }

    /// Writes the weighted choices of the goal's products into `taken`, products × segments; of
    /// the products that vary, those at `changed` have other utilities.
    pub(in crate::optimizer) fn choose(
        &mut self,
        study: &Study,
        varied: &[Varied],
        moving: &[VaryingProduct],
        changed: &[usize],
        taken: &mut [f64],
    ) {
        for changed in changed {
            let kept = self.kept.get_mut(*changed);
            let terms = self.moving.get_mut(*changed);
            let (Some(moving), Some(kept), Some(terms)) = (moving.get(*changed), kept, terms)
            else {
                continue;
            };
            let mut kept = kept.get_mut(moving.combination(varied));
            if let Some(Some(known)) = &kept {
                terms.copy_from_slice(known);
                continue;
            }
            terms.fill(0.0);
            add_terms(self.scale, moving.utility(), &self.highest, terms);
            if let Some(kept) = &mut kept {
                **kept = Some(terms.clone());
            }
        }
        self.shares.copy_from_slice(&self.staying);
        for terms in &self.moving {
            for (sum, term) in self.shares.iter_mut().zip(terms) {
                *sum += term;
            }
        }
        for (sum, weight) in self.shares.iter_mut().zip(&study.respondents.weights) {
            *sum = if *sum > 0.0 { weight / *sum } else { 0.0 };
        }
        taken.fill(0.0);
        let varying = moving.iter().zip(&self.moving);
        let varying = varying.filter_map(|(moving, terms)| Some((moving.own?, terms)));
        let staying = self.own.iter().map(|(own, terms)| (*own, terms));
        for (own, terms) in staying.chain(varying) {
            let segments = study.segments.len();
            let Some(taken) = taken.get_mut(own * segments..(own + 1) * segments) else {
                continue;
            };
            let people = self.shares.iter().zip(&study.respondents.segments);
            for ((share, segment), term) in people.zip(terms) {
                taken[segment.index()] += share * term;
            }
        }
    }
}

fn add_terms(scale: f64, utilities: &[f64], highest: &[f64], terms: &mut [f64]) {
    for ((term, utility), highest) in terms.iter_mut().zip(utilities).zip(highest) {
        *term += (scale * (utility - highest)).exp();
    }
}
