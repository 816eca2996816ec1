//! The random errors of randomized first choice.
//!
//! In every draw a respondent's utility of product j is `s·U[j] + σ·(Σ_a E_a(value of j) + E_j)`:
//! an error for every level of every attribute, which products of the same level share, so that
//! like products compete harder (interpolated between levels as the part-worths are), and one for
//! every product. Errors are of the standard Gumbel distribution, with which σ = 1 and product
//! errors alone would give the logit (B. Orme and J. Huber, "Improving the value of conjoint
//! simulations", Marketing Research 12(4), 2000).
//!
//! Errors are drawn once for the study, [`POOL`] of them or as many as there are draws, one for
//! every stratum of the distribution in a random order (Latin hypercube; M. McKay and others,
//! 1979), and every respondent takes as many as there are draws from a place of their own on,
//! which may be any: shares of two scenarios differ by the scenarios, not by their draws. Seeds take
//! in names and ids, so that no order in a file matters.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::choice::utility::{PartWorths, between};
use crate::index_vec::{IndexVec, Position, RespondentIndex};
use crate::study::Offer;
use crate::study::Study;

use crate::choice::{ChoiceModel, hash};

/// The fewest errors of a level that are drawn.
const POOL: usize = 16_000;

/// The errors of a study's levels, before they are scaled.
#[derive(Clone, Debug)]
pub(crate) struct Errors {
    seed: u64,
    draws: usize,
    /// Where the errors of every respondent begin.
    starts: IndexVec<RespondentIndex, usize>,
    /// The middle of every stratum of the standard Gumbel distribution, ascending.
    strata: Vec<f64>,
    /// By column of part-worths.
    levels: Vec<Vec<f64>>,
}

impl Errors {
    pub(crate) fn new(study: &Study, model: &ChoiceModel) -> Self {
        let draws = model.draws as usize;
        let size = POOL.max(draws);
        let strata: Vec<f64> = (0..size)
            .map(|stratum| gumbel((stratum as f64 + 0.5) / size as f64))
            .collect();
        let people = study.respondents();
        let starts = people.ids().iter().map(|id| {
            let start = hash(model.seed, &["respondent", id]) % size as u64;
            start as usize
        });
        let mut levels = Vec::new();
        for attribute in study.schema().attributes().iter() {
            let of_level = |name: &String| {
                shuffled(hash(model.seed, &["level", &attribute.name, name]), &strata)
            };
            levels.extend(attribute.levels.names().iter().map(of_level));
        }
        Self {
            seed: model.seed,
            draws,
            starts: starts.collect(),
            strata,
            levels,
        }
    }

    /// How many draws a respondent makes.
    pub(crate) fn draws(&self) -> usize {
        self.draws
    }

    /// Where the respondent's errors begin.
    pub(crate) fn start(&self, respondent: usize) -> usize {
        self.starts[RespondentIndex::from_index(respondent)]
    }

    /// The errors of an offer, not scaled.
    pub(crate) fn of_offer(&self, study: &Study, offer: &Offer) -> Vec<f32> {
        let mut sum = shuffled(
            hash(self.seed, &["product", offer.id.as_str()]),
            &self.strata,
        );
        for (attribute, cell) in study.schema().attributes().iter().zip(&offer.cells) {
            match PartWorths::among(attribute, *cell, |column| &self.levels[column]) {
                PartWorths::None => {}
                PartWorths::Level(errors) => {
                    for (sum, error) in sum.iter_mut().zip(errors) {
                        *sum += error;
                    }
                }
                PartWorths::Between { low, high, weight } => {
                    // Beyond the surveyed range the error is that of the outermost level.
                    let weight = weight.clamp(0.0, 1.0);
                    for ((sum, low), high) in sum.iter_mut().zip(low).zip(high) {
                        *sum += between(*low, *high, weight);
                    }
                }
            }
        }
        self.round(&sum)
    }

    /// The errors of None, not scaled.
    pub(crate) fn of_none(&self) -> Vec<f32> {
        self.round(&shuffled(hash(self.seed, &["none"]), &self.strata))
    }

    /// In single precision, which is finer than any draw needs and half as much to go through; and
    /// from the start again, for those who begin near the end.
    fn round(&self, errors: &[f64]) -> Vec<f32> {
        let again = errors.iter().take(self.draws);
        errors
            .iter()
            .chain(again)
            .map(|error| *error as f32)
            .collect()
    }
}

/// The value below which a variable of the standard Gumbel distribution is with that probability.
fn gumbel(probability: f64) -> f64 {
    // Not the system's logarithm, so that the page draws what the command line does.
    -libm::log(-libm::log(probability))
}

/// The strata in a random order (R. Durstenfeld, "Algorithm 235: random permutation", 1964).
fn shuffled(seed: u64, strata: &[f64]) -> Vec<f64> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut errors = strata.to_vec();
    for last in (1..errors.len()).rev() {
        let other = (u64::from(random.next_u32()) * (last as u64 + 1)) >> 32;
        errors.swap(last, other as usize);
    }
    errors
}
