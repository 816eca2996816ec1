//! The respondents whom a choice model includes: how many, and in which words.

use std::fmt;

use super::ChoiceModel;
use crate::study::Study;

/// The respondents whom a choice model includes. Without segments or brands, all are.
///
/// # Examples
/// ```
/// use conjoint::choice::{ChoiceModel, Selection};
/// use conjoint::testing::generate_study;
///
/// let study = generate_study(1, &[("Gen X", 20), ("Millennial", 10)]);
/// let mut model = ChoiceModel::default();
/// model.include_segment(&study, "Millennial")?;
/// let selection = Selection::new(&study, &model);
/// assert_eq!(selection.respondents, 10);
/// assert!(selection.is_small());
/// assert_eq!(selection.to_string(), "in the segment Millennial");
/// # Ok::<(), conjoint::choice::ChoiceModelError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The names of the included segments; empty means all.
    pub segments: Vec<String>,
    /// The names of the brands whose current customers are included; empty means all.
    pub owners: Vec<String>,
    /// The number of included respondents with a weight above 0.
    pub respondents: usize,
}

impl Selection {
    /// Figures of fewer respondents say little about a market: the standard error of a share of 50 %
    /// is then above 9 points.
    pub const FEW: usize = 30;

    /// The respondents whom a model includes.
    pub fn new(study: &Study, model: &ChoiceModel) -> Self {
        let segments = model.segments.iter();
        let segments = segments.filter_map(|segment| study.segments().get(*segment).cloned());
        let owners = model.owners.iter();
        let owners = owners.filter_map(|brand| study.brands().get(*brand));
        let weights = model.weights(study);
        Self {
            segments: segments.collect(),
            owners: owners.map(|brand| brand.name.clone()).collect(),
            respondents: weights.iter().filter(|weight| **weight > 0.0).count(),
        }
    }

    /// Whether nobody is included.
    pub fn is_empty(&self) -> bool {
        self.respondents == 0
    }

    /// Whether segments or brands restrict the respondents to so few that figures say little.
    pub fn is_small(&self) -> bool {
        let is_restricted = !(self.segments.is_empty() && self.owners.is_empty());
        is_restricted && self.respondents < Self::FEW
    }
}

impl fmt::Display for Selection {
    /// What the included respondents have in common, for a sentence such as “no respondent is …”.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let segments = self.segments.join(" or ");
        let owners = self.owners.join(" or ");
        let plural = if self.segments.len() > 1 { "s" } else { "" };
        match (self.segments.is_empty(), self.owners.is_empty()) {
            (true, true) => f.write_str("in the study"),
            (false, true) => write!(f, "in the segment{plural} {segments}"),
            (true, false) => write!(f, "a customer of {owners}"),
            (false, false) => {
                write!(
                    f,
                    "in the segment{plural} {segments} and a customer of {owners}"
                )
            }
        }
    }
}
