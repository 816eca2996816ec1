//! What a study's files leave out, and what is used instead.

use super::file_names::{BRANDS, MONEY_FILES, OFFERS, SETTINGS, UTILITIES, WEIGHTS};
use super::settings;
use super::utilities::EVERYBODY;
use crate::study::brands::palette_color;
use crate::study::names::{BRAND, MONTHLY_COST, NONE, OWNER, SEGMENT, TERM, UPFRONT_COST};
use crate::study::{Study, quote_names};

/// Something that a study's files leave out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Omission {
    /// The file, or the file with the column or setting.
    pub what: String,
    /// What is used instead, in words.
    pub instead: String,
}

impl Omission {
    fn new(what: impl Into<String>, instead: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            instead: instead.into(),
        }
    }
}

/// Lists what the files leave out, and what is used instead: files first, then columns, then
/// settings.
pub fn list_omissions(study: &Study) -> Vec<Omission> {
    let mut omissions = missing_files(study);
    omissions.extend(missing_columns(study));
    let settings = study.settings();
    if settings.rescaled == Some(true) {
        omissions.push(Omission::new(
            "the scale of the choices",
            "first choice only, because the utilities are rescaled; fit a scale factor to known \
             shares for every other rule",
        ));
    }
    omissions.extend(settings.defaulted.iter().map(|key| {
        let instead = settings::describe_setting(settings, key);
        Omission::new(format!("{SETTINGS}: {key}"), instead)
    }));
    omissions
}

fn missing_files(study: &Study) -> Vec<Omission> {
    let mut omissions = Vec::new();
    if !study.has_money() {
        omissions.push(Omission::new(
            MONEY_FILES.join(", "),
            "no customers, revenue, ARPU and EBIT; the brands are the levels in the utilities file",
        ));
    }
    if has_default_brands(study) {
        omissions.push(Omission::new(
            BRANDS,
            "each brand is its own parent company, major if it is in the half with the larger \
             predicted shares, and has a color from the palette",
        ));
    }
    if !study.respondents().are_weighted() {
        omissions.push(Omission::new(WEIGHTS, "every respondent counts once"));
    }
    omissions
}

fn missing_columns(study: &Study) -> Vec<Omission> {
    let mut omissions = Vec::new();
    let columns = &study.settings().columns;
    let column = |key: &str| format!("{UTILITIES}: {}", columns.get(key));
    if !study.has_money() && study.segments().as_slice() == [EVERYBODY] {
        let instead = format!("one segment, {}", quote_names([EVERYBODY]));
        omissions.push(Omission::new(column(SEGMENT), instead));
    }
    if !study.schema().has_brand_attribute() {
        let instead = "each product is its own brand";
        omissions.push(Omission::new(column(BRAND), instead));
    }
    let people = study.respondents();
    if people.owners().is_empty() {
        let instead = "no filter by current brand";
        omissions.push(Omission::new(column(OWNER), instead));
    }
    if people.none().is_none() {
        let instead = "every respondent takes one of the offers";
        omissions.push(Omission::new(column(NONE), instead));
    }
    let schema = study.schema();
    for (key, attribute) in [
        (MONTHLY_COST, schema.monthly()),
        (UPFRONT_COST, schema.upfront()),
        (TERM, schema.term()),
    ] {
        let column = column(key);
        match attribute.map(|attribute| schema.attributes()[attribute].levels.is_empty()) {
            Some(false) => {}
            Some(true) => omissions.push(Omission::new(column, "it does not affect choices")),
            None => omissions.push(Omission::new(
                format!("{OFFERS}, {column}"),
                "it is neither shown nor swept",
            )),
        }
    }
    omissions
}

/// Whether nothing is known about the brands except their names.
fn has_default_brands(study: &Study) -> bool {
    let mut brands = study.brands().iter().enumerate();
    brands.all(|(position, brand)| {
        let parent = study.parents().get(brand.parent);
        parent == Some(&brand.name)
            && brand.tier.is_none()
            && brand.color == palette_color(position)
    })
}
