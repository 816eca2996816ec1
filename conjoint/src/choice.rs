//! Who would choose what: first choice and share of preference (logit).
//!
//! First choice is the product of highest utility; ties go to the first in file order, where
//! utilities that differ by rounding alone tie. Share of preference is `P[r,j] = exp(U[r,j]) / Σ_k exp(U[r,k])`, computed with the row's maximum
//! subtracted (multinomial logit; D. McFadden, "Conditional logit analysis of qualitative choice
//! behavior", 1974).

use nalgebra::DMatrix;

use crate::indexed::{List, Position, ProductIndex, RespondentIndex, SegmentIndex};
use crate::scenario::Offer;
use crate::study::Study;
use crate::utility;

/// How far below the highest utility a product still ties with it, relative to the larger of 1
/// and that utility. Part-worths with few decimals tie exactly on paper; in floating point their
/// sums differ in the last bits with the order of the attributes, and no survey tells preferences
/// apart that finely.
const TIE: f64 = 1e-9;

/// The lowest utility that ties with the highest one; none does where nothing is on offer.
#[inline]
pub(crate) fn lowest_tied(best: f64) -> f64 {
    if best == utility::WITHDRAWN {
        f64::INFINITY
    } else {
        best - TIE * best.abs().max(1.0)
    }
}

/// The choices of all respondents among a list of offers.
///
/// Matrices are respondents × products. A change of one offer recomputes that offer's column,
/// and beyond it only the rows whose highest utility moved.
#[derive(Clone, Debug)]
pub struct Choices {
    utilities: DMatrix<f64>,
    best: Vec<f64>,
    first: List<RespondentIndex, Option<ProductIndex>>,
    /// `exp(U − best)`; kept, because `exp` is what a choice costs.
    weights: DMatrix<f64>,
    probabilities: DMatrix<f64>,
    tally: Tally,
}

impl Choices {
    /// The choices among `offers`.
    pub(crate) fn new(study: &Study, offers: &List<ProductIndex, Offer>) -> Self {
        let (respondents, products) = (study.respondents.len(), offers.len());
        let empty = || DMatrix::zeros(respondents, products);
        let mut choices = Self {
            utilities: empty(),
            // No highest utility is NaN, so that every row counts as moved.
            best: vec![f64::NAN; respondents],
            first: vec![None; respondents].into(),
            weights: empty(),
            probabilities: empty(),
            tally: Tally::new(products, study.segments.len()),
        };
        let all: Vec<ProductIndex> = offers.indices().collect();
        choices.update(study, offers, &all);
        choices
    }

    /// Recomputes what follows from new values of the products in `changed`.
    pub(crate) fn update(
        &mut self,
        study: &Study,
        offers: &List<ProductIndex, Offer>,
        changed: &[ProductIndex],
    ) {
        let respondents = study.respondents.len();
        for product in changed {
            let start = product.get() * respondents;
            let column = &mut self.utilities.as_mut_slice()[start..start + respondents];
            utility::column(study, &offers[*product], column);
        }
        let moved = self.choose_first(respondents);
        self.weigh(&moved, changed, respondents);
        self.normalise(respondents);
        self.tally.count(study, &self.first);
    }

    /// Finds every respondent's first choice; tells whose highest utility moved.
    fn choose_first(&mut self, respondents: usize) -> Vec<usize> {
        let mut best = vec![f64::NEG_INFINITY; respondents];
        for column in self.utilities.as_slice().chunks_exact(respondents) {
            for (best, utility) in best.iter_mut().zip(column) {
                *best = best.max(*utility);
            }
        }
        let lowest: Vec<f64> = best.iter().map(|best| lowest_tied(*best)).collect();
        let mut first: Vec<Option<ProductIndex>> = vec![None; respondents];
        // Backwards, so that the first in file order has the last word.
        let columns = self.utilities.as_slice().chunks_exact(respondents);
        for (product, column) in columns.enumerate().rev() {
            for ((first, lowest), utility) in first.iter_mut().zip(&lowest).zip(column) {
                if utility >= lowest {
                    *first = Some(ProductIndex::at(product));
                }
            }
        }
        let pairs = best.iter().zip(&self.best).enumerate();
        let moved = pairs.filter(|(_, (new, old))| new != old);
        let moved = moved.map(|(respondent, _)| respondent).collect();
        self.best = best;
        self.first = first.into();
        moved
    }

