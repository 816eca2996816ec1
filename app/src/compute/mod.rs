//! Everything that is computed or loaded: the model at the edited offers, what workers answer, and
//! which study is shown.
//!
//! - `live`, `use_sweep`, `use_analyses`, `studies`: hooks that give pages their results
//! - [`client`]: sends requests to workers (`pool`: which worker; `program`: what it runs;
//!   `owned_worker`: one that keeps something between requests)
//! - [`load`]: studies on their way into the page
//! - [`importer`]: messages between the page and the importer
//! - [`study_library`]: the list of the studies that this browser stores
//! - [`focus`]: the brand in focus, and the order of the offers
//! - [`prices`], [`sweep`]: inputs of analyses and sweeps, checked on the page

pub mod client;
mod compared;
pub mod focus;
pub mod importer;
mod live;
pub mod load;
mod owned_worker;
mod pool;
pub mod prices;
mod problem;
pub mod program;
mod request_queue;
mod respondents;
mod session;
mod studies;
pub mod study_library;
pub mod sweep;
mod sweep_memory;
mod use_analyses;
mod use_sweep;

pub use client::{PendingRequest, WorkerEvent};
pub use compared::{ComparedScenario, use_compared};
pub use live::{Live, SimulatedMarket, use_comparison, use_live};
pub use owned_worker::OwnedWorker;
pub use problem::Problem;
pub use respondents::{Respondents, use_respondents};
pub use studies::{Studies, stage_text, use_studies};
pub use sweep_memory::{Memory, Start, Swept};
pub use use_analyses::{Analyses, Shared, use_analyses};
pub use use_sweep::{Status, Sweeping, use_sweep};

use conjoint::optimizer::{ObjectiveMeasure, OptimizerRequest};
use worker::protocol::SimulationInput;

use crate::state::State;

/// The offers and the choice model of the newest results, as requests about the loaded study have them.
pub fn simulation_input(loaded: &load::Loaded, live: &Live) -> SimulationInput {
    SimulationInput {
        study: loaded.source.digest.to_string(),
        scenario: live.market.scenario.clone(),
        model: live.market.model.clone(),
    }
}

/// The optimization that the state describes: costs count only for EBIT, and bounds only where
/// competitors respond.
pub fn optimization_request(state: &State) -> OptimizerRequest {
    let mut request = OptimizerRequest::clone(state.optimizer());
    if request.measure != ObjectiveMeasure::Ebit {
        request.cost_entries.clear();
    }
    if !request.includes_price_game {
        request.bound_entries.clear();
    }
    request
}
