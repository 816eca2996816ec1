//! The results of sweeps as CSV, for a spreadsheet: the file is the same wherever it is saved.

use super::grid::GridResult;
use super::lockstep::LockstepResult;
use crate::csv_text::write_rows;
use crate::index_vec::ProductIndex;
use crate::simulation::scenario::Scenario;
use crate::study::Study;

impl LockstepResult {
    /// One figure a row: the products' values, segment (of a movement alone), brand, measure and
    /// value. The scenario is the one that the sweep ran over.
    pub fn csv(&self, study: &Study, scenario: &Scenario) -> String {
        let mut header = columns(&self.products, scenario, self.cost.name(study));
        header.extend(["segment", "brand", "measure", "value"].map(str::to_owned));
        let mut rows = vec![header];
        for point in &self.points {
            let mut row = |segment: &str, brand: &str, measure: &str, value: Option<f64>| {
                let mut row = texts(&point.values);
                row.extend([segment, brand, measure].map(str::to_owned));
                row.push(value.map_or(String::new(), |value| value.to_string()));
                rows.push(row);
            };
            for (brand, change) in study.brands.iter().zip(&point.brands) {
                for (measure, value) in change.named() {
                    row("", &brand.name, measure, Some(value));
                }
            }
            for (segment, movement) in study.segments.iter().zip(&point.movement) {
                for (brand, fraction) in study.brands.iter().zip(movement) {
                    row(segment, &brand.name, "movement", *fraction);
                }
            }
        }
        text(rows)
    }
}

impl GridResult {
    /// One pair of points a row: the products' values along x and along y, and the figures.
    /// The scenario is the one that the grid ran over.
    pub fn csv(&self, study: &Study, scenario: &Scenario) -> String {
        let across = self.x_cost;
        let mut header = columns(&self.products, scenario, across.name(study));
        header.extend(columns(
            &self.products,
            scenario,
            across.other().name(study),
        ));
        header.extend(["sio_new", "arpu_new", "revenue_new", "ebit_new"].map(str::to_owned));
        let pairs = self.figures.iter().enumerate().flat_map(|(y, row)| {
            row.iter().enumerate().map(move |(x, figures)| {
                let along_x = self.x.iter().filter_map(|values| values.get(x));
                let along_y = self.y.iter().filter_map(|values| values.get(y));
                let values = along_x.chain(along_y);
                let figures = [figures.sio, figures.arpu, figures.revenue, figures.ebit];
                texts(values.chain(&figures))
            })
        });
        text(std::iter::once(header).chain(pairs))
    }
}

/// The columns that say where a point lies.
fn columns(products: &[ProductIndex], scenario: &Scenario, cost: &str) -> Vec<String> {
    let products = products.iter();
    let offers = products.filter_map(|product| scenario.offers().get(*product));
    let columns = offers.map(|offer| format!("{}.{cost}", offer.id));
    columns.collect()
}

fn texts<'v>(values: impl IntoIterator<Item = &'v f64>) -> Vec<String> {
    values.into_iter().map(f64::to_string).collect()
}

fn text(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    // Made of texts alone, it is one.
    String::from_utf8(write_rows(rows)).unwrap_or_default()
}
