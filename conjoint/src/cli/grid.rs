//! `conjoint grid`: two costs of several products, every pair of points a scenario.

use serde::Serialize;

use conjoint::finance::Figures;
use conjoint::simulation::Simulation;
use conjoint::sweep::{Grid, GridResult, GridRow};

use super::args::{Format, GridRequest};
use super::failure::Failure;
use super::load;
use super::output::{self, Report};
use super::sheet::Sheet;
use super::sweep::cost;

#[derive(Serialize)]
struct GridReport {
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
    /// Column names and values of every product along x and y.
    #[serde(skip)]
    axes: [Vec<(String, Vec<f64>)>; 2],
}

/// Runs the command.
pub(super) fn run(request: &GridRequest, format: Format) -> Result<(), Failure> {
    let simulation = load::simulation(&request.edits)?;
    let across = cost("--x", &request.x)?;
    if cost("--y", &request.y)? == across {
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
        columns: vec![across.column(), across.other().column()],
    })?;
    for (row, line) in (1..).zip(&rows) {
        for (cost, range) in [(across, &line.x), (across.other(), &line.y)] {
            load::warn_outside_range(simulation.study(), row, cost, range);
        }
    }
    let result = plan.run(&simulation, request.consolidated);
    output::print(&report(&simulation, &result, request.consolidated), format)
}

fn report(simulation: &Simulation, result: &GridResult, consolidated: bool) -> GridReport {
    let study = simulation.study();
    let offers = simulation.scenario().offers();
    let focal = &study.brands()[result.focal];
    let table = |figure: fn(&Figures) -> f64| -> Vec<Vec<f64>> {
        let rows = result.figures.iter();
        rows.map(|row| row.iter().map(figure).collect()).collect()
    };
    let axis = |values: &[Vec<f64>], column: &str| {
        let products = result.products.iter().zip(values);
        products
            .map(|(product, values)| {
                let id = &offers[*product].id;
                (format!("{id}.{column}"), values.clone())
            })
            .collect()
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
        axes: [
            axis(&result.x, result.across.column()),
            axis(&result.y, result.across.other().column()),
        ],
    }
}

impl GridReport {
    fn measures(&self) -> [(&'static str, &'static str, &Vec<Vec<f64>>); 4] {
        [
            ("Customers (thousands)", "sio_new", &self.sio_new),
            ("ARPU (a month)", "arpu_new", &self.arpu_new),
            (
                "Revenue (thousands a month)",
                "revenue_new",
                &self.revenue_new,
            ),
            ("EBIT (thousands a month)", "ebit_new", &self.ebit_new),
        ]
    }
}

impl Report for GridReport {
    fn tables(&self) -> Vec<Sheet> {
        let whose = self.parent.as_ref().unwrap_or(&self.focal_brand);
        let measures = self.measures().into_iter();
        let sheets = measures.map(|(title, _, table)| {
            let mut sheet = Sheet::new(&format!("{title} of {whose}"), &[]);
            let [x, y] = &self.axes;
            let names = x.first().zip(y.first());
            let corner = names.map_or(String::new(), |((x, _), (y, _))| format!("{y} \\ {x}"));
            sheet.header = std::iter::once(corner)
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

    fn long(&self) -> Sheet {
        let mut sheet = Sheet::new("Grid", &[]);
        let columns = self.axes.iter().flatten();
        sheet.header = columns.map(|(name, _)| name.clone()).collect();
        let measures = self.measures();
        sheet
            .header
            .extend(measures.iter().map(|(_, name, _)| (*name).to_owned()));
        let [along_x, along_y] = &self.axes;
        for y in 0..self.y.len() {
            for x in 0..self.x.len() {
                let at = |axis: &[(String, Vec<f64>)], point: usize| -> Vec<String> {
                    let values = axis.iter().filter_map(|(_, values)| values.get(point));
                    values.map(f64::to_string).collect()
                };
                let figures = measures
                    .iter()
                    .filter_map(|(_, _, table)| table.get(y)?.get(x));
                let mut row = at(along_x, x);
                row.extend(at(along_y, y));
                row.extend(figures.map(f64::to_string));
                sheet.rows.push(row);
            }
        }
        sheet
    }
}
