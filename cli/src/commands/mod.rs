//! The subcommands, one file or folder each, and their registry.
//!
//! A new subcommand is a file with a type that derives [`clap::Args`] and implements [`Subcommand`],
//! its `mod` line, and its line in [`REGISTRY`].

mod calibrate;
mod check;
mod choosers;
mod demand;
mod diversion;
mod elasticity;
mod estimate;
mod generate;
mod grid;
mod import;
mod importance;
mod line;
mod optimize;
mod precompute;
mod simulate;
mod sweep;
mod wtp;

use clap::{ArgMatches, Args, Command};

use crate::error::CliError;
use crate::output::Format;

/// All subcommands, in the order of the help.
const REGISTRY: &[Entry] = &[
    Entry::new::<check::CheckCommand>(),
    Entry::new::<import::ImportCommand>(),
    Entry::new::<generate::GenerateCommand>(),
    Entry::new::<precompute::PrecomputeCommand>(),
    Entry::new::<simulate::SimulateCommand>(),
    Entry::new::<calibrate::CalibrateCommand>(),
    Entry::new::<sweep::SweepCommand>(),
    Entry::new::<grid::GridCommand>(),
    Entry::new::<importance::ImportanceCommand>(),
    Entry::new::<elasticity::ElasticityCommand>(),
    Entry::new::<demand::DemandCommand>(),
    Entry::new::<diversion::DiversionCommand>(),
    Entry::new::<wtp::WtpCommand>(),
    Entry::new::<choosers::ChoosersCommand>(),
    Entry::new::<optimize::OptimizeCommand>(),
    Entry::new::<line::LineCommand>(),
    Entry::new::<estimate::EstimateCommand>(),
];

/// A subcommand: a type of its arguments, whose documentation is the help text.
pub(crate) trait Subcommand: Args {
    /// Its name on the command line.
    const NAME: &'static str;

    /// Does what the arguments ask for and prints the result.
    fn run(&self, format: Format) -> Result<(), CliError>;
}

/// A subcommand in the registry.
struct Entry {
    name: &'static str,
    command: fn() -> Command,
    run: fn(&ArgMatches, Format) -> Result<(), CliError>,
}

impl Entry {
    const fn new<S: Subcommand>() -> Self {
        Self {
            name: S::NAME,
            command: || S::augment_args(Command::new(S::NAME)),
            run: |matches, format| {
                let arguments = S::from_arg_matches(matches);
                arguments.unwrap_or_else(|error| error.exit()).run(format)
            },
        }
    }
}

/// Adds all subcommands to the program's command.
pub(crate) fn add_to(program: Command) -> Command {
    program.subcommands(REGISTRY.iter().map(|entry| (entry.command)()))
}

/// Runs the subcommand that the arguments name.
pub(crate) fn run(matches: &ArgMatches, format: Format) -> Result<(), CliError> {
    let named = matches.subcommand().and_then(|(name, matches)| {
        let entry = REGISTRY.iter().find(|entry| entry.name == name)?;
        Some((entry, matches))
    });
    match named {
        Some((entry, matches)) => (entry.run)(matches, format),
        // Not reached: clap accepts only the registered names, and requires one.
        None => Ok(()),
    }
}
