//! Named scenarios, stored in a file as JSON with the edits in the words of the command line.
//!
//! ```json
//! {"study": {"title": "Leases", "digest": "0123456789abcdef"},
//!  "scenarios": [{"name": "Dearer", "set": ["9.monthly_cost=449"], "withdraw": ["3"],
//!                 "model": {"rule": "share-of-preference", "segments": ["Gen X"]}}]}
//! ```
//!
//! Files of earlier versions have no `model`; who reads them chooses one.

mod error;
mod json;
mod model;

use serde::Serialize;

use super::{EditList, Scenario};
use crate::choice::ChoiceModel;
use crate::study::{Study, ValueError, quote_names};

pub use error::SavedError;
pub use model::SavedModel;

/// The study to which scenarios belong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StudyName {
    /// Its title.
    pub title: String,
    /// The digest of its files, which identifies it.
    pub digest: String,
}

/// A scenario under a name, with everything that its figures follow from.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedScenario {
    /// Its name, unique in a file.
    pub name: String,
    /// The edits to the study's own offers.
    pub edits: EditList,
    /// The choice model; `None` in a file of an earlier version.
    pub model: Option<SavedModel>,
}

/// The saved scenarios of a study.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SavedScenarios {
    /// The study.
    pub study: StudyName,
    /// In the order in which they were saved.
    pub scenarios: Vec<SavedScenario>,
}

/// The result of [`SavedScenario::apply`].
#[derive(Clone, Debug, PartialEq)]
pub struct AppliedScenario {
    /// The offers.
    pub scenario: Scenario,
    /// The choice model, if the file has one.
    pub model: Option<ChoiceModel>,
    /// The edits whose value is outside the surveyed range, with the warning.
    pub outside_range: Vec<(String, ValueError)>,
}

impl SavedScenario {
    /// Offers and choice model of a simulation under a name.
    pub fn new(study: &Study, name: &str, scenario: &Scenario, model: &ChoiceModel) -> Self {
        Self {
            name: name.to_owned(),
            edits: EditList::from_scenario(study, scenario),
            model: Some(SavedModel::from_model(study, model)),
        }
    }

    /// Makes the edits to the study's own offers, and the choice model.
    ///
    /// # Errors
    /// The first edit that cannot be made, or a model that names something unknown.
    pub fn apply(&self, study: &Study) -> Result<AppliedScenario, SavedError> {
        let mut scenario = Scenario::baseline(study);
        let mut outside_range = Vec::new();
        for (verb, text) in self.edits.entries() {
            let entry = format!("{} {text}", verb.word());
            match scenario.edit(study, verb, text) {
                Ok(warning) => outside_range.extend(warning.map(|warning| (entry, warning))),
                Err(error) => {
                    let name = self.name.clone();
                    return Err(SavedError::Entry { name, entry, error });
                }
            }
        }
        let model = self.model.as_ref();
        let model = model.map(|model| model.to_model(study, &scenario));
        let model = model.transpose().map_err(|error| SavedError::Model {
            name: self.name.clone(),
            error,
        })?;
        Ok(AppliedScenario {
            scenario,
            model,
            outside_range,
        })
    }
}

impl SavedScenarios {
    /// The position of the scenario of that name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.scenarios.iter().position(|saved| saved.name == name)
    }

    /// The scenario of that name; without a name, the only scenario.
    ///
    /// # Errors
    /// No scenario has the name, there are several to choose from, or the list is empty.
    pub fn find(&self, name: Option<&str>) -> Result<&SavedScenario, SavedError> {
        let known = || quote_names(self.scenarios.iter().map(|saved| &saved.name));
        match (name, self.scenarios.as_slice()) {
            (_, []) => Err(SavedError::None),
            (None, [only]) => Ok(only),
            (None, several) => Err(SavedError::Several {
                count: several.len(),
                known: known(),
            }),
            (Some(name), all) => {
                let named = all.iter().find(|saved| saved.name == name);
                named.ok_or_else(|| SavedError::NoScenario {
                    name: name.to_owned(),
                    known: known(),
                })
            }
        }
    }

    /// The name itself, or the first of `name (2)`, `name (3)` … that no scenario has.
    pub fn free_name(&self, name: &str) -> String {
        let mut free = name.to_owned();
        let mut number = 2;
        while self.position(&free).is_some() {
            free = format!("{name} ({number})");
            number += 1;
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::generate_study;

    pub(super) const FILE: &str = r#"{"study": {"title": "Leases", "digest": "0123456789abcdef"},
        "scenarios": [
            {"name": "Dearer", "add": ["14:9"], "set": ["14.term=24", "9.monthly_cost=1500"]},
            {"name": " Fewer ", "withdraw": ["3"]}
        ]}"#;

    #[test]
    fn a_scenario_is_found_by_name_or_as_the_only_one() {
        let mut saved = SavedScenarios::read(FILE).unwrap();
        let description = |saved: &SavedScenarios, name| match saved.find(name) {
            Ok(found) => found.name.clone(),
            Err(error) => error.to_string(),
        };
        assert_eq!(description(&saved, Some("Fewer")), "Fewer");
        let names = "`Dearer`, `Fewer`";
        let expected = format!("no scenario is called `x`; names are {names}");
        assert_eq!(description(&saved, Some("x")), expected);
        let expected = format!("there are 2 scenarios; name one of {names}");
        assert_eq!(description(&saved, None), expected);
        assert_eq!(saved.free_name("Fewer"), "Fewer (2)");
        saved.scenarios.pop();
        assert_eq!(description(&saved, None), "Dearer");
        assert_eq!(saved.free_name("Fewer"), "Fewer");
        saved.scenarios.pop();
        assert!(description(&saved, None).starts_with("there is no scenario"));
    }

    #[test]
    fn an_edit_that_cannot_be_made_is_reported_with_its_scenario() {
        let study = generate_study(1, &[("Gen X", 3)]);
        let saved = SavedScenarios::read(FILE).unwrap();
        let applied = saved.scenarios[0].apply(&study).unwrap();
        assert_eq!(applied.scenario.offers().len(), 14);
        assert_eq!(applied.model, None);
        assert_eq!(applied.outside_range.len(), 1);
        assert_eq!(applied.outside_range[0].0, "set 9.monthly_cost=1500");
        let other = FILE.replace("[\"3\"]", "[\"33\"]");
        let saved = SavedScenarios::read(&other).unwrap();
        let error = saved.scenarios[1].apply(&study).unwrap_err().to_string();
        let description = "scenario `Fewer`: withdraw 33: no offer has the id `33`; ids are";
        assert!(error.starts_with(description), "{error}");
    }
}
