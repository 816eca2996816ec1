//! `conjoint diversion`: where a product's buyers go when it is withdrawn.

use clap::Args;
use serde::Serialize;

use conjoint::analysis::diversion;
use conjoint::report::{Cell, Column, Table};
use conjoint::study::ProductId;

use super::Subcommand;
use crate::error::CliError;
use crate::load;
use crate::options::ScenarioOptions;
use crate::output::{Format, Report};
use crate::outside;
use crate::tables::{id_cell, id_names, matrix_rows, matrix_table};

/// Where the buyers of an offer go when it is withdrawn
#[derive(Args)]
#[command(after_help = "Example:\n  conjoint diversion --data Data --rule share-of-preference")]
pub(super) struct DiversionCommand {
    #[command(flatten)]
    scenario: ScenarioOptions,
}

#[derive(Serialize)]
struct DiversionReport {
    products: Vec<ProductId>,
    /// A row per withdrawn product: to every product, and to None.
    diversion: Vec<Vec<Option<f64>>>,
}

impl Subcommand for DiversionCommand {
    const NAME: &'static str = "diversion";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let simulation = load::simulate(&self.scenario)?;
        let offers = simulation.scenario().offers().iter();
        let report = DiversionReport {
            products: offers.map(|offer| offer.id.clone()).collect(),
            diversion: matrix_rows(&diversion::compute_ratios(&simulation)),
        };
        outside::print(&simulation, &[], report, format)
    }
}

impl Report for DiversionReport {
    fn text_tables(&self) -> Vec<Table> {
        let mut columns = id_names(&self.products);
        columns.push("none".to_owned());
        let percent = |ratio: f64| Cell::decimal(ratio * 100.0, 1);
        let rows = &self.diversion;
        let table = matrix_table("Diversion", &self.products, &columns, rows, percent);
        let note = "percent of buyers; rows: the withdrawn offer, columns: where its buyers go";
        vec![table.with_note(note)]
    }

    fn csv_table(&self) -> Table {
        let columns = ["withdrawn", "to", "ratio"];
        let mut table = Table::new("Diversion", columns.map(Column::new));
        for (withdrawn, row) in self.products.iter().zip(&self.diversion) {
            let ids = self.products.iter().map(id_cell);
            let destinations = ids.chain([Cell::text("none")]);
            for (destination, ratio) in destinations.zip(row) {
                let ratio = Cell::optional(*ratio, Cell::exact);
                table.push([id_cell(withdrawn), destination, ratio]);
            }
        }
        table
    }
}
