//! Why an edit cannot be made.

use crate::study::{ProductId, ValueError};

/// Why an edit of an offer cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EditError {
    /// The text is not a value of the attribute.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// An offer without a brand cannot be on the market.
    #[error("the offer has no brand; give it a brand before you offer it again")]
    NoBrand,
    /// An offer without a brand may lack values that an offer on the market needs.
    #[error("the offer cannot have a brand yet; give it {missing} first")]
    Incomplete {
        /// The attributes without a value.
        missing: String,
    },
    /// Another offer has that id.
    #[error("another offer has the id {0}; choose a different id")]
    IdTaken(ProductId),
}

/// Why an edit that is written as text cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EntryError {
    /// The text does not have the form of such an edit.
    #[error("write {wanted}")]
    Form {
        /// The form, with an example.
        wanted: &'static str,
    },
    /// No offer has the id.
    #[error("no offer has the id `{id}`; ids are {known}")]
    NoOffer {
        /// The id.
        id: String,
        /// The ids of the offers.
        known: String,
    },
    /// No attribute has the name.
    #[error("no column has the name `{column}`; columns are {known}")]
    NoColumn {
        /// The name.
        column: String,
        /// The names of the attributes.
        known: String,
    },
    /// The edit itself cannot be made.
    #[error(transparent)]
    Edit(#[from] EditError),
}
