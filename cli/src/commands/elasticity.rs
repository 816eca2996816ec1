//! `conjoint elasticity`: by how many percent shares change with a price.

use clap::Args;
use serde::Serialize;

use conjoint::analysis::elasticity;
use conjoint::analysis::price::find_price_attribute;
use conjoint::report::{Cell, Column, Table};
use conjoint::stats::bootstrap::Estimate;
use conjoint::study::ProductId;
use nalgebra::DMatrix;

use super::Subcommand;
use crate::error::CliError;
use crate::load;
use crate::options::{IntervalOption, ScenarioOptions, UncertaintyOption};
use crate::output::{Format, Report};
use crate::outside;
use crate::tables::{id_cell, id_names, interval_ends, matrix_rows, matrix_table};

/// By how many percent shares change when a price changes by one percent
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint elasticity --data Data --rule share-of-preference --scale 0.8\n\nPoint elasticities are those of share of preference, whatever the rule. Arc elasticities, between\nprices 5 % below and 5 % above, follow the rule."
)]
pub(super) struct ElasticityCommand {
    #[command(flatten)]
    scenario: ScenarioOptions,
    #[command(flatten)]
    uncertainty: UncertaintyOption,
    /// Attribute to use as the price [default: monthly_cost]
    #[arg(long, value_name = "COLUMN")]
    attribute: Option<String>,
    #[command(flatten)]
    interval: IntervalOption,
}

/// A row per product whose share responds, a column per product whose price changes.
type Rows = Vec<Vec<Option<f64>>>;

#[derive(Serialize)]
struct ElasticityReport {
    products: Vec<ProductId>,
    point: Rows,
    point_low: Rows,
    point_high: Rows,
    arc: Rows,
    arc_low: Rows,
    arc_high: Rows,
    /// Percent.
    interval: f64,
    seed: u64,
    resamples: u32,
    uncertainty: &'static str,
    #[serde(skip)]
    rule: &'static str,
}

impl Subcommand for ElasticityCommand {
    const NAME: &'static str = "elasticity";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let level = self.interval.level()?;
        let simulation = load::simulate_uncertain(&self.scenario, Some(&self.uncertainty))?;
        load::require_probabilities(&simulation)?;
        let attribute = find_price_attribute(simulation.selected(), self.attribute.as_deref())
            .map_err(CliError::price("--attribute"))?;
        let offers = simulation.scenario().offers().iter();
        let bootstrap = simulation.model().bootstrap();
        let point = elasticity::estimate_point(&simulation, attribute, bootstrap, level);
        let change = elasticity::DEFAULT_ARC;
        let arc = elasticity::estimate_arc(&simulation, attribute, change, bootstrap, level);
        let ([point, point_low, point_high], [arc, arc_low, arc_high]) =
            (split_estimates(&point), split_estimates(&arc));
        let report = ElasticityReport {
            products: offers.map(|offer| offer.id.clone()).collect(),
            point,
            point_low,
            point_high,
            arc,
            arc_low,
            arc_high,
            interval: level.percent(),
            seed: bootstrap.seed,
            resamples: bootstrap.resamples,
            uncertainty: bootstrap.uncertainty.id(),
            rule: simulation.model().rule.label(),
        };
        outside::print(&simulation, &[], report, format)
    }
}

/// The figures, and the ends of their intervals.
fn split_estimates(estimates: &DMatrix<Option<Estimate>>) -> [Rows; 3] {
    let end = |place: usize| {
        let end = |estimate: Estimate| interval_ends(estimate.interval).get(place).copied()?;
        matrix_rows(&estimates.map(|estimate| estimate.and_then(end)))
    };
    let figures = estimates.map(|estimate| estimate.map(|estimate| estimate.mean));
    [matrix_rows(&figures), end(0), end(1)]
}

impl ElasticityReport {
    /// Each product's elasticity for its own price, with intervals.
    fn own_price_table(&self) -> Table {
        let names = ["id", "point", "low", "high", "arc", "low", "high"];
        let mut table = Table::new("Own-price elasticities", names.map(Column::new));
        let columns = [
            &self.point,
            &self.point_low,
            &self.point_high,
            &self.arc,
            &self.arc_low,
            &self.arc_high,
        ];
        for (place, id) in self.products.iter().enumerate() {
            let own = columns.map(|rows| rows.get(place)?.get(place).copied()?);
            let cells = own.map(|value| Cell::optional(value, |value| Cell::decimal(value, 3)));
            table.push(std::iter::once(id_cell(id)).chain(cells));
        }
        table.with_note(format!(
            "{} % confidence intervals from {} resamples",
            self.interval, self.resamples
        ))
    }
}

impl Report for ElasticityReport {
    fn text_tables(&self) -> Vec<Table> {
        let ids = id_names(&self.products);
        let table = |title: &str, rows: &[Vec<Option<f64>>]| {
            let cell = |value| Cell::decimal(value, 3);
            let table = matrix_table(title, &self.products, &ids, rows, cell);
            table.with_note(
                "percent per percent; rows: whose share responds, columns: whose price changes",
            )
        };
        let point = "Point elasticities of the share of preference";
        let arc = format!(
            "Arc elasticities by {}, price ±{:.0} %",
            self.rule.to_lowercase(),
            elasticity::DEFAULT_ARC * 100.0
        );
        vec![
            table(point, &self.point),
            table(&arc, &self.arc),
            self.own_price_table(),
        ]
    }

    fn csv_table(&self) -> Table {
        let columns = ["elasticity", "share of", "price of", "value", "low", "high"];
        let mut table = Table::new("Elasticities", columns.map(Column::new));
        let kinds = [
            ("point", [&self.point, &self.point_low, &self.point_high]),
            ("arc", [&self.arc, &self.arc_low, &self.arc_high]),
        ];
        for (name, figures) in kinds {
            for (row, responding) in self.products.iter().enumerate() {
                for (column, changed) in self.products.iter().enumerate() {
                    let values = figures.map(|rows| rows.get(row)?.get(column).copied()?);
                    let values = values.map(|value| Cell::optional(value, Cell::exact));
                    let names = [Cell::text(name), id_cell(responding), id_cell(changed)];
                    table.push(names.into_iter().chain(values));
                }
            }
        }
        table
    }
}
