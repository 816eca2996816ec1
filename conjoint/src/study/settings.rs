//! `study.json`, which may be left out: title and settings.

use serde::Serialize;
use serde_json::Value;

use super::files::SETTINGS;
use super::problem::{Fault, Place, Problems};
use super::table::{quoted, text_of};

/// Title and settings of a study.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// The page's heading.
    pub title: String,
    /// A sentence on where the study comes from.
    pub description: String,
    /// The sign before amounts of money.
    pub currency: String,
    /// Customers of all brands together, in thousands.
    pub market_size_thousands: f64,
    /// Attraction of at most this shows as 0.
    pub attraction_threshold: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            title: "Conjoint study".to_owned(),
            description: String::new(),
            currency: "$".to_owned(),
            market_size_thousands: 23.287,
            attraction_threshold: 0.15,
        }
    }
}

const KEYS: [&str; 5] = [
    "title",
    "description",
    "currency",
    "market_size_thousands",
    "attraction_threshold",
];

/// Reads the settings; what is left out has its default.
pub(super) fn read(bytes: Option<&[u8]>, problems: &mut Problems) -> Settings {
    let mut settings = Settings::default();
    let Some(bytes) = bytes else { return settings };
    let value =
        match serde_json::from_slice::<Value>(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
        {
            Ok(Value::Object(value)) => value,
            Ok(_) => {
                let reason = "no object".to_owned();
                problems.add(Place::file(SETTINGS), Fault::NotJson { reason });
                return settings;
            }
            Err(error) => {
                // Bytes that are no UTF-8 have a better message than the JSON reader's.
                if std::str::from_utf8(bytes).is_err() {
                    text_of(SETTINGS, bytes, problems);
                } else {
                    let place = Place::row(SETTINGS, error.line().max(1) as u64);
                    let reason = error.to_string();
                    problems.add(place, Fault::NotJson { reason });
                }
                return settings;
            }
        };
    for (key, value) in &value {
        let wanted = match (key.as_str(), value) {
            ("title", Value::String(text)) if !text.is_empty() => {
                settings.title.clone_from(text);
                continue;
            }
            ("description", Value::String(text)) => {
                settings.description.clone_from(text);
                continue;
            }
            ("currency", Value::String(text)) => {
                settings.currency.clone_from(text);
                continue;
            }
            ("market_size_thousands", Value::Number(number)) => match number.as_f64() {
                Some(size) if size > 0.0 && size <= 1e9 => {
                    settings.market_size_thousands = size;
                    continue;
                }
                _ => "a number above 0, in thousands of customers",
            },
            ("attraction_threshold", Value::Number(number)) => match number.as_f64() {
                Some(threshold) if (0.0..=1.0).contains(&threshold) => {
                    settings.attraction_threshold = threshold;
                    continue;
                }
                _ => "a number between 0 and 1",
            },
            ("title" | "description" | "currency", _) => "a text in quotes",
            ("market_size_thousands" | "attraction_threshold", _) => "a number",
            _ => {
                let known = quoted(KEYS);
                problems.add(setting(key), Fault::SettingUnknown { known });
                continue;
            }
        };
        let found = value.to_string();
        problems.add(setting(key), Fault::SettingValue { found, wanted });
    }
    settings
}

fn setting(key: &str) -> Place {
    Place {
        column: Some(key.to_owned()),
        ..Place::file(SETTINGS)
    }
}

/// Writes the settings as [`read`] reads them.
pub(super) fn to_json(settings: &Settings) -> Vec<u8> {
    // A struct of texts and finite numbers always has a JSON form.
    let mut bytes = serde_json::to_vec_pretty(settings).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
