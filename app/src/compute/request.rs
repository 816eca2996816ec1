//! What the page asks of the worker: a leading word that says what for, then the link of the state
//! that it is of.

use std::sync::Arc;

use conjoint::format::StudyFiles;
use conjoint::simulation::Simulation;
use conjoint::study::Study;

use crate::compute::worker::Answers;
use crate::compute::{analyses as market, optimize, sweep};
use crate::state::State;

const SWEEP: &str = "sweep";
const MARKET: &str = "market";
const CALIBRATE: &str = "calibrate";
const SCALE: &str = "scale";
const OPTIMIZE: &str = "optimize";

/// The sweep of the state's table.
pub fn of_sweep(state: &State) -> String {
    format!("{SWEEP} {}", state.fragment())
}

/// The analyses of these tags.
pub fn of_market(state: &State, tags: &[usize]) -> String {
    let tags: Vec<String> = tags.iter().map(usize::to_string).collect();
    format!("{MARKET},{} {}", tags.join(","), state.fragment())
}

/// The constants of a calibration to the state's target shares.
pub fn of_constants(state: &State) -> String {
    format!("{CALIBRATE} {}", state.fragment())
}

/// The scale factor that comes closest to the state's target shares.
pub fn of_scale(state: &State) -> String {
    format!("{SCALE} {}", state.fragment())
}

/// What the state's optimizer is asked for.
pub fn of_optimizer(state: &State) -> String {
    format!("{OPTIMIZE} {}", state.fragment())
}

/// The worker's part: the study that it answers about.
pub struct Remote(Simulation);

impl Answers for Remote {
    fn about(files: &StudyFiles) -> Result<Self, String> {
        match Study::read(files) {
            Ok(study) => Ok(Self(Simulation::new(Arc::new(study)))),
            Err(problems) => Err(problems.to_string()),
        }
    }

    fn answer(&mut self, request: &str, block: impl FnMut(&[f64])) -> Result<(), String> {
        let Self(simulation) = self;
        let (words, link) = request.split_once(' ').unwrap_or((request, ""));
        let mut words = words.split(',');
        let wanted = words.next().unwrap_or_default();
        let state = State::open(Arc::clone(simulation.full_study()), "", link);
        if [CALIBRATE, SCALE].contains(&wanted) {
            return market::calibrate(&state, wanted == SCALE, block);
        }
        let set = simulation.set_model(state.model().clone());
        set.map_err(|fault| fault.to_string())?;
        simulation.set_scenario(state.edits().scenario().clone());
        match wanted {
            MARKET => {
                let tags = words.filter_map(|tag| tag.parse().ok());
                market::compute(simulation, &state, tags, block);
                Ok(())
            }
            OPTIMIZE => optimize::compute(simulation, &state, block),
            _ => sweep::compute(simulation, &state, block),
        }
    }
}
