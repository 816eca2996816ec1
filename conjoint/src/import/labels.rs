//! Names of attributes and levels from a file next to the utilities: a table with an attribute in each
//! column, Sawtooth's `.att`, or a crosswalk from codes to names.

use super::dates;
use super::error::{ImportError, SourcePlace};
use crate::format::read_cbchb;
use crate::format::tabular::{Grid, GridCell, LabelList, decode};

/// Names of attributes and levels.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Labels {
    /// The file.
    pub(crate) file: String,
    pub(crate) attributes: Vec<LabelledAttribute>,
    /// What is doubtful about the labels, a sentence each.
    pub(crate) doubts: Vec<String>,
    /// Whether the utilities include None, where the file says so.
    pub(crate) has_none: Option<bool>,
    /// What the file is, in words.
    pub(crate) content: LabelsContent,
}

/// What a file of labels is.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum LabelsContent {
    /// Names of attributes and levels only.
    #[default]
    Names,
    /// The settings of a CBC/HB run, and the name of its file of choices.
    Cbchb(Option<String>),
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
        let lists = LabelList::read_blocks(&text);
        Self::from_lists(file.to_owned(), lists).check()
    }

    /// The settings of a CBC/HB run.
    pub(crate) fn from_cbchb(file: &str, text: &str) -> Result<Self, ImportError> {
        let project = read_cbchb(text)
            .map_err(|problem| ImportError::invalid(SourcePlace::file(file), problem))?;
        let lists = project.attributes.into_iter().map(|attribute| LabelList {
            name: attribute.name,
            levels: attribute.levels,
        });
        let labels = Self {
            has_none: project.has_none,
            content: LabelsContent::Cbchb(project.data_file),
            ..Self::from_lists(file.to_owned(), lists.collect())
        };
        labels.check()
    }

    /// Why the labels cannot be imported by themselves.
    pub(crate) fn describe_lack(&self) -> ImportError {
        let count = self.attributes.len();
        let problem = match &self.content {
            LabelsContent::Names => format!(
                "these are labels of {count} attributes, not utilities; open the file together with the utilities"
            ),
            LabelsContent::Cbchb(data) => {
                let choices = match data {
                    Some(data) => format!("its choices, `{data}`"),
                    None => "its choices".to_owned(),
                };
                format!(
                    "these are the settings of a CBC/HB run with the labels of {count} attributes, not utilities; \
                     open the file together with the utilities of the run, *_utilities.csv or .hbu, or with {choices}"
                )
            }
        };
        ImportError::invalid(SourcePlace::file(&self.file), problem)
    }

    /// A table of labels or a crosswalk.
    pub(crate) fn from_grid(grid: &Grid) -> Result<Self, ImportError> {
        let file = SourcePlace::table(grid).to_string();
        let find =
            |name: &str| (0..grid.width()).find(|c| grid.text(0, *c).eq_ignore_ascii_case(name));
        let mut labels = Self {
            file,
            attributes: Vec::new(),
            doubts: find_doubts(grid),
            ..Self::default()
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
        let mut lists = LabelList::read_columns(grid);
        lists.retain(|list| !(list.name.is_empty() && list.levels.is_empty()));
        let doubts = labels.doubts;
        Self {
            doubts,
            ..Self::from_lists(labels.file, lists)
        }
        .check()
    }

    fn from_lists(file: String, lists: Vec<LabelList>) -> Self {
        let attributes = lists.into_iter().map(|list| LabelledAttribute {
            name: list.name,
            levels: list.levels.into_iter().map(LevelLabel::new).collect(),
        });
        Self {
            file,
            attributes: attributes.collect(),
            ..Self::default()
        }
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
}

/// The labels of a table that a spreadsheet has probably changed.
fn find_doubts(grid: &Grid) -> Vec<String> {
    let rows = 1..grid.height();
    let cells = rows.flat_map(|row| (0..grid.width()).map(move |column| (row, column)));
    let doubts = cells.filter_map(|(row, column)| {
        dates::describe_level(&grid.text(row, column), grid, row, column)
    });
    doubts.collect()
}

impl LevelLabel {
    fn new(label: String) -> Self {
        Self { code: None, label }
    }
}
