//! Giving attributes and levels of utilities the names that a file of labels has for them.

use super::draft::{Draft, DraftAttribute, DraftLevel, PartWorth};
use super::error::{ImportError, SourcePlace};
use super::labels::{LabelledAttribute, Labels, LevelLabel};
use crate::format::usual_names::read_numbers;
use crate::study::quote_names;

impl Labels {
    /// Names attributes and levels of utilities, and adds base levels that these lack.
    pub(crate) fn apply(&self, draft: &mut Draft) -> Result<(), ImportError> {
        if self.attributes.is_empty() {
            return Ok(());
        }
        let codes = self
            .attributes
            .iter()
            .flat_map(|attribute| &attribute.levels);
        let has_codes = codes.clone().any(|level| level.code.is_some());
        if has_codes {
            return self.apply_codes(draft);
        }
        let found = draft.attributes.len();
        if found == self.attributes.len() {
            for (attribute, labels) in draft.attributes.iter_mut().zip(&self.attributes) {
                self.name_levels(attribute, labels, draft.conventions.omits_last_level)?;
            }
            return Ok(());
        }
        // Coefficients of dummies under names of their own, as RSGHB writes them, have no pattern.
        if self.regroup(draft) {
            return Ok(());
        }
        let known = quote_names(self.attributes.iter().map(|attribute| &attribute.name));
        let problem = format!(
            "there are labels of {} attributes ({known}), but the utilities have {found}: {}",
            self.attributes.len(),
            quote_names(draft.attribute_names())
        );
        Err(ImportError::invalid(SourcePlace::file(&self.file), problem))
    }

    /// Names the levels of an attribute by their order.
    fn name_levels(
        &self,
        attribute: &mut DraftAttribute,
        labels: &LabelledAttribute,
        omits_last: bool,
    ) -> Result<(), ImportError> {
        let (found, given) = (attribute.levels.len(), labels.levels.len());
        attribute.name.clone_from(&labels.name);
        attribute.is_named = true;
        if attribute.is_linear {
            if let [only] = attribute.levels.as_mut_slice() {
                only.label.clone_from(&labels.name);
            }
            let names: Vec<&str> = labels
                .levels
                .iter()
                .map(|level| level.label.as_str())
                .collect();
            attribute.surveyed = read_numbers(&names).unwrap_or_default();
            return Ok(());
        }
        if found + 1 == given {
            let first = attribute
                .levels
                .first()
                .and_then(|level| level.source.column());
            let last = attribute
                .levels
                .last()
                .and_then(|level| level.source.column());
            let (place, source) = match (omits_last, first, last) {
                (true, Some(first), Some(last)) => (found, PartWorth::MinusSum(first, last)),
                _ => (self.base_of(attribute, labels), PartWorth::Zero),
            };
            let label = String::new();
            attribute.levels.insert(place, DraftLevel { label, source });
        } else if found != given {
            let problem = format!(
                "`{}` has {given} labels here, but the utilities have {found} levels",
                labels.name
            );
            return Err(ImportError::invalid(SourcePlace::file(&self.file), problem));
        }
        for (level, label) in attribute.levels.iter_mut().zip(&labels.levels) {
            level.label.clone_from(&label.label);
        }
        Ok(())
    }

    /// The position of the label that the utilities lack: the first one, unless their names say so.
    fn base_of(&self, attribute: &DraftAttribute, labels: &LabelledAttribute) -> usize {
        let is_there = |label: &LevelLabel| {
            let mut levels = attribute.levels.iter();
            levels.any(|level| level.label == label.label)
        };
        let present = labels.levels.iter().filter(|label| is_there(label)).count();
        let missing = labels.levels.iter().position(|label| !is_there(label));
        missing
            .filter(|_| present + 1 == labels.levels.len())
            .unwrap_or(0)
    }

    /// Groups columns that were all taken as linear: each attribute takes as many as it has levels
    /// except one, or one if its levels are numbers.
    fn regroup(&self, draft: &mut Draft) -> bool {
        let columns: Vec<usize> = draft
            .attributes
            .iter()
            .filter_map(|attribute| match attribute.levels.as_slice() {
                [only] => only.source.column(),
                _ => None,
            })
            .collect();
        let is_number = |labels: &LabelledAttribute| {
            let names: Vec<&str> = labels
                .levels
                .iter()
                .map(|level| level.label.as_str())
                .collect();
            read_numbers(&names).is_some()
        };
        let count = |labels: &LabelledAttribute| match is_number(labels) {
            true => 1,
            false => labels.levels.len().saturating_sub(1),
        };
        let needed: usize = self.attributes.iter().map(count).sum();
        if columns.len() != draft.attributes.len() || columns.len() != needed {
            return false;
        }
        let mut rest = columns.into_iter();
        let attributes = self.attributes.iter().map(|labels| {
            if is_number(labels) {
                let column = rest.next().unwrap_or_default();
                let mut linear = DraftAttribute::linear(&labels.name, true, column);
                let names: Vec<&str> = labels
                    .levels
                    .iter()
                    .map(|level| level.label.as_str())
                    .collect();
                linear.surveyed = read_numbers(&names).unwrap_or_default();
                return linear;
            }
            let levels = labels
                .levels
                .iter()
                .enumerate()
                .map(|(place, level)| DraftLevel {
                    label: level.label.clone(),
                    source: match place {
                        0 => PartWorth::Zero,
                        _ => PartWorth::Column(rest.next().unwrap_or_default()),
                    },
                });
            let levels = levels.collect();
            DraftAttribute {
                levels,
                ..DraftAttribute::of_columns(&labels.name, true, [])
            }
        });
        draft.attributes = attributes.collect();
        draft.assumed.push("The first level of each attribute in the labels is the base level of its dummy coding.".to_owned());
        true
    }

    /// Names levels by the codes of a crosswalk; a code that the utilities lack is a base level.
    fn apply_codes(&self, draft: &mut Draft) -> Result<(), ImportError> {
        let position = |code: &str| draft.columns.iter().position(|name| name == code);
        let mut attributes = Vec::new();
        for labels in &self.attributes {
            let sources = labels.levels.iter().map(|level| {
                let column = level.code.as_deref().and_then(position);
                (level, column.map_or(PartWorth::Zero, PartWorth::Column))
            });
            let sources: Vec<(&LevelLabel, PartWorth)> = sources.collect();
            let missing = sources
                .iter()
                .filter(|(_, source)| *source == PartWorth::Zero);
            if missing.count() > 1 {
                let problem = format!(
                    "more than one level of `{}` has a code that is not a column; known are {}",
                    labels.name,
                    quote_names(&draft.columns)
                );
                return Err(ImportError::invalid(SourcePlace::file(&self.file), problem));
            }
            if let [(_, PartWorth::Column(column))] = sources.as_slice() {
                attributes.push(DraftAttribute::linear(&labels.name, true, *column));
                continue;
            }
            let levels = sources.into_iter().map(|(level, source)| DraftLevel {
                label: level.label.clone(),
                source,
            });
            let levels = levels.collect();
            attributes.push(DraftAttribute {
                levels,
                ..DraftAttribute::of_columns(&labels.name, true, [])
            });
        }
        draft.attributes = attributes;
        Ok(())
    }
}
