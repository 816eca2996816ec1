//! The results of sweeps as CSV. The command line and the page save the same file.

use super::grid::GridResult;
use super::lockstep::LockstepResult;
use crate::csv_text::write_rows;
use crate::index_vec::ProductIndex;
use crate::simulation::scenario::Scenario;
use crate::study::Study;

impl LockstepResult {
    /// One figure a row: the products' values, the segment (for a movement), the brand, the measure
    /// and its value. The scenario is the one that the sweep started from.
    pub fn csv(&self, study: &Study, scenario: &Scenario) -> String {
        let mut header = list_columns(&self.products, scenario, self.cost.name(study));
        header.extend(["segment", "brand", "measure", "value"].map(str::to_owned));
        let mut rows = vec![header];
        for point in &self.points {
            let mut add_row = |segment: &str, brand: &str, measure: &str, value: Option<f64>| {
                let mut row = format_numbers(&point.values);
                row.extend([segment, brand, measure].map(str::to_owned));
                row.push(value.map_or(String::new(), |value| value.to_string()));
                rows.push(row);
            };
            for (brand, change) in study.brands.iter().zip(&point.brands) {
                for (measure, value) in change.named() {
                    add_row("", &brand.name, measure, Some(value));
                }
            }
            for (segment, movement) in study.segments.iter().zip(&point.movement) {
                for (brand, fraction) in study.brands.iter().zip(movement) {
                    add_row(segment, &brand.name, "movement", *fraction);
                }
            }
        }
        join_rows(rows)
    }
}

impl GridResult {
    /// One pair of points a row: the products' values along x and along y, and the figures. The
    /// scenario is the one that the grid started from.
    pub fn csv(&self, study: &Study, scenario: &Scenario) -> String {
        let costs = [self.x_cost, self.x_cost.other()];
        let columns = costs.map(|cost| list_columns(&self.products, scenario, cost.name(study)));
        let mut header = columns.concat();
        header.extend(["sio_new", "arpu_new", "revenue_new", "ebit_new"].map(str::to_owned));
        let pairs = self.figures.iter().enumerate().flat_map(|(y, row)| {
            row.iter().enumerate().map(move |(x, figures)| {
                let along_x = self.x.iter().filter_map(|values| values.get(x));
                let along_y = self.y.iter().filter_map(|values| values.get(y));
                let values = along_x.chain(along_y);
                let figures = [figures.sio, figures.arpu, figures.revenue, figures.ebit];
                format_numbers(values.chain(&figures))
            })
        });
        join_rows(std::iter::once(header).chain(pairs))
    }
}

/// The columns with the products' values.
fn list_columns(products: &[ProductIndex], scenario: &Scenario, cost: &str) -> Vec<String> {
    let products = products.iter();
    let offers = products.filter_map(|product| scenario.offers().get(*product));
    let columns = offers.map(|offer| format!("{}.{cost}", offer.id));
    columns.collect()
}

fn format_numbers<'v>(values: impl IntoIterator<Item = &'v f64>) -> Vec<String> {
    values.into_iter().map(f64::to_string).collect()
}

fn join_rows(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    // Cells are valid text, so the file is too.
    String::from_utf8(write_rows(rows)).unwrap_or_default()
}
