//! Analyses and the optimizer: cases computed by hand, published figures, and properties that hold
//! for every study.
//!
//! A test belongs in the module of its analysis. Studies come from [`conjoint::testing`] or
//! `fixtures`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and prints why it is skipped"
)]

mod demand_curve;
mod diversion;
mod elasticity;
mod fixtures;
mod importance;
mod optimizer;
mod price;
mod teas;
mod wtp;
