//! Names of attributes and levels: `.att`, a table with the attribute above its levels, or one level
//! per row.

use super::request::InputFile;
use crate::estimation::error::EstimationError;
use crate::format::tabular::{Grid, TabularError, decode, is_workbook, read_grids};

/// An attribute's name and its levels, in the order of their codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) name: String,
    pub(super) levels: Vec<String>,
}

/// The labels of all attributes, in the order of the design.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Labels(Vec<Label>);

impl Labels {
    /// Reads a file of labels.
    ///
    /// # Errors
    /// A file that is neither text nor a workbook, and one without labels.
    pub(super) fn read(file: &InputFile) -> Result<Self, EstimationError> {
        if !is_workbook(&file.bytes) {
            let text = decode(&file.bytes).ok_or_else(|| TabularError::NotText {
                file: file.name.clone(),
            })?;
            let is_att = file.name.to_lowercase().ends_with(".att");
            if is_att || (!text.contains(',') && !text.contains(';') && !text.contains('\t')) {
                return Ok(Self::from_blocks(&text));
            }
        }
        let grids = read_grids(&file.name, &file.bytes)?;
        let labels = grids.first().map(Self::from_grid).unwrap_or_default();
        match labels.0.is_empty() {
            false => Ok(labels),
            true => Err(EstimationError::Option {
                option: "--labels",
                problem: format!(
                    "{} has no labels; write each attribute's name above its levels",
                    file.name
                ),
            }),
        }
    }

    /// Blocks of lines with blank lines between them: an attribute, then its levels.
    fn from_blocks(text: &str) -> Self {
        let mut labels: Vec<Label> = Vec::new();
        let mut is_open = false;
        for line in text.lines().map(str::trim) {
            match (line.is_empty(), is_open, labels.last_mut()) {
                (true, ..) => is_open = false,
                (false, true, Some(label)) => label.levels.push(line.to_owned()),
                _ => {
                    labels.push(Label {
                        name: line.to_owned(),
                        levels: Vec::new(),
                    });
                    is_open = true;
                }
            }
        }
        Self(labels)
    }

    /// A table with the attributes in its first row and their levels below.
    fn from_grid(grid: &Grid) -> Self {
        let columns = (0..grid.width()).map(|column| Label {
            name: grid.text(0, column).into_owned(),
            levels: (1..grid.height())
                .map(|row| grid.text(row, column).into_owned())
                .filter(|level| !level.is_empty())
                .collect(),
        });
        Self(columns.filter(|label| !label.name.is_empty()).collect())
    }

    /// The label of an attribute: that of its name, else that of its position.
    pub(super) fn find(&self, place: usize, name: &str) -> Option<&Label> {
        let named = self.0.iter().find(|label| label.name == name);
        named.or_else(|| self.0.get(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_columns_give_the_same_labels() {
        let read = |name: &str, text: &str| {
            let file = InputFile {
                name: name.to_owned(),
                bytes: text.as_bytes().to_vec(),
            };
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
