//! `conjoint elasticity`: by how many percent shares change with a price.

use clap::Args;
use serde::Serialize;

use conjoint::analysis::elasticity;
use conjoint::analysis::price::find_price_attribute;
use conjoint::report::{Cell, Column, Table};
use conjoint::study::ProductId;

use super::Subcommand;
use crate::error::CliError;
use crate::load;
use crate::options::{ScenarioOptions, UncertaintyOption};
use crate::output::{Format, Report};
use crate::outside;
use crate::tables::{id_cell, id_names, matrix_rows, matrix_table};

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
}

#[derive(Serialize)]
struct ElasticityReport {
    products: Vec<ProductId>,
    /// A row per product whose share responds, a column per product whose price changes.
    point: Vec<Vec<Option<f64>>>,
    arc: Vec<Vec<Option<f64>>>,
    uncertainty: &'static str,
    #[serde(skip)]
    rule: &'static str,
}

impl Subcommand for ElasticityCommand {
    const NAME: &'static str = "elasticity";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let simulation = load::simulate_uncertain(&self.scenario, Some(&self.uncertainty))?;
        load::require_probabilities(&simulation)?;
        let attribute = find_price_attribute(simulation.selected(), self.attribute.as_deref())
            .map_err(CliError::price("--attribute"))?;
        let offers = simulation.scenario().offers().iter();
        let arc = elasticity::compute_arc(&simulation, attribute, elasticity::DEFAULT_ARC);
        let report = ElasticityReport {
            products: offers.map(|offer| offer.id.clone()).collect(),
            point: matrix_rows(&elasticity::compute_point(&simulation, attribute)),
            arc: matrix_rows(&arc),
            uncertainty: simulation.model().uncertainty.id(),
            rule: simulation.model().rule.label(),
        };
        outside::print(&simulation, &[], &report, format)
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
        vec![table(point, &self.point), table(&arc, &self.arc)]
    }

    fn csv_table(&self) -> Table {
        let columns = ["elasticity", "share of", "price of", "value"];
        let mut table = Table::new("Elasticities", columns.map(Column::new));
        for (name, rows) in [("point", &self.point), ("arc", &self.arc)] {
            for (responding, row) in self.products.iter().zip(rows) {
                for (changed, value) in self.products.iter().zip(row) {
                    table.push([
                        Cell::text(name),
                        id_cell(responding),
                        id_cell(changed),
                        Cell::optional(*value, Cell::exact),
                    ]);
                }
            }
        }
        table
    }
}
