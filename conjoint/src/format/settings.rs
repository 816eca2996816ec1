//! `study.json`, which may be left out: title, settings, and the study's own names and words.

use serde_json::{Map, Value};

use super::error::FormatError;
use super::files::{SETTINGS, StudyFiles};
use super::problem::{Place, Problems};
use super::table::{BYTE_ORDER_MARK, bytes_of, text_of};
use crate::study::settings::{DEFAULTED, WORDS};
use crate::study::{CustomNames, Settings, quote_names};

/// What a name must be.
const FILLED: &str = "a text in quotes that is not empty";

/// Thousands of customers: more than there are people.
const LARGEST_MARKET: f64 = 1e9;

const COLUMNS: &str = "columns";

/// The columns of a study that follows the model's names need no setting.
fn keys() -> impl Iterator<Item = &'static str> {
    DEFAULTED.into_iter().chain([COLUMNS])
}

/// Reads the settings; what is left out has its default.
pub(crate) fn read(files: &StudyFiles, problems: &mut Problems) -> Settings {
    let mut settings = Settings::default();
    let Some(bytes) = bytes_of(SETTINGS, files, problems) else {
        return settings;
    };
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let value = match serde_json::from_slice::<Value>(text) {
        Ok(Value::Object(value)) => value,
        Ok(_) => {
            let reason = "no object".to_owned();
            problems.add(Place::file(SETTINGS), FormatError::NotJson { reason });
            return settings;
        }
        Err(error) => {
            // Bytes that are no UTF-8 have a better message than the JSON reader's.
            if std::str::from_utf8(bytes).is_err() {
                text_of(SETTINGS, bytes, problems);
            } else {
                let place = Place::row(SETTINGS, error.line().max(1) as u64);
                let reason = error.to_string();
                problems.add(place, FormatError::NotJson { reason });
            }
            return settings;
        }
    };
    for (key, value) in &value {
        if !keys().any(|known| known == key) {
            let known = quote_names(keys());
            problems.add(setting(key), FormatError::SettingUnknown { known });
            continue;
        }
        settings.defaulted.retain(|other| other != key);
        let done = match (key.as_str(), value) {
            (WORDS, Value::Object(names)) => {
                read_names(&mut settings.words, WORDS, names, problems);
                continue;
            }
            (COLUMNS, Value::Object(names)) => {
                read_names(&mut settings.columns, COLUMNS, names, problems);
                check_columns(&settings.columns, names, problems);
                continue;
            }
            _ => set(&mut settings, key, value),
        };
        if let Err(wanted) = done {
            let found = value.to_string();
            problems.add(setting(key), FormatError::SettingValue { found, wanted });
        }
    }
    settings
}

/// Reads the names that one of the settings lists by key.
fn read_names(
    names: &mut CustomNames,
    setting_name: &str,
    listed: &Map<String, Value>,
    problems: &mut Problems,
) {
    for (key, value) in listed {
        let place = || setting(&format!("{setting_name}.{key}"));
        match value
            .as_str()
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            Some(name) => {
                if !names.set(key, name) {
                    let known = quote_names(names.iter().map(|(key, _)| key));
                    problems.add(place(), FormatError::SettingUnknown { known });
                }
            }
            None => {
                let (found, wanted) = (value.to_string(), FILLED);
                problems.add(place(), FormatError::SettingValue { found, wanted });
            }
        }
    }
}

/// Notes columns that would be two things at once.
fn check_columns(columns: &CustomNames, listed: &Map<String, Value>, problems: &mut Problems) {
    for (key, name) in columns.iter().filter(|(key, _)| listed.contains_key(*key)) {
        let mut others = columns.iter().filter(|(other, _)| *other != key);
        if let Some((other, _)) = others.find(|(_, other)| *other == name) {
            let name = name.to_owned();
            problems.add(column(key), FormatError::NameTwice { name, other });
        }
    }
}

/// Notes names of columns that neither of the two headers has, where both are there.
pub(crate) fn match_columns(settings: &Settings, headers: [&[String]; 2], problems: &mut Problems) {
    if headers.iter().any(|header| header.is_empty()) {
        return;
    }
    // The header of part-worths names an attribute once a level.
    let mut known: Vec<&String> = Vec::new();
    for name in headers.into_iter().flatten() {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    for (key, name) in settings.columns.iter() {
        if key != name && !known.iter().any(|other| *other == name) {
            let (name, known) = (name.to_owned(), quote_names(&known));
            problems.add(column(key), FormatError::NoSuchColumn { name, known });
        }
    }
}

/// Gives one setting its value, or tells what would be right.
fn set(settings: &mut Settings, key: &str, value: &Value) -> Result<(), &'static str> {
    let text = value.as_str().map(str::to_owned);
    let number = |low: f64, high: f64| value.as_f64().filter(|n| (low..=high).contains(n));
    match key {
        "title" => {
            let title = text.filter(|title| !title.trim().is_empty());
            settings.title = title.ok_or(FILLED)?;
        }
        "description" => settings.description = text.ok_or("a text in quotes")?,
        "currency" => settings.currency = text.ok_or("a text in quotes")?,
        "market_size_thousands" => {
            let size = number(0.0, LARGEST_MARKET).filter(|size| *size > 0.0);
            settings.market_size_thousands =
                size.ok_or("a number above 0 and up to 1e9, in thousands of customers")?;
        }
        "attraction_threshold" => {
            settings.attraction_threshold = number(0.0, 1.0).ok_or("a number between 0 and 1")?;
        }
        _ => return Err("an object of names in quotes, as {\"customers\": \"subscribers\"}"),
    }
    Ok(())
}

/// What a setting is, in words.
pub(crate) fn describe(settings: &Settings, key: &str) -> String {
    match key {
        "title" => settings.title.clone(),
        "description" => "none".to_owned(),
        "currency" => settings.currency.clone(),
        "market_size_thousands" => settings.market_size_thousands.to_string(),
        "attraction_threshold" => settings.attraction_threshold.to_string(),
        _ => quote_names(settings.words.iter().map(|(_, word)| word)),
    }
}

fn setting(key: &str) -> Place {
    Place {
        column: Some(key.to_owned()),
        ..Place::file(SETTINGS)
    }
}

fn column(key: &str) -> Place {
    setting(&format!("{COLUMNS}.{key}"))
}

/// Writes the settings as [`read`] reads them; what was left out is left out again.
pub(crate) fn to_json(settings: &Settings) -> Vec<u8> {
    let names = |names: &CustomNames, wanted: fn(&str, &str) -> bool| -> Map<String, Value> {
        let names = names.iter().filter(|(key, name)| wanted(key, name));
        names
            .map(|(key, name)| (key.to_owned(), name.into()))
            .collect()
    };
    let mut object = Map::new();
    let mut add = |key: &str, value: Value| object.insert(key.to_owned(), value);
    add("title", settings.title.as_str().into());
    add("description", settings.description.as_str().into());
    add("currency", settings.currency.as_str().into());
    add(
        "market_size_thousands",
        settings.market_size_thousands.into(),
    );
    add("attraction_threshold", settings.attraction_threshold.into());
    add(WORDS, names(&settings.words, |_, _| true).into());
    object.retain(|key, _| !settings.defaulted.iter().any(|other| other == key));
    let columns = names(&settings.columns, |key, name| key != name);
    if !columns.is_empty() {
        object.insert(COLUMNS.to_owned(), columns.into());
    }
    // A map of texts and finite numbers always has a JSON form.
    let mut bytes = serde_json::to_vec_pretty(&object).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
