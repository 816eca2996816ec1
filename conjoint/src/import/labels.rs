//! Names of attributes and levels from a file next to the utilities: a table with an attribute in each
//! column, Sawtooth's `.att`, or a crosswalk from codes to names.

use super::draft::{Draft, DraftAttribute, DraftLevel, PartWorth};
use super::error::{ImportError, SourcePlace};
use crate::format::tabular::{Grid, GridCell, decode};
use crate::study::{Unit, quote_names};

/// Names of attributes and levels.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Labels {
    /// The file.
    pub(crate) file: String,
    pub(crate) attributes: Vec<LabelledAttribute>,
}

/// An attribute with the names of its levels.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LabelledAttribute {
    pub(crate) name: String,
    pub(crate) levels: Vec<LevelLabel>,
}

/// The name of a level.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LevelLabel {
    /// What the utilities call it, in a crosswalk.
    pub(crate) code: Option<String>,
    pub(crate) label: String,
}

impl Labels {
    /// Sawtooth's `.att`: an attribute, its levels, and an empty line after them.
    pub(crate) fn from_att(file: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        let text = decode(bytes).unwrap_or_default();
        let mut labels = Self {
            file: file.to_owned(),
            attributes: Vec::new(),
        };
        let mut is_open = false;
        for line in text.lines().map(str::trim) {
            match labels.attributes.last_mut().filter(|_| is_open) {
                _ if line.is_empty() => is_open = false,
                Some(attribute) => attribute.levels.push(LevelLabel::new(line)),
                None => {
                    is_open = true;
                    labels.attributes.push(LabelledAttribute {
                        name: line.to_owned(),
                        levels: Vec::new(),
                    });
                }
            }
        }
        labels.check()
    }

    /// A table of labels or a crosswalk.
    pub(crate) fn from_grid(grid: &Grid) -> Result<Self, ImportError> {
        let file = SourcePlace::table(grid).to_string();
        let find =
            |name: &str| (0..grid.width()).find(|c| grid.text(0, *c).eq_ignore_ascii_case(name));
        let mut labels = Self {
            file,
            attributes: Vec::new(),
        };
        if let (Some(code), Some(label), Some(attribute)) =
            (find("old_name"), find("user_name"), find("collection_name"))
        {
            for row in 1..grid.height() {
                let name = grid.text(row, attribute).into_owned();
                // None and covariates belong to no attribute.
                if name.is_empty() {
                    continue;
                }
                let level = LevelLabel {
                    code: Some(grid.text(row, code).into_owned()).filter(|code| !code.is_empty()),
                    label: grid.text(row, label).into_owned(),
                };
                labels.attribute(&name).levels.push(level);
            }
            return labels.check();
        }
        for column in 0..grid.width() {
            let name = grid.text(0, column).into_owned();
            let levels = (1..grid.height()).map(|row| grid.text(row, column));
            let levels: Vec<LevelLabel> = levels
                .filter(|label| !label.is_empty())
                .map(|label| LevelLabel::new(&label))
                .collect();
            if name.is_empty() && levels.is_empty() {
                continue;
            }
            labels.attributes.push(LabelledAttribute { name, levels });
        }
        labels.check()
    }

    /// Whether a grid looks like labels: names in the first row, texts below, and no column that is
    /// longer than the ones of a level list.
    pub(crate) fn fits(grid: &Grid) -> bool {
        let header: Vec<_> = (0..grid.width())
            .map(|column| grid.text(0, column))
            .collect();
        let is_crosswalk = header
            .iter()
            .any(|name| name.eq_ignore_ascii_case("old_name"));
        let is_named = header.iter().all(|name| !name.is_empty());
        let is_text = |row: usize, column: usize| match grid.cell(row, column) {
            GridCell::Empty => true,
            _ => grid.number(row, column).is_none(),
        };
        let has_text = (1..grid.height()).all(|row| is_text(row, 0));
        let has_id = header.first().is_some_and(|name| super::roles::is_id(name));
        let has_gaps = (0..grid.width())
            .any(|column| *grid.cell(grid.height() - 1, column) == GridCell::Empty);
        is_crosswalk
            || (grid.height() > 2
                && grid.width() > 1
                && is_named
                && has_text
                && has_gaps
                && !has_id)
    }

    fn attribute(&mut self, name: &str) -> &mut LabelledAttribute {
        let place = self
            .attributes
            .iter()
            .position(|attribute| attribute.name == name);
        let place = place.unwrap_or_else(|| {
            self.attributes.push(LabelledAttribute {
                name: name.to_owned(),
                levels: Vec::new(),
            });
            self.attributes.len() - 1
        });
        &mut self.attributes[place]
    }

    fn check(self) -> Result<Self, ImportError> {
        let place = SourcePlace::file(&self.file);
        if self.attributes.is_empty() {
            let problem =
                "no labels are found; write an attribute in each column, its levels below";
            return Err(ImportError::invalid(place, problem));
        }
        for attribute in &self.attributes {
            if attribute.name.is_empty() || attribute.levels.is_empty() {
                let problem = "an attribute needs a name and levels below it";
                return Err(ImportError::invalid(
                    place.in_column(&attribute.name),
                    problem,
                ));
            }
        }
        Ok(self)
    }

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
            false => labels.levels.len() - 1,
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

impl LevelLabel {
    fn new(label: &str) -> Self {
        Self {
            code: None,
            label: label.to_owned(),
        }
    }
}

/// The numbers of labels, with or without a unit.
pub(crate) fn read_numbers(labels: &[&str]) -> Option<Vec<f64>> {
    let plain: Option<Vec<f64>> = labels.iter().map(|label| label.parse().ok()).collect();
    let with_unit = Unit::read_levels(labels).map(|(numbers, _)| numbers);
    with_unit.or(plain).filter(|numbers| numbers.len() > 1)
}
