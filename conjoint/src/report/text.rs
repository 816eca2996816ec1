//! A table as aligned text, for a terminal.

use std::borrow::Cow;
use std::io::{self, Write};

use super::Table;

impl Table {
    /// Writes the title, with the note in parentheses, the header and the rows. A column in which
    /// every text reads as a number is aligned to the right, others to the left; a header without
    /// any name is left out.
    ///
    /// # Errors
    /// What writing to `out` gives.
    pub fn write_text(&self, out: &mut impl Write) -> io::Result<()> {
        match self.note.as_str() {
            "" => writeln!(out, "{}", self.title)?,
            note => writeln!(out, "{} ({note})", self.title)?,
        }
        let names = self.columns.iter();
        let header: Vec<Cow<'_, str>> = names.map(|column| column.name.as_str().into()).collect();
        let has_header = header.iter().any(|name| !name.is_empty());
        let rows = self.rows.iter();
        let rows = rows.map(|row| row.iter().map(|cell| cell.to_text()).collect());
        let lines: Vec<Vec<Cow<'_, str>>> = has_header
            .then_some(header)
            .into_iter()
            .chain(rows)
            .collect();
        let columns: Vec<(usize, bool)> = (0..self.columns.len())
            .map(|column| (width(&lines, column), self.is_numeric(column)))
            .collect();
        for line in &lines {
            let mut text = String::new();
            for (cell, (width, is_numeric)) in line.iter().zip(&columns) {
                text += &match is_numeric {
                    true => format!("{cell:>width$}  "),
                    false => format!("{cell:<width$}  "),
                };
            }
            writeln!(out, "  {}", text.trim_end())?;
        }
        Ok(())
    }

    /// Whether every text of a column reads as a number, as ids often do.
    fn is_numeric(&self, column: usize) -> bool {
        self.cells(column).all(|cell| {
            let text = cell.to_text();
            text.is_empty() || text.trim_end_matches([' ', '%']).parse::<f64>().is_ok()
        })
    }
}

/// The characters of the longest cell of a column.
fn width(lines: &[Vec<Cow<'_, str>>], column: usize) -> usize {
    let cells = lines.iter().filter_map(|line| line.get(column));
    cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use crate::report::{Cell, Column, Table};

    fn text(table: &Table) -> String {
        let mut text = Vec::new();
        table.write_text(&mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn numbers_are_aligned_to_the_right_and_texts_to_the_left() {
        let columns = ["id", "model", "share"].map(Column::new);
        let mut table = Table::new("Products", columns).with_note("3 in all");
        table.push([Cell::text("9"), Cell::text("Zoé"), Cell::percent(0.125, 1)]);
        table.push([
            Cell::text("10"),
            Cell::text("Model 3"),
            Cell::percent(1.0, 1),
        ]);
        table.push([Cell::Empty, Cell::text("None"), Cell::Empty]);
        let expected = [
            "Products (3 in all)",
            "  id  model      share",
            "   9  Zoé       12.5 %",
            "  10  Model 3  100.0 %",
            "      None",
        ];
        assert!(text(&table).lines().eq(expected), "{}", text(&table));
    }

    #[test]
    fn a_header_without_names_is_left_out() {
        let mut table = Table::new("Study", ["", ""].map(Column::new));
        table.push([Cell::text("respondents"), Cell::count(560)]);
        table.push([Cell::text("brands"), Cell::text("Kia")]);
        assert_eq!(
            text(&table),
            "Study\n  respondents  560\n  brands       Kia\n"
        );
        assert_eq!(text(&Table::new("2 errors", [])), "2 errors\n");
    }
}
