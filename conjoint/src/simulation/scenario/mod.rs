//! What the user changed: the offers as they stand now, beside the study's own.
//!
//! - `list`: the edits as texts, in the command line's words
//! - `saved`: scenarios under names, as a file holds them

mod list;
mod saved;

use crate::index_vec::{AttributeIndex, IndexVec, Position, ProductIndex};
use crate::study::{Cell, Offer, ProductId, Study, ValueError, quote_names};

pub use list::{EditList, EntryError, Verb, split_cell_edit};
pub use saved::{AppliedScenario, SavedError, SavedScenario, SavedScenarios, StudyName};

/// The offers of a market as the user has edited them.
///
/// The study's products come first, in their order; added ones follow.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Scenario {
    offers: IndexVec<ProductIndex, Offer>,
    /// The study's product that each added offer is a copy of.
    origins: Vec<ProductIndex>,
}

/// Why an edit cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditError {
    /// The text is no value of that attribute.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// An offer needs its brand back before it can be chosen.
    #[error("the offer has no brand; give it one before it is offered again")]
    NoBrand,
    /// An offer without a brand may lack values that one on the market needs.
    #[error("the offer cannot have a brand yet; give it {missing} first")]
    Incomplete {
        /// The attributes that it lacks a value of.
        missing: String,
    },
    /// Another offer has that id.
    #[error("another offer has the id {0}; choose one of its own")]
    IdTaken(ProductId),
}

impl Scenario {
    /// The study's own offers.
    pub fn baseline(study: &Study) -> Self {
        Self {
            offers: study.offers().clone(),
            origins: Vec::new(),
        }
    }

    /// The offers in order.
    pub fn offers(&self) -> &IndexVec<ProductIndex, Offer> {
        &self.offers
    }

    /// The offer of that id.
    pub fn find(&self, id: &str) -> Option<ProductIndex> {
        self.offers.position(|offer| offer.id.as_str() == id)
    }

    /// Gives a product the value that `text` writes.
    ///
    /// An empty brand withdraws the product, and a brand offers it again, as in the files.
    ///
    /// # Errors
    /// A text that is no value of the attribute, or a brand for an offer that lacks other values;
    /// the scenario is left as it was.
    pub fn set(
        &mut self,
        study: &Study,
        product: ProductIndex,
        attribute: AttributeIndex,
        text: &str,
    ) -> Result<(), EditError> {
        let schema = study.schema();
        let offer = &mut self.offers[product];
        let offered = offer.cells[schema.brand()] != Cell::Empty;
        let cell = schema.parse_offered(attribute, offered, text)?;
        if attribute == schema.brand() && cell != Cell::Empty {
            let missing = schema.missing(&offer.cells);
            if !missing.is_empty() {
                let missing = quote_names(missing);
                return Err(EditError::Incomplete { missing });
            }
        }
        offer.cells[attribute] = cell;
        if attribute == schema.brand() {
            offer.withdrawn = cell == Cell::Empty;
        }
        Ok(())
    }

    /// Withdraws a product from the market, or offers it again.
    ///
    /// # Errors
    /// A product without a brand cannot be offered.
    pub fn set_withdrawn(
        &mut self,
        study: &Study,
        product: ProductIndex,
        withdrawn: bool,
    ) -> Result<(), EditError> {
        let offer = &mut self.offers[product];
        if !withdrawn && offer.cells[study.schema().brand()] == Cell::Empty {
            return Err(EditError::NoBrand);
        }
        offer.withdrawn = withdrawn;
        Ok(())
    }

    /// The study's product behind an offer: itself, or what an added offer is a copy of.
    pub fn origin(&self, product: ProductIndex) -> ProductIndex {
        let own = self.offers.len() - self.origins.len();
        let added = product.index().checked_sub(own);
        added
            .and_then(|added| self.origins.get(added).copied())
            .unwrap_or(product)
    }

    /// Whether the user added the offer.
    pub fn is_added(&self, product: ProductIndex) -> bool {
        product.index() >= self.offers.len() - self.origins.len()
    }

