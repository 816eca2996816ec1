//! The command line: arguments in, the model's results out.
//!
//! Results go to standard output, everything else to standard error. Exit status 0: done; 1: the
//! data or a request cannot be honoured; 2: wrong usage.

mod args;
mod commands;
mod error;
mod interval;
mod load;
mod model_args;
mod output;
mod table;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};
use commands::{
    calibrate, check, demand, diversion, elasticity, generate, grid, importance, optimize,
    precompute, simulate, sweep, wtp,
};

/// Runs the command that the arguments ask for.
pub fn run() -> ExitCode {
    // Wrong usage ends here, with status 2.
    let arguments = Arguments::parse();
    let format = arguments.format;
    let done = match arguments.command {
        Command::Check { study } => check::run(&study, format),
        Command::Generate(request) => generate::run(&request, format),
        Command::Precompute { data, out } => precompute::run(&data, &out, format),
        Command::Simulate { edits, interval } => simulate::run(&edits, interval, format),
        Command::Calibrate(request) => calibrate::run(&request, format),
        Command::Sweep(request) => sweep::run(&request, format),
        Command::Grid(request) => grid::run(&request, format),
        Command::Importance(request) => importance::run(&request, format),
        Command::Elasticity(request) => elasticity::run(&request, format),
        Command::Demand(request) => demand::run(&request, format),
        Command::Diversion { edits } => diversion::run(&edits, format),
        Command::Wtp(options) => wtp::run(&options, format),
        Command::Optimize(request) => optimize::run(&request, format),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
