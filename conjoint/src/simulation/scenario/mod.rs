//! The offers of a market as the user has edited them.
//!
//! - `edit_list`: the edits as text, in the words of the command line
//! - `outside`: values outside the surveyed range
//! - `saved`: named scenarios in a file

mod edit_list;
mod error;
mod outside;
mod saved;

use crate::index_vec::{AttributeIndex, IndexVec, Position, ProductIndex};
use crate::study::{Cell, Offer, ProductId, Study, ValueError, quote_names};

pub use edit_list::{EditList, Verb, split_cell_edit};
pub use error::{EditError, EntryError};
pub use outside::OutsideValue;
pub use saved::{
    AppliedScenario, SavedError, SavedModel, SavedScenario, SavedScenarios, StudyName,
};

/// The offers of a market as the user has edited them.
///
/// The study's products come first, in file order; added ones follow.
///
/// # Examples
///
/// ```
/// use conjoint::simulation::scenario::{EditList, Scenario, Verb};
/// use conjoint::testing::generate_study;
///
/// let study = generate_study(1, &[("Gen X", 10)]);
/// let mut scenario = Scenario::baseline(&study);
/// scenario.edit(&study, Verb::Add, "14:9")?;
/// scenario.edit(&study, Verb::Set, "14.monthly_cost=449")?;
/// scenario.edit(&study, Verb::Withdraw, "3")?;
///
/// let edits = EditList::from_scenario(&study, &scenario);
/// assert_eq!(edits.set, ["14.monthly_cost=449"]);
/// assert!(scenario.edit(&study, Verb::Withdraw, "99").is_err());
/// # Ok::<(), conjoint::simulation::scenario::EntryError>(())
/// ```
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Scenario {
    offers: IndexVec<ProductIndex, Offer>,
    /// The study's product that each added offer is a copy of.
    origins: Vec<ProductIndex>,
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

    /// Sets a value of a product, written as text.
    ///
    /// An empty brand withdraws the product, and a brand offers it again, as in the files.
    ///
    /// # Errors
    /// The text is not a value of the attribute or is too far outside the surveyed range, empties a cost
    /// or a term that the study's offer has, or is a brand for an offer that lacks other values; the
    /// scenario is unchanged.
    pub fn set(
        &mut self,
        study: &Study,
        product: ProductIndex,
        attribute: AttributeIndex,
        text: &str,
    ) -> Result<(), EditError> {
        let schema = study.schema();
        let origin = self.origin(product);
        // A price that the study's offer has: emptying it would count as a product that costs nothing.
        let had_price = |attribute: AttributeIndex| {
            let offer = study.offers().get(origin);
            let had_value = offer.is_some_and(|offer| offer.cells[attribute] != Cell::Empty);
            had_value && schema.is_part_of_price(attribute)
        };
        let offer = &mut self.offers[product];
        let offered = offer.cells[schema.brand()] != Cell::Empty;
        let cell = schema.parse_offered(attribute, offered, text)?;
        if cell == Cell::Empty && offered && had_price(attribute) {
            let wanted = schema.wanted_price(attribute).into();
            return Err(EditError::Value(ValueError::Empty { wanted }));
        }
        if attribute == schema.brand() && cell != Cell::Empty {
            let mut missing = schema.missing_attributes(&offer.cells);
            for price in schema.price_attributes() {
                let name = schema.attributes()[price].name.as_str();
                let is_empty = offer.cells[price] == Cell::Empty;
                if is_empty && had_price(price) && !missing.contains(&name) {
                    missing.push(name);
                }
            }
            if !missing.is_empty() {
                let missing = quote_names(missing);
                return Err(EditError::Incomplete { missing });
            }
        }
        let previous = std::mem::replace(&mut offer.cells[attribute], cell);
        if let Err(error) = schema.check_together(attribute, &offer.cells) {
            offer.cells[attribute] = previous;
            return Err(error.into());
        }
        if attribute == schema.brand() {
            offer.withdrawn = cell == Cell::Empty;
        }
        Ok(())
    }

    /// Withdraws a product from the market, or offers it again.
    ///
    /// # Errors
    /// A product without a brand cannot be offered again.
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

    /// The study's product behind an offer: the product itself or, for an added offer, the one that it is
    /// a copy of.
    pub fn origin(&self, product: ProductIndex) -> ProductIndex {
        let added = product.index().checked_sub(self.study_products());
        added
            .and_then(|added| self.origins.get(added).copied())
            .unwrap_or(product)
    }

    /// Whether the user added the offer.
    pub fn is_added(&self, product: ProductIndex) -> bool {
        product.index() >= self.study_products()
    }

    /// The number of products of the study.
    fn study_products(&self) -> usize {
        self.offers.len() - self.origins.len()
    }

    /// Adds a copy of an offer at the end, under a new id. The id is appended to the model name, so that
    /// the two can be distinguished.
    ///
    /// # Errors
    /// Another offer has the id.
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

    /// Removes an added offer. Does nothing for one of the study's own, which can only be withdrawn.
    pub fn remove(&mut self, product: ProductIndex) {
        if self.is_added(product) {
            let added = product.index() - self.study_products();
            self.origins.remove(added);
            self.offers.remove(product);
        }
    }

    /// Resets an offer to the study's values; an added one, to those of the product that it is a copy of.
    pub fn reset(&mut self, study: &Study, product: ProductIndex) {
        let origin = &study.offers()[self.origin(product)];
        let offer = &mut self.offers[product];
        offer.cells.clone_from(&origin.cells);
        offer.withdrawn = origin.withdrawn;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::generate_study;

    fn study() -> Study {
        generate_study(1, &[("Gen X", 3)])
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
            ("monthly_cost", ""),
            ("term", ""),
        ] {
            let attribute = study.schema().find(column).unwrap();
            assert!(scenario.set(&study, product, attribute, text).is_err());
        }
        assert_eq!(scenario, Scenario::baseline(&study));
    }

    #[test]
    fn copies_have_a_new_id_and_can_be_reset_and_removed() {
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
