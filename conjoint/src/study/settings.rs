//! `study.json`, which may be left out: title and settings.

use serde::Serialize;
use serde_json::Value;

use super::fault::Fault;
use super::files::{SETTINGS, StudyFiles};
use super::problem::{Place, Problems};
use super::table::{BYTE_ORDER_MARK, bytes_of, text_of};
use super::text::quoted;

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

/// Thousands of customers: more than there are people.
const LARGEST_MARKET: f64 = 1e9;

const KEYS: [&str; 5] = [
    "title",
    "description",
    "currency",
    "market_size_thousands",
    "attraction_threshold",
];

/// Reads the settings; what is left out has its default.
pub(super) fn read(files: &StudyFiles, problems: &mut Problems) -> Settings {
    let mut settings = Settings::default();
    let Some(bytes) = bytes_of(SETTINGS, files, problems) else {
        return settings;
    };
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let value = match serde_json::from_slice::<Value>(text) {
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
        if !KEYS.contains(&key.as_str()) {
            let known = quoted(KEYS);
            problems.add(setting(key), Fault::SettingUnknown { known });
        } else if let Err(wanted) = settings.set(key, value) {
            let found = value.to_string();
            problems.add(setting(key), Fault::SettingValue { found, wanted });
        }
    }
    settings
}

impl Settings {
    /// Gives one setting its value, or tells what would be right.
    fn set(&mut self, key: &str, value: &Value) -> Result<(), &'static str> {
        let text = value.as_str().map(str::to_owned);
        let number = |low: f64, high: f64| value.as_f64().filter(|n| (low..=high).contains(n));
        match key {
            "title" => {
                let title = text.filter(|title| !title.trim().is_empty());
                self.title = title.ok_or("a text in quotes that is not empty")?;
            }
            "description" => self.description = text.ok_or("a text in quotes")?,
            "currency" => self.currency = text.ok_or("a text in quotes")?,
            "market_size_thousands" => {
                let size = number(0.0, LARGEST_MARKET).filter(|size| *size > 0.0);
                self.market_size_thousands =
                    size.ok_or("a number above 0 and up to 1e9, in thousands of customers")?;
            }
            _ => {
                self.attraction_threshold = number(0.0, 1.0).ok_or("a number between 0 and 1")?;
            }
        }
        Ok(())
    }
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
