//! The costs of an offer that can be swept.

use crate::index_vec::AttributeIndex;
use crate::study::{MONTHLY_COST, Schema, Study, UPFRONT_COST};

/// A cost of an offer that can be swept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Cost {
    /// The monthly cost.
    Monthly,
    /// The cost at signing.
    Upfront,
}

impl Cost {
    /// The cost in the column of this name, by the model's name for it.
    pub fn from_column(column: &str) -> Option<Self> {
        [Self::Monthly, Self::Upfront]
            .into_iter()
            .find(|cost| cost.column() == column)
    }

    /// The model's name for its column, which the study's settings may replace.
    pub fn column(self) -> &'static str {
        match self {
            Self::Monthly => MONTHLY_COST,
            Self::Upfront => UPFRONT_COST,
        }
    }

    /// The other of the two costs.
    pub fn other(self) -> Self {
        match self {
            Self::Monthly => Self::Upfront,
            Self::Upfront => Self::Monthly,
        }
    }

    /// The costs that a study has.
    pub fn available_in(study: &Study) -> impl Iterator<Item = Self> {
        let costs = [Self::Monthly, Self::Upfront].into_iter();
        costs.filter(|cost| cost.attribute(study.schema()).is_some())
    }

    /// The name of its column in the study's files, or the model's name if the study does not have
    /// the cost.
    pub fn name(self, study: &Study) -> &str {
        study.settings().columns.get(self.column())
    }

    /// Its attribute, if the study has it.
    pub fn attribute(self, schema: &Schema) -> Option<AttributeIndex> {
        match self {
            Self::Monthly => schema.monthly,
            Self::Upfront => schema.upfront,
        }
    }
}
