//! `conjoint generate`: the study that ships, or one like it.

use conjoint::format::write_study;
use conjoint::sample_study::{Sample, generate};

use crate::args::{Format, GenerateRequest};
use crate::error::Failure;
use crate::output::write_and_print;

/// Runs the command.
pub(crate) fn run(request: &GenerateRequest, format: Format) -> Result<(), Failure> {
    let mut sample = Sample {
        seed: request.seed,
        ..Sample::default()
    };
    if !request.respondents.is_empty() {
        sample.respondents.clone_from(&request.respondents);
    }
    write_and_print(&request.out, &write_study(&generate(&sample)?), format)
}
