//! Scenarios under names, as a file holds them: JSON, with the edits in the command line's words.
//!
//! ```json
//! {"study": {"title": "Leases", "digest": "0123456789abcdef"},
//!  "scenarios": [{"name": "Dearer", "set": ["9.monthly_cost=449"], "withdraw": ["3"]}]}
//! ```

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::{EditList, EntryError, Scenario, Verb};
use crate::study::{Study, ValueError, quote_names};

/// Which study scenarios are of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StudyName {
    /// Its title.
    pub title: String,
    /// Its digest: 16 hexadecimal digits that change when its figures can change.
    pub digest: String,
}

/// A scenario under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedScenario {
    /// Its name, of which there is one in a file.
    pub name: String,
    /// What makes it of the study's own offers.
    pub edits: EditList,
}

/// The scenarios of a study.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedScenarios {
    /// The study.
    pub study: StudyName,
    /// In the order in which they were saved.
    pub scenarios: Vec<SavedScenario>,
}

/// A scenario that was made of its edits.
#[derive(Clone, Debug, PartialEq)]
pub struct AppliedScenario {
    /// The offers.
    pub scenario: Scenario,
    /// The edits whose value is outside the surveyed range, with the warning about it.
    pub outside: Vec<(String, ValueError)>,
}

/// Why saved scenarios cannot be used.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SavedError {
    /// The text is no JSON.
    #[error("the text is no JSON ({reason}); write an object of `study` and `scenarios`")]
    NotJson {
        /// What the reader of JSON says.
        reason: String,
    },
    /// A part of it is missing, or is something else.
    #[error("{place}: write {wanted}")]
    Form {
        /// The part.
        place: String,
        /// What would be right.
        wanted: &'static str,
    },
    /// A key that nothing is known of.
    #[error("{place}: nothing is known of `{key}`; keys are {known}")]
    Key {
        /// The part that has it.
        place: String,
        /// The key.
        key: String,
        /// The keys that there are.
        known: String,
    },
    /// A name that stands twice.
    #[error("scenario {number}: the name `{name}` stands twice; give each scenario one of its own")]
    NameTwice {
        /// Its place in the file, from 1.
        number: usize,
        /// The name.
        name: String,
    },
    /// An edit that this study cannot have.
    #[error("scenario `{name}`: {entry}: {error}")]
    Entry {
        /// The scenario's name.
        name: String,
        /// The edit, as the file has it.
        entry: String,
        /// Why not.
        error: EntryError,
    },
    /// No scenario has the name.
    #[error("no scenario is called `{name}`; names are {known}")]
    NoScenario {
        /// The name.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// One of several scenarios is to be chosen by name.
    #[error("there are {count} scenarios; name one of {known}")]
    Several {
        /// How many there are.
        count: usize,
        /// Their names.
        known: String,
    },
    /// There is no scenario.
    #[error("there is no scenario; save one first")]
    None,
}

impl Serialize for SavedScenario {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        for verb in Verb::ALL {
            let entries = self.edits.entries_of_kind(verb);
            if !entries.is_empty() {
                map.serialize_entry(verb.word(), entries)?;
            }
        }
        map.end()
    }
}

impl SavedScenario {
    /// The study's own offers with the scenario's edits.
    ///
    /// # Errors
    /// The first edit that this study cannot have.
    pub fn apply(&self, study: &Study) -> Result<AppliedScenario, SavedError> {
        let mut scenario = Scenario::baseline(study);
        let mut outside = Vec::new();
        for (verb, text) in self.edits.entries() {
            let entry = format!("{} {text}", verb.word());
            match scenario.edit(study, verb, text) {
                Ok(warning) => outside.extend(warning.map(|warning| (entry, warning))),
                Err(error) => {
                    let name = self.name.clone();
                    return Err(SavedError::Entry { name, entry, error });
                }
            }
        }
        Ok(AppliedScenario { scenario, outside })
    }
}

impl SavedScenarios {
    /// Reads a file's text.
    ///
    /// # Errors
    /// What is no such file, with the place and what would be right.
    pub fn read(text: &str) -> Result<Self, SavedError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // From bytes, as the settings are read: a reader of texts would be linked beside it.
        let value: Value =
            serde_json::from_slice(text.as_bytes()).map_err(|error| SavedError::NotJson {
                reason: error.to_string(),
            })?;
        let file = object("the file", &value, &["study", "scenarios"])?;
        let study = file.get("study").unwrap_or(&Value::Null);
        let study = object("study", study, &["title", "digest"])?;
        let digest = study.get("digest").and_then(Value::as_str);
        let title = study.get("title").and_then(Value::as_str);
        let wrong = |place: &str, wanted| SavedError::Form {
            place: place.to_owned(),
            wanted,
        };
        let digest = digest.ok_or_else(|| wrong("study.digest", "the study's digest as a text"))?;
        let list = file.get("scenarios").and_then(Value::as_array);
        let list = list.ok_or_else(|| wrong("scenarios", "a list of scenarios"))?;
        let mut saved = Self {
            study: StudyName {
                title: title.unwrap_or_default().to_owned(),
                digest: digest.to_owned(),
            },
            scenarios: Vec::new(),
        };
        for (index, value) in list.iter().enumerate() {
            let scenario = scenario(&format!("scenario {}", index + 1), value)?;
            if saved.position(&scenario.name).is_some() {
                let (number, name) = (index + 1, scenario.name);
                return Err(SavedError::NameTwice { number, name });
            }
            saved.scenarios.push(scenario);
        }
        Ok(saved)
    }

    /// The file's text, a scenario a line; [`SavedScenarios::read`] gives the same scenarios again.
    pub fn write(&self) -> String {
        let lines: Vec<String> = self.scenarios.iter().map(json).collect();
        let (study, lines) = (json(&self.study), lines.join(",\n"));
        format!("{{\"study\":{study},\n\"scenarios\":[\n{lines}\n]}}\n")
    }

    /// The place of the scenario of that name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.scenarios.iter().position(|saved| saved.name == name)
    }

    /// The scenario of that name, or the only one where no name is given.
    ///
    /// # Errors
    /// A name that none has, several to choose from, or none at all.
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

