//! Serves the conjoint dashboard: one page, its Wasm, and the study that it analyzes.
//!
//! All files are read, compressed and given their headers once at startup ([`assets`]); a request
//! only selects one of the prepared responses ([`respond`]). A request passes through the modules
//! in this order:
//!
//! 1. [`server`] accepts the connection and assigns it one of a limited number of [`slots`];
//! 2. [`connection`] speaks HTTP/1.1 on it, and [`timeout_stream`] ends it when it exceeds its
//!    [`deadline`];
//! 3. [`respond`] selects the response: [`path`] decodes the path of the file, [`negotiate`]
//!    chooses its coding, [`conditional`] checks whether the client's copy is current, and
//!    [`headers`] has the headers common to all responses;
//! 4. [`log`] writes one line about it.
//!
//! The crate is a library so that each test can start its own server on a free port.

pub mod assets;
pub mod conditional;
pub mod config;
pub mod connection;
pub mod deadline;
pub mod headers;
pub mod health;
pub mod log;
pub mod negotiate;
pub mod path;
pub mod respond;
pub mod server;
pub mod shutdown;
pub mod slots;
pub mod timeout_stream;

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

use config::{Cli, Command};

/// Runs the command given on the command line to its end. Returns 0 on success and 1 after an
/// error, which is printed as one line on standard error.
pub fn run(cli: Cli) -> ExitCode {
    let result: Result<(), Box<dyn Error>> = match cli.command {
        Some(Command::Health(options)) => health::check(options.listen).map_err(Into::into),
        Some(Command::Serve(options)) => server::run(&options).map_err(Into::into),
        None => server::run(&cli.serve).map_err(Into::into),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error is closed as well, there is no way left to report the error.
            let _ = writeln!(std::io::stderr(), "conjoint-server: {error}");
            ExitCode::FAILURE
        }
    }
}
