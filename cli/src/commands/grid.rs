//! `conjoint grid`: two costs of several products, every pair of points a scenario.

use clap::Args;
use serde::Serialize;

use conjoint::market::Figures;
use conjoint::report::{Cell, Column, Table};
use conjoint::simulation::Simulation;
use conjoint::sweep::{Grid, GridResult, GridRow, Range, SweepError};

use super::Subcommand;
use super::sweep::find_cost;
use crate::error::CliError;
use crate::load;
use crate::options::{ScenarioOptions, parse_id_numbers};
use crate::output::{Format, Report};
use crate::outside;

/// Change two costs of several products; every pair of points is a scenario
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint grid --data Data --x monthly_cost --y upfront_cost --row 7:155:205:10:195:4540:5040:100:4940"
)]
pub(super) struct GridCommand {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// Cost on the x axis: monthly_cost, upfront_cost, or the study's own name of either
    #[arg(long, value_name = "COLUMN")]
    x: String,
    /// Cost on the y axis: the other one
    #[arg(long, value_name = "COLUMN")]
    y: String,
    /// A product and its values along x and y; repeatable
    #[arg(
        long = "row",
        value_name = "ID:XBEGIN:XEND:XSTEP:XBASE:YBEGIN:YEND:YSTEP:YBASE",
        required = true,
        value_parser = parse_row,
        allow_hyphen_values = true
    )]
    rows: Vec<(String, Range, Range)>,
    /// Report the parent company of the focal brand instead of the brand
    #[arg(long)]
    consolidated: bool,
}

/// `ID:XBEGIN:XEND:XSTEP:XBASE:YBEGIN:YEND:YSTEP:YBASE`.
fn parse_row(text: &str) -> Result<(String, Range, Range), String> {
    let parsed = parse_id_numbers(text)
        .map(|(id, [a, b, c, d, e, f, g, h])| (id, [a, b, c, d].into(), [e, f, g, h].into()));
    parsed.ok_or_else(|| {
        "write ID:XBEGIN:XEND:XSTEP:XBASE:YBEGIN:YEND:YSTEP:YBASE, for example \
         7:155:205:10:195:4540:5040:100:4940"
            .to_owned()
    })
}

#[derive(Serialize)]
struct GridReport<'r> {
    x: Vec<f64>,
    y: Vec<f64>,
    focal_brand: String,
    /// The parent company, if the figures are consolidated.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    sio_new: Vec<Vec<f64>>,
    arpu_new: Vec<Vec<f64>>,
    revenue_new: Vec<Vec<f64>>,
    ebit_new: Vec<Vec<f64>>,
    #[serde(skip)]
    result: &'r GridResult,
    #[serde(skip)]
    simulation: &'r Simulation,
}

impl Subcommand for GridCommand {
    const NAME: &'static str = "grid";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let simulation = load::simulate(&self.scenario)?;
        let study = simulation.selected();
        if !study.has_money() {
            return Err(CliError::NoMoney(SweepError::NoMoney));
        }
        let across = find_cost(study, "--x", &self.x)?;
        if find_cost(study, "--y", &self.y)? == across {
            return Err(CliError::SameAxes(self.y.clone()));
        }
        let rows = self.rows.iter().map(|(product, x, y)| GridRow {
            product: product.clone(),
            x: *x,
            y: *y,
        });
        let rows: Vec<GridRow> = rows.collect();
        let plan = Grid::plan(&simulation, across, &rows).map_err(|errors| CliError::Rows {
            errors,
            columns: [across, across.other()]
                .map(|cost| cost.name(study).to_owned())
                .into(),
        })?;
        let extrapolated = plan.find_extrapolated_rows(study);
        load::warn_about_extrapolation(study, &extrapolated);
        let ids = self.rows.iter().map(|(id, ..)| id.as_str());
        let outside = outside::list_row_values(&simulation, ids, &extrapolated);
        let result = plan.run(&simulation, self.consolidated);
        let report = GridReport::new(&simulation, &result, self.consolidated);
        outside::print(&simulation, &outside, report, format)
    }
}

impl<'r> GridReport<'r> {
    fn new(simulation: &'r Simulation, result: &'r GridResult, is_consolidated: bool) -> Self {
        let study = simulation.selected();
        let focal = &study.brands()[result.focal];
        let matrix = |figure: fn(&Figures) -> f64| -> Vec<Vec<f64>> {
            let rows = result.figures.iter();
            rows.map(|row| row.iter().map(figure).collect()).collect()
        };
        Self {
            x: result.x.first().cloned().unwrap_or_default(),
            y: result.y.first().cloned().unwrap_or_default(),
            focal_brand: focal.name.clone(),
            parent: is_consolidated.then(|| study.parents()[focal.parent].clone()),
            sio_new: matrix(|figures| figures.sio),
            arpu_new: matrix(|figures| figures.arpu),
            revenue_new: matrix(|figures| figures.revenue),
            ebit_new: matrix(|figures| figures.ebit),
            result,
            simulation,
        }
    }

    /// The heading of the first column: the first product's costs along y and x.
    fn corner(&self) -> String {
        let offers = self.simulation.scenario().offers();
        let across = self.result.x_cost;
        let study = self.simulation.selected();
        let (x, y) = (across.name(study), across.other().name(study));
        let first = self.result.products.first();
        first.map_or(String::new(), |product| {
            let id = &offers[*product].id;
            format!("{id}.{y} \\ {id}.{x}")
        })
    }
}

impl Report for GridReport<'_> {
    fn text_tables(&self) -> Vec<Table> {
        let company = self.parent.as_ref().unwrap_or(&self.focal_brand);
        let measures = [
            ("Customers (thousands)", &self.sio_new),
            ("ARPU (a month)", &self.arpu_new),
            ("Revenue (thousands a month)", &self.revenue_new),
            ("EBIT (thousands a month)", &self.ebit_new),
        ];
        let tables = measures.into_iter().map(|(title, matrix)| {
            let names = std::iter::once(self.corner()).chain(self.x.iter().map(f64::to_string));
            let title = format!("{title} of {company}");
            let mut table = Table::new(title, names.map(Column::new));
            for (y, row) in self.y.iter().zip(matrix) {
                let cells = row.iter().map(|value| Cell::decimal(*value, 3));
                table.push(std::iter::once(Cell::exact(*y)).chain(cells));
            }
            table
        });
        tables.collect()
    }

    fn csv_table(&self) -> Table {
        let (study, scenario) = (self.simulation.selected(), self.simulation.scenario());
        self.result.table(study, scenario)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_two_ranges() {
        let (_, x, y) = parse_row("7:155:205:10:195:4540:5040:100:4940").unwrap();
        assert_eq!((x.baseline, y.baseline), (195.0, 4940.0));
        assert!(parse_row("7:155:205:10:195").is_err());
    }
}
