//! How respondents choose among offers, by a [`ChoiceModel`].
//!
//! From the ground up:
//!
//! - `utility`: the utility of an offer to each respondent
//! - [`rules`]: one file per choice rule, and the registry
//! - `model`: the settings of an analyst: rule, scale factor, None, selection, availability, constants
//! - `similarity`: the attributes in which offers count as similar
//! - `chooser`, `availability`, `draws`: a model prepared for a study's respondents
//! - `selection`: the respondents whom a model includes
//! - `first_choices`, `logit`, `rule_chances`: what each respondent chooses
//! - `choices`: all of that for a list of offers, updated after edits
//! - `demand`: choices summed over respondents
//! - `transitions`: who changes from one product to another when the offers change
//! - `incremental`: first choices when only a few products vary

mod availability;
mod choices;
mod chooser;
mod demand;
mod draws;
mod error;
mod first_choices;
mod hash;
mod incremental;
mod logit;
mod model;
mod rule_chances;
pub mod rules;
mod selection;
mod similarity;
mod transitions;
pub(crate) mod utility;

pub use choices::Choices;
pub(crate) use chooser::Chooser;
pub use demand::{Demand, Tally};
pub use error::ChoiceModelError;
pub(crate) use first_choices::max_in_place;
pub(crate) use incremental::StaticBest;
pub use model::{ChoiceModel, NoneOption};
pub(crate) use rules::ChanceSource;
pub use rules::Rule;
pub use selection::Selection;
pub(crate) use transitions::{Transition, follow_rule, visit_transitions};
