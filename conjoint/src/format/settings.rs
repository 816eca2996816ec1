//! `study.json`, which is optional: title, settings, and the study's own names and words.

use serde_json::{Map, Value};

use super::error::FormatError;
use super::file_names::SETTINGS;
use super::files::StudyFiles;
use super::problem::{Place, Problems};
use super::table::{BYTE_ORDER_MARK, check_text, find_bytes};
use crate::study::settings::{DEFAULTED, WORDS};
use crate::study::{CustomNames, Settings, quote_names};

/// What a title or a name must be.
const FILLED: &str = "a text in quotes that is not empty";

/// The largest market, in thousands of customers: more than there are people.
const LARGEST_MARKET: f64 = 1e9;

/// The name of [`Settings::columns`]. It has no default, because a study that uses the model's names
/// does not need it.
const COLUMNS: &str = "columns";

/// The name of [`Settings::rescaled`], which is decided by the utilities unless it is given.
const RESCALED: &str = "rescaled";

/// What an importer recorded about the source of the study: for people, without effect.
pub(crate) const IMPORT: &str = "import";

fn known_settings() -> impl Iterator<Item = &'static str> {
    DEFAULTED.into_iter().chain([COLUMNS, RESCALED, IMPORT])
}

/// Reads the settings. Missing ones keep their defaults.
pub(crate) fn read(files: &StudyFiles, problems: &mut Problems) -> Settings {
    let mut settings = Settings::default();
    let object = find_bytes(SETTINGS, files, problems);
    let object = object.and_then(|bytes| parse_object(bytes, problems));
    for (key, value) in &object.unwrap_or_default() {
        read_setting(&mut settings, key, value, problems);
    }
    settings
}

/// Parses a JSON object, and reports anything else.
fn parse_object(bytes: &[u8], problems: &mut Problems) -> Option<Map<String, Value>> {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    match serde_json::from_slice::<Value>(text) {
        Ok(Value::Object(object)) => Some(object),
        Ok(_) => {
            let reason = "it has another type".to_owned();
            problems.add(Place::file(SETTINGS), FormatError::NotJson { reason });
            None
        }
        // The message about text that is not UTF-8 is better than the JSON reader's.
        Err(_) if std::str::from_utf8(bytes).is_err() => {
            check_text(SETTINGS, bytes, problems);
            None
        }
        Err(error) => {
            let place = Place::row(SETTINGS, error.line().max(1) as u64);
            let reason = error.to_string();
            problems.add(place, FormatError::NotJson { reason });
            None
        }
    }
}

fn read_setting(settings: &mut Settings, key: &str, value: &Value, problems: &mut Problems) {
    if !known_settings().any(|known| known == key) {
        let known = quote_names(known_settings());
        problems.add(setting_place(key), FormatError::SettingUnknown { known });
        return;
    }
    settings.defaulted.retain(|other| *other != key);
    let result = match (key, value) {
        (WORDS, Value::Object(names)) => {
            read_names(&mut settings.words, WORDS, names, problems);
            Ok(())
        }
        (COLUMNS, Value::Object(names)) => {
            read_names(&mut settings.columns, COLUMNS, names, problems);
            check_columns(&settings.columns, names, problems);
            Ok(())
        }
        _ => set_value(settings, key, value),
    };
    if let Err(wanted) = result {
        let found = value.to_string();
        problems.add(
            setting_place(key),
            FormatError::SettingValue { found, wanted },
        );
    }
}

/// Reads the names that a setting lists by key.
fn read_names(
    names: &mut CustomNames,
    setting: &str,
    listed: &Map<String, Value>,
    problems: &mut Problems,
) {
    for (key, value) in listed {
        let place = || setting_place(&format!("{setting}.{key}"));
        let name = value.as_str().map(str::trim);
        match name.filter(|name| !name.is_empty()) {
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

/// Reports a listed column that is also the column of something else.
fn check_columns(columns: &CustomNames, listed: &Map<String, Value>, problems: &mut Problems) {
    for (key, name) in columns.iter().filter(|(key, _)| listed.contains_key(*key)) {
        let mut others = columns.iter().filter(|(other, _)| *other != key);
        if let Some((other, _)) = others.find(|(_, other)| *other == name) {
            let name = name.to_owned();
            problems.add(column_place(key), FormatError::NameTwice { name, other });
        }
    }
}

/// Reports names of columns that neither the offers nor the respondents have, if both headers could
/// be read.
pub(crate) fn match_columns(settings: &Settings, headers: [&[String]; 2], problems: &mut Problems) {
    if headers.iter().any(|header| header.is_empty()) {
        return;
    }
    // The header of the respondents repeats an attribute for each of its levels.
    let mut known: Vec<&String> = Vec::new();
    for name in headers.into_iter().flatten() {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    for (key, name) in settings.columns.iter() {
        if key != name && !known.iter().any(|other| *other == name) {
            let (name, known) = (name.to_owned(), quote_names(&known));
            problems.add(column_place(key), FormatError::NoSuchColumn { name, known });
        }
    }
}

/// Sets one value. The error says what would be right.
fn set_value(settings: &mut Settings, key: &str, value: &Value) -> Result<(), &'static str> {
    let text = value.as_str().map(str::to_owned);
    let number = |low: f64, high: f64| value.as_f64().filter(|n| (low..=high).contains(n));
    match key {
        "title" => {
            let title = text.filter(|title| !title.trim().is_empty());
            settings.title = title.ok_or(FILLED)?;
        }
        "description" => settings.description = text.ok_or("a text in quotes")?,
        RESCALED => settings.rescaled = Some(value.as_bool().ok_or("true or false")?),
        IMPORT => {}
        "currency" => settings.currency = text.ok_or("a text in quotes")?,
        "market_size_thousands" => {
            let size = number(0.0, LARGEST_MARKET).filter(|size| *size > 0.0);
            settings.market_size_thousands =
                size.ok_or("a number above 0 and up to 1e9, in thousands of customers")?;
        }
        "attraction_threshold" => {
            settings.attraction_threshold = number(0.0, 1.0).ok_or("a number between 0 and 1")?;
        }
        _ => {
            return Err(
                "an object with names in quotes, for example {\"customers\": \"subscribers\"}",
            );
        }
    }
    Ok(())
}

/// The value of a setting, in words.
pub(crate) fn describe_setting(settings: &Settings, key: &str) -> String {
    match key {
        "title" => settings.title.clone(),
        "description" => "none".to_owned(),
        "currency" if settings.currency.is_empty() => "no sign".to_owned(),
        "currency" => settings.currency.clone(),
        "market_size_thousands" => settings.market_size_thousands.to_string(),
        "attraction_threshold" => settings.attraction_threshold.to_string(),
        _ => quote_names(settings.words.iter().map(|(_, word)| word)),
    }
}

fn setting_place(key: &str) -> Place {
    Place::column(SETTINGS, key)
}

fn column_place(key: &str) -> Place {
    setting_place(&format!("{COLUMNS}.{key}"))
}

/// Writes the settings so that [`read`] reads them back. Defaults that the study did not give are not
/// written.
pub(crate) fn to_json(settings: &Settings) -> Vec<u8> {
    let names = |names: &CustomNames, is_wanted: fn(&str, &str) -> bool| -> Map<String, Value> {
        let names = names.iter().filter(|(key, name)| is_wanted(key, name));
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
    if let Some(rescaled) = settings.rescaled {
        object.insert(RESCALED.to_owned(), rescaled.into());
    }
    // A map of texts and finite numbers always has a JSON form.
    let mut bytes = serde_json::to_vec_pretty(&object).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
