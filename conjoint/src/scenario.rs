//! What the user changed: the offers as they stand now, beside the study's own.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::indexed::{AttributeIndex, List, ProductIndex};
use crate::study::{Cell, Fault, Study};

/// A product's id, as its file spells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductId(String);

impl ProductId {
    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for ProductId {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for ProductId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for ProductId {
    /// An id that is a whole number is one in JSON too.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.parse::<i64>() {
            Ok(number) if number.to_string() == self.0 => serializer.serialize_i64(number),
            _ => serializer.serialize_str(&self.0),
        }
    }
}

/// A product on offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Its id.
    pub id: ProductId,
    /// Its model name.
    pub model: String,
    /// Whether nobody can choose it.
    pub withdrawn: bool,
    /// Its value on every attribute of the study.
    pub cells: List<AttributeIndex, Cell>,
}

/// The offers of a market as the user has edited them.
///
/// The study's products come first, in their order; added ones follow.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    offers: List<ProductIndex, Offer>,
}

/// Why an edit cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditError {
    /// The text is no value of that attribute.
    #[error(transparent)]
    Value(#[from] Fault),
    /// An offer needs its brand back before it can be chosen.
    #[error("the offer has no brand; give it one before it is offered again")]
    NoBrand,
    /// Another offer has that id.
    #[error("another offer has the id {0}; choose one of its own")]
    IdTaken(ProductId),
}

impl Scenario {
    /// The study's own offers.
    pub fn baseline(study: &Study) -> Self {
        Self {
            offers: study.offers().clone(),
        }
    }

    /// The offers in order.
    pub fn offers(&self) -> &List<ProductIndex, Offer> {
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
    /// A text that is no value of the attribute; the scenario is left as it was.
    pub fn set(
        &mut self,
        study: &Study,
        product: ProductIndex,
        attribute: AttributeIndex,
        text: &str,
    ) -> Result<(), EditError> {
        let schema = study.schema();
        let cell = schema.parse_offered(&schema.attributes()[attribute], text)?;
        let offer = &mut self.offers[product];
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

    /// Adds a copy of an offer under an id of its own, at the end.
    ///
    /// # Errors
    /// The id is another offer's.
    pub fn add_copy(
        &mut self,
        product: ProductIndex,
        id: ProductId,
    ) -> Result<ProductIndex, EditError> {
        if self.find(id.as_str()).is_some() {
            return Err(EditError::IdTaken(id));
        }
        let copy = Offer {
            id,
            ..self.offers[product].clone()
        };
        Ok(self.offers.push(copy))
    }

    /// Makes a product what the study says that it is; an added one stays.
    pub fn reset(&mut self, study: &Study, product: ProductIndex) {
        if let Some(own) = study.offers().get(product) {
            self.offers[product] = own.clone();
        }
    }
}
