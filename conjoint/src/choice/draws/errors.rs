//! Random errors of levels, products and None.
//!
//! In every draw a respondent's utility of product j is `s·U[j] + σ·(Σ_a E_a(value of j) + E_j)`: one
//! error per level of each attribute a, shared by all products of that level and interpolated between
//! levels as part-worths are, and one error per product. Errors have the standard Gumbel distribution;
//! product errors only, with σ = 1, would give the logit (B. Orme and J. Huber, "Improving the value of
//! conjoint simulations", Marketing Research 12(4), 2000).
//!
//! The errors are drawn once per study: [`POOL`] per level and product, or as many as there are draws
//! if that is more, one in every stratum of the distribution, in random order (Latin hypercube; M.
//! McKay and others, 1979). Every respondent uses a run of consecutive errors that starts at a random
//! position. Two scenarios use the same errors, so that their shares differ only by their offers. Seeds
//! include names and ids, so that the order of a file does not matter.

use std::sync::Arc;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::choice::ChoiceModel;
use crate::choice::hash::seeded_hash;
use crate::choice::utility::{PartWorths, interpolate, list_parts};
use crate::index_vec::{AttributeIndex, IndexVec, Position, ProductIndex, RespondentIndex};
use crate::study::{Offer, Study};

/// The smallest number of errors per level.
const POOL: usize = 16_000;

/// The errors of a study's levels, not scaled.
#[derive(Debug)]
pub(crate) struct RandomErrors {
    seed: u64,
    draws: usize,
    /// The position of every respondent's first error.
    starts: IndexVec<RespondentIndex, usize>,
    /// The middle of every stratum of the standard Gumbel distribution, ascending.
    strata: Vec<f64>,
    /// By column of part-worths; empty for attributes in which offers do not count as similar.
    levels: Vec<Vec<f64>>,
    /// The attributes in which offers count as similar.
    similar: Vec<AttributeIndex>,
}

impl RandomErrors {
    /// Draws the errors of a study's levels.
    pub(crate) fn new(study: &Study, model: &ChoiceModel) -> Self {
        let draws = model.draws as usize;
        let size = POOL.max(draws);
        let strata: Vec<f64> = (0..size)
            .map(|stratum| gumbel_quantile((stratum as f64 + 0.5) / size as f64))
            .collect();
        let people = study.respondents();
        let starts = people.ids().iter().map(|id| {
            let start = seeded_hash(model.seed, &["respondent", id]) % size as u64;
            start as usize
        });
        let schema = study.schema();
        let similar = schema.attributes().indices();
        let similar = similar.filter(|attribute| model.is_similar(study, *attribute));
        let similar: Vec<AttributeIndex> = similar.collect();
        let mut levels = Vec::new();
        for (index, attribute) in schema.attributes().enumerate() {
            let is_similar = similar.contains(&index);
            let level_errors = |name: &String| {
                shuffled(
                    seeded_hash(model.seed, &["level", &attribute.name, name]),
                    &strata,
                )
            };
            let names = attribute.levels.names();
            match (attribute.is_surveyed(), is_similar) {
                (true, true) => levels.extend(names.iter().map(level_errors)),
                (true, false) => levels.extend(names.iter().map(|_| Vec::new())),
                (false, _) => {}
            }
        }
        Self {
            seed: model.seed,
            draws,
            starts: starts.collect(),
            strata,
            levels,
            similar,
        }
    }

    /// The errors of an offer.
    fn offer_errors(&self, study: &Study, offer: &Offer) -> Vec<f32> {
        let mut sum = shuffled(
            seeded_hash(self.seed, &["product", offer.id.as_str()]),
            &self.strata,
        );
        let schema = study.schema();
        // Pairs of levels have no errors of their own: what two products share are levels.
        let all_pending = |_| true;
        for attribute in self.similar.iter().copied() {
            let errors = |column: usize| self.levels[column].as_slice();
            for part in list_parts(schema, attribute, &offer.cells, &all_pending, errors) {
                match part {
                    PartWorths::None => {}
                    // Beyond the surveyed range the error is that of the outermost level.
                    PartWorths::Level(errors) | PartWorths::PriceOutside { edge: errors, .. } => {
                        for (sum, error) in sum.iter_mut().zip(errors) {
                            *sum += error;
                        }
                    }
                    PartWorths::Between {
                        low, high, weight, ..
                    } => {
                        let weight = weight.clamp(0.0, 1.0);
                        for ((sum, low), high) in sum.iter_mut().zip(low).zip(high) {
                            *sum += interpolate(*low, *high, weight);
                        }
                    }
                }
            }
        }
        self.round(&sum)
    }

    /// The errors of None.
    fn none_errors(&self) -> Vec<f32> {
        self.round(&shuffled(seeded_hash(self.seed, &["none"]), &self.strata))
    }

    /// Rounds to single precision, which is finer than any number of draws needs and halves the memory
    /// traffic. Repeats the first errors at the end, for respondents who start near it.
    fn round(&self, errors: &[f64]) -> Vec<f32> {
        let repeated = errors.iter().take(self.draws);
        errors
            .iter()
            .chain(repeated)
            .map(|error| *error as f32)
            .collect()
    }
}

/// The errors of all offers and of None.
#[derive(Clone, Debug)]
pub(crate) struct OfferErrors {
    pool: Arc<RandomErrors>,
    scale: f64,
    offers: Vec<Vec<f32>>,
    none: Vec<f32>,
}

impl OfferErrors {
    /// Room for the errors of that number of products.
    pub(crate) fn new(pool: &Arc<RandomErrors>, scale: f64, products: usize) -> Self {
        Self {
            scale,
            offers: vec![Vec::new(); products],
            none: pool.none_errors(),
            pool: Arc::clone(pool),
        }
    }

    /// Computes the errors of an offer.
    pub(crate) fn set(&mut self, study: &Study, product: ProductIndex, offer: &Offer) {
        if let Some(errors) = self.offers.get_mut(product.index()) {
            *errors = self.pool.offer_errors(study, offer);
        }
    }

    /// The scale σ of the errors.
    pub(crate) fn scale(&self) -> f64 {
        self.scale
    }

    /// The number of draws per respondent.
    pub(crate) fn draws(&self) -> usize {
        self.pool.draws
    }

    /// The position of the respondent's first error.
    pub(super) fn start(&self, respondent: usize) -> usize {
        self.pool.starts[RespondentIndex::from_index(respondent)]
    }

    /// By product, not scaled.
    pub(super) fn offers(&self) -> &[Vec<f32>] {
        &self.offers
    }

    /// Those of None, not scaled.
    pub(super) fn none(&self) -> &[f32] {
        &self.none
    }
}

/// The quantile of the standard Gumbel distribution at that probability.
fn gumbel_quantile(probability: f64) -> f64 {
    // Not the system's logarithm, so that the page and the command line draw the same errors.
    -libm::log(-libm::log(probability))
}

/// The strata in random order (R. Durstenfeld, "Algorithm 235: random permutation", 1964).
fn shuffled(seed: u64, strata: &[f64]) -> Vec<f64> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut errors = strata.to_vec();
    for last in (1..errors.len()).rev() {
        let other = (u64::from(random.next_u32()) * (last as u64 + 1)) >> 32;
        errors.swap(last, other as usize);
    }
    errors
}
