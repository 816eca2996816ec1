//! Who would choose what, by the rule of a [`crate::choice::ChoiceModel`].
//!
//! First choice is the product of highest utility; ties go to the first in file order, where
//! utilities that differ by rounding alone tie, and None loses all of them. Share of preference is
//! `P[r,j] = exp(s·U[r,j]) / Σ_k exp(s·U[r,k])` with the scale factor s and None among the k,
//! computed with the row's maximum subtracted (multinomial logit; D. McFadden, "Conditional logit
//! analysis of qualitative choice behavior", 1974).

mod availability;
mod chooser;
mod demand;
mod draws;
mod error;
mod incremental;
mod model;
pub mod rules;
pub(crate) mod utility;

use std::sync::Arc;

use nalgebra::DMatrix;

pub(crate) use chooser::Chooser;
pub use demand::{Demand, Tally};
pub use error::ChoiceModelError;
pub(crate) use incremental::{StaticBest, max_in_place};
pub(crate) use model::hash;
pub use model::{ChoiceModel, NoneOption};
pub(crate) use rules::ChanceSource;
pub use rules::Rule;

use draws::OfferErrors;
use rules::ChanceInputs;

use crate::index_vec::{IndexVec, Position, ProductIndex, RespondentIndex};
use crate::study::Offer;
use crate::study::Study;

/// How far below the highest utility a product still ties with it, relative to the larger of 1
/// and that utility. Part-worths with few decimals tie exactly on paper; in floating point their
/// sums differ in the last bits with the order of the attributes, and no survey tells preferences
/// apart that finely.
const TIE: f64 = 1e-9;

/// The lowest utility that ties with the highest one; none does where nothing is on offer.
#[inline]
fn tie_threshold(best: f64) -> f64 {
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
    chooser: Arc<Chooser>,
    utilities: DMatrix<f64>,
    /// The highest utility, None's among them.
    best: Vec<f64>,
    first: IndexVec<RespondentIndex, Option<ProductIndex>>,
    /// `exp(s·(U − best))`; kept, because `exp` is what a choice costs.
    weights: DMatrix<f64>,
    probabilities: DMatrix<f64>,
    /// The chances by a rule that computes its own.
    computed: Option<DMatrix<f64>>,
    /// The errors of the offers, by a rule that uses draws.
    errors: Option<OfferErrors>,
    tally: Tally,
    first_demand: Demand,
    demand: Demand,
}

impl Choices {
    /// The choices among `offers`.
    pub(crate) fn new(
        study: &Study,
        offers: &IndexVec<ProductIndex, Offer>,
        chooser: Arc<Chooser>,
    ) -> Self {
        let (respondents, products) = (study.respondents.len(), offers.len());
        let empty = || DMatrix::zeros(respondents, products);
        let segments = study.segments.len();
        let computed = match chooser.rule.chance_source() {
            ChanceSource::FirstChoices | ChanceSource::Logit => None,
            ChanceSource::Computed(_) | ChanceSource::Drawn(_) => Some(empty()),
        };
        let mut choices = Self {
            errors: OfferErrors::new(&chooser, products),
            chooser,
            utilities: empty(),
            // No highest utility is NaN, so that every row counts as moved.
            best: vec![f64::NAN; respondents],
            first: vec![None; respondents].into(),
            weights: empty(),
            probabilities: empty(),
            computed,
            tally: Tally::new(products, segments),
            first_demand: Demand::new(products, segments),
            demand: Demand::new(products, segments),
        };
        let all: Vec<ProductIndex> = offers.indices().collect();
        choices.update(study, offers, &all);
        choices
    }

    /// Recomputes what follows from new values of the products in `changed`.
    pub(crate) fn update(
        &mut self,
        study: &Study,
        offers: &IndexVec<ProductIndex, Offer>,
        changed: &[ProductIndex],
    ) {
        let respondents = study.respondents.len();
        for product in changed {
            let start = product.index() * respondents;
            let column = &mut self.utilities.as_mut_slice()[start..start + respondents];
            utility::fill_column(study, &offers[*product], column);
            self.chooser.adjust(&offers[*product].id, column);
            if let Some(errors) = &mut self.errors {
                errors.set(study, *product, &offers[*product]);
            }
        }
        let moved = self.choose_first(respondents);
        self.weigh(&moved, changed, respondents);
        self.normalize(respondents);
        self.compute_chances();
        self.tally.count(study, &self.first);
        let (weights, has_none) = (
            study.respondents.weights.as_slice(),
            self.chooser.has_none(),
        );
        self.first_demand =
            Demand::from_first_choices(study, weights, &self.first, offers.len(), has_none);
        self.demand = match self.chooser.rule.chance_source() {
            ChanceSource::FirstChoices => self.first_demand.clone(),
            _ => self.demand_of(study, weights),
        };
    }

    /// Computes the chances by a rule that computes its own.
    fn compute_chances(&mut self) {
        let inputs = ChanceInputs {
            chooser: &self.chooser,
            utilities: &self.utilities,
            best: &self.best,
        };
        match (self.chooser.rule.chance_source(), &mut self.computed) {
            (ChanceSource::Computed(compute), Some(chances)) => compute(&inputs, chances),
            (ChanceSource::Drawn(compute), Some(chances)) => {
                if let Some(errors) = &self.errors {
                    compute(&inputs, errors, chances);
                }
            }
            _ => {}
        }
    }

