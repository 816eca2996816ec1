//! What can be set, and why a text cannot be.

use conjoint::choice::ChoiceModelError;
use conjoint::study::{ProductId, ValueError};

/// A setting of the choice model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// The choice rule, by its word.
    Rule,
    /// The scale factor.
    Scale,
    /// Draws per respondent.
    Draws,
    /// The seed.
    Seed,
    /// The scale of the errors of randomized first choice; an empty text means the fitted one.
    ErrorScale,
    /// An attribute by name, in which offers count as similar; entering it again excludes it.
    Similar,
    /// What intervals say, by its word.
    Uncertainty,
    /// The utility of None, [`SURVEYED`] or [`OFF`].
    None,
    /// A segment by name; entering it again deselects it.
    Segment,
    /// A brand by name, whose present customers are included; entering it again deselects it.
    Owner,
    /// The share of the market that can buy a product; an empty text means all of it.
    Available(ProductId),
    /// A number added to a product's utility; an empty text means 0.
    Constant(ProductId),
    /// A product's share in the market, for a calibration; may be empty.
    Target(ProductId),
}

/// None as the respondents answered it in the survey.
pub const SURVEYED: &str = "surveyed";
/// No None option.
pub const OFF: &str = "off";

impl Setting {
    /// Its key, for ids on the page.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Scale => "scale",
            Self::Draws => "draws",
            Self::Seed => "seed",
            Self::ErrorScale => "error-scale",
            Self::Similar => "similar",
            Self::Uncertainty => "uncertainty",
            Self::None => "none",
            Self::Segment => "segment",
            Self::Owner => "owner",
            Self::Available(_) => "available",
            Self::Constant(_) => "constant",
            Self::Target(_) => "target",
        }
    }

    /// The product that it belongs to, if it belongs to one.
    pub(in crate::state) fn product(&self) -> Option<&ProductId> {
        match self {
            Self::Available(id) | Self::Constant(id) | Self::Target(id) => Some(id),
            Self::Rule
            | Self::Scale
            | Self::Draws
            | Self::Seed
            | Self::ErrorScale
            | Self::Similar
            | Self::Uncertainty
            | Self::None
            | Self::Segment
            | Self::Owner => None,
        }
    }
}

/// Why a text cannot be used as a setting.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingError {
    /// It is not a number.
    Number(ValueError),
    /// It is a number, but not a whole one.
    NotWhole(String),
    /// The choice model refuses the value.
    Model(ChoiceModelError),
}
