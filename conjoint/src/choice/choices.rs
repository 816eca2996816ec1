//! The choices of all respondents among a list of offers.

use std::sync::Arc;

use nalgebra::DMatrix;

use super::first_choices::{FirstChoices, count_ties};
use super::logit::Logit;
use super::rule_chances::RuleChances;
use super::rules::ChanceInputs;
use super::{Chooser, Demand, Tally, utility};
use crate::index_vec::{IndexVec, Position, ProductIndex, RespondentIndex};
use crate::study::{Offer, Study};

/// The choices of all respondents among a list of offers.
///
/// Matrices are respondents × products. After a change of an offer only that offer's column is
/// recomputed, and in the others the rows whose highest utility moved.
#[derive(Clone, Debug)]
pub struct Choices {
    pub(super) chooser: Arc<Chooser>,
    pub(super) utilities: DMatrix<f64>,
    first_choices: FirstChoices,
    logit: Logit,
    pub(super) rule_chances: RuleChances,
    tally: Tally,
    first_choice_demand: Demand,
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
        let segments = study.segments.len();
        let mut choices = Self {
            utilities: DMatrix::zeros(respondents, products),
            first_choices: FirstChoices::new(respondents),
            logit: Logit::new(respondents, products),
            rule_chances: RuleChances::new(&chooser, products),
            tally: Tally::new(products, segments),
            first_choice_demand: Demand::new(products, segments),
            demand: Demand::new(products, segments),
            chooser,
        };
        let all: Vec<ProductIndex> = offers.indices().collect();
        choices.update(study, offers, &all);
        choices
    }

    /// Recomputes what depends on the products in `changed`, whose offers have new values.
    pub(crate) fn update(
        &mut self,
        study: &Study,
        offers: &IndexVec<ProductIndex, Offer>,
        changed: &[ProductIndex],
    ) {
        let respondents = study.respondents.len();
        for product in changed {
            let (start, offer) = (product.index() * respondents, &offers[*product]);
            let column = &mut self.utilities.as_mut_slice()[start..start + respondents];
            utility::fill_column(study, offer, column);
            self.chooser.adjust(&offer.id, column);
            self.rule_chances.set_offer(study, *product, offer);
        }
        let (chooser, utilities) = (&self.chooser, &self.utilities);
        let moved = self.first_choices.update(&chooser.none, utilities);
        let best = &self.first_choices.best;
        self.logit.update(chooser, utilities, changed, best, &moved);
        self.rule_chances.update(&ChanceInputs {
            chooser,
            utilities,
            best,
        });
        let first_choices = &self.first_choices.products;
        self.tally.count(study, first_choices);
        let weights = study.respondents.weights.as_slice();
        let (products, has_none) = (offers.len(), self.chooser.has_none());
        self.first_choice_demand =
            Demand::from_first_choices(study, weights, first_choices, products, has_none);
        self.demand = match self.rule_chances {
            RuleChances::FirstChoices => self.first_choice_demand.clone(),
            _ => self.compute_demand(study, weights),
        };
    }

    /// The demand by the rule if the respondents have these weights.
    pub(crate) fn compute_demand(&self, study: &Study, weights: &[f64]) -> Demand {
        let has_none = self.chooser.loses_to_none();
        let chances = match &self.rule_chances {
            RuleChances::FirstChoices => {
                let (first_choices, products) = (self.first_choices(), self.utilities.ncols());
                return Demand::from_first_choices(
                    study,
                    weights,
                    first_choices,
                    products,
                    has_none,
                );
            }
            RuleChances::Logit => &self.logit.probabilities,
            RuleChances::Computed(_, chances) | RuleChances::Drawn(_, _, chances) => chances,
        };
        Demand::from_chances(study, weights, chances.as_slice(), has_none)
    }

    /// Utilities, respondents × products; −∞ for a product that the respondent cannot choose.
    pub fn utilities(&self) -> &DMatrix<f64> {
        &self.utilities
    }

    /// Every respondent's highest utility, including that of None.
    pub(super) fn best_utilities(&self) -> &[f64] {
        &self.first_choices.best
    }

    /// What the rule's chances are computed from.
    pub(super) fn chance_inputs(&self) -> ChanceInputs<'_> {
        ChanceInputs {
            chooser: &self.chooser,
            utilities: &self.utilities,
            best: &self.first_choices.best,
        }
    }

    /// Probabilities by share of preference, whatever the rule: respondents × products. Each row sums
    /// to 1 less the probability of None.
    pub fn probabilities(&self) -> &DMatrix<f64> {
        &self.logit.probabilities
    }

    /// Every respondent's probability of one product, by share of preference.
    pub(crate) fn probability_column(&self, product: ProductIndex) -> &[f64] {
        let probabilities = self.probabilities();
        let respondents = probabilities.nrows();
        let start = product.index() * respondents;
        &probabilities.as_slice()[start..start + respondents]
    }

    /// First choices, whatever the rule; `None` for a respondent who chooses none of the products.
    pub fn first_choices(&self) -> &IndexVec<RespondentIndex, Option<ProductIndex>> {
        &self.first_choices.products
    }

    /// The number of respondents with more than one first choice, of whom the first product in file order
    /// gets each. Respondents with a weight of 0 do not count.
    pub fn count_ties(&self, study: &Study) -> usize {
        let weights = study.respondents.weights.as_slice();
        count_ties(self.best_utilities(), &self.utilities, weights)
    }

    /// The number of first choices by product and segment.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Weighted first choices by product and segment.
    pub fn first_choice_demand(&self) -> &Demand {
        &self.first_choice_demand
    }

    /// Weighted choices by the rule, by product and segment.
    pub fn demand(&self) -> &Demand {
        &self.demand
    }

    /// The scale σ of the random errors, relative to the logit's; `None` for a rule without draws.
    pub fn error_scale(&self) -> Option<f64> {
        match &self.rule_chances {
            RuleChances::Drawn(_, errors, _) => Some(errors.scale()),
            _ => None,
        }
    }

    /// Every respondent's chance of choosing a product by the rule, 0–1.
    pub(crate) fn chances(&self, product: ProductIndex) -> Vec<f64> {
        match &self.rule_chances {
            RuleChances::FirstChoices => {
                let chance = |first: &Option<_>| f64::from(u8::from(*first == Some(product)));
                self.first_choices().iter().map(chance).collect()
            }
            RuleChances::Logit => self.probability_column(product).to_vec(),
            RuleChances::Computed(_, chances) | RuleChances::Drawn(_, _, chances) => {
                chances.column(product.index()).iter().copied().collect()
            }
        }
    }

    /// The respondents whose first choice is each product.
    pub(crate) fn choosers(&self) -> IndexVec<ProductIndex, Vec<RespondentIndex>> {
        let products = self.utilities.ncols();
        let mut groups: IndexVec<ProductIndex, Vec<RespondentIndex>> =
            vec![Vec::new(); products].into();
        for (respondent, first_choice) in self.first_choices().enumerate() {
            if let Some(product) = first_choice {
                groups[*product].push(respondent);
            }
        }
        groups
    }
}
