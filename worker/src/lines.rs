//! Product lines.

use conjoint::optimizer::line::{LineRequest, analyze_lines};
use conjoint::simulation::Simulation;

use crate::protocol::{Progress, Response, WorkerError};

/// Searches the best lines and the best reach of each size; reports the fraction that is done.
///
/// # Errors
/// A request that cannot be computed.
pub fn search_lines(
    simulation: &Simulation,
    request: &LineRequest,
    report: &dyn Fn(Progress),
) -> Result<Response, WorkerError> {
    let mut report = |done| report(Progress::Fraction(done));
    let found = analyze_lines(simulation, request, &mut report);
    let found = found.map_err(|error| WorkerError::InvalidOptimization(vec![error.to_string()]))?;
    Ok(Response::Lines(found))
}
