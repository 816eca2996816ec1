//! The attributes in which offers count as similar by randomized first choice.

use super::ChoiceModel;
use super::error::ChoiceModelError;
use crate::index_vec::AttributeIndex;
use crate::study::{Study, quote_names};

impl ChoiceModel {
    /// Whether offers with the same value of an attribute count as similar.
    pub(crate) fn is_similar(&self, study: &Study, attribute: AttributeIndex) -> bool {
        match &self.similar {
            Some(similar) => similar.contains(&attribute),
            None => !study.schema().attributes()[attribute].is_price(),
        }
    }

    /// The attributes in which offers count as similar by randomized first choice, in the study's order.
    pub fn similar_attributes(&self, study: &Study) -> Vec<AttributeIndex> {
        let schema = study.schema();
        let attributes = schema.attributes().indices();
        let similar =
            attributes.filter(|index| schema.has_effects(*index) && self.is_similar(study, *index));
        similar.collect()
    }

    /// Adds the attribute of that name to those in which offers count as similar.
    ///
    /// # Errors
    /// No surveyed attribute has the name.
    pub fn include_similar(&mut self, study: &Study, name: &str) -> Result<(), ChoiceModelError> {
        let schema = study.schema();
        let found = schema.find(name).filter(|index| schema.has_effects(*index));
        let attribute = found.ok_or_else(|| {
            let surveyed = schema.attributes().enumerate();
            let surveyed = surveyed.filter(|(index, _)| schema.has_effects(*index));
            ChoiceModelError::UnknownAttribute {
                name: name.to_owned(),
                known: quote_names(surveyed.map(|(_, attribute)| attribute.name.as_str())),
            }
        })?;
        let similar = self.similar.get_or_insert_default();
        similar.retain(|other| *other != attribute);
        similar.push(attribute);
        Ok(())
    }
}
