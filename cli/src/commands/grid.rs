//! `conjoint grid`: two costs of several products, every pair of points a scenario.

use std::io::{self, Write};

use serde::Serialize;

use conjoint::market::Figures;
use conjoint::simulation::Simulation;
use conjoint::sweep::{Grid, GridResult, GridRow, SweepError};

use crate::args::{Format, GridRequest};
use crate::commands::sweep::cost;
use crate::error::Failure;
use crate::load;
use crate::output::{self, Report};
use crate::table::Sheet;

#[derive(Serialize)]
struct GridReport<'r> {
    x: Vec<f64>,
    y: Vec<f64>,
    focal_brand: String,
    /// Whose figures these are, where they are not the focal brand's own.
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

/// Runs the command.
pub(crate) fn run(request: &GridRequest, format: Format) -> Result<(), Failure> {
    let simulation = load::simulation(&request.edits)?;
    let study = simulation.selected();
    if !study.has_money() {
        return Err(Failure::NoMoney(SweepError::NoMoney));
    }
    let across = cost(study, "--x", &request.x)?;
    if cost(study, "--y", &request.y)? == across {
        return Err(Failure::SameAxes(request.y.clone()));
    }
    let rows: Vec<GridRow> = request
        .rows
        .iter()
        .map(|(product, x, y)| GridRow {
            product: product.clone(),
            x: *x,
            y: *y,
        })
        .collect();
    let plan = Grid::plan(&simulation, across, &rows).map_err(|faults| Failure::Rows {
        faults,
        columns: [across, across.other()]
            .map(|cost| cost.name(study).to_owned())
            .into(),
    })?;
    load::warn_outside(study, &plan.find_extrapolated_rows(study));
    let result = plan.run(&simulation, request.consolidated);
    output::print(&report(&simulation, &result, request.consolidated), format)
}

fn report<'r>(
    simulation: &'r Simulation,
    result: &'r GridResult,
    consolidated: bool,
) -> GridReport<'r> {
    let study = simulation.selected();
    let focal = &study.brands()[result.focal];
    let table = |figure: fn(&Figures) -> f64| -> Vec<Vec<f64>> {
        let rows = result.figures.iter();
        rows.map(|row| row.iter().map(figure).collect()).collect()
    };
    GridReport {
        x: result.x.first().cloned().unwrap_or_default(),
        y: result.y.first().cloned().unwrap_or_default(),
        focal_brand: focal.name.clone(),
        parent: consolidated.then(|| study.parents()[focal.parent].clone()),
        sio_new: table(|figures| figures.sio),
        arpu_new: table(|figures| figures.arpu),
        revenue_new: table(|figures| figures.revenue),
        ebit_new: table(|figures| figures.ebit),
        result,
        simulation,
    }
}

impl GridReport<'_> {
    fn measures(&self) -> [(&'static str, &Vec<Vec<f64>>); 4] {
        [
            ("Customers (thousands)", &self.sio_new),
            ("ARPU (a month)", &self.arpu_new),
            ("Revenue (thousands a month)", &self.revenue_new),
            ("EBIT (thousands a month)", &self.ebit_new),
        ]
    }

    /// What lies along y and along x: the first product's costs.
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
    fn tables(&self) -> Vec<Sheet> {
        let whose = self.parent.as_ref().unwrap_or(&self.focal_brand);
        let measures = self.measures().into_iter();
        let sheets = measures.map(|(title, table)| {
            let mut sheet = Sheet::new(&format!("{title} of {whose}"), &[]);
            sheet.header = std::iter::once(self.corner())
                .chain(self.x.iter().map(f64::to_string))
                .collect();
            for (y, row) in self.y.iter().zip(table) {
                let cells = row.iter().map(|value| format!("{value:.3}"));
                sheet
                    .rows
                    .push(std::iter::once(y.to_string()).chain(cells).collect());
            }
            sheet
        });
        sheets.collect()
    }

    fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let (study, scenario) = (self.simulation.selected(), self.simulation.scenario());
        out.write_all(self.result.csv(study, scenario).as_bytes())
    }
}
