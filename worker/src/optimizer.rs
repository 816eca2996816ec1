//! The optimizer.

use conjoint::optimizer::{OptimizerRequest, Plan, RequestError, SearchSettings};
use conjoint::simulation::Simulation;
use conjoint::stats::bootstrap::{Bootstrap, Level};

use crate::protocol::{Optimized, Progress, WorkerError};

/// Searches for the best candidates, then, where the request says so, for the equilibria after the
/// competitors' answers; reports the fraction of each that is done.
///
/// # Errors
/// All entries of the request that are wrong.
pub fn optimize(
    simulation: &Simulation,
    request: &OptimizerRequest,
    report: &dyn Fn(Progress),
) -> Result<Optimized, WorkerError> {
    let plan = Plan::read(simulation, request).map_err(|errors| {
        WorkerError::InvalidOptimization(errors.iter().map(RequestError::to_string).collect())
    })?;
    let settings = SearchSettings {
        seed: simulation.model().seed,
        ..SearchSettings::default()
    };
    let mut search = plan.start(simulation, settings);
    for done in search.by_ref() {
        report(Progress::Fraction(done));
    }
    let result = search.into_result();
    let bootstrap = Bootstrap::with_seed(simulation.model().seed);
    let gains = plan.estimate_gains(simulation, &result.best, bootstrap, Level::default());
    let equilibrium = if request.includes_price_game {
        let mut games = plan.start_candidate_games(simulation, &result.best);
        let mut reported = 0.0;
        for done in games.by_ref() {
            if done > reported {
                report(Progress::Fraction(done));
                reported = done;
            }
        }
        games.into_best()
    } else {
        None
    };
    Ok(Optimized {
        result,
        gains,
        equilibrium,
    })
}
