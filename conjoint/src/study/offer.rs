//! A product on offer.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use super::attribute::Cell;
use crate::index_vec::{AttributeIndex, IndexVec};

/// A product's id, as the study spells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
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
    /// An id that is a whole number becomes a number in JSON. In binary formats every id is a text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.serialize_str(&self.0);
        }
        match self.0.parse::<i64>() {
            Ok(number) if number.to_string() == self.0 => serializer.serialize_i64(number),
            _ => serializer.serialize_str(&self.0),
        }
    }
}

/// A product on offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Its id.
    pub id: ProductId,
    /// Its model name.
    pub model: String,
    /// Whether it is off the market, so that nobody can choose it.
    pub withdrawn: bool,
    /// Its value on each attribute of the study.
    pub cells: IndexVec<AttributeIndex, Cell>,
}
