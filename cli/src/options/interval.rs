//! The confidence level of intervals.

use clap::Args;

use conjoint::stats::bootstrap::Level;

use crate::error::CliError;

#[derive(Args)]
pub(crate) struct IntervalOption {
    /// Confidence level of intervals in percent, from 1,000 resamples of the respondents
    #[arg(
        long = "interval",
        value_name = "PERCENT",
        default_value_t = 90.0,
        allow_negative_numbers = true
    )]
    percent: f64,
}

impl IntervalOption {
    /// The checked level.
    pub(crate) fn level(&self) -> Result<Level, CliError> {
        Ok(Level::new(self.percent)?)
    }
}
