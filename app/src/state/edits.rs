//! Edits of the offers, and texts that could not be used.

use std::collections::BTreeMap;

use conjoint::index_vec::{AttributeIndex, ProductIndex};
use conjoint::simulation::scenario::{EditError, Scenario, Verb};
use conjoint::study::{Cell, ProductId, Study};

/// A text that could not be used. It stays in its input and has no effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft<E> {
    /// What was typed.
    pub text: String,
    /// Why it could not be used.
    pub error: E,
}

/// A text that is not a value of an offer.
pub type CellDraft = Draft<EditError>;

/// The offers as edited, and drafts.
#[derive(Debug, Clone, PartialEq)]
pub struct Edits {
    scenario: Scenario,
    drafts: BTreeMap<(ProductId, AttributeIndex), CellDraft>,
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
    /// No edits: the study's own offers.
    pub fn new(study: &Study) -> Self {
        Scenario::baseline(study).into()
    }

    /// The offers with all edits that could be used.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Whether the offers are the study's own; drafts do not count.
    pub fn are_baseline(&self, study: &Study) -> bool {
        self.scenario == Scenario::baseline(study)
    }

    /// The draft of a cell, if it has one.
    pub fn draft(&self, product: ProductIndex, attribute: AttributeIndex) -> Option<&CellDraft> {
        let offer = self.scenario.offers().get(product)?;
        self.drafts.get(&(offer.id.clone(), attribute))
    }

    /// All drafts.
    pub(super) fn drafts(&self) -> impl Iterator<Item = (&ProductId, AttributeIndex, &CellDraft)> {
        let drafts = self.drafts.iter();
        drafts.map(|((id, attribute), draft)| (id, *attribute, draft))
    }

    /// The study's value of a cell that was changed; `None` if it was not.
    pub fn original(
        &self,
        study: &Study,
        product: ProductIndex,
        attribute: AttributeIndex,
    ) -> Option<Cell> {
        let own = study.offers()[self.scenario.origin(product)].cells[attribute];
        (self.scenario.offers()[product].cells[attribute] != own).then_some(own)
    }

    /// Whether an offer differs from the study's, or has a draft.
    pub fn is_changed(&self, study: &Study, product: ProductIndex) -> bool {
        let offer = &self.scenario.offers()[product];
        let draft = self.drafts.keys().any(|(id, _)| *id == offer.id);
        draft || self.is_edited(study, product)
    }

    /// Whether an offer differs from the study's; drafts do not count.
    pub fn is_edited(&self, study: &Study, product: ProductIndex) -> bool {
        let offer = &self.scenario.offers()[product];
        let own = &study.offers()[self.scenario.origin(product)];
        offer.cells != own.cells || offer.withdrawn != own.withdrawn
    }

    /// Whether any offer was added or changed.
    pub fn has_any(&self, study: &Study) -> bool {
        let mut products = self.scenario.offers().indices();
        products.any(|product| self.scenario.is_added(product) || self.is_changed(study, product))
    }

    /// Enters a text as a cell's value. A text that cannot be used becomes a draft, and the cell
    /// keeps its last value.
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
                self.drafts.insert(key, Draft { text, error });
            }
        }
    }

    /// Withdraws an offer, or offers it again if it has a brand.
    pub(super) fn withdraw(&mut self, study: &Study, product: ProductIndex, withdrawn: bool) {
        // The page has no control that offers one without a brand.
        let _ = self.scenario.set_withdrawn(study, product, withdrawn);
    }

    /// Adds a copy of an offer. Its id is the next number after the highest id that is a number.
    pub(super) fn add(&mut self, study: &Study, product: ProductIndex) {
        let ids = self.scenario.offers().iter();
        let numbers = ids.filter_map(|offer| offer.id.as_str().parse::<u64>().ok());
        let next = numbers.max().map_or(1, |number| number.saturating_add(1));
        // No offer has that id, so that this cannot fail.
        let id = ProductId::from(next.to_string());
        let added = self.scenario.add_copy(study, product, id);
        // A copy of a withdrawn offer is on the market. It cannot be without a brand.
        if let Ok(added) = added {
            let _ = self.scenario.set_withdrawn(study, added, false);
        }
    }

    /// Applies an edit as a link writes it; `None` if it names something that does not exist.
    pub(super) fn enter(&mut self, study: &Study, verb: Verb, text: &str) -> Option<()> {
        self.scenario.edit(study, verb, text).ok().map(drop)
    }

    /// Removes an added offer.
    pub(super) fn remove(&mut self, product: ProductIndex) {
        self.forget_drafts(product);
        self.scenario.remove(product);
    }

    /// Resets an offer to the study's values.
    pub(super) fn reset(&mut self, study: &Study, product: ProductIndex) {
        self.forget_drafts(product);
        self.scenario.reset(study, product);
    }

    fn forget_drafts(&mut self, product: ProductIndex) {
        let id = self.scenario.offers()[product].id.clone();
        self.drafts.retain(|(other, _), _| *other != id);
    }
}
