//! Parts of tables and of JSON that several commands share.

use nalgebra::DMatrix;
use serde::{Serialize, Serializer};

use conjoint::index_vec::{BrandIndex, IndexVec};
use conjoint::market::Change;
use conjoint::report::{Cell, Column, Table};
use conjoint::stats::bootstrap::Interval;
use conjoint::study::{ProductId, Study};

/// Values by name, as a JSON object in this order.
pub(crate) struct NamedValues<T>(pub(crate) Vec<(String, T)>);

impl<T: Serialize> Serialize for NamedValues<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// The low and the high end of an interval that may be missing.
pub(crate) fn interval_ends(interval: Option<Interval>) -> [Option<f64>; 2] {
    [
        interval.map(|interval| interval.low),
        interval.map(|interval| interval.high),
    ]
}

/// A product's id: an integer if it is one.
pub(crate) fn id_cell(id: &ProductId) -> Cell {
    match id.as_str().parse::<i64>() {
        Ok(number) if number.to_string() == id.as_str() => Cell::Integer(number),
        _ => Cell::text(id.as_str()),
    }
}

/// The rows of a matrix.
pub(crate) fn matrix_rows<T: nalgebra::Scalar>(matrix: &DMatrix<T>) -> Vec<Vec<T>> {
    let rows = matrix.row_iter();
    rows.map(|row| row.iter().cloned().collect()).collect()
}

/// A matrix with a row per product; missing values are empty cells.
pub(crate) fn matrix_table(
    title: &str,
    products: &[ProductId],
    columns: &[String],
    rows: &[Vec<Option<f64>>],
    cell: impl Fn(f64) -> Cell,
) -> Table {
    let columns = columns.iter().map(Column::new);
    let mut table = Table::new(title, std::iter::once(Column::new("id")).chain(columns));
    for (id, row) in products.iter().zip(rows) {
        let cells = row.iter().map(|value| Cell::optional(*value, &cell));
        table.push(std::iter::once(id_cell(id)).chain(cells));
    }
    table
}

/// The ids of products as the names of columns.
pub(crate) fn id_names(products: &[ProductId]) -> Vec<String> {
    products.iter().map(ProductId::to_string).collect()
}

/// The money of every brand, before and after the period, under the names of the reference figures;
/// no rows in a study without money.
pub(crate) fn brand_money(study: &Study, brands: &IndexVec<BrandIndex, Change>) -> Table {
    let names = [
        "customers",
        "new",
        "ARPU",
        "new",
        "revenue",
        "new",
        "EBIT",
        "new",
    ];
    let keys = Change::default().named_figures().map(|(key, _)| key);
    let columns = names.into_iter().zip(keys);
    let columns = columns.map(|(name, key)| Column::new(name).with_key(key));
    let columns = std::iter::once(Column::new("brand")).chain(columns);
    let mut table = Table::new("Brands", columns)
        .with_note("customers in thousands, ARPU a month, revenue and EBIT in thousands a month");
    for (brand, change) in study.brands().iter().zip(brands) {
        let figures = change.named_figures().map(|(key, value)| {
            let decimals = if key.starts_with("sio") { 3 } else { 2 };
            Cell::decimal(value, decimals)
        });
        table.push(std::iter::once(Cell::text(&brand.name)).chain(figures));
    }
    table
}

/// The cells of a row, from the column `first` on, with the keys of their columns.
pub(crate) fn keyed_cells<'t>(
    table: &'t Table,
    row: &'t [Cell],
    first: usize,
) -> impl Iterator<Item = (&'t Column, &'t Cell)> {
    table.columns.iter().zip(row).skip(first)
}

/// A number with commas between groups of three digits, as `1,500`.
pub(crate) fn group_thousands(value: f64) -> String {
    let text = value.to_string();
    let (whole, fraction) = text
        .find('.')
        .map_or((text.as_str(), ""), |point| text.split_at(point));
    let digits = whole.trim_start_matches('-');
    let mut grouped = whole.trim_end_matches(digits).to_owned();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

#[cfg(test)]
mod tests {
    use super::group_thousands;

    #[test]
    fn thousands_are_separated() {
        let grouped = [0.0, -12.5, 999.0, 1500.0, -1_234_567.25].map(group_thousands);
        assert_eq!(grouped, ["0", "-12.5", "999", "1,500", "-1,234,567.25"]);
    }
}
