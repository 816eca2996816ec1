//! The study's own words and names in the page's sentences.

use conjoint::study::{Settings, Study};
use conjoint::sweep::{Cost, Field};

use crate::charts::capitalized;
use crate::format::column_label;
use crate::state::Kind;

/// A text with the study's words for what stands in braces: `{customers}`, with a capital where
/// the text has one (`{Customers}`), or the name of a column (`{term}`).
pub fn expand_terms(settings: &Settings, text: &str) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some((before, (key, after))) = rest
        .split_once('{')
        .and_then(|(before, from)| Some((before, from.split_once('}')?)))
    {
        said += before;
        let wanted = key.to_ascii_lowercase();
        let is_word = settings.words.iter().any(|(key, _)| key == wanted);
        let names = match is_word {
            true => &settings.words,
            false => &settings.columns,
        };
        let word = column_label(names.get(&wanted));
        said += &if wanted == key {
            word
        } else {
            capitalized(&word)
        };
        rest = after;
    }
    said + rest
}

/// The label of a column of a sweep's table: "begin", or "monthly begin" if there are two ranges.
pub fn sweep_column_label(kind: Kind, (cost, field): (Cost, Field), study: &Study) -> String {
    match kind {
        Kind::Lockstep(_) => field.name().to_owned(),
        Kind::Grid => {
            let cost = short_column_label(cost.name(study));
            format!("{cost} {}", field.name())
        }
    }
}

/// A cost's label without the word "cost": "monthly" for "monthly_cost".
pub fn short_column_label(column: &str) -> String {
    let name = column_label(column);
    name.strip_suffix(" cost").unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_studys_words() {
        let settings = Settings::default();
        let text = "{Customers} keep a {contract} for {monthly_cost}; {";
        let said = "Customers keep a contract for monthly cost; {";
        assert_eq!(expand_terms(&settings, text), said);
        assert_eq!(short_column_label("monthly_cost"), "monthly");
        assert_eq!(short_column_label("list_price"), "list price");
    }
}
