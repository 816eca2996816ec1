//! Saved scenarios as JSON, in both directions.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::{SavedError, SavedModel, SavedScenario, SavedScenarios, StudyName};
use crate::simulation::scenario::{EditList, Verb};
use crate::study::quote_names;

/// The key of a scenario's choice model. Files of earlier versions do not have it.
const MODEL: &str = "model";

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
        if let Some(model) = &self.model {
            map.serialize_entry(MODEL, model)?;
        }
        map.end()
    }
}

impl SavedScenarios {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// The first part that does not have the format, with its place and what belongs there.
    pub fn read(text: &str) -> Result<Self, SavedError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        // From bytes, as the settings are read: reading from text would link a second JSON reader.
        let value: Value =
            serde_json::from_slice(text.as_bytes()).map_err(|error| SavedError::NotJson {
                reason: error.to_string(),
            })?;
        let file = read_object("the file", &value, &["study", "scenarios"])?;
        let list = file.get("scenarios").and_then(Value::as_array);
        let mut saved = Self {
            study: read_study_name(file.get("study").unwrap_or(&Value::Null))?,
            scenarios: Vec::new(),
        };
        let list = list.ok_or_else(|| wrong_form("scenarios", "a list of scenarios"))?;
        for (index, value) in list.iter().enumerate() {
            let number = index + 1;
            let scenario = read_scenario(&format!("scenario {number}"), value)?;
            if saved.position(&scenario.name).is_some() {
                let name = scenario.name;
                return Err(SavedError::NameTwice { number, name });
            }
            saved.scenarios.push(scenario);
        }
        Ok(saved)
    }

    /// Writes the text of a file, one scenario per line. [`SavedScenarios::read`] reads it back.
    pub fn write(&self) -> String {
        let lines: Vec<String> = self.scenarios.iter().map(to_json).collect();
        let (study, lines) = (to_json(&self.study), lines.join(",\n"));
        format!("{{\"study\":{study},\n\"scenarios\":[\n{lines}\n]}}\n")
    }
}

fn to_json(value: &impl Serialize) -> String {
    // Fails only for maps with keys that are not text.
    serde_json::to_string(value).unwrap_or_default()
}

pub(super) fn wrong_form(place: &str, wanted: &'static str) -> SavedError {
    SavedError::Form {
        place: place.to_owned(),
        wanted,
    }
}

/// An object that has no other keys than these.
pub(super) fn read_object<'v>(
    place: &str,
    value: &'v Value,
    keys: &[&str],
) -> Result<&'v Map<String, Value>, SavedError> {
    let Value::Object(object) = value else {
        return Err(wrong_form(place, "an object"));
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

fn read_study_name(value: &Value) -> Result<StudyName, SavedError> {
    let study = read_object("study", value, &["title", "digest"])?;
    let title = study.get("title").and_then(Value::as_str);
    let digest = study.get("digest").and_then(Value::as_str);
    let digest = digest.ok_or_else(|| wrong_form("study.digest", "the study's digest as text"))?;
    Ok(StudyName {
        title: title.unwrap_or_default().to_owned(),
        digest: digest.to_owned(),
    })
}

fn read_scenario(place: &str, value: &Value) -> Result<SavedScenario, SavedError> {
    let [add, set, withdraw] = Verb::ALL.map(Verb::word);
    let map = read_object(place, value, &["name", add, set, withdraw, MODEL])?;
    let name = map.get("name").and_then(Value::as_str).map(str::trim);
    let wrong = |key: &str, wanted| wrong_form(&format!("{place}: {key}"), wanted);
    let name = name
        .filter(|name| !name.is_empty())
        .ok_or_else(|| wrong("name", "text that is not empty"))?;
    let mut edits = EditList::default();
    for verb in Verb::ALL {
        let Some(value) = map.get(verb.word()) else {
            continue;
        };
        *edits.entries_mut(verb) = read_texts(value)
            .ok_or_else(|| wrong(verb.word(), "a list of texts, for example [\"9\"]"))?;
    }
    let model = map.get(MODEL).map(|model| SavedModel::read(place, model));
    Ok(SavedScenario {
        name: name.to_owned(),
        edits,
        model: model.transpose()?,
    })
}

/// The texts of a list of texts.
pub(super) fn read_texts(value: &Value) -> Option<Vec<String>> {
    let entries = value.as_array()?.iter();
    let texts = entries.map(|entry| entry.as_str().map(str::to_owned));
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::scenario::saved::tests::FILE;

    #[test]
    fn what_is_written_is_read_back() {
        let saved = SavedScenarios::read(FILE).unwrap();
        assert_eq!(saved.scenarios[1].name, "Fewer");
        assert_eq!(SavedScenarios::read(&saved.write()).unwrap(), saved);
        let none = SavedScenarios::default();
        assert_eq!(SavedScenarios::read(&none.write()).unwrap(), none);
    }

    #[test]
    fn an_invalid_file_is_reported_with_place_and_remedy() {
        for (from, to, description) in [
            (FILE, "[1", "the text is not JSON (EOF while parsing"),
            (FILE, "[]", "the file: write an object"),
            (FILE, "{}", "study: write an object"),
            ("\"title\"", "\"name\"", "study: unknown key `name`"),
            (
                "\"0123456789abcdef\"",
                "7",
                "study.digest: write the study's",
            ),
            ("\"scenarios\"", "\"list\"", "the file: unknown key `list`"),
            ("\"Dearer\"", "\" \"", "scenario 1: name: write text that"),
            (
                "\" Fewer \"",
                "\"Dearer\"",
                "scenario 2: an earlier scenario has the name `Dearer`",
            ),
            ("\"add\"", "\"sets\"", "scenario 1: unknown key `sets`"),
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
}
