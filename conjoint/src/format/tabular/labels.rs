//! Attributes with their levels, as Sawtooth's `.att` and tables of labels list them.

use super::Grid;

/// A name, and what is listed below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LabelList {
    /// The attribute.
    pub(crate) name: String,
    /// Its levels, in order.
    pub(crate) levels: Vec<String>,
}

impl LabelList {
    /// Blocks of lines with empty lines between them: an attribute, then its levels.
    pub(crate) fn read_blocks(text: &str) -> Vec<Self> {
        let mut lists: Vec<Self> = Vec::new();
        let mut is_open = false;
        for line in text.lines().map(str::trim) {
            match lists.last_mut().filter(|_| is_open) {
                _ if line.is_empty() => is_open = false,
                Some(list) => list.levels.push(line.to_owned()),
                None => {
                    is_open = true;
                    lists.push(Self {
                        name: line.to_owned(),
                        levels: Vec::new(),
                    });
                }
            }
        }
        lists
    }

    /// The columns of a table: an attribute in the first row, its levels below. Empty cells are no
    /// levels; a name may be empty.
    pub(crate) fn read_columns(grid: &Grid) -> Vec<Self> {
        let column = |column: usize| Self {
            name: grid.text(0, column).into_owned(),
            levels: (1..grid.height())
                .map(|row| grid.text(row, column).into_owned())
                .filter(|level| !level.is_empty())
                .collect(),
        };
        (0..grid.width()).map(column).collect()
    }
}
