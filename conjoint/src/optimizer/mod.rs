//! The optimizer: searches the attribute values of some offers for those that give a brand, or a
//! parent company, the highest share, revenue or EBIT.
//!
//! An [`OptimizerRequest`], as text, is checked into a [`Plan`]: which attributes vary, over which
//! values, and for which [`Objective`]. The candidates are the cross product of the values; the
//! first attribute varies slowest. If all candidates can be computed in time, they are; otherwise a
//! search visits the most promising ones, see [`SearchStrategy`]. A [`PriceGame`] starts from a
//! candidate and lets every brand set its best prices until none gains by another change. A [`line`]
//! search finds the offers that together reach most respondents.

mod best_price;
mod equilibrium;
mod error;
mod evaluate;
mod gain;
pub mod line;
mod objective;
mod plan;
mod price_demand;
mod request;
mod search;

pub use best_price::{BestPrice, PricePoint};
pub use equilibrium::{
    BeneficiaryOutcome, CandidateGames, Ending, FinalPrice, PriceBounds, PriceChange,
    PriceEquilibrium, PriceGame, default_price_bounds,
};
pub use error::{EntryPart, OptimizerError, RequestError, RequestField};
pub use gain::Gain;
pub use objective::{Beneficiary, Objective, ObjectiveMeasure};
pub use plan::{Plan, VaryingAttribute};
pub use request::{
    OptimizerRequest, VaryEntry, list_surveyed_values, suggest_next_entry, suggest_request,
};
pub use search::{Candidate, Optimization, OptimizationResult, SearchSettings, SearchStrategy};

#[cfg(test)]
mod tests;
