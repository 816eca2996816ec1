//! The optimizer: values of some attributes of some products that bring a brand, or a parent,
//! the most share, revenue or EBIT.
//!
//! A request in the command line's words is checked into a [`Plan`]: what varies, over which
//! values, and for what. Its candidates are the cross product of the values, the first that
//! varies slowest. Where they can all be computed they are; else a search goes through the most
//! promising ones, see [`ChoiceModel`]. [`PriceEquilibrium`] tells what becomes of a candidate once every brand
//! has set its best prices.

mod candidate_games;
mod costs;
mod equilibrium;
mod error;
mod evaluate;
mod plan;
mod request;
mod search;

pub use candidate_games::CandidateGames;
pub use equilibrium::{Ending, PriceEquilibrium, PriceGame, Reprice, Standing};
pub use error::{EntryPart, OptimizerError, RequestError, RequestField};
pub use plan::{Beneficiary, Objective, ObjectiveMeasure, Plan, Request, Varied};
pub use request::{Entry, first_request, next_entry, surveyed};
pub use search::best::Candidate;
pub use search::{Optimization, OptimizationResult, SearchStrategy, Settings};

#[cfg(test)]
mod tests;
