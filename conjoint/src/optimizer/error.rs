//! What can be wrong with what an optimizer is asked for.

use crate::simulation::scenario::EntryError;
use crate::study::ValueError;
use crate::sweep::SweepError;

use crate::optimizer::plan::Plan;

/// A part of an entry of what varies, in the order in which a table has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryPart {
    /// The product.
    Product,
    /// The attribute.
    Attribute,
    /// The first value.
    Begin,
    /// The last value.
    End,
    /// The step.
    Step,
    /// The levels of an attribute of names.
    Levels,
}

impl EntryPart {
    /// Its name in tables and messages.
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

/// Where in a request something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestField {
    /// The objective.
    ObjectiveMeasure,
    /// The brand or parent.
    Beneficiary,
    /// A part of an entry of what varies, counted from 0.
    Vary(usize, EntryPart),
    /// An entry of the costs, counted from 0.
    Cost(usize),
    /// The answer of the competitors.
    PriceEquilibrium,
}

/// What is wrong with a request, and what would be right.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum OptimizerError {
    /// Money is asked for in a study without it.
    #[error("money is asked for, and the study has no money files; add them, or ask for share")]
    NoMoney,
    /// No brand or parent has the name.
    #[error("there is no {kind} `{name}`; there are {known}")]
    Unknown {
        /// What it should be.
        kind: &'static str,
        /// The name.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// Nothing varies.
    #[error("nothing varies; name an attribute of an offer, and its values")]
    NothingVaries,
    /// More varies than can be searched.
    #[error("{count} attributes of offers vary; at most {max} can be searched", max = Plan::MOST)]
    TooMuchVaries {
        /// How many.
        count: usize,
    },
    /// No such offer or attribute.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The brand of an offer cannot vary.
    #[error("the brand says whose offer it is, and cannot vary; vary another attribute")]
    BrandVaries,
    /// The offer has no brand that could win.
    #[error("the offer `{id}` has no brand; vary an offer that has one")]
    NoBrand {
        /// The id.
        id: String,
    },
    /// Nobody can choose the offer.
    #[error("the offer `{id}` is withdrawn; vary one that is on offer")]
    Withdrawn {
        /// The id.
        id: String,
    },
    /// The attribute of the offer stands in two entries.
    #[error("entry {first} has this attribute of the offer too; list each once")]
    Twice {
        /// The entry where it stands first, from 1.
        first: usize,
    },
    /// The values are no range of numbers.
    #[error("write BEGIN:END:STEP, as 399:499:20")]
    NoRange,
    /// The range is wrong.
    #[error(transparent)]
    Range(SweepError),
    /// A value is none of the attribute.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// A level stands in the entry twice.
    #[error("the level `{0}` is listed twice; list each level once")]
    LevelTwice(String),
    /// A text that tells no cost of a value.
    #[error("write COLUMN=VALUE:COST, as range=300:25")]
    NoCost,
    /// No attribute has the name.
    #[error("no column has the name `{column}`; columns are {known}")]
    NoColumn {
        /// The name.
        column: String,
        /// The names that there are.
        known: String,
    },
    /// A cost for an objective that knows none.
    #[error("costs count in EBIT alone; ask for ebit, or leave the costs away")]
    CostUnused,
    /// A number of which one cost is known.
    #[error("one cost says nothing of the values between; give the cost of a second value")]
    CostAlone,
    /// Two costs of one value.
    #[error("the value has a cost already; give each value one cost")]
    CostTwice,
    /// Competitors who cannot answer.
    #[error("competitors answer with their monthly costs, and the offers have none")]
    NoPrices,
}

/// A fault, and where in the request it is.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{fault}")]
pub struct RequestError {
    /// Where.
    pub place: RequestField,
    /// What is wrong there.
    #[source]
    pub fault: OptimizerError,
}

impl RequestError {
    pub(in crate::optimizer) fn at(place: RequestField, fault: impl Into<OptimizerError>) -> Self {
        let fault = fault.into();
        Self { place, fault }
    }
}
