//! `conjoint precompute`: what the study's own offers lead to, as files.

use std::path::Path;

use conjoint::sample_study::precompute;
use conjoint::simulation::Simulation;

use crate::args::Format;
use crate::error::Failure;
use crate::load;
use crate::output::write_and_print;

/// Runs the command.
pub(crate) fn run(data: &Path, out: &Path, format: Format) -> Result<(), Failure> {
    let files = load::files(data)?;
    let simulation = Simulation::new(load::study(&files)?);
    write_and_print(out, &precompute::files(&files, &simulation), format)
}
