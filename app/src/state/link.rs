//! The state as an address's fragment: what reload, Back and a sent link restore.
//!
//! Written as a form's fields, with the command line's words: `set=9.monthly_cost=449` (with the
//! second `=` escaped), `withdraw=3`, `add=14:9` (offer 14, a copy of 9), `draft=9.term=x` for a
//! text that cannot be used, and the page's options.

use conjoint::indexed::{AttributeIndex, ProductIndex};
use conjoint::scenario::ProductId;
use conjoint::study::{Cell, Study};
use form_urlencoded::{Serializer, parse};

use super::{Edits, Tiers, View};

/// What a fragment holds.
pub(super) struct Opened {
    pub(super) edits: Edits,
    pub(super) view: View,
    pub(super) unknown: Vec<String>,
}

/// Reads a fragment; what this study does not have is told and left out.
pub(super) fn read(study: &Study, fragment: &str) -> Opened {
    let mut edits = Edits::none(study);
    let mut view = View::default();
    let mut unknown = Vec::new();
    for (key, value) in parse(fragment.as_bytes()) {
        if apply(study, &mut edits, &mut view, &key, &value).is_none() {
            unknown.push(format!("{key} {value}"));
        }
    }
    Opened {
        edits,
        view,
        unknown,
    }
}

/// Takes one field over; `None` if it asks for what is not there.
fn apply(study: &Study, edits: &mut Edits, view: &mut View, key: &str, value: &str) -> Option<()> {
    let product = |edits: &Edits, id: &str| edits.scenario().find(id);
    match key {
        "set" | "draft" => {
            let (product, attribute, text) = edits.scenario().find_cell(study, value)?;
            edits.set(study, product, attribute, text);
        }
        "withdraw" => edits.withdraw(study, product(edits, value)?, true),
        "add" => {
            let (id, origin) = value.split_once(':')?;
            let origin = product(edits, origin)?;
            if !edits.add_as(study, origin, ProductId::from(id.to_owned())) {
                return None;
            }
        }
        "page" if value == PAGE => {}
        "more" => view.more = value == "true",
        "chosen" => view.chosen = Some(id_of(edits, product(edits, value)?)),
        "competing" => view.competing = Some(id_of(edits, product(edits, value)?)),
        "tiers" => view.tiers = Tiers::ALL.into_iter().find(|t| t.label() == value)?,
        "focal" => view.focal = study.find_brand(value).map(|_| Some(value.to_owned()))?,
        _ => return None,
    }
    Some(())
}

/// The one page there is.
const PAGE: &str = "attractiveness";

fn id_of(edits: &Edits, product: ProductIndex) -> ProductId {
    edits.scenario().offers()[product].id.clone()
}

/// Writes edits and options; what is as the study has it is left out.
pub(super) fn write(study: &Study, edits: &Edits, view: &View) -> String {
    let mut fields = Serializer::new(String::new());
    fields.append_pair("page", PAGE);
    let scenario = edits.scenario();
    let schema = study.schema();
    // Copies are made of the offers before these change, since `was` compares with the study.
    for (product, offer) in scenario.offers().enumerate() {
        if scenario.is_added(product) {
            let origin = &study.offers()[scenario.origin(product)];
            fields.append_pair("add", &format!("{}:{}", offer.id, origin.id));
        }
    }
    // A brand is refused as long as the offer lacks other values, so it comes last.
    let others = schema
        .attributes()
        .indices()
        .filter(|a| *a != schema.brand());
    let attributes: Vec<AttributeIndex> = others.chain([schema.brand()]).collect();
    for (product, offer) in scenario.offers().enumerate() {
        for index in &attributes {
            if edits.was(study, product, *index).is_some() {
                let attribute = &schema.attributes()[*index];
                let text = attribute.write(offer.cells[*index]);
                let field = format!("{}.{}={text}", offer.id, attribute.name);
                fields.append_pair("set", &field);
            }
        }
        // An offer without a brand is withdrawn by that alone.
        let has_brand = offer.cells[schema.brand()] != Cell::Empty;
        if offer.withdrawn && has_brand {
            fields.append_pair("withdraw", offer.id.as_str());
        }
    }
    for (id, attribute, draft) in edits.drafts() {
        let column = &schema.attributes()[attribute].name;
        fields.append_pair("draft", &format!("{id}.{column}={}", draft.text));
    }
    if view.more {
        fields.append_pair("more", "true");
    }
    for (key, id) in [("chosen", &view.chosen), ("competing", &view.competing)] {
        if let Some(id) = id {
            fields.append_pair(key, id.as_str());
        }
    }
    if view.tiers != Tiers::default() {
        fields.append_pair("tiers", view.tiers.label());
    }
    if let Some(focal) = &view.focal {
        fields.append_pair("focal", focal);
    }
    fields.finish()
}
