//! The `conjoint-server` command. It parses the command line; the library does everything else.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    conjoint_server::run(conjoint_server::config::Cli::parse())
}
