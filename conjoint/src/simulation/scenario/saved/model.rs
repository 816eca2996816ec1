//! The choice model of a saved scenario, with names instead of positions.
//!
//! ```json
//! {"rule": "rfc", "scale": 0.8, "draws": 1000, "seed": 1, "none": -1.5, "segments": ["Gen X"],
//!  "owners": ["VW"], "availability": {"9": 0.6}, "constants": {"2": 0.4}}
//! ```

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::SavedError;
use super::json::{read_object, read_texts, wrong_form};
use crate::choice::{ChoiceModel, ChoiceModelError, NoneOption, Rule};
use crate::simulation::scenario::Scenario;
use crate::stats::bootstrap::Uncertainty;
use crate::study::{ProductId, Study, quote_names};

/// The settings of a saved scenario's choice model. A setting that is `None`, or an empty list, keeps the
/// default of [`ChoiceModel`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SavedModel {
    /// The choice rule.
    pub rule: Option<Rule>,
    /// The scale factor.
    pub scale: Option<f64>,
    /// Draws per respondent.
    pub draws: Option<u32>,
    /// The seed of all random numbers.
    pub seed: Option<u64>,
    /// The outside option.
    pub none: Option<NoneOption>,
    /// The names of the included segments.
    pub segments: Vec<String>,
    /// The names of the brands whose current customers are included.
    pub owners: Vec<String>,
    /// The share of the market, 0–1, that can buy a product.
    pub availability: Vec<(ProductId, f64)>,
    /// The utility to add to a product.
    pub constants: Vec<(ProductId, f64)>,
    /// The scale of the errors of randomized first choice.
    pub error_scale: Option<f64>,
    /// The names of the attributes in which offers count as similar.
    pub similar: Option<Vec<String>>,
    /// What the intervals say.
    pub uncertainty: Option<Uncertainty>,
}

const KEYS: [&str; 12] = [
    "rule",
    "scale",
    "draws",
    "seed",
    "none",
    "segments",
    "owners",
    "availability",
    "constants",
    "error_scale",
    "similar",
    "uncertainty",
];

impl SavedModel {
    /// All settings of a model, the defaults too, so that a file gives the same figures when a later
    /// version has other defaults.
    pub fn from_model(study: &Study, model: &ChoiceModel) -> Self {
        let segments = model.segments.iter();
        let segments = segments.filter_map(|segment| study.segments().get(*segment).cloned());
        let owners = model.owners.iter();
        let owners = owners.filter_map(|brand| study.brands().get(*brand));
        Self {
            rule: Some(model.rule),
            scale: Some(model.scale),
            draws: Some(model.draws),
            seed: Some(model.seed),
            none: Some(model.none),
            segments: segments.collect(),
            owners: owners.map(|brand| brand.name.clone()).collect(),
            availability: model.availability.clone(),
            constants: model.constants.clone(),
            error_scale: model.error_scale,
            similar: model.similar.as_ref().map(|similar| {
                let attributes = study.schema().attributes();
                let names = similar.iter().filter_map(|index| attributes.get(*index));
                names.map(|attribute| attribute.name.clone()).collect()
            }),
            uncertainty: study.has_draws().then_some(model.uncertainty),
        }
    }

    /// The model for a study and the scenario's offers. [`ChoiceModel::check`] checks its numbers.
    ///
    /// # Errors
    /// The study does not have a segment or a brand, or the scenario does not have an offer.
    pub fn to_model(
        &self,
        study: &Study,
        scenario: &Scenario,
    ) -> Result<ChoiceModel, ChoiceModelError> {
        let default = ChoiceModel::for_study(study);
        let mut model = ChoiceModel {
            rule: self.rule.unwrap_or(default.rule),
            scale: self.scale.unwrap_or(default.scale),
            draws: self.draws.unwrap_or(default.draws),
            seed: self.seed.unwrap_or(default.seed),
            none: self.none.unwrap_or(default.none),
            availability: self.availability.clone(),
            constants: self.constants.clone(),
            error_scale: self.error_scale,
            similar: self.similar.as_ref().map(|_| Vec::new()),
            uncertainty: self.uncertainty.unwrap_or(default.uncertainty),
            ..default
        };
        for name in self.similar.iter().flatten() {
            model.include_similar(study, name)?;
        }
        for name in &self.segments {
            model.include_segment(study, name)?;
        }
        for name in &self.owners {
            model.include_owner(study, name)?;
        }
        for (id, _) in self.availability.iter().chain(&self.constants) {
            if scenario.find(id.as_str()).is_none() {
                let offers = scenario.offers().iter();
                let id = id.to_string();
                let known = quote_names(offers.map(|offer| offer.id.as_str()));
                return Err(ChoiceModelError::UnknownProduct { id, known });
            }
        }
        Ok(model)
    }

