//! From choices to part-worths: layouts, published figures, reference posteriors, properties.
//!
//! - `layouts`: every layout of the made-up example study gives the same tasks
//! - `invalid`: what is wrong with files and requests, each with its own message
//! - `field`: choices that people collected elsewhere
//! - `published`: estimates of real data, which are outside the repository
//! - `posterior`: the sampler against reference posteriors, which are outside the repository
//! - `sampler`: properties of hierarchical Bayes on simulated choices
//! - `same_draws`: the same draws natively and in Wasm

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says so when it is skipped"
)]
#![cfg(not(target_family = "wasm"))]

mod field;
mod invalid;
mod layouts;
mod posterior;
mod published;
mod same_draws;
mod sampler;
mod simulated;
mod support;
