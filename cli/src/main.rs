//! The command `conjoint`.

use std::process::ExitCode;

fn main() -> ExitCode {
    conjoint_cli::run()
}