    fn weigh(&mut self, moved: &[usize], changed: &[ProductIndex], respondents: usize) {
        let weights = self.weights.as_mut_slice().chunks_exact_mut(respondents);
        let utilities = self.utilities.as_slice().chunks_exact(respondents);
        for (product, (weights, utilities)) in weights.zip(utilities).enumerate() {
            if changed.contains(&ProductIndex::at(product)) {
                let row = weights.iter_mut().zip(utilities).zip(&self.best);
                for ((weight, utility), best) in row {
                    *weight = weight_of(*utility, *best);
                }
            } else {
                for respondent in moved {
                    weights[*respondent] =
                        weight_of(utilities[*respondent], self.best[*respondent]);
                }
            }
        }
    }

    fn normalise(&mut self, respondents: usize) {
        let mut scale = vec![0.0; respondents];
        for column in self.weights.as_slice().chunks_exact(respondents) {
            for (sum, weight) in scale.iter_mut().zip(column) {
                *sum += weight;
            }
        }
        for sum in &mut scale {
            // Where nothing is on offer, every probability is 0.
            *sum = if *sum > 0.0 { sum.recip() } else { 0.0 };
        }
        let weights = self.weights.as_slice().chunks_exact(respondents);
        let probabilities = self.probabilities.as_mut_slice();
        for (column, weights) in probabilities.chunks_exact_mut(respondents).zip(weights) {
            for ((probability, weight), scale) in column.iter_mut().zip(weights).zip(&scale) {
                *probability = weight * scale;
            }
        }
    }

    /// Utilities, respondents × products; −∞ for a withdrawn product.
    pub fn utilities(&self) -> &DMatrix<f64> {
        &self.utilities
    }

    /// Probabilities of choice, respondents × products.
    pub fn probabilities(&self) -> &DMatrix<f64> {
        &self.probabilities
    }

    /// First choices; `None` where nothing is on offer.
    pub fn first(&self) -> &List<RespondentIndex, Option<ProductIndex>> {
        &self.first
    }

    /// First choices counted by product and segment.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Mean probability of choosing a product (logit share), 0–1.
    pub fn logit_share(&self, product: ProductIndex) -> f64 {
        self.probabilities.column(product.get()).mean()
    }

    /// A respondent's probabilities of all products, by product: a column of the matrix.
    pub(crate) fn column(&self, product: ProductIndex) -> &[f64] {
        let respondents = self.probabilities.nrows();
        let start = product.get() * respondents;
        &self.probabilities.as_slice()[start..start + respondents]
    }

    /// The respondents behind every product, by their first choice.
    pub(crate) fn choosers(&self) -> List<ProductIndex, Vec<RespondentIndex>> {
        let products = self.probabilities.ncols();
        let mut groups: List<ProductIndex, Vec<RespondentIndex>> =
            vec![Vec::new(); products].into();
        for (respondent, first) in self.first.enumerate() {
            if let Some(product) = first {
                groups[*product].push(respondent);
            }
        }
        groups
    }
}

fn weight_of(utility: f64, best: f64) -> f64 {
    if utility == utility::WITHDRAWN {
        0.0
    } else {
        (utility - best).exp()
    }
}

/// Respondents counted by first choice and segment: products × segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    counts: Vec<u32>,
    segments: usize,
}

impl Tally {
    pub(crate) fn new(products: usize, segments: usize) -> Self {
        Self {
            counts: vec![0; products * segments],
            segments,
        }
    }

    fn count(&mut self, study: &Study, first: &List<RespondentIndex, Option<ProductIndex>>) {
        self.clear();
        for (product, segment) in first.iter().zip(&study.respondents.segments) {
            if let Some(product) = product {
                self.add(*product, *segment);
            }
        }
    }

    pub(crate) fn segments(&self) -> usize {
        self.segments
    }

    pub(crate) fn clear(&mut self) {
        self.counts.fill(0);
    }

    #[inline]
    pub(crate) fn add(&mut self, product: ProductIndex, segment: SegmentIndex) {
        self.counts[product.get() * self.segments + segment.get()] += 1;
    }

    /// Respondents of a segment whose first choice is the product.
    pub fn get(&self, product: ProductIndex, segment: SegmentIndex) -> u32 {
        self.counts[product.get() * self.segments + segment.get()]
    }

    /// Respondents of all segments whose first choice is the product.
    pub fn total(&self, product: ProductIndex) -> u32 {
        let start = product.get() * self.segments;
        self.counts[start..start + self.segments].iter().sum()
    }
}