/// A value as JSON.
fn json(value: &impl Serialize) -> String {
    // Fails only for maps whose keys are no texts.
    serde_json::to_string(value).unwrap_or_default()
}

/// An object that has these keys and no others.
fn object<'v>(
    place: &str,
    value: &'v Value,
    keys: &[&str],
) -> Result<&'v Map<String, Value>, SavedError> {
    let Value::Object(object) = value else {
        return Err(SavedError::Form {
            place: place.to_owned(),
            wanted: "an object",
        });
    };
    match object.keys().find(|key| !keys.contains(&key.as_str())) {
        Some(key) => Err(SavedError::Key {
            place: place.to_owned(),
            key: key.clone(),
            known: quote_names(keys),
        }),
        None => Ok(object),
    }
}

fn scenario(place: &str, value: &Value) -> Result<SavedScenario, SavedError> {
    let [add, set, withdraw] = Verb::ALL.map(Verb::word);
    let map = object(place, value, &["name", add, set, withdraw])?;
    let name = map.get("name").and_then(Value::as_str).map(str::trim);
    let wrong = |key: &str, wanted| SavedError::Form {
        place: format!("{place}: {key}"),
        wanted,
    };
    let name = name
        .filter(|name| !name.is_empty())
        .ok_or_else(|| wrong("name", "a text that is not empty"))?;
    let mut edits = EditList::default();
    for verb in Verb::ALL {
        let Some(value) = map.get(verb.word()) else {
            continue;
        };
        let texts = value.as_array().and_then(|entries| {
            let texts = entries
                .iter()
                .map(|entry| entry.as_str().map(str::to_owned));
            texts.collect::<Option<Vec<String>>>()
        });
        *edits.entries_mut(verb) =
            texts.ok_or_else(|| wrong(verb.word(), "a list of texts, as [\"9\"]"))?;
    }
    Ok(SavedScenario {
        name: name.to_owned(),
        edits,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample_study::{Sample, generate};

    const FILE: &str = r#"{"study": {"title": "Leases", "digest": "0123456789abcdef"},
        "scenarios": [
            {"name": "Dearer", "add": ["14:9"], "set": ["14.term=24", "9.monthly_cost=9999"]},
            {"name": " Fewer ", "withdraw": ["3"]}
        ]}"#;

    #[test]
    fn what_is_written_is_read_again() {
        let saved = SavedScenarios::read(FILE).unwrap();
        assert_eq!(saved.scenarios[1].name, "Fewer");
        assert_eq!(SavedScenarios::read(&saved.write()).unwrap(), saved);
        let none = SavedScenarios::default();
        assert_eq!(SavedScenarios::read(&none.write()).unwrap(), none);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_told() {
        for (from, to, description) in [
            (FILE, "[1", "the text is no JSON (EOF while parsing"),
            (FILE, "[]", "the file: write an object"),
            (FILE, "{}", "study: write an object"),
            ("\"title\"", "\"name\"", "study: nothing is known of `name`"),
            (
                "\"0123456789abcdef\"",
                "7",
                "study.digest: write the study's",
            ),
            (
                "\"scenarios\"",
                "\"list\"",
                "the file: nothing is known of `list`",
            ),
            ("\"Dearer\"", "\" \"", "scenario 1: name: write a text that"),
            (
                "\" Fewer \"",
                "\"Dearer\"",
                "scenario 2: the name `Dearer` stands",
            ),
            (
                "\"add\"",
                "\"sets\"",
                "scenario 1: nothing is known of `sets`",
            ),
            (
                "[\"3\"]",
                "[3]",
                "scenario 2: withdraw: write a list of texts",
            ),
            (
                "[\"3\"]",
                "\"3\"",
                "scenario 2: withdraw: write a list of texts",
            ),
        ] {
            let error = SavedScenarios::read(&FILE.replace(from, to)).unwrap_err();
            assert!(error.to_string().starts_with(description), "{error}");
        }
    }

    #[test]
    fn a_scenario_is_found_by_name_or_alone() {
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
    fn a_scenario_that_a_study_cannot_have_is_told_with_its_entry() {
        let study = generate(&Sample {
            seed: 1,
            respondents: vec![("Gen X".to_owned(), 3)],
        })
        .unwrap();
        let saved = SavedScenarios::read(FILE).unwrap();
        let applied = saved.scenarios[0].apply(&study).unwrap();
        assert_eq!(applied.scenario.offers().len(), 14);
        assert_eq!(applied.outside.len(), 1);
        assert_eq!(applied.outside[0].0, "set 9.monthly_cost=9999");
        let other = FILE.replace("[\"3\"]", "[\"33\"]");
        let saved = SavedScenarios::read(&other).unwrap();
        let error = saved.scenarios[1].apply(&study).unwrap_err().to_string();
        let description = "scenario `Fewer`: withdraw 33: no offer has the id `33`; ids are";
        assert!(error.starts_with(description), "{error}");
    }
}
