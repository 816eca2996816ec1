//! A table as JSON: an array with an object per row, by the columns' keys.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Cell, Column, Table};

/// The rows of a table as objects, in full double precision.
///
/// Neighboring columns of the same group form an object of their own, which is `null` if all of
/// its cells are empty.
#[derive(Clone, Copy, Debug)]
pub struct Records<'t>(&'t Table);

impl Table {
    /// The rows as objects by the columns' keys, to be serialized.
    pub fn records(&self) -> Records<'_> {
        Records(self)
    }
}

/// Serializes a table's [`Records`], for fields with `#[serde(serialize_with)]`.
///
/// # Errors
/// What the serializer gives.
pub fn serialize_records<S: Serializer>(table: &Table, serializer: S) -> Result<S::Ok, S::Error> {
    table.records().serialize(serializer)
}

impl Serialize for Records<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Table { columns, rows, .. } = self.0;
        serializer.collect_seq(rows.iter().map(|cells| Record { columns, cells }))
    }
}

/// Columns and their cells in one row.
struct Record<'t> {
    columns: &'t [Column],
    cells: &'t [Cell],
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let mut rest = self.cells;
        for columns in self.columns.chunk_by(|one, other| one.group == other.group) {
            let (cells, others) = rest.split_at(columns.len().min(rest.len()));
            rest = others;
            match columns.first().and_then(|column| column.group.as_deref()) {
                Some(group) => map.serialize_entry(group, &Group { columns, cells })?,
                None => {
                    for (column, cell) in columns.iter().zip(cells) {
                        map.serialize_entry(&column.key, &Value(cell))?;
                    }
                }
            }
        }
        map.end()
    }
}

/// The part of a row that is one group.
struct Group<'t> {
    columns: &'t [Column],
    cells: &'t [Cell],
}

impl Serialize for Group<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.cells.iter().all(|cell| *cell == Cell::Empty) {
            return serializer.serialize_none();
        }
        let keys = self.columns.iter().map(|column| &column.key);
        serializer.collect_map(keys.zip(self.cells.iter().map(Value)))
    }
}

/// A cell's value without the rule for its text.
struct Value<'t>(&'t Cell);

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Empty => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::List(texts) => texts.serialize(serializer),
            Cell::Integer(value) => serializer.serialize_i64(*value),
            Cell::Number { value, .. } => serializer.serialize_f64(*value),
            Cell::Percent { fraction, .. } => serializer.serialize_f64(*fraction),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(table: &Table) -> String {
        serde_json::to_string(&table.records()).unwrap()
    }

    #[test]
    fn every_kind_of_cell_has_its_json() {
        let columns = ["text", "list", "count", "number", "percent", "empty"];
        let mut table = Table::new("", columns.map(Column::new));
        table.push([
            Cell::text("\"a\""),
            Cell::List(vec!["b".to_owned(), "c".to_owned()]),
            Cell::count(3),
            Cell::decimal(1.0, 0),
            Cell::percent(1.0 / 3.0, 1),
            Cell::Empty,
        ]);
        assert_eq!(
            json(&table),
            r#"[{"text":"\"a\"","list":["b","c"],"count":3,"number":1.0,"percent":0.3333333333333333,"empty":null}]"#
        );
    }

    #[test]
    fn a_group_is_an_object_or_null() {
        let grouped = |key: &str, group: &str| Column::new(key).in_group(group);
        let columns = [
            Column::new("level"),
            grouped("low", "algebraic"),
            grouped("high", "algebraic"),
            grouped("low", "simulated"),
            grouped("high", "simulated"),
        ];
        let mut table = Table::new("", columns);
        let [one, two] = [1.0, 2.0].map(Cell::exact);
        table.push([Cell::text("a"), one, two.clone(), Cell::Empty, Cell::Empty]);
        table.push([Cell::text("b"), Cell::Empty, Cell::Empty, Cell::Empty, two]);
        assert_eq!(
            json(&table),
            r#"[{"level":"a","algebraic":{"low":1.0,"high":2.0},"simulated":null},{"level":"b","algebraic":null,"simulated":{"low":null,"high":2.0}}]"#
        );
        assert_eq!(json(&Table::new("", [])), "[]");
    }
}
