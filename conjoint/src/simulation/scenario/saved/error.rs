//! Why saved scenarios cannot be read or applied.

use crate::choice::ChoiceModelError;
use crate::simulation::scenario::EntryError;

/// Why saved scenarios cannot be read or applied.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SavedError {
    /// The text is not JSON.
    #[error("the text is not JSON ({reason}); write an object of `study` and `scenarios`")]
    NotJson {
        /// The message of the JSON parser.
        reason: String,
    },
    /// A part is missing or has another type.
    #[error("{place}: write {wanted}")]
    Form {
        /// The part.
        place: String,
        /// What belongs there.
        wanted: &'static str,
    },
    /// A key that the format does not have.
    #[error("{place}: unknown key `{key}`; keys are {known}")]
    Key {
        /// The part that has it.
        place: String,
        /// The key.
        key: String,
        /// The keys of the format.
        known: String,
    },
    /// A name that two scenarios have.
    #[error(
        "scenario {number}: an earlier scenario has the name `{name}`; give each scenario a different name"
    )]
    NameTwice {
        /// The scenario's number in the file, from 1.
        number: usize,
        /// The name.
        name: String,
    },
    /// An edit that cannot be made to the study's offers.
    #[error("scenario `{name}`: {entry}: {error}")]
    Entry {
        /// The scenario's name.
        name: String,
        /// The edit, as written in the file.
        entry: String,
        /// Why not.
        error: EntryError,
    },
    /// A choice model that names something unknown.
    #[error("scenario `{name}`: {error}")]
    Model {
        /// The scenario's name.
        name: String,
        /// Why not.
        error: ChoiceModelError,
    },
    /// No scenario has the name.
    #[error("no scenario is called `{name}`; names are {known}")]
    NoScenario {
        /// The name.
        name: String,
        /// The names of the scenarios.
        known: String,
    },
    /// One of several scenarios must be chosen by name.
    #[error("there are {count} scenarios; name one of {known}")]
    Several {
        /// The number of scenarios.
        count: usize,
        /// Their names.
        known: String,
    },
    /// There is no scenario.
    #[error("there is no scenario; save one first")]
    None,
}
