//! The result of `conjoint simulate`.

use serde::Serialize;

use conjoint::analysis::interval::Intervals;
use conjoint::report::{Cell, Column, Table, serialize_records};
use conjoint::simulation::Simulation;

use super::intervals::{INTERVAL_NAMES, IntervalReport, paired_figure};
use crate::output::Report;
use crate::outside;
use crate::tables::{NamedValues, brand_money, id_cell, keyed_cells, matrix_rows};

/// The group of a product's first-choice shares by segment.
const BY_SEGMENT: &str = "first_choice_share_by_segment";
/// The columns that name a product: id, brand and model.
const NAMES: usize = 3;
/// The heading of a share that has intervals.
const SHARE_NAME: &str = "by the rule";

#[derive(Serialize)]
pub(super) struct SimulateReport {
    #[serde(serialize_with = "serialize_records")]
    products: Table,
    #[serde(serialize_with = "serialize_records")]
    brands: Table,
    attraction: Vec<Vec<f64>>,
    /// By first choice, the number of respondents with more than one, for the CSV.
    #[serde(skip)]
    ties: Option<usize>,
    /// By randomized first choice, the scale of the errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_scale: Option<f64>,
    /// The share of None, if respondents may choose it.
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<ShareFigures>,
    #[serde(skip_serializing_if = "Option::is_none")]
    intervals: Option<IntervalReport>,
}

/// A share by the rule, with its intervals if they were requested.
type ShareFigures = NamedValues<Option<f64>>;

impl SimulateReport {
    pub(super) fn new(simulation: &Simulation, intervals: Option<IntervalReport>) -> Self {
        let study = simulation.selected();
        let all = intervals.as_ref().map(IntervalReport::all);
        let brands = simulation.brands();
        Self {
            products: product_table(simulation, all),
            brands: brands.map_or_else(Table::default, |brands| brand_money(study, &brands)),
            attraction: matrix_rows(&simulation.attraction()),
            ties: outside::count_ties(simulation),
            error_scale: simulation.live().error_scale(),
            none: simulation.has_none().then(|| none_figures(simulation, all)),
            intervals,
        }
    }

    /// The products, with a last row for None.
    fn text_products(&self) -> Table {
        let mut table = self.products.clone();
        if let Some(scale) = self.error_scale {
            table.note = format!("scale of the random errors: {scale:.3}");
        }
        if let Some(none) = &self.none {
            let figures = share_cells(none);
            let columns = table.columns.len() - figures.len();
            let names = [Cell::Empty, Cell::Empty, Cell::text("None")];
            let empty = std::iter::repeat_n(Cell::Empty, columns - names.len());
            table.push(names.into_iter().chain(empty).chain(figures));
        }
        table
    }

    fn attraction_table(&self) -> Table {
        let ids = || self.products.rows.iter().filter_map(|row| row.first());
        let names = ids().map(|id| id.to_text().into_owned());
        let columns = std::iter::once("id".to_owned()).chain(names);
        let mut table = Table::new("Attraction", columns.map(Column::new))
            .with_note("percent; rows: predicted choice, columns: competing offer");
        for (id, row) in ids().zip(&self.attraction) {
            let cells = row.iter().map(|value| Cell::decimal(value * 100.0, 0));
            table.push(std::iter::once(id.clone()).chain(cells));
        }
        table
    }
}

fn product_table(simulation: &Simulation, intervals: Option<&Intervals>) -> Table {
    let study = simulation.selected();
    let segments = study.segments().iter();
    let names = ["id", "brand", "model", "respondents"].map(Column::new);
    let shares = [
        Column::new("first choice").with_key("first_choice_share"),
        Column::new("logit").with_key("logit_share"),
    ];
    let by_segment = segments.map(|segment| Column::new(segment).in_group(BY_SEGMENT));
    let columns = names.into_iter().chain(shares).chain(by_segment);
    let title = format!(
        "Products (shares of {} respondents; rule: {})",
        study.respondents().count(),
        simulation.model().description().to_lowercase()
    );
    let mut table = Table::new(title, columns);
    let percent = |share: f64| Cell::percent(share, 1);
    let has_probabilities = simulation.model().has_probabilities(study);
    let offers = simulation.scenario().offers();
    for (product, share) in simulation.shares().enumerate() {
        let offer = &offers[product];
        let brand = study.schema().brand_of(offer);
        let baseline = simulation.baseline_shares().get(product);
        let change = baseline.map(|baseline| share.share - baseline.share);
        let figures = match intervals {
            Some(all) => paired_figure("share", share.share, change, &all.products[product]),
            None => NamedValues(vec![("share".to_owned(), Some(share.share))]),
        };
        if table.rows.is_empty() {
            let keys = figures.0.iter().map(|(key, _)| key);
            let names = std::iter::once(SHARE_NAME).chain(INTERVAL_NAMES);
            let columns = names.zip(keys);
            let columns = columns.map(|(name, key)| Column::new(name).with_key(key));
            table.columns.extend(columns);
        }
        let names = [
            id_cell(&offer.id),
            Cell::text(brand.map_or("", |brand| &study.brands()[brand].name)),
            Cell::text(&offer.model),
            Cell::Integer(share.respondents.into()),
            percent(share.first_choice),
            Cell::optional(has_probabilities.then_some(share.logit), percent),
        ];
        let by_segment = share.first_choice_by_segment.iter().copied().map(percent);
        let cells = names.into_iter().chain(by_segment);
        table.push(cells.chain(share_cells(&figures)));
    }
    table
}

