//! `conjoint sweep`: one cost of several products in lockstep.

use clap::Args;
use serde::Serialize;

use conjoint::market::Measure;
use conjoint::report::{Cell, Column, Table, serialize_records};
use conjoint::simulation::Simulation;
use conjoint::study::Study;
use conjoint::sweep::{Cost, Lockstep, LockstepPoint, LockstepResult, LockstepRow, Range};

use super::Subcommand;
use crate::error::CliError;
use crate::load;
use crate::options::{ScenarioOptions, parse_id_numbers};
use crate::output::{Format, Report};
use crate::outside;
use crate::tables::{NamedValues, brand_money};

/// Change one cost of several products in lockstep
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint sweep --data Data --attribute monthly_cost --row 9:399:499:20:399 --row 10:900:1000:20:900"
)]
pub(super) struct SweepCommand {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// Cost to change: monthly_cost, upfront_cost, or the study's own name of either
    #[arg(long, value_name = "COLUMN")]
    attribute: String,
    /// A product and its values; repeatable
    #[arg(long = "row", value_name = "ID:BEGIN:END:STEP:BASELINE", required = true, value_parser = parse_row, allow_hyphen_values = true)]
    rows: Vec<(String, Range)>,
}

/// `ID:BEGIN:END:STEP:BASELINE`.
fn parse_row(text: &str) -> Result<(String, Range), String> {
    let parsed = parse_id_numbers::<4>(text).map(|(id, range)| (id, range.into()));
    parsed
        .ok_or_else(|| "write ID:BEGIN:END:STEP:BASELINE, for example 9:399:499:20:399".to_owned())
}

#[derive(Serialize)]
struct SweepReport<'r> {
    attribute: &'r str,
    focal_brand: String,
    /// The point at which all products have their baseline values; otherwise `null`.
    baseline_index: Option<usize>,
    /// The rule that movement follows.
    movement_rule: &'static str,
    points: Vec<PointLine>,
    #[serde(skip)]
    result: &'r LockstepResult,
    #[serde(skip)]
    simulation: &'r Simulation,
}

#[derive(Serialize)]
struct PointLine {
    values: NamedValues<f64>,
    #[serde(serialize_with = "serialize_records")]
    brands: Table,
    /// Every product's share by the rule.
    share: NamedValues<f64>,
    movement: NamedValues<NamedValues<Option<f64>>>,
}

impl Subcommand for SweepCommand {
    const NAME: &'static str = "sweep";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let simulation = load::simulate(&self.scenario)?;
        let study = simulation.selected();
        let cost = find_cost(study, "--attribute", &self.attribute)?;
        let rows = self.rows.iter().map(|(product, range)| LockstepRow {
            product: product.clone(),
            range: *range,
        });
        let rows: Vec<LockstepRow> = rows.collect();
        let plan = Lockstep::plan(&simulation, cost, &rows).map_err(|errors| CliError::Rows {
            errors,
            columns: vec![cost.name(study).to_owned()],
        })?;
        let extrapolated = plan.find_extrapolated_rows(study);
        load::warn_about_extrapolation(study, &extrapolated);
        let result = plan.run(&simulation);
        let ids = self.rows.iter().map(|(id, _)| id.as_str());
        let outside = outside::list_row_values(&simulation, ids, &extrapolated);
        let report = SweepReport::new(&simulation, &result);
        outside::print(&simulation, &outside, report, format)
    }
}

/// The cost that an argument names, by its name in the study or in the model.
pub(super) fn find_cost(
    study: &Study,
    argument: &'static str,
    column: &str,
) -> Result<Cost, CliError> {
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
        CliError::NoCost {
            argument,
            column: column.to_owned(),
            remedy: match known.as_slice() {
                [] => "the study has no cost to sweep".to_owned(),
                known => format!("name {}", known.join(" or ")),
            },
        }
    })
}

