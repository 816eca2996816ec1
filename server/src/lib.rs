//! Serves the conjoint dashboard: one page, its Wasm, and the study that it computes with.
//!
//! Everything that can be asked for is read, compressed and given its headers once at start
//! ([`assets`]); a request only chooses among what is prepared ([`respond`]). The way of a
//! request through the modules:
//!
//! 1. [`server`] accepts the connection, and gives it one of a limited number of [`places`];
//! 2. [`connection`] speaks HTTP/1.1 on it, [`guard`] ends it when it takes too long, by the
//!    rule of [`deadline`];
//! 3. [`respond`] answers: [`path`] finds the file, [`negotiate`] its coding,
//!    [`conditional`] whether the client has it already, [`headers`] say what is the same
//!    on every answer;
//! 4. [`log`] writes one line about it.
//!
//! The crate is a library so that tests can start the server on a port of their own.

pub mod assets;
pub mod conditional;
pub mod config;
pub mod connection;
pub mod deadline;
pub mod guard;
pub mod headers;
pub mod health;
pub mod log;
pub mod negotiate;
pub mod path;
pub mod places;
pub mod respond;
pub mod server;
pub mod shutdown;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use config::{Cli, Command};

/// Does what the command line says, until it is done: 0 is success, 1 an error that has been
/// told in one line on standard error.
pub fn run(cli: Cli) -> ExitCode {
    let outcome: Result<(), Box<dyn Error>> = match cli.command {
        Some(Command::Health(options)) => health::check(options.listen).map_err(Into::into),
        Some(Command::Serve(options)) => server::run(&options).map_err(Into::into),
        None => server::run(&cli.serve).map_err(Into::into),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell when standard error is closed too.
            let _ = writeln!(std::io::stderr(), "conjoint-server: {error}");
            ExitCode::FAILURE
        }
    }
}
