//! The numbers of a figure as a table: the source of the page's table, of the CSV file and of the
//! workbook.

use conjoint::report::{Cell, Column, Table};

/// A table without a title: one row per category, such as a product, a brand or a sweep point, and
/// one column per series. All series have the same unit, which is empty for bare numbers.
///
/// `category` says what the first column lists. Each row is its category and one cell per series.
pub fn build_table(
    category: impl Into<String>,
    series: impl IntoIterator<Item = String>,
    unit: &str,
    rows: impl IntoIterator<Item = (String, Vec<Cell>)>,
) -> Table {
    let series = series
        .into_iter()
        .map(|name| Column::new(name).with_unit(unit));
    let mut table = Table::new("", std::iter::once(Column::new(category)).chain(series));
    for (category, cells) in rows {
        table.push(std::iter::once(Cell::Text(category)).chain(cells));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use conjoint::report::CsvStyle;

    #[test]
    fn only_series_have_the_unit() {
        let cells = vec![Cell::number(100.0 / 3.0), Cell::Empty];
        let rows = [("Kia Niro EV".to_owned(), cells)];
        let series = ["live", "baseline"].map(str::to_owned);
        let table = build_table("product", series, "%", rows);
        assert!(table.names().eq(["product", "live", "baseline"]));
        assert_eq!(table.unit(), "%");
        assert_eq!(
            table.to_csv(CsvStyle::Spreadsheet),
            "product,live (%),baseline (%)\r\nKia Niro EV,33.333333333333336,\r\n"
        );
    }
}
