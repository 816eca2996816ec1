//! The command `conjoint` as a script meets it: output, messages and exit statuses.
//!
//! One binary, so that it links once. Where to add a test:
//! - a subcommand's own behavior: the module of its name; `prices` has elasticity, demand, diversion
//!   and wtp, `generate` also has precompute
//! - options that all simulating commands share: `model` for the choice rule, None, respondents and
//!   weights, `scenario` for saved scenarios
//! - usage, help and formats in general: `usage`
//! - files of an earlier study in the folder of a new one: `leftovers`
//! - figures of the reference study: `reference`
//!
//! A new subcommand gets a module here. `support` runs the command and makes damaged copies of the
//! study that ships.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says so when it is skipped"
)]

mod support;

mod calibrate;
mod check;
mod draws;
mod estimate;
mod field;
mod generate;
mod grid;
mod import;
mod importance;
mod leftovers;
mod line;
mod model;
mod moneyless;
mod optimize;
mod prices;
mod reference;
mod scenario;
mod simulate;
mod sweep;
mod usage;
