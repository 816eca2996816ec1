//! `conjoint elasticity`: by how many percent shares move with a price.

use std::io::{self, Write};

use nalgebra::DMatrix;
use serde::Serialize;

use conjoint::analysis::elasticity;
use conjoint::analysis::price::find_price_attribute;
use conjoint::study::ProductId;

use crate::args::{ElasticityRequest, Format};
use crate::error::Failure;
use crate::load;
use crate::output::{self, Report};
use crate::table::Sheet;

#[derive(Serialize)]
struct ElasticityReport {
    products: Vec<ProductId>,
    point: Vec<Vec<Option<f64>>>,
    arc: Vec<Vec<Option<f64>>>,
    #[serde(skip)]
    rule: &'static str,
}

/// Runs the command.
pub(crate) fn run(request: &ElasticityRequest, format: Format) -> Result<(), Failure> {
    let simulation = load::simulation(&request.edits)?;
    let attribute = find_price_attribute(simulation.selected(), request.attribute.as_deref())
        .map_err(|fault| Failure::price("--attribute", fault))?;
    let offers = simulation.scenario().offers().iter();
    let report = ElasticityReport {
        products: offers.map(|offer| offer.id.clone()).collect(),
        point: rows(&elasticity::compute_point(&simulation, attribute)),
        arc: rows(&elasticity::compute_arc(
            &simulation,
            attribute,
            elasticity::DEFAULT_ARC,
        )),
        rule: simulation.model().rule.label(),
    };
    output::print(&report, format)
}

/// A matrix, row by row.
pub(crate) fn rows(matrix: &DMatrix<Option<f64>>) -> Vec<Vec<Option<f64>>> {
    let rows = matrix.row_iter();
    rows.map(|row| row.iter().copied().collect()).collect()
}

/// A matrix of products as a table, a figure of which `write` writes; what has none is left empty.
pub(crate) fn matrix(
    title: &str,
    products: &[ProductId],
    columns: &[String],
    rows: &[Vec<Option<f64>>],
    write: impl Fn(f64) -> String,
) -> Sheet {
    let mut sheet = Sheet::new(title, &["id"]);
    sheet.header.extend(columns.iter().cloned());
    for (id, row) in products.iter().zip(rows) {
        let cells = row.iter().map(|cell| cell.map_or(String::new(), &write));
        let line = std::iter::once(id.to_string()).chain(cells);
        sheet.rows.push(line.collect());
    }
    sheet
}

/// The names of products as columns.
pub(crate) fn ids(products: &[ProductId]) -> Vec<String> {
    products.iter().map(ProductId::to_string).collect()
}

impl Report for ElasticityReport {
    fn tables(&self) -> Vec<Sheet> {
        let ids = ids(&self.products);
        let change = elasticity::DEFAULT_ARC * 100.0;
        let explained = "percent a percent; rows: whose share answers, columns: whose price moves";
        let point = format!("Point elasticities of the share of preference ({explained})");
        let arc = format!(
            "Arc elasticities by {}, price ±{change:.0} % ({explained})",
            self.rule.to_lowercase()
        );
        let sheet = |title: &str, rows: &[Vec<Option<f64>>]| {
            matrix(title, &self.products, &ids, rows, |value| {
                format!("{value:.3}")
            })
        };
        vec![sheet(&point, &self.point), sheet(&arc, &self.arc)]
    }

    fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let header = ["elasticity", "share of", "price of", "value"];
        let mut sheet = Sheet::new("Elasticities", &header);
        for (name, rows) in [("point", &self.point), ("arc", &self.arc)] {
            for (answering, row) in self.products.iter().zip(rows) {
                for (moved, value) in self.products.iter().zip(row) {
                    sheet.rows.push(vec![
                        name.to_owned(),
                        answering.to_string(),
                        moved.to_string(),
                        value.map_or(String::new(), |value| value.to_string()),
                    ]);
                }
            }
        }
        sheet.write_csv(out)
    }
}
