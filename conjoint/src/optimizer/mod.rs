//! The optimiser: values of some attributes of some products that bring a brand, or a parent,
//! the most share, revenue or EBIT.
//!
//! A request in the command line's words is checked into a [`Plan`]: what varies, over which
//! values, and for what. Its candidates are the cross product of the values, the first that
//! varies slowest. Where they can all be computed they are; else a search goes through the most
//! promising ones, see [`Method`]. [`Answer`] tells what becomes of a candidate once every brand
//! has set its best prices.

mod candidate_games;
mod costs;
mod equilibrium;
mod error;
mod evaluate;
mod plan;
mod request;
mod search;

pub use candidate_games::Answers;
pub use equilibrium::{Answer, Answering, Ending, Reprice, Standing};
pub use error::{Misfit, OptimiseFault, Part, Place};
pub use plan::{Goal, Objective, Plan, Request, Varied, Whose};
pub use request::{Entry, first_request, next_entry, surveyed};
pub use search::best::Candidate;
pub use search::{Found, Method, Optimisation, Settings};

#[cfg(test)]
mod tests;
