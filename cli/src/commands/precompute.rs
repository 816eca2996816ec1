//! `conjoint precompute`: the results of the study's own offers, as files.

use std::path::PathBuf;

use clap::Args;

use conjoint::sample_study::precompute;
use conjoint::simulation::Simulation;

use super::Subcommand;
use crate::error::CliError;
use crate::load;
use crate::output::{Format, print_written, write_files};

/// Write the results of the study's own offers to files
#[derive(Args)]
#[command(after_help = "Example:\n  conjoint precompute --data Data --out \"Precomputed Data\"")]
pub(super) struct PrecomputeCommand {
    /// Folder of the study
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Folder to write to; created if it does not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Subcommand for PrecomputeCommand {
    const NAME: &'static str = "precompute";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let files = load::read_files(&self.data)?;
        let simulation = Simulation::new(load::parse_study(&files)?);
        let results = precompute::compute_files(&files, &simulation);
        write_files(&self.out, &results)?;
        print_written(&self.out, &results, format)
    }
}
