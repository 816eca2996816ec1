//! `conjoint diversion`: where a product's buyers go when it is withdrawn.

use std::io::{self, Write};

use serde::Serialize;

use conjoint::analysis::diversion;
use conjoint::study::ProductId;

use crate::args::{Edits, Format};
use crate::commands::elasticity::{ids, matrix, rows};
use crate::error::Failure;
use crate::load;
use crate::output::{self, Report};
use crate::table::Sheet;

#[derive(Serialize)]
struct DiversionReport {
    products: Vec<ProductId>,
    /// A row a product that is withdrawn: to every product, and to none.
    diversion: Vec<Vec<Option<f64>>>,
}

/// Runs the command.
pub(crate) fn run(edits: &Edits, format: Format) -> Result<(), Failure> {
    let simulation = load::simulation(edits)?;
    let offers = simulation.scenario().offers().iter();
    let report = DiversionReport {
        products: offers.map(|offer| offer.id.clone()).collect(),
        diversion: rows(&diversion::compute_ratios(&simulation)),
    };
    output::print(&report, format)
}

impl DiversionReport {
    /// The names of those who win.
    fn columns(&self) -> Vec<String> {
        let mut columns = ids(&self.products);
        columns.push("none".to_owned());
        columns
    }
}

impl Report for DiversionReport {
    fn tables(&self) -> Vec<Sheet> {
        let title =
            "Diversion (percent of buyers; rows: which offer is withdrawn, columns: where they go)";
        let percent = |ratio: f64| format!("{:.1}", ratio * 100.0);
        let (columns, rows) = (self.columns(), &self.diversion);
        vec![matrix(title, &self.products, &columns, rows, percent)]
    }

    fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let mut sheet = Sheet::new("Diversion", &["withdrawn", "to", "ratio"]);
        let columns = self.columns();
        for (withdrawn, row) in self.products.iter().zip(&self.diversion) {
            for (to, ratio) in columns.iter().zip(row) {
                let ratio = ratio.map_or(String::new(), |ratio| ratio.to_string());
                sheet
                    .rows
                    .push(vec![withdrawn.to_string(), to.clone(), ratio]);
            }
        }
        sheet.write_csv(out)
    }
}
