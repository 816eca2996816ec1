//! Names of attributes and levels: `.att`, a table with the attribute above its levels, or one level
//! per row.

use crate::estimation::error::EstimationError;
use crate::format::tabular::{InputFile, LabelList, TabularError, decode};
use crate::format::{is_cbchb, read_cbchb};

/// The labels of all attributes, in the order of the design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Labels(Vec<LabelList>);

impl Labels {
    /// Reads a file of labels.
    ///
    /// # Errors
    /// A file that is neither text nor a workbook, and one without labels.
    pub(super) fn read(file: &InputFile) -> Result<Self, EstimationError> {
        if !file.is_workbook() {
            let text = decode(file.bytes()).ok_or_else(|| TabularError::NotText {
                file: file.name.clone(),
            })?;
            if is_cbchb(&text) {
                return Self::from_cbchb(file, &text);
            }
            let is_att = file.name.to_lowercase().ends_with(".att");
            if is_att || (!text.contains(',') && !text.contains(';') && !text.contains('\t')) {
                return Ok(Self(LabelList::read_blocks(&text)));
            }
        }
        let grids = file.grids()?;
        let mut labels = grids
            .first()
            .map(LabelList::read_columns)
            .unwrap_or_default();
        labels.retain(|label| !label.name.is_empty());
        match labels.is_empty() {
            false => Ok(Self(labels)),
            true => Err(EstimationError::Option {
                option: "--labels",
                problem: format!(
                    "{} has no labels; write each attribute's name above its levels",
                    file.name
                ),
            }),
        }
    }

    /// The settings of a CBC/HB run.
    fn from_cbchb(file: &InputFile, text: &str) -> Result<Self, EstimationError> {
        let project = read_cbchb(text).map_err(|problem| EstimationError::Option {
            option: "--labels",
            problem: format!("{}: {problem}", file.name),
        })?;
        let lists = project.attributes.into_iter().map(|attribute| LabelList {
            name: attribute.name,
            levels: attribute.levels,
        });
        Ok(Self(lists.collect()))
    }

    /// The label of an attribute: that of its name, else that of its position.
    pub(super) fn find(&self, place: usize, name: &str) -> Option<&LabelList> {
        let named = self.0.iter().find(|label| label.name == name);
        named.or_else(|| self.0.get(place))
    }
}

/// Whether a file holds nothing but labels: `.att`, or the settings of a CBC/HB run.
pub(super) fn is_labels(file: &InputFile) -> bool {
    let is_att = file.name.to_lowercase().ends_with(".att");
    is_att || (!file.is_workbook() && decode(file.bytes()).is_some_and(|text| is_cbchb(&text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_columns_give_the_same_labels() {
        let read = |name: &str, text: &str| {
            let file = InputFile::open(name, text.as_bytes().to_vec());
            Labels::read(&file).unwrap()
        };
        let blocks = read("a.att", "Brand\nAlba\nBrévia\n\nPrice\n$1,099\n");
        assert_eq!(
            blocks,
            read("a.csv", "Brand,Price\nAlba,\"$1,099\"\nBrévia,\n")
        );
        assert_eq!(blocks.find(1, "A2").unwrap().levels, ["$1,099"]);
        assert_eq!(blocks.find(1, "Brand").unwrap().name, "Brand");
    }
}
