//! Importing utilities of other programs: the same made-up study as each program writes it, random
//! studies in several layouts, and damaged files.
//!
//! `../examples` has the files and `expected.json`, the shares that the study must have. `support` reads
//! them.

#![cfg(not(target_family = "wasm"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod cbchb;
mod damaged;
mod examples;
mod interactions;
mod layouts;
mod options;
mod random;
mod spreadsheets;
mod support;
