//! Fields of the choice model: the rule, who is included, and what is known of the market.

use conjoint::study::{ProductId, Study};

use super::field::LinkField;
use crate::state::{Setting, Setup, Snapshot};

/// A setting that the model has once.
macro_rules! single {
    ($key:literal, $setting:expr) => {
        LinkField::new(
            $key,
            |snapshot, study, text| snapshot.setup_mut().enter(study, $setting, text),
            |snapshot, study| texts(&snapshot.setup, study, &$setting),
        )
    };
}

/// A setting that each product has: `available=9:0.6`.
macro_rules! per_product {
    ($key:literal, $setting:expr, $values:ident) => {
        LinkField::new(
            $key,
            |snapshot, study, text| enter_of_product(snapshot, study, $setting, text),
            |snapshot, _| {
                let setup = &snapshot.setup;
                texts_of_products(setup, setup.$values(), $setting)
            },
        )
    };
}

pub(super) const FIELDS: [LinkField; 13] = [
    single!("rule", Setting::Rule),
    single!("scale", Setting::Scale),
    single!("draws", Setting::Draws),
    single!("seed", Setting::Seed),
    single!("uncertainty", Setting::Uncertainty),
    single!("none", Setting::None),
    single!("rfc-scale", Setting::ErrorScale),
    LinkField::list(
        "similar",
        |snapshot| snapshot.setup_mut().clear_similar(),
        |snapshot, study, text| match text {
            "" => Some(()),
            text => snapshot.setup_mut().enter(study, Setting::Similar, text),
        },
        |snapshot, study| {
            let attributes = study.schema().attributes();
            let similar = snapshot.setup.similar_attributes(study).into_iter();
            let names = similar.filter_map(|index| attributes.get(index));
            names.map(|attribute| attribute.name.clone()).collect()
        },
    ),
    LinkField::new(
        "segment",
        |snapshot, study, text| snapshot.setup_mut().enter(study, Setting::Segment, text),
        |snapshot, study| {
            let segments = snapshot.setup.segments().iter();
            let names = segments.filter_map(|segment| study.segments().get(*segment));
            names.cloned().collect()
        },
    ),
    LinkField::new(
        "owner",
        |snapshot, study, text| snapshot.setup_mut().enter(study, Setting::Owner, text),
        |snapshot, study| {
            let owners = snapshot.setup.owners().iter();
            let brands = owners.filter_map(|brand| study.brands().get(*brand));
            brands.map(|brand| brand.name.clone()).collect()
        },
    ),
    per_product!("available", Setting::Available, availability),
    per_product!("constant", Setting::Constant, constants),
    per_product!("target", Setting::Target, targets),
];

/// The value of a setting, unless it is the default, and a text that could not be used.
fn texts(setup: &Setup, study: &Study, setting: &Setting) -> Vec<String> {
    let value = setup.text(setting);
    let value = (value != Setup::new(study).text(setting)).then_some(value);
    let draft = setup.draft(setting).map(|draft| draft.text.clone());
    value.into_iter().chain(draft).collect()
}

/// The same of a setting that each product has, as `9:0.6`: first the values, then the drafts.
fn texts_of_products(
    setup: &Setup,
    values: &[(ProductId, f64)],
    setting: fn(ProductId) -> Setting,
) -> Vec<String> {
    let values = values.iter().map(|(id, value)| format!("{id}:{value}"));
    let drafts = setup.drafts().filter_map(|(own, draft)| {
        let id = own.product()?;
        (*own == setting(id.clone())).then(|| format!("{id}:{}", draft.text))
    });
    values.chain(drafts).collect()
}

/// Enters `9:0.6`. The text after the id may be anything that was typed, and an id may contain a
/// colon.
fn enter_of_product(
    snapshot: &mut Snapshot,
    study: &Study,
    setting: fn(ProductId) -> Setting,
    text: &str,
) -> Option<()> {
    let scenario = snapshot.edits.scenario();
    let mut splits = text.match_indices(':').map(|(at, _)| text.split_at(at));
    let (id, rest) = splits.find(|(id, _)| scenario.find(id).is_some())?;
    let setting = setting(ProductId::from(id.to_owned()));
    snapshot.setup_mut().enter(study, setting, rest.get(1..)?)
}
