//! What an importer reads: respondents, columns of utilities, and which level each column is.

use super::error::SourcePlace;
use super::interactions::{DraftInteraction, DraftPair};
use super::scale::Scale;

/// Utilities of respondents before they are a study.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// The table.
    pub(crate) place: SourcePlace,
    pub(crate) ids: Vec<String>,
    /// The line or row of each respondent.
    pub(crate) lines: Vec<u64>,
    /// Names of the columns of utilities.
    pub(crate) columns: Vec<String>,
    /// A row per respondent, a value per column; NaN where it is missing.
    pub(crate) rows: Vec<Vec<f64>>,
    /// The draws of each respondent, whose means are the rows; empty without draws.
    pub(crate) draws: Vec<Vec<Vec<f64>>>,
    pub(crate) attributes: Vec<DraftAttribute>,
    /// The columns of interactions.
    pub(crate) pairs: Vec<DraftPair>,
    /// The interactions, once their attributes and levels have their final names.
    pub(crate) interactions: Vec<DraftInteraction>,
    /// The column of choosing nothing.
    pub(crate) none: Option<usize>,
    /// Columns of constants of the alternatives: their mean is subtracted from None.
    pub(crate) constants: Vec<usize>,
    /// Columns that describe the respondents.
    pub(crate) groups: Vec<GroupColumn>,
    pub(crate) conventions: Conventions,
    /// The scale that the format itself implies.
    pub(crate) scale: Option<Scale>,
    /// What was decided without asking.
    pub(crate) assumed: Vec<String>,
    pub(crate) left_out: Vec<LeftOut>,
    /// What each column of the table was read as.
    pub(crate) roles: Vec<(String, ColumnRole)>,
}

/// An attribute, and where its part-worths are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DraftAttribute {
    pub(crate) name: String,
    /// Whether the file has its name.
    pub(crate) is_named: bool,
    pub(crate) levels: Vec<DraftLevel>,
    /// Whether its only column is a coefficient per unit of a number.
    pub(crate) is_linear: bool,
    /// The surveyed numbers, where they are known and differ from the levels.
    pub(crate) surveyed: Vec<f64>,
    /// Whether it has part-worths only together with another attribute.
    pub(crate) is_conditional: bool,
}

/// A level of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DraftLevel {
    pub(crate) label: String,
    pub(crate) source: PartWorth,
}

/// Where the part-worths of a level come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum PartWorth {
    /// A column.
    Column(usize),
    /// A column times a number, for a level of a linear attribute.
    Scaled(usize, f64),
    /// The base level of dummy coding.
    Zero,
    /// The level that effects coding leaves out: minus the sum of columns, from one to another.
    MinusSum(usize, usize),
}

impl PartWorth {
    /// The part-worth of a respondent.
    pub(crate) fn value(self, row: &[f64]) -> f64 {
        let cell = |column: usize| row.get(column).copied().unwrap_or(f64::NAN);
        match self {
            Self::Column(column) => cell(column),
            Self::Scaled(column, factor) => cell(column) * factor,
            Self::Zero => 0.0,
            Self::MinusSum(from, to) => -(from..=to).map(cell).sum::<f64>(),
        }
    }

    /// The column, if it is one.
    pub(crate) fn column(self) -> Option<usize> {
        match self {
            Self::Column(column) | Self::Scaled(column, _) => Some(column),
            Self::Zero | Self::MinusSum(..) => None,
        }
    }
}

/// A column that describes the respondents.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GroupColumn {
    pub(crate) name: String,
    pub(crate) cells: Vec<String>,
    /// Whether it is a weight by its name.
    pub(crate) is_weight: bool,
    /// The other table that has it; `None` for a column of the utilities' own table.
    pub(crate) origin: Option<GroupOrigin>,
}

/// Where the cells of a column of another table are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GroupOrigin {
    pub(crate) table: SourcePlace,
    /// The line of each respondent; `None` for those that the table does not have.
    pub(crate) lines: Vec<Option<u64>>,
}

/// What a program does without saying so in its files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Conventions {
    /// Whether the values behind a linear coefficient are not centered. Otherwise they are centered at
    /// the mean of the surveyed ones.
    pub(crate) is_uncentered: bool,
    /// Whether the last level of an attribute is left out and is minus the sum of the others.
    pub(crate) omits_last_level: bool,
    /// Whether `BRAND2` is level 2 of `BRAND`, and `PRICE_L` the coefficient of `PRICE`.
    pub(crate) has_stems: bool,
}