    /// Adds a copy of an offer at the end, under an id of its own, which its model name carries
    /// so that the two can be told apart.
    ///
    /// # Errors
    /// The id is another offer's.
    pub fn add_copy(
        &mut self,
        study: &Study,
        product: ProductIndex,
        id: ProductId,
    ) -> Result<ProductIndex, EditError> {
        if self.find(id.as_str()).is_some() {
            return Err(EditError::IdTaken(id));
        }
        let origin = self.origin(product);
        let copy = Offer {
            model: format!("{} ({id})", study.offers()[origin].model),
            id,
            ..self.offers[product].clone()
        };
        self.origins.push(origin);
        Ok(self.offers.push(copy))
    }

    /// Takes an added offer away; the study's own can only be withdrawn.
    pub fn remove(&mut self, product: ProductIndex) {
        if self.is_added(product) {
            let added = product.index() - (self.offers.len() - self.origins.len());
            self.origins.remove(added);
            self.offers.remove(product);
        }
    }

    /// Gives an offer the values that the study has for it, or for what it is a copy of.
    pub fn reset(&mut self, study: &Study, product: ProductIndex) {
        let own = &study.offers()[self.origin(product)];
        let offer = &mut self.offers[product];
        offer.cells.clone_from(&own.cells);
        offer.withdrawn = own.withdrawn;
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::sample_study::{Sample, generate};

    /// A study of three respondents.
    pub(super) fn study() -> Study {
        generate(&Sample {
            seed: 1,
            respondents: vec![("Gen X".to_owned(), 3)],
        })
        .unwrap()
    }

    /// The study's offers after these edits.
    pub(crate) fn edited(study: &Study, entries: &[(Verb, &str)]) -> Scenario {
        let mut scenario = Scenario::baseline(study);
        for (verb, text) in entries {
            scenario.edit(study, *verb, text).unwrap();
        }
        scenario
    }

    #[test]
    fn an_edit_that_cannot_be_made_changes_nothing() {
        let study = study();
        let mut scenario = Scenario::baseline(&study);
        let product = scenario.find("9").unwrap();
        for (column, text) in [
            ("monthly_cost", "x"),
            ("term", "0"),
            ("term", "1e-308"),
            ("term", "1e308"),
            ("energy", "Diesel"),
            ("energy", ""),
        ] {
            let attribute = study.schema().find(column).unwrap();
            assert!(scenario.set(&study, product, attribute, text).is_err());
        }
        assert_eq!(scenario, Scenario::baseline(&study));
    }

    #[test]
    fn copies_stand_apart_and_can_be_reset_and_removed() {
        let study = study();
        let mut scenario = Scenario::baseline(&study);
        let model_3 = scenario.find("9").unwrap();
        let monthly = study.schema().monthly().unwrap();
        scenario.set(&study, model_3, monthly, "449").unwrap();
        let id = |text: &str| ProductId::from(text.to_owned());
        let copy = scenario.add_copy(&study, model_3, id("14")).unwrap();
        let copy_of_copy = scenario.add_copy(&study, copy, id("15")).unwrap();
        assert_eq!(
            scenario.add_copy(&study, copy, id("14")),
            Err(EditError::IdTaken(id("14")))
        );
        assert_eq!(scenario.offers()[copy_of_copy].model, "Model 3 (15)");
        assert_eq!(scenario.origin(copy_of_copy), model_3);
        assert_eq!(scenario.offers()[copy].cells[monthly], Cell::Number(449.0));

        scenario.reset(&study, copy);
        assert_eq!(scenario.offers()[copy].cells[monthly], Cell::Number(399.0));
        scenario.remove(copy);
        scenario.remove(model_3);
        assert_eq!(scenario.offers().len(), 14);
        assert_eq!(scenario.find("15"), Some(copy));
    }

    #[test]
    fn an_offer_without_a_brand_is_not_offered() {
        let study = study();
        let mut scenario = Scenario::baseline(&study);
        let product = scenario.find("9").unwrap();
        let brand = study.schema().brand();
        scenario.set(&study, product, brand, "").unwrap();
        assert!(scenario.offers()[product].withdrawn);
        let refused = scenario.set_withdrawn(&study, product, false);
        assert_eq!(refused, Err(EditError::NoBrand));
        scenario.set(&study, product, brand, "Tesla").unwrap();
        assert_eq!(scenario, Scenario::baseline(&study));
    }
}