impl<'r> SweepReport<'r> {
    fn new(simulation: &'r Simulation, result: &'r LockstepResult) -> Self {
        let study = simulation.selected();
        let points = result.points.iter();
        Self {
            attribute: result.cost.name(study),
            focal_brand: study.brands()[result.focal].name.clone(),
            baseline_index: result.baseline,
            movement_rule: result.movement_rule.id(),
            points: points
                .map(|point| PointLine::new(simulation, result, point))
                .collect(),
            result,
            simulation,
        }
    }

    /// A table with the products' values in the first columns, and a column per brand.
    fn brand_table(&self, title: String, cells: impl Fn(&LockstepPoint) -> Vec<Cell>) -> Table {
        let offers = self.simulation.scenario().offers();
        let products = self.result.products.iter();
        let values = products.map(|product| format!("{}.{}", offers[*product].id, self.attribute));
        let brands = self.simulation.selected().brands().iter();
        let names = values.chain(brands.map(|brand| brand.name.clone()));
        let mut table = Table::new(title, names.map(Column::new));
        for point in &self.result.points {
            let values = point.values.iter().copied().map(Cell::exact);
            table.push(values.chain(cells(point)));
        }
        table
    }
}

impl PointLine {
    fn new(simulation: &Simulation, result: &LockstepResult, point: &LockstepPoint) -> Self {
        let study = simulation.selected();
        let offers = simulation.scenario().offers();
        let ids = result.products.iter();
        let ids = ids.map(|product| offers[*product].id.to_string());
        let brands = || study.brands().iter().map(|brand| brand.name.clone());
        let movement = study.segments().iter().zip(&point.movement);
        let movement = movement.map(|(segment, brand)| {
            let fractions = brands().zip(brand.iter().copied()).collect();
            (segment.clone(), NamedValues(fractions))
        });
        let shares = offers.iter().zip(&point.shares);
        let shares = shares.map(|(offer, share)| (offer.id.to_string(), *share));
        Self {
            share: NamedValues(shares.collect()),
            values: NamedValues(ids.zip(point.values.iter().copied()).collect()),
            brands: brand_money(study, &point.brands),
            movement: NamedValues(movement.collect()),
        }
    }
}

impl Report for SweepReport<'_> {
    fn text_tables(&self) -> Vec<Table> {
        let study = self.simulation.selected();
        let measures = [
            ("Customers (thousands)", Measure::Customers, 3),
            ("ARPU (a month)", Measure::Arpu, 2),
            ("Revenue (thousands a month)", Measure::Revenue, 2),
            ("EBIT (thousands a month)", Measure::Ebit, 2),
        ];
        let measures = measures.into_iter().filter(|_| study.has_money());
        let money = measures.map(|(title, measure, decimals)| {
            self.brand_table(title.to_owned(), |point| {
                let brands = point.brands.iter();
                let values = brands.map(|change| change.new.get(measure));
                values.map(|value| Cell::decimal(value, decimals)).collect()
            })
        });
        let movement = study.segments().enumerate().map(|(segment, name)| {
            let table = self.brand_table(format!("Movement: {name}"), |point| {
                let percent = |fraction: f64| Cell::decimal(fraction * 100.0, 1);
                let fractions = point.movement[segment].iter();
                fractions
                    .map(|fraction| Cell::optional(*fraction, percent))
                    .collect()
            });
            table.with_note(format!(
                "percent of {}'s customers at the baseline; by {}",
                self.focal_brand,
                self.result.movement_rule.label().to_lowercase()
            ))
        });
        money.chain(movement).collect()
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
    fn rows_are_split_from_the_right() {
        let (id, range) = parse_row("a:b:399:499:20:399").unwrap();
        assert_eq!((id.as_str(), range.end), ("a:b", 499.0));
        assert!(parse_row("9:399:499:20").is_err());
        assert!(parse_row("9:a:499:20:399").is_err());
    }
}