    /// Reads the settings from JSON.
    pub(super) fn read(place: &str, value: &Value) -> Result<Self, SavedError> {
        let place = format!("{place}: model");
        let map = read_object(&place, value, &KEYS)?;
        let wrong = |key: &str, wanted| wrong_form(&format!("{place}: {key}"), wanted);
        let get = |key: &'static str| map.get(key).map(|value| (key, value));
        let read_rule = |(key, value): (&str, &Value)| {
            let rule = value.as_str().and_then(Rule::from_id);
            rule.ok_or_else(|| wrong(key, "the id of a choice rule, for example first-choice"))
        };
        let read_scale =
            |(key, value): (&str, &Value)| value.as_f64().ok_or_else(|| wrong(key, "a number"));
        let read_draws = |(key, value): (&str, &Value)| {
            let draws = value.as_u64().and_then(|draws| u32::try_from(draws).ok());
            draws.ok_or_else(|| wrong(key, "a whole number"))
        };
        let read_seed = |(key, value): (&str, &Value)| {
            value.as_u64().ok_or_else(|| wrong(key, "a whole number"))
        };
        let read_uncertainty = |(key, value): (&str, &Value)| {
            let uncertainty = value.as_str().and_then(Uncertainty::from_id);
            uncertainty.ok_or_else(|| wrong(key, "respondents, draws or both, in quotes"))
        };
        let read_none = |(key, value): (&str, &Value)| match (value.as_str(), value.as_f64()) {
            (Some("off"), _) => Ok(NoneOption::Off),
            (Some("surveyed"), _) => Ok(NoneOption::Surveyed),
            (_, Some(utility)) => Ok(NoneOption::Utility(utility)),
            _ => Err(wrong(key, "a utility, \"surveyed\" or \"off\"")),
        };
        let texts = |key: &'static str| match get(key) {
            Some((key, value)) => read_texts(value)
                .ok_or_else(|| wrong(key, "a list of names, for example [\"Gen X\"]")),
            None => Ok(Vec::new()),
        };
        let numbers = |key: &'static str| match get(key) {
            Some((key, value)) => read_numbers(value).ok_or_else(|| {
                wrong(
                    key,
                    "an object of ids and numbers, for example {\"9\": 0.6}",
                )
            }),
            None => Ok(Vec::new()),
        };
        Ok(Self {
            rule: get("rule").map(read_rule).transpose()?,
            scale: get("scale").map(read_scale).transpose()?,
            draws: get("draws").map(read_draws).transpose()?,
            seed: get("seed").map(read_seed).transpose()?,
            none: get("none").map(read_none).transpose()?,
            segments: texts("segments")?,
            owners: texts("owners")?,
            availability: numbers("availability")?,
            constants: numbers("constants")?,
            error_scale: get("error_scale").map(read_scale).transpose()?,
            similar: get("similar").map(|_| texts("similar")).transpose()?,
            uncertainty: get("uncertainty").map(read_uncertainty).transpose()?,
        })
    }
}

/// The numbers of an object by product.
fn read_numbers(value: &Value) -> Option<Vec<(ProductId, f64)>> {
    let entries = value.as_object()?.iter();
    let entries = entries.map(|(id, number)| Some((ProductId::from(id.clone()), number.as_f64()?)));
    entries.collect()
}

/// Numbers by product, as an object.
struct Numbers<'n>(&'n [(ProductId, f64)]);

impl Serialize for Numbers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, number)| (id.as_str(), number)))
    }
}

impl Serialize for SavedModel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(rule) = self.rule {
            map.serialize_entry("rule", rule.id())?;
        }
        if let Some(scale) = self.scale {
            map.serialize_entry("scale", &scale)?;
        }
        if let Some(draws) = self.draws {
            map.serialize_entry("draws", &draws)?;
        }
        if let Some(seed) = self.seed {
            map.serialize_entry("seed", &seed)?;
        }
        match self.none {
            Some(NoneOption::Off) => map.serialize_entry("none", "off")?,
            Some(NoneOption::Surveyed) => map.serialize_entry("none", "surveyed")?,
            Some(NoneOption::Utility(utility)) => map.serialize_entry("none", &utility)?,
            None => {}
        }
        for (key, names) in [("segments", &self.segments), ("owners", &self.owners)] {
            if !names.is_empty() {
                map.serialize_entry(key, names)?;
            }
        }
        for (key, numbers) in [
            ("availability", &self.availability),
            ("constants", &self.constants),
        ] {
            if !numbers.is_empty() {
                map.serialize_entry(key, &Numbers(numbers))?;
            }
        }
        if let Some(scale) = self.error_scale {
            map.serialize_entry("error_scale", &scale)?;
        }
        if let Some(similar) = &self.similar {
            map.serialize_entry("similar", similar)?;
        }
        if let Some(uncertainty) = self.uncertainty {
            map.serialize_entry("uncertainty", uncertainty.id())?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests;
