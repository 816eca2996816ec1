//! The command line `conjoint`.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
