//! Fields of the pages' options: which attributes, products and brands are shown.

use conjoint::optimizer::ObjectiveMeasure;
use conjoint::simulation::scenario::SavedScenarios;
use conjoint::study::{ProductId, Study};

use super::field::LinkField;
use crate::state::{MAX_COMPARED, Snapshot, Tiers};

pub(super) const FIELDS: [LinkField; 15] = [
    LinkField::new(
        "offers",
        |snapshot, _, text| {
            snapshot.view.hides_offers = text == "hidden";
            Some(())
        },
        |snapshot, _| {
            let hidden = snapshot.view.hides_offers.then(|| "hidden".to_owned());
            hidden.into_iter().collect()
        },
    ),
    LinkField::new(
        "focus",
        |snapshot, study, text| {
            study.find_brand(text)?;
            snapshot.view.focus_brand = Some(text.to_owned());
            Some(())
        },
        |snapshot, _| texts(snapshot.view.focus_brand.as_ref()),
    ),
    LinkField::new(
        "more",
        |snapshot, _, text| {
            snapshot.view.show_all_attributes = text == "true";
            Some(())
        },
        |snapshot, _| vec![snapshot.view.show_all_attributes.to_string()],
    ),
    LinkField::new(
        "apart",
        |snapshot, _, text| {
            snapshot.view.compare_segments = text == "true";
            Some(())
        },
        |snapshot, _| vec![snapshot.view.compare_segments.to_string()],
    ),
    LinkField::new(
        "chosen",
        |snapshot, _, text| {
            snapshot.view.selected_product = Some(find_product(snapshot, text)?);
            Some(())
        },
        |snapshot, _| texts(snapshot.view.selected_product.as_ref()),
    ),
    LinkField::new(
        "competing",
        |snapshot, _, text| {
            snapshot.view.competing_product = Some(find_product(snapshot, text)?);
            Some(())
        },
        |snapshot, _| texts(snapshot.view.competing_product.as_ref()),
    ),
    LinkField::new(
        "priced",
        |snapshot, _, text| {
            snapshot.view.priced_product = Some(find_product(snapshot, text)?);
            Some(())
        },
        |snapshot, _| texts(snapshot.view.priced_product.as_ref()),
    ),
    LinkField::new(
        "price-objective",
        |snapshot, study, text| {
            let measure = ObjectiveMeasure::from_id(text);
            let is_possible = |measure: &ObjectiveMeasure| {
                study.has_money() || *measure == ObjectiveMeasure::Share
            };
            snapshot.view.price_measure = Some(measure.filter(is_possible)?);
            Some(())
        },
        |snapshot, _| {
            let measure = snapshot.view.price_measure.map(ObjectiveMeasure::id);
            texts(measure.as_ref())
        },
    ),
    LinkField::new(
        "price-brand",
        |snapshot, study, text| {
            study.find_brand(text)?;
            snapshot.view.price_brand = Some(text.to_owned());
            Some(())
        },
        |snapshot, _| texts(snapshot.view.price_brand.as_ref()),
    ),
    LinkField::new(
        "tiers",
        |snapshot, _, text| {
            let mut tiers = Tiers::ALL.into_iter();
            snapshot.view.tiers = tiers.find(|tiers| tiers.label() == text)?;
            Some(())
        },
        |snapshot, _| vec![snapshot.view.tiers.label().to_owned()],
    ),
    LinkField::new(
        "focal",
        |snapshot, study, text| {
            study.find_brand(text)?;
            snapshot.view.focal_brand = Some(text.to_owned());
            Some(())
        },
        |snapshot, _| texts(snapshot.view.focal_brand.as_ref()),
    ),
    // The scenarios themselves, because the receiver of a link has not saved them.
    LinkField::new("compare", read_compared, |snapshot, _| {
        let compared = snapshot.view.compared.iter();
        let text = compared.map(|scenario| {
            let scenarios = vec![scenario.clone()];
            let list = SavedScenarios {
                scenarios,
                ..SavedScenarios::default()
            };
            list.write()
        });
        text.collect()
    }),
    LinkField::new("worths", read_part_worth_attribute, |snapshot, _| {
        texts(snapshot.view.part_worth_attribute.as_ref())
    }),
    LinkField::new("worth-level", read_worth_level, |snapshot, _| {
        let selected = snapshot.view.worth_level.iter();
        let texts = selected.map(|(attribute, level)| format!("{attribute}={level}"));
        texts.collect()
    }),
    LinkField::new(
        "worth-compared",
        |snapshot, study, text| {
            let (attribute, _) = snapshot.view.worth_level.as_ref()?;
            has_level(study, attribute, text).then_some(())?;
            snapshot.view.compared_level = Some(text.to_owned());
            Some(())
        },
        |snapshot, _| texts(snapshot.view.compared_level.as_ref()),
    ),
];

/// Reads `range=300`; the name of an attribute may contain an equals sign.
fn read_worth_level(snapshot: &mut Snapshot, study: &Study, text: &str) -> Option<()> {
    let mut splits = text.match_indices('=').map(|(at, _)| text.split_at(at));
    let found = splits.find_map(|(attribute, rest)| {
        let level = rest.get(1..)?;
        has_level(study, attribute, level).then(|| (attribute.to_owned(), level.to_owned()))
    });
    snapshot.view.worth_level = Some(found?);
    Some(())
}

fn has_level(study: &Study, attribute: &str, level: &str) -> bool {
    let schema = study.schema();
    let found = schema.find(attribute);
    let levels = found.map(|index| schema.attributes()[index].levels.names());
    levels.is_some_and(|levels| levels.iter().any(|name| name == level))
}

fn read_compared(snapshot: &mut Snapshot, study: &Study, text: &str) -> Option<()> {
    let list = SavedScenarios::read(text).ok()?;
    for scenario in list.scenarios {
        scenario.apply(study).ok()?;
        if snapshot.view.compared.len() < MAX_COMPARED {
            snapshot.view.compared.push(scenario);
        }
    }
    Some(())
}

fn read_part_worth_attribute(snapshot: &mut Snapshot, study: &Study, text: &str) -> Option<()> {
    let schema = study.schema();
    let mut surveyed = schema.surveyed_attributes();
    surveyed.find(|index| schema.attributes()[*index].name == text)?;
    snapshot.view.part_worth_attribute = Some(text.to_owned());
    Some(())
}

/// The id of an offer that exists.
pub(super) fn find_product(snapshot: &Snapshot, text: &str) -> Option<ProductId> {
    let scenario = snapshot.edits.scenario();
    let product = scenario.find(text)?;
    Some(scenario.offers().get(product)?.id.clone())
}

pub(super) fn texts(value: Option<&impl ToString>) -> Vec<String> {
    value.map(ToString::to_string).into_iter().collect()
}
