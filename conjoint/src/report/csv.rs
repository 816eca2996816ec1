//! A table as CSV, with every digit.

use std::io::{self, Write};

use csv::{ErrorKind, Terminator, WriterBuilder};

use super::{Column, Table};

/// Who reads the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CsvStyle {
    /// A program: the header has the columns' keys, lines end with a line feed.
    Script,
    /// A person with a spreadsheet: the header has the columns' names and units, because a file has
    /// no caption; lines end as RFC 4180 says, with carriage return and line feed.
    Spreadsheet,
}

impl Table {
    /// Writes the header and the rows as CSV, in quotes where needed. Numbers have all their
    /// digits, percentages are fractions.
    ///
    /// # Errors
    /// What writing to `out` gives.
    pub fn write_csv(&self, style: CsvStyle, out: &mut impl Write) -> io::Result<()> {
        let end = match style {
            CsvStyle::Script => Terminator::Any(b'\n'),
            CsvStyle::Spreadsheet => Terminator::CRLF,
        };
        let mut writer = WriterBuilder::new()
            .terminator(end)
            .flexible(true)
            .from_writer(out);
        let header = self.columns.iter().map(|column| column.heading(style));
        writer.write_record(header).map_err(io_error)?;
        for row in &self.rows {
            let cells = row.iter().map(|cell| cell.to_data());
            writer
                .write_record(cells.map(|cell| cell.into_owned().into_bytes()))
                .map_err(io_error)?;
        }
        writer.flush()
    }

    /// The table as a CSV text.
    pub fn to_csv(&self, style: CsvStyle) -> String {
        let mut bytes = Vec::new();
        // Neither fails: memory takes everything, and texts consist of UTF-8.
        let _ = self.write_csv(style, &mut bytes);
        String::from_utf8(bytes).unwrap_or_default()
    }
}

impl Column {
    /// The column's name in a CSV file.
    fn heading(&self, style: CsvStyle) -> String {
        match (style, &self.group, self.unit.as_str()) {
            (CsvStyle::Script, None, _) => self.key.clone(),
            (CsvStyle::Script, Some(group), _) => format!("{group}_{}", self.key),
            (CsvStyle::Spreadsheet, _, "") => self.name.clone(),
            (CsvStyle::Spreadsheet, _, unit) => format!("{} ({unit})", self.name),
        }
    }
}

/// Keeps the error's own kind, which says whether a pipe was closed.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Cell;

    fn table() -> Table {
        let columns = [
            Column::new("product"),
            Column::new("live").with_key("share").with_unit("%"),
            Column::new("from")
                .with_key("low")
                .in_group("interval")
                .with_unit("%"),
        ];
        let mut table = Table::new("Shares", columns);
        let third = Cell::number(100.0 / 3.0);
        table.push([Cell::text("A \"plus\", red"), third, Cell::Empty]);
        table
    }

    #[test]
    fn a_spreadsheet_gets_names_with_units() {
        assert_eq!(
            table().to_csv(CsvStyle::Spreadsheet),
            "product,live (%),from (%)\r\n\"A \"\"plus\"\", red\",33.333333333333336,\r\n"
        );
    }

    #[test]
    fn a_script_gets_keys() {
        assert_eq!(
            table().to_csv(CsvStyle::Script),
            "product,share,interval_low\n\"A \"\"plus\"\", red\",33.333333333333336,\n"
        );
    }

    /// Rows that are too short or too long are written as they are: no line is lost.
    #[test]
    fn uneven_rows_are_kept() {
        let mut table = Table::new("", ["a", "b"].map(Column::new));
        table.push([Cell::count(1)]);
        table.push([1, 2, 3].map(Cell::count));
        assert_eq!(table.to_csv(CsvStyle::Script), "a,b\n1\n1,2,3\n");
    }
}
