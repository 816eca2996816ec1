//! What the optimizer maximizes: a measure of a brand, or of all brands of a parent company.

use crate::index_vec::{BrandIndex, ParentIndex};
use crate::study::Study;

/// A measure that the optimizer can maximize.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ObjectiveMeasure {
    /// The share of respondents who choose a product of the beneficiary, by the rule of the choice
    /// model, 0–1.
    #[default]
    Share,
    /// Revenue after the period, thousands of the currency a month.
    Revenue,
    /// EBIT after the period, thousands of the currency a month.
    Ebit,
}

impl ObjectiveMeasure {
    /// All measures, in display order.
    pub const ALL: [Self; 3] = [Self::Share, Self::Revenue, Self::Ebit];

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Share => "Share",
            Self::Revenue => "Revenue",
            Self::Ebit => "EBIT",
        }
    }

    /// The identifier in commands and links.
    pub fn id(self) -> &'static str {
        match self {
            Self::Share => "share",
            Self::Revenue => "revenue",
            Self::Ebit => "ebit",
        }
    }

    /// The measure with this identifier.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.id() == id)
    }
}

/// Who is to gain: a brand, or a parent company through all its brands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beneficiary {
    /// One brand.
    Brand(BrandIndex),
    /// All brands of a parent company.
    Parent(ParentIndex),
}

impl Beneficiary {
    /// Whether the beneficiary gains what this brand gains.
    pub(super) fn includes_brand(self, study: &Study, brand: BrandIndex) -> bool {
        match self {
            Self::Brand(beneficiary) => beneficiary == brand,
            Self::Parent(parent) => study.brands[brand].parent == parent,
        }
    }
}

/// The objective: a measure, and the brand or parent company for which it is maximized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Objective {
    /// The measure.
    pub measure: ObjectiveMeasure,
    /// The brand or parent company.
    pub beneficiary: Beneficiary,
}