/// Respondents that were left out.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    /// How many.
    pub count: usize,
    /// Why.
    pub reason: String,
}

/// What a column of a table was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnRole {
    /// The respondent's id.
    Id,
    /// Part-worths of a level, or a linear coefficient.
    Utility,
    /// The utility of choosing nothing.
    None,
    /// A constant of an alternative.
    Constant,
    /// How well the model fits, which is not used.
    Fit,
    /// The respondent's weight.
    Weight,
    /// Something else about the respondent.
    Group,
    /// Not used.
    Ignored,
}

impl Draft {
    /// A draft without respondents.
    pub(crate) fn new(place: SourcePlace) -> Self {
        Self {
            place,
            ids: Vec::new(),
            lines: Vec::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            draws: Vec::new(),
            attributes: Vec::new(),
            pairs: Vec::new(),
            interactions: Vec::new(),
            none: None,
            constants: Vec::new(),
            groups: Vec::new(),
            conventions: Conventions::default(),
            scale: None,
            assumed: Vec::new(),
            left_out: Vec::new(),
            roles: Vec::new(),
        }
    }

    /// Counts respondents that were left out.
    pub(crate) fn leave_out(&mut self, count: usize, reason: impl Into<String>) {
        let reason = reason.into();
        match self.left_out.iter_mut().find(|left| left.reason == reason) {
            Some(left) => left.count += count,
            None if count > 0 => self.left_out.push(LeftOut { count, reason }),
            None => {}
        }
    }

    /// Keeps the respondents that fulfil a condition on their position.
    pub(crate) fn retain(&mut self, is_kept: impl Fn(usize) -> bool) {
        fn keep<T>(list: &mut Vec<T>, is_kept: &impl Fn(usize) -> bool) {
            let mut position = 0;
            list.retain(|_| {
                position += 1;
                is_kept(position - 1)
            });
        }
        keep(&mut self.ids, &is_kept);
        keep(&mut self.lines, &is_kept);
        keep(&mut self.rows, &is_kept);
        for group in &mut self.groups {
            keep(&mut group.cells, &is_kept);
        }
    }

    /// Adds a column that follows from the others.
    pub(crate) fn add_column(&mut self, compute: impl Fn(&[f64]) -> f64) -> PartWorth {
        let column = self.columns.len();
        self.columns.push(String::new());
        for row in self.rows.iter_mut().chain(self.draws.iter_mut().flatten()) {
            let value = compute(row);
            row.push(value);
        }
        PartWorth::Column(column)
    }

    /// An attribute by its name.
    pub(crate) fn find(&self, name: &str) -> Option<&DraftAttribute> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
    }

    /// The names of an attribute's levels.
    pub(crate) fn level_names(&self, attribute: &str) -> Vec<String> {
        let levels = self.find(attribute).map(|found| found.levels.iter());
        let names = levels.into_iter().flatten();
        names.map(|level| level.label.clone()).collect()
    }

    /// The names of the attributes.
    pub(crate) fn attribute_names(&self) -> Vec<&str> {
        let attributes = self.attributes.iter();
        attributes
            .map(|attribute| attribute.name.as_str())
            .collect()
    }
}

impl DraftAttribute {
    /// An attribute whose levels are columns, one after the other.
    pub(crate) fn of_columns(
        name: &str,
        is_named: bool,
        levels: impl IntoIterator<Item = (String, usize)>,
    ) -> Self {
        let levels = levels.into_iter().map(|(label, column)| DraftLevel {
            label,
            source: PartWorth::Column(column),
        });
        Self {
            name: name.to_owned(),
            is_named,
            levels: levels.collect(),
            is_linear: false,
            surveyed: Vec::new(),
            is_conditional: false,
        }
    }

    /// An attribute with a coefficient in one column.
    pub(crate) fn linear(name: &str, is_named: bool, column: usize) -> Self {
        let mut attribute = Self::of_columns(name, is_named, [(name.to_owned(), column)]);
        attribute.is_linear = true;
        attribute
    }
}
