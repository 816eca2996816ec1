//! Errors of an optimizer request: the field, the problem and the remedy, all errors at once.

use crate::simulation::scenario::EntryError;
use crate::study::ValueError;
use crate::sweep::SweepError;

use super::plan::Plan;

/// A part of a vary entry, in the order of a table's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryPart {
    /// The product.
    Product,
    /// The attribute.
    Attribute,
    /// The first value of a range.
    Begin,
    /// The last value of a range.
    End,
    /// The step of a range.
    Step,
    /// The level names of a categorical attribute.
    Levels,
}

impl EntryPart {
    /// The name in tables and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Attribute => "attribute",
            Self::Begin => "begin",
            Self::End => "end",
            Self::Step => "step",
            Self::Levels => "levels",
        }
    }
}

/// The field of a request that an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestField {
    /// The measure to maximize.
    Measure,
    /// The brand or parent company.
    Beneficiary,
    /// A part of a vary entry; entries count from 0.
    Vary(usize, EntryPart),
    /// A cost entry, counted from 0.
    Cost(usize),
    /// The competitors' price responses.
    PriceGame,
    /// The bounds of a price in the price game, counted from 0.
    Bounds(usize),
}

/// What is wrong with a field of a request, and how to correct it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum OptimizerError {
    /// The request needs money figures, and the study has none.
    #[error(
        "this needs money figures, and the study has no money files; add them, or optimize share"
    )]
    NoMoney,
    /// No brand or parent company has this name.
    #[error("there is no {kind} `{name}`; choose one of {known}")]
    UnknownBeneficiary {
        /// `brand` or `parent`.
        kind: &'static str,
        /// The name in the request.
        name: String,
        /// The names in the study.
        known: String,
    },
    /// The request has no vary entry.
    #[error("nothing varies; name an attribute of an offer, and its values")]
    NothingVaries,
    /// The request has too many vary entries to search.
    #[error("{count} attributes vary; at most {max} can", max = Plan::MAX_ENTRIES)]
    TooMuchVaries {
        /// The number of entries.
        count: usize,
    },
    /// The offer or attribute does not exist.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The entry varies the brand of an offer.
    #[error("the brand of an offer cannot vary; vary another attribute")]
    BrandVaries,
    /// The offer has no brand that could gain.
    #[error("the offer `{id}` has no brand; vary an offer that has one")]
    NoBrand {
        /// The offer's id.
        id: String,
    },
    /// The offer is withdrawn, so no respondent can choose it.
    #[error("the offer `{id}` is withdrawn; vary one that is on the market")]
    Withdrawn {
        /// The offer's id.
        id: String,
    },
    /// An earlier entry varies the same attribute of the same offer.
    #[error("entry {first} varies this attribute of the offer already; list each attribute once")]
    DuplicateAttribute {
        /// The number of the earlier entry, counted from 1.
        first: usize,
    },
    /// The values of a numeric attribute are not written as a range.
    #[error("write BEGIN:END:STEP, for example 399:499:20")]
    NoRange,
    /// The range is invalid.
    #[error(transparent)]
    Range(SweepError),
    /// The value is invalid for the attribute.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// The entry lists a level twice.
    #[error("the level `{0}` is listed twice; list each level once")]
    DuplicateLevel(String),
    /// The text is not the cost of a value.
    #[error("write COLUMN=VALUE:COST, for example range=300:25")]
    NoCost,
    /// No attribute has this name.
    #[error("no column has the name `{column}`; columns are {known}")]
    NoColumn {
        /// The name in the request.
        column: String,
        /// The columns in the study.
        known: String,
    },
    /// The request has costs, and its measure is not EBIT.
    #[error("costs only affect EBIT; choose ebit as the objective, or remove the costs")]
    CostUnused,
    /// A numeric attribute has the cost of only one value.
    #[error(
        "one cost does not determine the costs of other values; add the cost of a second value"
    )]
    SingleCost,
    /// An earlier entry has the cost of the same value.
    #[error("this value has a cost already; give each value one cost")]
    DuplicateCost,
    /// The text is not the bounds of a price.
    #[error("write ID=LOW:HIGH with two amounts, the lower one first, for example 3=700:1000")]
    NoBounds,
    /// The request has bounds of prices, but no price game.
    #[error("bounds only limit competitors' responses; let competitors respond, or remove them")]
    BoundsUnused,
    /// The request varies the price that has bounds.
    #[error("the request varies this price already; remove the bounds")]
    BoundsVary,
    /// An earlier entry bounds the same price.
    #[error("this price has bounds already; give each price one pair of bounds")]
    DuplicateBounds,
    /// The price at the start of the game is not within its bounds.
    #[error("the offer costs {price} a month; choose bounds that include it")]
    PriceOutsideBounds {
        /// The monthly cost.
        price: f64,
    },
    /// The offers have no monthly cost with which competitors could respond.
    #[error("competitors respond with their monthly costs, and the offers have none")]
    NoPrices,
}

/// An error and the field of the request that it is about.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{error}")]
pub struct RequestError {
    /// The field.
    pub field: RequestField,
    /// What is wrong with it.
    #[source]
    pub error: OptimizerError,
}

impl RequestError {
    /// An error in this field.
    pub(super) fn new(field: RequestField, error: impl Into<OptimizerError>) -> Self {
        let error = error.into();
        Self { field, error }
    }
}
