//! Requests and entries that the page suggests before the user has written any.

use crate::simulation::scenario::Scenario;
use crate::study::{Attribute, Levels, Offer, Study};
use crate::sweep::{Cost, defaults};

use super::{OptimizerRequest, VaryEntry};
use crate::optimizer::objective::ObjectiveMeasure;

/// Steps of a suggested range, from the lowest surveyed level to the highest.
const STEPS: f64 = 10.0;

/// The surveyed values of an attribute as an entry writes them: a range of ten steps from the
/// lowest level to the highest, or all level names.
pub fn list_surveyed_values(attribute: &Attribute) -> String {
    match (&attribute.levels, attribute.range()) {
        (Levels::Categorical(names), _) => names.join(","),
        (_, Some((low, high))) => {
            let step = (high - low) / STEPS;
            format!("{low}:{high}:{step}")
        }
        (Levels::Numeric(_), None) => String::new(),
    }
}

/// The request that the page starts with: it maximizes the share of the brand whose offer comes
/// first in the default sweep of a cost, over the surveyed range of that cost. In a study without costs
/// nothing varies yet.
pub fn suggest_request(study: &Study) -> OptimizerRequest {
    let mut costs = Cost::available_in(study);
    let row = costs.find_map(|cost| {
        let row = defaults::lockstep_table(study, cost).into_iter().next()?;
        Some((cost, row))
    });
    let offer = row.as_ref().and_then(|(_, row)| {
        let mut offers = study.offers.iter();
        offers.find(|offer| offer.id.as_str() == row.product)
    });
    let brand = offer.and_then(|offer| study.schema.brand_of(offer));
    let brand = brand.or_else(|| study.brands.indices().next());
    let entry = row.and_then(|(cost, row)| {
        let attribute = &study.schema.attributes[cost.attribute(&study.schema)?];
        // A cost that was not surveyed has only the range of the sweep.
        let [begin, end, step, _] = row.range;
        let entry = match attribute.range() {
            Some(_) => VaryEntry::with_surveyed_values(&row.product, attribute),
            None => VaryEntry {
                id: row.product,
                column: attribute.name.clone(),
                values: format!("{begin}:{end}:{step}"),
            },
        };
        Some(entry.to_string())
    });
    OptimizerRequest {
        measure: ObjectiveMeasure::Share,
        beneficiary: brand.map_or(String::new(), |brand| study.brands[brand].name.clone()),
        vary_entries: entry.into_iter().collect(),
        ..OptimizerRequest::default()
    }
}

/// An entry to add to `entries`: the next attribute that does not vary yet, of the last entry's
/// offer if it has one, otherwise of the first offer that has one. `None` if everything varies.
pub fn suggest_next_entry(
    study: &Study,
    scenario: &Scenario,
    entries: &[String],
) -> Option<VaryEntry> {
    let entries = entries
        .iter()
        .map(|text| VaryEntry::read(study, scenario, text));
    let entries: Vec<VaryEntry> = entries.collect();
    let last = entries.last().map_or("", |entry| entry.id.as_str());
    let offers = || scenario.offers().iter();
    let same = offers().filter(|offer| offer.id.as_str() == last);
    same.chain(offers())
        .filter(|offer| study.schema.brand_of(offer).is_some())
        .find_map(|offer| suggest_entry_of_offer(study, offer, &entries))
}

/// The first attribute of an offer that no entry varies.
fn suggest_entry_of_offer(
    study: &Study,
    offer: &Offer,
    entries: &[VaryEntry],
) -> Option<VaryEntry> {
    let id = offer.id.as_str();
    let varies = |attribute: &Attribute| {
        let mut entries = entries.iter();
        entries.any(|entry| entry.id == id && entry.column == attribute.name)
    };
    let mut attributes = study.schema.attributes.enumerate();
    let (_, attribute) = attributes.find(|(index, attribute)| {
        *index != study.schema.brand && !attribute.levels.is_empty() && !varies(attribute)
    })?;
    Some(VaryEntry::with_surveyed_values(id, attribute))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::Plan;
    use crate::testing::generate_simulation;

    #[test]
    fn suggestions_can_be_computed_until_everything_varies() {
        let simulation = generate_simulation(1, &[("Gen X", 5)]);
        let (study, scenario) = (simulation.selected(), simulation.scenario());
        let mut request = suggest_request(study);
        assert_eq!(request.beneficiary, "Tesla");
        assert_eq!(request.vary_entries, ["9.monthly_cost=120:1250:113"]);
        for _ in 0..20 {
            let entry = suggest_next_entry(study, scenario, &request.vary_entries).unwrap();
            request.vary_entries.push(entry.to_string());
            assert_eq!(VaryEntry::read(study, scenario, &entry.to_string()), entry);
        }
        let plan = Plan::read(&simulation, &request).unwrap();
        assert_eq!(plan.varying_attributes().len(), 21);
        assert!(plan.find_extrapolated_entries().is_empty());
        let entries = study.offers.iter().flat_map(|offer| {
            let attributes = study.schema.attributes.iter();
            attributes.map(|attribute| {
                VaryEntry::with_surveyed_values(offer.id.as_str(), attribute).to_string()
            })
        });
        let entries: Vec<String> = entries.collect();
        assert_eq!(suggest_next_entry(study, scenario, &entries), None);
    }
}
