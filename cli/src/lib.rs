//! The command `conjoint`: arguments in, the model's results out.
//!
//! Results go to standard output, everything else to standard error. Exit status 0: success; 1: the
//! data or the request is invalid; 2: wrong usage.
//!
//! - `commands`: one file or folder per subcommand, and their registry
//! - `options`: arguments that several subcommands share
//! - `load`: from a folder and edits to a simulation
//! - `output`, `tables`, `progress`: results in three formats, and files
//! - `study_folder`: the folder that a command writes a study to
//! - `outside`: values outside the surveyed range
//! - `error`: why a command fails

mod commands;
mod error;
mod load;
mod offer_sets;
mod options;
mod output;
mod outside;
mod progress;
mod study_folder;
mod tables;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser};

use output::Format;

/// Conjoint analysis: predict who chooses which offer, and what that means for revenue and profit.
#[derive(Parser)]
#[command(
    name = "conjoint",
    version,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Example:\n  conjoint simulate --data Data --set 9.monthly_cost=449"
)]
struct GlobalOptions {
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Table, global = true)]
    format: Format,
}

/// Runs the command with the program's arguments.
pub fn run() -> ExitCode {
    // Wrong usage ends here, with status 2.
    let matches = command().get_matches();
    let options = GlobalOptions::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match commands::run(&matches, options.format) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.print();
            ExitCode::FAILURE
        }
    }
}

/// The whole command line.
fn command() -> clap::Command {
    commands::add_to(GlobalOptions::command())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_arguments_are_consistent() {
        super::command().debug_assert();
    }
}
