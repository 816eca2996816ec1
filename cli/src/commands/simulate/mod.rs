//! `conjoint simulate`: shares, attraction and money after edits.

mod intervals;
mod report;

use clap::Args;

use super::Subcommand;
use crate::error::CliError;
use crate::load;
use crate::options::ScenarioOptions;
use crate::output::Format;
use crate::outside;
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
    /// Add confidence intervals of shares and money at this level in percent, from 1,000 resamples
    /// of the respondents
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true)]
    interval: Option<f64>,
}

impl Subcommand for SimulateCommand {
    const NAME: &'static str = "simulate";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let simulation = load::simulate(&self.scenario)?;
        let intervals = self
            .interval
            .map(|percent| IntervalReport::compute(&simulation, percent));
        let report = SimulateReport::new(&simulation, intervals.transpose()?);
        outside::print(&simulation, &[], &report, format)
    }
}
