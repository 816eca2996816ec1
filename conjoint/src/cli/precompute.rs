//! `conjoint precompute`: what the study's own offers lead to, as files.

use std::path::Path;

use conjoint::precompute;
use conjoint::simulation::Simulation;

use super::failure::Failure;
use super::load;
use super::output::write_files;

/// Runs the command.
pub(super) fn run(data: &Path, out: &Path) -> Result<(), Failure> {
    let files = load::files(data)?;
    let simulation = Simulation::new(load::study(&files)?);
    write_files(out, &precompute::files(&files, &simulation))
}