fn none_figures(simulation: &Simulation, intervals: Option<&Intervals>) -> ShareFigures {
    let share = simulation.none_share();
    match intervals {
        Some(all) => {
            let change = share - simulation.baseline_none_share();
            paired_figure("share", share, Some(change), &all.none)
        }
        None => NamedValues(vec![("share".to_owned(), Some(share))]),
    }
}

fn share_cells(figures: &ShareFigures) -> Vec<Cell> {
    let values = figures.0.iter().map(|(_, value)| *value);
    let percent = |share| Cell::percent(share, 1);
    values.map(|value| Cell::optional(value, percent)).collect()
}

impl Report for SimulateReport {
    fn text_tables(&self) -> Vec<Table> {
        let has_money = !self.brands.rows.is_empty();
        let tables = [
            Some(self.text_products()),
            has_money.then(|| self.brands.clone()),
            self.intervals.as_ref().map(IntervalReport::table),
            Some(self.attraction_table()),
        ];
        tables.into_iter().flatten().collect()
    }

    fn csv_table(&self) -> Table {
        let columns = ["table", "id", "brand", "model", "measure", "value"];
        let mut table = Table::new("Simulation", columns.map(Column::new));
        let ids = || self.products.rows.iter().filter_map(|row| row.first());
        for (row, attraction) in self.products.rows.iter().zip(&self.attraction) {
            let names = row.iter().take(NAMES).cloned();
            let mut push = |name: &str, measure: String, value: Cell| {
                let names = std::iter::once(Cell::text(name)).chain(names.clone());
                table.push(names.chain([Cell::Text(measure), value]));
            };
            let figures = || keyed_cells(&self.products, row, NAMES);
            let is_known = |cell: &Cell| *cell != Cell::Empty;
            for (column, value) in figures() {
                if column.group.is_none() && is_known(value) {
                    push("products", column.key.clone(), value.clone());
                }
            }
            for (column, value) in figures().filter(|(column, _)| column.group.is_some()) {
                let measure = format!("first_choice_share of {}", column.key);
                push("products", measure, value.clone());
            }
            for (competing, value) in ids().zip(attraction) {
                let measure = format!("to {}", competing.to_text());
                push("attraction", measure, Cell::exact(*value));
            }
        }
        if let Some(ties) = self.ties {
            let names = [
                Cell::text("products"),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
            ];
            let figure = [Cell::text("ties"), Cell::count(ties)];
            table.push(names.into_iter().chain(figure));
        }
        let mut push = |name: &str, brand: Cell, measure: String, value: Cell| {
            let names = [Cell::text(name), Cell::Empty, brand, Cell::Empty];
            table.push(names.into_iter().chain([Cell::Text(measure), value]));
        };
        for row in &self.brands.rows {
            let brand = row.first().cloned().unwrap_or_default();
            for (column, value) in keyed_cells(&self.brands, row, 1) {
                push("brands", brand.clone(), column.key.clone(), value.clone());
            }
        }
        for (measure, value) in self.none.iter().flat_map(|none| &none.0) {
            if let Some(value) = value {
                push("none", Cell::Empty, measure.clone(), Cell::exact(*value));
            }
        }
        for (brand, measure, value) in self.intervals.iter().flat_map(IntervalReport::figures) {
            push("intervals", Cell::text(brand), measure, Cell::exact(value));
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use conjoint::index_vec::{Position, ProductIndex};
    use conjoint::sample_study::{Sample, generate};
    use std::sync::Arc;

    #[test]
    fn a_withdrawn_product_stays_in_the_list() {
        let study = Arc::new(generate(&Sample::default()).unwrap());
        let mut simulation = Simulation::new(Arc::clone(&study));
        let mut scenario = simulation.scenario().clone();
        scenario
            .set_withdrawn(&study, ProductIndex::from_index(8), true)
            .unwrap();
        simulation.set_scenario(scenario);
        let report = SimulateReport::new(&simulation, None);
        let products = report.products.rows.len();
        assert!(report.attraction.iter().all(|row| row.len() == products));
        let row = &report.products.rows[8];
        let cell = |key: &str| {
            let columns = &report.products.columns;
            &row[columns.iter().position(|column| column.key == key).unwrap()]
        };
        assert_eq!(*cell("brand"), Cell::text("Tesla"));
        assert_eq!(*cell("respondents"), Cell::count(0));
        assert_eq!(cell("logit_share").value(), Some(0.0));
        assert_eq!(report.attraction[8][8], 0.0);
    }
}
