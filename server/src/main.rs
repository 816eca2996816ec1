//! The `conjoint-server` command: reads the command line, all else is in the library.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    conjoint_server::run(conjoint_server::config::Cli::parse())
}
