//! `conjoint simulate`: shares, attraction and money after edits.

mod intervals;
mod report;

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use conjoint::report::{Cell, Column, Table};
use conjoint::simulation::Simulation;

use super::Subcommand;
use crate::error::CliError;
use crate::load;
use crate::options::{ScenarioOptions, UncertaintyOption};
use crate::output::{self, Format, Report};
use crate::outside::{self, FlaggedReport};
use intervals::IntervalReport;
use report::SimulateReport;

/// Shares, attraction and money after edits of the offers
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint simulate --data Data --set 9.monthly_cost=449 --withdraw 3\n  conjoint simulate --data Data --rule share-of-preference --none -2 --interval 90"
)]
pub(super) struct SimulateCommand {
    #[command(flatten)]
    scenario: ScenarioOptions,
    #[command(flatten)]
    uncertainty: UncertaintyOption,
    /// Add confidence intervals of shares and money at this level in percent, from 1,000 resamples
    /// of the respondents
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true)]
    interval: Option<f64>,
    /// Table of several markets: a row per offer with the columns set and id, and a column per value
    #[arg(long, value_name = "FILE", conflicts_with = "scenario")]
    offers: Option<PathBuf>,
}

/// Several markets.
#[derive(Serialize)]
struct MarketsReport {
    scenarios: Vec<MarketReport>,
}

#[derive(Serialize)]
struct MarketReport {
    name: String,
    #[serde(flatten)]
    report: FlaggedReport<SimulateReport>,
}

impl Subcommand for SimulateCommand {
    const NAME: &'static str = "simulate";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let several = match &self.offers {
            Some(path) => Some(load::simulate_sets(
                &self.scenario,
                &self.uncertainty,
                path,
            )?),
            None => load::simulate_scenarios(&self.scenario, &self.uncertainty)?,
        };
        let Some(several) = several else {
            let simulation = load::simulate_uncertain(&self.scenario, Some(&self.uncertainty))?;
            let report = self.report(&simulation)?;
            return outside::print(&simulation, &[], report, format);
        };
        let markets = several.into_iter().map(|(name, simulation)| {
            let report = outside::flag(&simulation, &[], self.report(&simulation)?);
            Ok(MarketReport { name, report })
        });
        let scenarios = markets.collect::<Result<_, CliError>>()?;
        output::print(&MarketsReport { scenarios }, format)
    }
}

impl SimulateCommand {
    fn report(&self, simulation: &Simulation) -> Result<SimulateReport, CliError> {
        let intervals = self
            .interval
            .map(|percent| IntervalReport::compute(simulation, percent));
        Ok(SimulateReport::new(simulation, intervals.transpose()?))
    }
}

impl Report for MarketsReport {
    fn text_tables(&self) -> Vec<Table> {
        let tables = self.scenarios.iter().flat_map(|market| {
            let tables = market.report.text_tables().into_iter();
            tables.map(|mut table| {
                table.title = format!("{}: {}", market.name, table.title);
                table
            })
        });
        tables.collect()
    }

    /// The rows of all markets, each after its name.
    fn csv_table(&self) -> Table {
        let mut all = Table::default();
        for market in &self.scenarios {
            let table = market.report.csv_table();
            if all.columns.is_empty() {
                let columns = table.columns.into_iter();
                let columns = std::iter::once(Column::new("scenario")).chain(columns);
                all = Table::new(table.title, columns);
            }
            for row in table.rows {
                all.push(std::iter::once(Cell::text(&market.name)).chain(row));
            }
        }
        all
    }
}
