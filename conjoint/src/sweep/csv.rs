//! The results of sweeps as tables, for a spreadsheet: the same wherever they are saved.

use super::grid::GridResult;
use super::lockstep::LockstepResult;
use crate::index_vec::ProductIndex;
use crate::report::{Cell, Column, CsvStyle, Table};
use crate::simulation::scenario::Scenario;
use crate::study::Study;

impl LockstepResult {
    /// One figure per row: the products' values, the segment (only of movement), brand, measure and
    /// value. The scenario is the one that the sweep started from.
    pub fn table(&self, study: &Study, scenario: &Scenario) -> Table {
        let values = value_columns(&self.products, scenario, self.cost.name(study));
        let columns = ["segment", "brand", "measure", "value"].map(Column::new);
        let mut table = Table::new("Sweep", values.into_iter().chain(columns));
        for point in &self.points {
            let mut push = |segment: &str, brand: &str, measure: &str, value: Option<f64>| {
                let values = point.values.iter().copied().map(Cell::exact);
                let names = [segment, brand, measure].map(Cell::text);
                let value = Cell::optional(value, Cell::exact);
                table.push(values.chain(names).chain([value]));
            };
            for (brand, change) in study.brands.iter().zip(&point.brands) {
                for (measure, value) in change.named_figures() {
                    push("", &brand.name, measure, Some(value));
                }
            }
            for (segment, movement) in study.segments.iter().zip(&point.movement) {
                for (brand, fraction) in study.brands.iter().zip(movement) {
                    push(segment, &brand.name, "movement", *fraction);
                }
            }
        }
        table
    }

    /// The [table](Self::table) as CSV.
    pub fn csv(&self, study: &Study, scenario: &Scenario) -> String {
        self.table(study, scenario).to_csv(CsvStyle::Script)
    }
}

impl GridResult {
    /// One pair of points per row: the products' values along x and along y, and the figures.
    /// The scenario is the one that the grid started from.
    pub fn table(&self, study: &Study, scenario: &Scenario) -> Table {
        let costs = [self.x_cost, self.x_cost.other()];
        let values = costs.map(|cost| value_columns(&self.products, scenario, cost.name(study)));
        let figures = ["sio_new", "arpu_new", "revenue_new", "ebit_new"].map(Column::new);
        let columns = values.into_iter().flatten().chain(figures);
        let mut table = Table::new("Grid", columns);
        for (y, row) in self.figures.iter().enumerate() {
            for (x, figures) in row.iter().enumerate() {
                let along_x = self.x.iter().filter_map(|values| values.get(x));
                let along_y = self.y.iter().filter_map(|values| values.get(y));
                let figures = [figures.sio, figures.arpu, figures.revenue, figures.ebit];
                let values = along_x.chain(along_y).copied();
                table.push(values.chain(figures).map(Cell::exact));
            }
        }
        table
    }

    /// The [table](Self::table) as CSV.
    pub fn csv(&self, study: &Study, scenario: &Scenario) -> String {
        self.table(study, scenario).to_csv(CsvStyle::Script)
    }
}

/// The columns that say which values the products have.
fn value_columns(products: &[ProductIndex], scenario: &Scenario, cost: &str) -> Vec<Column> {
    let products = products.iter();
    let offers = products.filter_map(|product| scenario.offers().get(*product));
    let columns = offers.map(|offer| Column::new(format!("{}.{cost}", offer.id)));
    columns.collect()
}
