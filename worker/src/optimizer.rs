//! The optimizer.

use conjoint::optimizer::{Plan, Request, RequestError, Settings};
use conjoint::simulation::Simulation;

use crate::protocol::{Optimized, Progress, WorkerError};

/// Searches for the best candidates, then, where the request says so, for the equilibria after the
/// competitors' answers; reports the fraction of each that is done.
///
/// # Errors
/// All entries of the request that are wrong.
pub fn optimize(
    simulation: &Simulation,
    request: &Request,
    report: &dyn Fn(Progress),
) -> Result<Optimized, WorkerError> {
    let plan = Plan::read(simulation, request).map_err(|errors| {
        WorkerError::InvalidOptimization(errors.iter().map(RequestError::to_string).collect())
    })?;
    let settings = Settings {
        seed: simulation.model().seed,
        ..Settings::default()
    };
    let mut search = plan.start(simulation, settings);
    for done in search.by_ref() {
        report(Progress::Fraction(done));
    }
    let result = search.found();
    let equilibrium = if request.answer {
        let mut games = plan.answers(simulation, &result.best);
        let mut reported = 0.0;
        for done in games.by_ref() {
            if done > reported {
                report(Progress::Fraction(done));
                reported = done;
            }
        }
        games.best()
    } else {
        None
    };
    Ok(Optimized {
        result,
        equilibrium,
    })
}