    /// What chances are computed from.
    pub(crate) fn chance_inputs(&self) -> ChanceInputs<'_> {
        ChanceInputs {
            chooser: &self.chooser,
            utilities: &self.utilities,
            best: &self.best,
        }
    }

    /// What the choices come to where the respondents have these weights.
    pub(crate) fn demand_of(&self, study: &Study, weights: &[f64]) -> Demand {
        let (source, has_none) = (
            self.chooser.rule.chance_source(),
            self.chooser.loses_to_none(),
        );
        let products = self.utilities.ncols();
        match (source, &self.computed) {
            (ChanceSource::FirstChoices, _) => {
                Demand::from_first_choices(study, weights, &self.first, products, has_none)
            }
            (_, Some(chances)) => {
                Demand::from_chances(study, weights, chances.as_slice(), has_none)
            }
            (_, None) => {
                Demand::from_chances(study, weights, self.probabilities.as_slice(), has_none)
            }
        }
    }

    /// Finds every respondent's first choice; tells whose highest utility moved.
    fn choose_first(&mut self, respondents: usize) -> Vec<usize> {
        let mut best = self.chooser.none.clone();
        for column in self.utilities.as_slice().chunks_exact(respondents) {
            for (best, utility) in best.iter_mut().zip(column) {
                *best = best.max(*utility);
            }
        }
        let lowest: Vec<f64> = best.iter().map(|best| tie_threshold(*best)).collect();
        let mut first: Vec<Option<ProductIndex>> = vec![None; respondents];
        // Backwards, so that the first in file order has the last word.
        let columns = self.utilities.as_slice().chunks_exact(respondents);
        for (product, column) in columns.enumerate().rev() {
            for ((first, lowest), utility) in first.iter_mut().zip(&lowest).zip(column) {
                if utility >= lowest {
                    *first = Some(ProductIndex::from_index(product));
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
        let scale = self.chooser.scale;
        let weights = self.weights.as_mut_slice().chunks_exact_mut(respondents);
        let utilities = self.utilities.as_slice().chunks_exact(respondents);
        for (product, (weights, utilities)) in weights.zip(utilities).enumerate() {
            if changed.contains(&ProductIndex::from_index(product)) {
                let row = weights.iter_mut().zip(utilities).zip(&self.best);
                for ((weight, utility), best) in row {
                    *weight = weight_of(*utility, *best, scale);
                }
            } else {
                for respondent in moved {
                    weights[*respondent] =
                        weight_of(utilities[*respondent], self.best[*respondent], scale);
                }
            }
        }
    }

    fn normalize(&mut self, respondents: usize) {
        let none = self.chooser.none.iter().zip(&self.best);
        let none = none.map(|(none, best)| weight_of(*none, *best, self.chooser.scale));
        let mut scale: Vec<f64> = none.collect();
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

    /// Shares of preference, respondents × products; what None takes is missing from them.
    pub fn probabilities(&self) -> &DMatrix<f64> {
        &self.probabilities
    }

    /// First choices; `None` where nothing is on offer.
    pub fn first_choices(&self) -> &IndexVec<RespondentIndex, Option<ProductIndex>> {
        &self.first
    }

    /// First choices counted by product and segment.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// First choices by product and segment, weighted.
    pub fn first_demand(&self) -> &Demand {
        &self.first_demand
    }

    /// Choices by the rule, by product and segment, weighted.
    pub fn demand(&self) -> &Demand {
        &self.demand
    }

    /// The scale of the errors of randomized first choice, relative to the logit's.
    pub fn error_scale(&self) -> Option<f64> {
        self.errors.as_ref().map(OfferErrors::scale)
    }

    /// A respondent's probabilities of all products, by product: a column of the matrix.
    pub(crate) fn probability_column(&self, product: ProductIndex) -> &[f64] {
        let respondents = self.probabilities.nrows();
        let start = product.index() * respondents;
        &self.probabilities.as_slice()[start..start + respondents]
    }

    /// Every respondent's chance of choosing a product by the rule, 0–1.
    pub(crate) fn chances(&self, product: ProductIndex) -> Vec<f64> {
        match (self.chooser.rule.chance_source(), &self.computed) {
            (ChanceSource::FirstChoices, _) => {
                let chance = |first: &Option<_>| f64::from(u8::from(*first == Some(product)));
                self.first.iter().map(chance).collect()
            }
            (_, Some(chances)) => chances.column(product.index()).iter().copied().collect(),
            (_, None) => self.probability_column(product).to_vec(),
        }
    }

    /// The respondents behind every product, by their first choice.
    pub(crate) fn choosers(&self) -> IndexVec<ProductIndex, Vec<RespondentIndex>> {
        let products = self.probabilities.ncols();
        let mut groups: IndexVec<ProductIndex, Vec<RespondentIndex>> =
            vec![Vec::new(); products].into();
        for (respondent, first) in self.first.enumerate() {
            if let Some(product) = first {
                groups[*product].push(respondent);
            }
        }
        groups
    }
}

fn weight_of(utility: f64, best: f64, scale: f64) -> f64 {
    if utility == utility::WITHDRAWN {
        0.0
    } else {
        (scale * (utility - best)).exp()
    }
}
