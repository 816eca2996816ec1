//! The study's own words and names in the page's sentences.

use conjoint::study::{Settings, Study};
use conjoint::sweep::{Cost, Field};

use crate::format::{capitalize, column_label};
use crate::state::Kind;

/// Replaces names in braces by the study's words: `{customers}` by its word for customers,
/// `{Customers}` by the same with a capital, and `{term}` by its name for that column.
pub fn expand_terms(settings: &Settings, text: &str) -> String {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some((before, (name, after))) = rest
        .split_once('{')
        .and_then(|(before, from)| Some((before, from.split_once('}')?)))
    {
        expanded += before;
        let key = name.to_ascii_lowercase();
        let is_word = settings.words.iter().any(|(other, _)| other == key);
        let names = match is_word {
            true => &settings.words,
            false => &settings.columns,
        };
        let word = column_label(names.get(&key));
        expanded += &if key == name { word } else { capitalize(&word) };
        rest = after;
    }
    expanded + rest
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
    use crate::text::tests::small_study;

    #[test]
    fn names_in_braces_become_the_studys_words() {
        let settings = Settings::default();
        let text = "{Customers} keep a {contract} for {monthly_cost}; {";
        assert_eq!(
            expand_terms(&settings, text),
            "Customers keep a contract for monthly cost; {"
        );
    }

    #[test]
    fn columns_of_a_grid_name_their_cost() {
        let study = small_study();
        let label = |kind, cost| sweep_column_label(kind, (cost, Field::Begin), &study);
        let monthly = Kind::Lockstep(Cost::Monthly);
        assert_eq!(label(monthly, Cost::Monthly), "begin");
        assert_eq!(label(Kind::Grid, Cost::Monthly), "monthly begin");
        assert_eq!(label(Kind::Grid, Cost::Upfront), "upfront begin");
        assert_eq!(short_column_label("list_price"), "list price");
    }
}
