//! Sweeps, step by step.

use conjoint::simulation::Simulation;
use conjoint::sweep::{Grid, Lockstep, RowError};

use crate::protocol::{Progress, SweepResult, SweepTable, WorkerError};

/// Progress is reported at most this often.
const REPORTS: usize = 50;

/// Computes a sweep, and reports how many steps are done.
///
/// # Errors
/// All cells of the table that are wrong.
pub fn sweep(
    simulation: &Simulation,
    table: &SweepTable,
    report: &dyn Fn(Progress),
) -> Result<SweepResult, WorkerError> {
    let invalid = |errors: Vec<RowError>| {
        WorkerError::InvalidSweep(errors.iter().map(RowError::to_string).collect())
    };
    Ok(match table {
        SweepTable::Lockstep(cost, rows) => {
            let plan = Lockstep::read(simulation, *cost, rows).map_err(invalid)?;
            let points = counted(plan.steps(simulation), plan.count(), report);
            SweepResult::Lockstep(plan.result(simulation, points.collect()))
        }
        SweepTable::Grid(across, rows) => {
            let plan = Grid::read(simulation, *across, rows).map_err(invalid)?;
            let figures = counted(plan.steps(simulation, false), plan.count(), report);
            SweepResult::Grid(plan.result(figures.collect()))
        }
    })
}

/// The steps; says now and then how many of `count` are done.
fn counted<T>(
    steps: impl Iterator<Item = T>,
    count: usize,
    report: &dyn Fn(Progress),
) -> impl Iterator<Item = T> {
    let count = count.max(1);
    steps.enumerate().map(move |(place, step)| {
        let done = place + 1;
        if done * REPORTS / count != place * REPORTS / count {
            report(Progress::Steps(done));
        }
        step
    })
}
