//! `conjoint sweep`: one cost of several products in lockstep.

use std::io::{self, Write};

use serde::Serialize;

use conjoint::simulation::Simulation;
use conjoint::study::Study;
use conjoint::sweep::{Cost, Lockstep, LockstepResult, LockstepRow};

use crate::args::{Format, SweepRequest};
use crate::commands::simulate::{BrandLine, ByName};
use crate::error::Failure;
use crate::load;
use crate::output::{self, Report};
use crate::table::Sheet;

#[derive(Serialize)]
struct SweepReport<'r> {
    attribute: &'r str,
    focal_brand: String,
    baseline_index: usize,
    points: Vec<PointLine>,
    #[serde(skip)]
    result: &'r LockstepResult,
    #[serde(skip)]
    simulation: &'r Simulation,
}

#[derive(Serialize)]
struct PointLine {
    values: ByName<f64>,
    brands: Vec<BrandLine>,
    movement: ByName<ByName<Option<f64>>>,
}

/// Runs the command.
pub(crate) fn run(request: &SweepRequest, format: Format) -> Result<(), Failure> {
    let simulation = load::simulation(&request.edits)?;
    let study = simulation.selected();
    let cost = cost(study, "--attribute", &request.attribute)?;
    let rows: Vec<LockstepRow> = request
        .rows
        .iter()
        .map(|(product, range)| LockstepRow {
            product: product.clone(),
            range: *range,
        })
        .collect();
    let plan = Lockstep::plan(&simulation, cost, &rows).map_err(|faults| Failure::Rows {
        faults,
        columns: vec![cost.name(study).to_owned()],
    })?;
    load::warn_outside(study, &plan.find_extrapolated_rows(study));
    output::print(&report(&simulation, &plan.run(&simulation)), format)
}

/// The cost that an argument names, in the files' words or in the model's.
pub(crate) fn cost(study: &Study, argument: &'static str, column: &str) -> Result<Cost, Failure> {
    let mut costs = Cost::available_in(study);
    let named = costs.find(|cost| cost.name(study) == column);
    let named = named.or_else(|| {
        let has = |cost: &Cost| cost.attribute(study.schema()).is_some();
        Cost::from_column(column).filter(has)
    });
    named.ok_or_else(|| {
        let known: Vec<&str> = Cost::available_in(study)
            .map(|cost| cost.name(study))
            .collect();
        Failure::NoCost {
            argument,
            column: column.to_owned(),
            wanted: match known.as_slice() {
                [] => "the study has no cost to sweep".to_owned(),
                known => format!("name {}", known.join(" or ")),
            },
        }
    })
}

fn report<'r>(simulation: &'r Simulation, result: &'r LockstepResult) -> SweepReport<'r> {
    let study = simulation.selected();
    let offers = simulation.scenario().offers();
    let ids = || {
        result
            .products
            .iter()
            .map(|product| offers[*product].id.to_string())
    };
    let brands = || study.brands().iter().map(|brand| brand.name.clone());
    let points = result.points.iter().map(|point| {
        let movement = study.segments().iter().zip(&point.movement);
        let movement = movement.map(|(segment, brand)| {
            let fractions = brands().zip(brand.iter().copied()).collect();
            (segment.clone(), ByName(fractions))
        });
        PointLine {
            values: ByName(ids().zip(point.values.iter().copied()).collect()),
            brands: BrandLine::all(study, &point.brands),
            movement: ByName(movement.collect()),
        }
    });
    SweepReport {
        attribute: result.cost.name(study),
        focal_brand: study.brands()[result.focal].name.clone(),
        baseline_index: result.baseline,
        points: points.collect(),
        result,
        simulation,
    }
}

impl PointLine {
    fn values(&self) -> impl Iterator<Item = String> {
        self.values.0.iter().map(|(_, value)| value.to_string())
    }
}

impl SweepReport<'_> {
    /// The columns that say where a point lies.
    fn axes(&self) -> Vec<String> {
        let first = self.points.first();
        let ids = first.map_or([].as_slice(), |point| point.values.0.as_slice());
        let columns = ids.iter().map(|(id, _)| format!("{id}.{}", self.attribute));
        columns.collect()
    }
}

impl Report for SweepReport<'_> {
    fn tables(&self) -> Vec<Sheet> {
        let axes = self.axes();
        let header = |more: &[&str]| {
            let mut header = axes.clone();
            header.extend(more.iter().map(|name| (*name).to_owned()));
            header
        };
        let mut sheets = Vec::new();
        let first = self.points.first();
        let brands = first.map_or([].as_slice(), |point| point.brands.as_slice());
        let measures = [
            ("Customers (thousands)", "sio_new", 3),
            ("ARPU (a month)", "arpu_new", 2),
            ("Revenue (thousands a month)", "revenue_new", 2),
            ("EBIT (thousands a month)", "ebit_new", 2),
        ];
        let measures = measures.into_iter().filter(|_| !brands.is_empty());
        for (title, measure, decimals) in measures {
            let names: Vec<&str> = brands.iter().map(|line| line.brand.as_str()).collect();
            let mut sheet = Sheet::new(title, &[]);
            sheet.header = header(&names);
            for point in &self.points {
                let figures = point.brands.iter().flat_map(BrandLine::measures);
                let figures = figures.filter(|(name, _)| *name == measure);
                let cells = figures.map(|(_, value)| format!("{value:.decimals$}"));
                sheet.rows.push(point.values().chain(cells).collect());
            }
            sheets.push(sheet);
        }
        let first = self
            .points
            .first()
            .map_or([].as_slice(), |p| p.movement.0.as_slice());
        for (index, (segment, brands)) in first.iter().enumerate() {
            let names: Vec<&str> = brands.0.iter().map(|(name, _)| name.as_str()).collect();
            let title = format!("Movement: {segment} (percent of {}'s)", self.focal_brand);
            let mut sheet = Sheet::new(&title, &[]);
            sheet.header = header(&names);
            for point in &self.points {
                let brands = point
                    .movement
                    .0
                    .get(index)
                    .map(|(_, brands)| brands.0.iter());
                let cells = brands.into_iter().flatten().map(|(_, fraction)| {
                    fraction.map_or(String::new(), |fraction| format!("{:.1}", fraction * 100.0))
                });
                sheet.rows.push(point.values().chain(cells).collect());
            }
            sheets.push(sheet);
        }
        sheets
    }

    fn write_csv(&self, out: &mut impl Write) -> io::Result<()> {
        let (study, scenario) = (self.simulation.selected(), self.simulation.scenario());
        out.write_all(self.result.csv(study, scenario).as_bytes())
    }
}
