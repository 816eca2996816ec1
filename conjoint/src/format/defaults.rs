//! What a study's files leave out, and what stands in its place.

use super::files::{BRANDS, MONEY_FILES, OFFERS, SETTINGS, UTILITIES, WEIGHTS};
use super::settings;
use super::utilities::EVERYBODY;
use crate::study::brands::palette_colour;
use crate::study::names::{MONTHLY_COST, NONE, OWNER, SEGMENT, TERM, UPFRONT_COST};
use crate::study::{Study, quote_names};

/// Something that a study's files leave out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Omission {
    /// The file, or the file with the column or setting.
    pub what: String,
    /// What stands in its place, in words.
    pub instead: String,
}

/// What the files leave out, and what stands in its place: files first, then columns, then
/// settings.
pub fn list_omissions(study: &Study) -> Vec<Omission> {
    let mut list = Vec::new();
    let mut add = |what: String, instead: &str| {
        let instead = instead.to_owned();
        list.push(Omission { what, instead });
    };
    let columns = &study.settings.columns;
    let column = |file: &str, key: &str| format!("{file}: {}", columns.get(key));
    if !study.has_money() {
        add(
            MONEY_FILES.join(", "),
            "no customers, revenue, ARPU and EBIT; the brands are the levels of the utilities",
        );
    }
    if has_plain_brands(study) {
        add(
            BRANDS.to_owned(),
            "every brand is its own parent, major in the half with the larger predicted \
             shares, and of a colour of the palette",
        );
    }
    let people = &study.respondents;
    if !people.are_weighted() {
        add(WEIGHTS.to_owned(), "every respondent counts as one");
    }
    if !study.has_money() && study.segments.as_slice() == [EVERYBODY] {
        let description = format!("one segment, {}", quote_names([EVERYBODY]));
        add(column(UTILITIES, SEGMENT), &description);
    }
    if people.owners.is_empty() {
        add(
            column(UTILITIES, OWNER),
            "nobody knows what the respondents have today",
        );
    }
    if people.none_column.is_none() {
        add(column(UTILITIES, NONE), "everybody takes one of the offers");
    }
    let schema = &study.schema;
    for (key, attribute) in [
        (MONTHLY_COST, schema.monthly),
        (UPFRONT_COST, schema.upfront),
        (TERM, schema.term),
    ] {
        match attribute.map(|attribute| schema.attributes[attribute].levels.is_empty()) {
            Some(false) => {}
            Some(true) => add(column(UTILITIES, key), "it moves nobody's choice"),
            None => add(
                format!("{OFFERS}, {}", column(UTILITIES, key)),
                "it is not shown and cannot be swept",
            ),
        }
    }
    for key in &study.settings.defaulted {
        add(
            format!("{SETTINGS}: {key}"),
            &settings::describe(&study.settings, key),
        );
    }
    list
}

/// Whether nothing is said of the brands beyond their names.
fn has_plain_brands(study: &Study) -> bool {
    let mut brands = study.brands.iter().enumerate();
    brands.all(|(place, brand)| {
        let parent = study.parents.get(brand.parent);
        parent == Some(&brand.name) && brand.tier.is_none() && brand.colour == palette_colour(place)
    })
}
