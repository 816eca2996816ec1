//! Entries of what varies, in their parts, and those that a table begins with.

use std::fmt;

use crate::simulation::scenario::{Scenario, readings};
use crate::study::{Attribute, Levels, Study};
use crate::sweep::{Cost, defaults};

use crate::optimizer::plan::{ObjectiveMeasure, Request};

/// Steps from the lowest surveyed level to the highest, where nobody says otherwise.
const STEPS: f64 = 10.0;

/// An entry of what varies: `ID.COLUMN=VALUES`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The product's id.
    pub id: String,
    /// The attribute's name.
    pub column: String,
    /// `BEGIN:END:STEP`, or levels parted by commas.
    pub values: String,
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}={}", self.id, self.column, self.values)
    }
}

impl Entry {
    /// The parts of a text: of several readings the one whose offer and column are known.
    pub fn read(study: &Study, scenario: &Scenario, text: &str) -> Self {
        let is_known = |(id, column, _): &(&str, &str, &str)| {
            scenario.find(id).is_some() && study.schema.find(column).is_some()
        };
        let known = readings(text).find(is_known);
        let parts = known.or(readings(text).next());
        let parts = parts.map(|(id, column, values)| Self {
            id: id.to_owned(),
            column: column.to_owned(),
            values: values.to_owned(),
        });
        parts.unwrap_or_default()
    }

    /// An attribute of an offer over all that the survey asked about.
    fn of(id: &str, attribute: &Attribute) -> Self {
        Self {
            id: id.to_owned(),
            column: attribute.name.clone(),
            values: surveyed(attribute),
        }
    }
}

/// The values that the survey asked about: of a number ten steps from the lowest level to the
/// highest, of names all of them.
pub fn surveyed(attribute: &Attribute) -> String {
    match (&attribute.levels, attribute.range()) {
        (Levels::Categorical(names), _) => names.join(","),
        (_, Some((low, high))) => {
            let step = (high - low) / STEPS;
            format!("{low}:{high}:{step}")
        }
        (Levels::Numeric(_), None) => String::new(),
    }
}

/// What is asked for at first: the share of the brand whose offer the first sweep of a cost begins
/// with, and the range of that sweep. Without a cost, nothing varies yet.
pub fn first_request(study: &Study) -> Request {
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
    let entry = row.map(|(cost, row)| {
        let [begin, end, step, _] = row.range;
        let entry = Entry {
            id: row.product,
            column: cost.name(study).to_owned(),
            values: format!("{begin}:{end}:{step}"),
        };
        entry.to_string()
    });
    Request {
        objective: ObjectiveMeasure::Share,
        whose: brand.map_or(String::new(), |brand| study.brands[brand].name.clone()),
        vary: entry.into_iter().collect(),
        ..Request::default()
    }
}

/// An entry to add to others: the first attribute that does not vary yet of the last one's offer,
/// or of the first offer that has one. `None` when everything varies.
pub fn next_entry(study: &Study, scenario: &Scenario, entries: &[String]) -> Option<Entry> {
    let entries = entries
        .iter()
        .map(|text| Entry::read(study, scenario, text));
    let entries: Vec<Entry> = entries.collect();
    let last = entries.last().map_or("", |entry| entry.id.as_str());
    let offers = || scenario.offers().iter();
    let same = offers().filter(|offer| offer.id.as_str() == last);
    for offer in same.chain(offers()) {
        let id = offer.id.as_str();
        let varies = |attribute: &Attribute| {
            let mut entries = entries.iter();
            entries.any(|entry| entry.id == id && entry.column == attribute.name)
        };
        let attributes = study.schema.attributes.enumerate();
        let mut open = attributes.filter(|(index, attribute)| {
            *index != study.schema.brand && !attribute.levels.is_empty() && !varies(attribute)
        });
        if study.schema.brand_of(offer).is_some()
            && let Some((_, attribute)) = open.next()
        {
            return Some(Entry::of(id, attribute));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizer::Plan;
    use crate::sample_study::{Sample, generate};
    use crate::simulation::Simulation;
    use std::sync::Arc;

    #[test]
    fn what_is_asked_for_at_first_and_added_can_be_computed() {
        let respondents = vec![("Gen X".to_owned(), 5)];
        let seed = 1;
        let study = Arc::new(generate(&Sample { seed, respondents }).unwrap());
        let simulation = Simulation::new(Arc::clone(&study));
        let scenario = simulation.scenario();
        let mut request = first_request(&study);
        assert_eq!(request.whose, "Tesla");
        assert_eq!(request.vary, ["9.monthly_cost=399:499:20"]);
        for _ in 0..20 {
            let entry = next_entry(&study, scenario, &request.vary).unwrap();
            request.vary.push(entry.to_string());
            assert_eq!(Entry::read(&study, scenario, &entry.to_string()), entry);
        }
        let plan = Plan::read(&simulation, &request).unwrap();
        assert_eq!(plan.varied().len(), 21);
        assert!(plan.outside(&study).is_empty());
        let entries = study.offers.iter().flat_map(|offer| {
            let attributes = study.schema.attributes.iter();
            attributes.map(|attribute| Entry::of(offer.id.as_str(), attribute).to_string())
        });
        let entries: Vec<String> = entries.collect();
        assert_eq!(next_entry(&study, scenario, &entries), None);
    }
}
