//! What the page writes into a study's `study.json`: its title, and what the files call columns.

use std::collections::BTreeMap;

use conjoint::format::{BYTE_ORDER_MARK, SETTINGS, StudyFiles};
use serde_json::{Map, Value};

const TITLE: &str = "title";
const COLUMNS: &str = "columns";
const CURRENCY: &str = "currency";
/// Customers of all brands together, in thousands.
pub const MARKET_SIZE: &str = "market_size_thousands";

/// Gives a study another title. Damaged settings are left for checking to report.
pub fn set_title(files: &mut StudyFiles, title: &str) {
    if let Some(mut settings) = read(files) {
        settings.insert(TITLE.to_owned(), title.into());
        write(files, settings);
    }
}

/// Gives a study a title if it has none.
pub fn entitle(files: &mut StudyFiles, title: &str) {
    let untitled = read(files).is_some_and(|settings| !settings.contains_key(TITLE));
    if untitled && !title.trim().is_empty() {
        set_title(files, title.trim());
    }
}

/// Sets the sign before amounts of money. Without one, that of the files stays; if they have none, no sign
/// is shown, because that of the shipped study means nothing here.
pub fn set_currency(files: &mut StudyFiles, currency: Option<&str>) {
    let Some(mut settings) = read(files) else {
        return;
    };
    if currency.is_some() || !settings.contains_key(CURRENCY) {
        let sign = currency.unwrap_or_default().trim();
        settings.insert(CURRENCY.to_owned(), sign.into());
        write(files, settings);
    }
}

/// Whether the settings have a market size. Damaged settings are left for checking to report.
pub fn has_market_size(files: &StudyFiles) -> bool {
    read(files).is_none_or(|settings| settings.contains_key(MARKET_SIZE))
}

/// Sets the market size, in thousands of customers, and the sign before amounts of money.
pub fn set_market(files: &mut StudyFiles, thousands: f64, currency: &str) {
    if let Some(mut settings) = read(files) {
        settings.insert(MARKET_SIZE.to_owned(), thousands.into());
        settings.insert(CURRENCY.to_owned(), currency.trim().into());
        write(files, settings);
    }
}

/// A text among the settings.
pub fn text(files: &StudyFiles, key: &str) -> Option<String> {
    Some(read(files)?.get(key)?.as_str()?.to_owned())
}

/// Writes what the files call columns, by the names that the model has for them, in addition to what
/// the settings say. An empty name, or the model's own, removes an entry.
pub fn map_columns(files: &mut StudyFiles, columns: &BTreeMap<String, String>) {
    if columns.is_empty() {
        return;
    }
    let Some(mut settings) = read(files) else {
        return;
    };
    let noted = settings.remove(COLUMNS);
    let mut noted = match noted {
        Some(Value::Object(noted)) => noted,
        _ => Map::new(),
    };
    for (name, theirs) in columns {
        let theirs = theirs.trim();
        if theirs.is_empty() || theirs == name {
            noted.remove(name);
        } else {
            noted.insert(name.clone(), theirs.into());
        }
    }
    if !noted.is_empty() {
        settings.insert(COLUMNS.to_owned(), Value::Object(noted));
    }
    write(files, settings);
}

/// The settings; `None` if they are no object.
fn read(files: &StudyFiles) -> Option<Map<String, Value>> {
    let Some(bytes) = files.get(SETTINGS) else {
        return Some(Map::new());
    };
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    serde_json::from_slice(text).ok()
}

fn write(files: &mut StudyFiles, settings: Map<String, Value>) {
    if settings.is_empty() {
        files.remove(SETTINGS);
        return;
    }
    // JSON that was read always has a form.
    let mut bytes = serde_json::to_vec_pretty(&settings).unwrap_or_default();
    bytes.push(b'\n');
    files.insert(SETTINGS, bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn study(settings: Option<&str>) -> StudyFiles {
        let mut files = StudyFiles::default();
        if let Some(settings) = settings {
            files.insert(SETTINGS, settings.as_bytes().to_vec());
        }
        files
    }

    fn json(files: &StudyFiles) -> Option<&str> {
        let bytes = files.get(SETTINGS);
        bytes.map(|bytes| std::str::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_title_is_written_among_the_settings() {
        let mut files = study(Some("\u{feff}{\"currency\":\"€\",\"title\":\"A\"}"));
        let digest = files.identity();
        entitle(&mut files, "Folder");
        set_title(&mut files, "B \"2\"");
        let written = "{\n  \"currency\": \"€\",\n  \"title\": \"B \\\"2\\\"\"\n}\n";
        assert_eq!(json(&files), Some(written));
        assert_eq!(files.identity(), digest);
    }

    #[test]
    fn a_study_without_a_title_gets_one() {
        let mut files = study(None);
        entitle(&mut files, " ");
        assert_eq!(json(&files), None);
        entitle(&mut files, " Folder ");
        assert_eq!(json(&files), Some("{\n  \"title\": \"Folder\"\n}\n"));
        assert_eq!(files.identity(), study(None).identity());
    }

    #[test]
    fn columns_are_noted_beside_those_that_were() {
        let settings = "{\"columns\": {\"id\": \"No.\", \"term\": \"Months\"}, \"title\": \"A\"}";
        let mut files = study(Some(settings));
        let columns = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            let pairs = pairs.iter();
            pairs
                .map(|(name, theirs)| ((*name).to_owned(), (*theirs).to_owned()))
                .collect()
        };
        map_columns(&mut files, &columns(&[]));
        assert_eq!(json(&files), Some(settings));
        let chosen = columns(&[
            ("id", ""),
            ("segment", " Cohort "),
            ("monthly_cost", "monthly_cost"),
        ]);
        map_columns(&mut files, &chosen);
        let written: Value = serde_json::from_str(json(&files).unwrap()).unwrap();
        let wanted = r#"{"title": "A", "columns": {"term": "Months", "segment": "Cohort"}}"#;
        assert_eq!(written, serde_json::from_str::<Value>(wanted).unwrap());
        map_columns(&mut files, &columns(&[("term", "term"), ("segment", "")]));
        assert_eq!(json(&files), Some("{\n  \"title\": \"A\"\n}\n"));

        let mut files = study(None);
        map_columns(&mut files, &columns(&[("id", "")]));
        assert_eq!(json(&files), None);
    }

    #[test]
    fn damaged_settings_stay_as_they_are() {
        for settings in ["[1]", "{", ""] {
            let mut files = study(Some(settings));
            set_title(&mut files, "A");
            entitle(&mut files, "A");
            let columns = BTreeMap::from([("id".to_owned(), "No.".to_owned())]);
            map_columns(&mut files, &columns);
            assert_eq!(json(&files), Some(settings));
        }
    }
}
