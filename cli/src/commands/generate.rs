//! `conjoint generate`: the study that ships, or one like it.

use std::path::PathBuf;

use clap::Args;

use conjoint::format::write_study;
use conjoint::sample_study::{Sample, generate};

use super::Subcommand;
use crate::error::CliError;
use crate::output::{Format, print_written};
use crate::study_folder::write_study_folder;

/// Generate the sample study, or a larger or smaller one like it
#[derive(Args)]
#[command(
    after_help = "Example:\n  conjoint generate --out Data --respondents \"Millennial=200,Gen X=200,Baby Boomer=160\""
)]
pub(super) struct GenerateCommand {
    /// Folder to write to; created if it does not exist
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Seed: the same seed gives the same bytes on every machine
    #[arg(long, default_value_t = 2020)]
    seed: u64,
    /// Number of respondents per segment [default: "Millennial=200,Gen X=200,Baby Boomer=160"]
    #[arg(long, value_name = "SEGMENT=COUNT,...", value_delimiter = ',', value_parser = parse_segment)]
    respondents: Vec<(String, u32)>,
}

impl Subcommand for GenerateCommand {
    const NAME: &'static str = "generate";

    fn run(&self, format: Format) -> Result<(), CliError> {
        let mut sample = Sample {
            seed: self.seed,
            ..Sample::default()
        };
        if !self.respondents.is_empty() {
            sample.respondents.clone_from(&self.respondents);
        }
        let files = write_study(&generate(&sample)?);
        write_study_folder(&self.out, &files)?;
        print_written(&self.out, &files, format)
    }
}

/// `SEGMENT=COUNT`.
fn parse_segment(text: &str) -> Result<(String, u32), String> {
    let parsed = text.rsplit_once('=').and_then(|(name, count)| {
        let count = count.trim().parse().ok()?;
        Some((name.trim().to_owned(), count))
    });
    parsed.ok_or_else(|| "write SEGMENT=COUNT, for example \"Gen X=200\"".to_owned())
}
