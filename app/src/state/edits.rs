//! What was changed about the offers, and texts that could not be used.

use std::collections::BTreeMap;

use conjoint::index_vec::{AttributeIndex, ProductIndex};
use conjoint::simulation::scenario::{Scenario, Verb};
use conjoint::study::ProductId;
use conjoint::study::{Cell, Study};

/// A text that is no value: kept for its author, without an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What was typed.
    pub text: String,
    /// What is wrong with it, and what would be right.
    pub message: String,
}

/// The offers as edited, and the drafts that could not be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Edits {
    scenario: Scenario,
    drafts: BTreeMap<(ProductId, AttributeIndex), Draft>,
}

impl From<Scenario> for Edits {
    fn from(scenario: Scenario) -> Self {
        Self {
            scenario,
            drafts: BTreeMap::new(),
        }
    }
}

impl Edits {
    /// The study's own offers.
    pub fn none(study: &Study) -> Self {
        Scenario::baseline(study).into()
    }

    /// The offers, in which every value can be used.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The text of a cell that could not be used.
    pub fn draft(&self, product: ProductIndex, attribute: AttributeIndex) -> Option<&Draft> {
        let offer = self.scenario.offers().get(product)?;
        self.drafts.get(&(offer.id.clone(), attribute))
    }

    /// All texts that could not be used.
    pub(super) fn drafts(&self) -> impl Iterator<Item = (&ProductId, AttributeIndex, &Draft)> {
        let drafts = self.drafts.iter();
        drafts.map(|((id, attribute), draft)| (id, *attribute, draft))
    }

    /// The study's value of a cell that was changed.
    pub fn was(
        &self,
        study: &Study,
        product: ProductIndex,
        attribute: AttributeIndex,
    ) -> Option<Cell> {
        let own = study.offers()[self.scenario.origin(product)].cells[attribute];
        (self.scenario.offers()[product].cells[attribute] != own).then_some(own)
    }

    /// Whether anything about an offer is not as the study has it, be it a text without effect.
    pub fn is_changed(&self, study: &Study, product: ProductIndex) -> bool {
        let offer = &self.scenario.offers()[product];
        let draft = self.drafts.keys().any(|(id, _)| *id == offer.id);
        draft || self.is_edited(study, product)
    }

    /// Whether an offer is another one on the market than the study has.
    pub fn is_edited(&self, study: &Study, product: ProductIndex) -> bool {
        let offer = &self.scenario.offers()[product];
        let own = &study.offers()[self.scenario.origin(product)];
        offer.cells != own.cells || offer.withdrawn != own.withdrawn
    }

    /// Whether anything at all is not as the study has it.
    pub fn any(&self, study: &Study) -> bool {
        let mut products = self.scenario.offers().indices();
        products.any(|product| self.scenario.is_added(product) || self.is_changed(study, product))
    }

    /// Takes a text as a cell's value; one that cannot be used is kept beside the last value.
    pub(super) fn set(
        &mut self,
        study: &Study,
        product: ProductIndex,
        attribute: AttributeIndex,
        text: &str,
    ) {
        let key = (self.scenario.offers()[product].id.clone(), attribute);
        match self.scenario.set(study, product, attribute, text) {
            Ok(()) => {
                self.drafts.remove(&key);
            }
            Err(error) => {
                let text = text.to_owned();
                let message = error.to_string();
                self.drafts.insert(key, Draft { text, message });
            }
        }
    }

    /// Withdraws an offer, or brings it back if it has a brand.
    pub(super) fn withdraw(&mut self, study: &Study, product: ProductIndex, withdrawn: bool) {
        // The page offers no way to bring back an offer without a brand.
        let _ = self.scenario.set_withdrawn(study, product, withdrawn);
    }

    /// Adds a copy of an offer, under the number after the highest that an offer has.
    pub(super) fn add(&mut self, study: &Study, product: ProductIndex) {
        let ids = self.scenario.offers().iter();
        let numbers = ids.filter_map(|offer| offer.id.as_str().parse::<u64>().ok());
        let next = numbers.max().map_or(1, |number| number.saturating_add(1));
        // Nobody has that id.
        let _ = self
            .scenario
            .add_copy(study, product, ProductId::from(next.to_string()));
    }

    /// Makes an edit as a link writes it; `None` if it asks for what is not there.
    pub(super) fn enter(&mut self, study: &Study, verb: Verb, text: &str) -> Option<()> {
        self.scenario.edit(study, verb, text).ok().map(drop)
    }

    /// Takes an added offer away.
    pub(super) fn remove(&mut self, product: ProductIndex) {
        self.forget_drafts(product);
        self.scenario.remove(product);
    }

    /// Makes an offer what the study says.
    pub(super) fn reset(&mut self, study: &Study, product: ProductIndex) {
        self.forget_drafts(product);
        self.scenario.reset(study, product);
    }

    fn forget_drafts(&mut self, product: ProductIndex) {
        let id = self.scenario.offers()[product].id.clone();
        self.drafts.retain(|(other, _), _| *other != id);
    }
}
