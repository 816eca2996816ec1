//! One type for every table that people or programs read: the command's results, the page's "Data"
//! tables, their CSV files and the sheets of a workbook.
//!
//! A [`Table`] holds typed cells: the value and how a text shows it. It is rendered in one place
//! for everybody: as aligned text ([`Table::write_text`]), as CSV ([`Table::write_csv`]) and as
//! JSON ([`Table::records`]). Texts round numbers for reading; CSV and JSON carry every digit.
//!
//! The module knows nothing of conjoint analysis and uses no other module. Tables also travel between
//! programs: their own serde form keeps everything, unlike [`Table::records`].

use serde::{Deserialize, Serialize};

mod cell;
mod csv;
mod json;
mod text;

pub use self::cell::{Cell, Digits};
pub use self::csv::CsvStyle;
pub use self::json::{Records, serialize_records};

/// A titled table.
///
/// # Examples
/// ```
/// use conjoint::report::{Cell, Column, CsvStyle, Table};
///
/// let columns = [Column::new("brand"), Column::new("share").with_key("first_choice_share")];
/// let mut shares = Table::new("Shares", columns).with_note("of 3 respondents");
/// shares.push([Cell::text("Kia"), Cell::percent(2.0 / 3.0, 1)]);
///
/// let mut text = Vec::new();
/// shares.write_text(&mut text)?;
/// assert_eq!(text, b"Shares (of 3 respondents)\n  brand   share\n  Kia    66.7 %\n");
/// assert_eq!(
///     shares.to_csv(CsvStyle::Script),
///     "brand,first_choice_share\nKia,0.6666666666666666\n"
/// );
/// assert_eq!(
///     serde_json::to_string(&shares.records())?,
///     r#"[{"brand":"Kia","first_choice_share":0.6666666666666666}]"#
/// );
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What the table shows.
    pub title: String,
    /// What a reader must know besides: how the numbers were computed, or their units. May be empty.
    pub note: String,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The rows, in order; each has one cell per column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a [`Table`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The name that people read in the header; may be empty.
    pub name: String,
    /// The name that programs read, in JSON and in the CSV for scripts.
    pub key: String,
    /// In JSON, columns of the same group form one object under this key.
    pub group: Option<String>,
    /// The unit of the column's numbers, such as "respondents"; empty for a bare number.
    pub unit: String,
}

impl Table {
    /// A table without rows.
    pub fn new(title: impl Into<String>, columns: impl IntoIterator<Item = Column>) -> Self {
        Self {
            title: title.into(),
            columns: columns.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The table with another title.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The table with a note.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// Appends a row, one cell per column.
    pub fn push(&mut self, row: impl IntoIterator<Item = Cell>) {
        self.rows.push(row.into_iter().collect());
    }

    /// The columns' names, as people read them in the header.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// The unit of the numbers if all columns that have one have the same, else an empty text.
    pub fn unit(&self) -> &str {
        let mut units = self.columns.iter().map(|column| column.unit.as_str());
        let first = units.find(|unit| !unit.is_empty()).unwrap_or_default();
        let is_common = units.all(|unit| unit.is_empty() || unit == first);
        if is_common { first } else { "" }
    }

    /// The cells of a column, from the first row to the last.
    fn cells(&self, column: usize) -> impl Iterator<Item = &Cell> {
        self.rows.iter().filter_map(move |row| row.get(column))
    }
}

impl Column {
    /// A column that people and programs know by the same name.
    pub fn new(name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            key: name.clone(),
            name,
            ..Self::default()
        }
    }

    /// The column with another name for programs.
    #[must_use]
    pub fn with_key(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// The column as part of a group.
    #[must_use]
    pub fn in_group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// The column with the unit of its numbers.
    #[must_use]
    pub fn with_unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_common_if_no_column_has_another_one() {
        let table = |units: [&str; 3]| {
            let column = |unit: &str| Column::new("").with_unit(unit);
            Table::new("", units.map(column))
        };
        assert_eq!(table(["", "%", "%"]).unit(), "%");
        assert_eq!(table(["", "%", ""]).unit(), "%");
        assert_eq!(table(["", "%", "points"]).unit(), "");
        assert_eq!(table(["", "", ""]).unit(), "");
    }
}
