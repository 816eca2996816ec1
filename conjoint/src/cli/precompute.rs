//! `conjoint precompute`: what the study's own offers lead to, as files.

use std::path::Path;

use conjoint::precompute;
use conjoint::simulation::Simulation;

use super::args::Format;
use super::failure::Failure;
use super::load;
use super::output::write_and_print;

/// Runs the command.
pub(super) fn run(data: &Path, out: &Path, format: Format) -> Result<(), Failure> {
    let files = load::files(data)?;
    let simulation = Simulation::new(load::study(&files)?);
    write_and_print(out, &precompute::files(&files, &simulation), format)
}
