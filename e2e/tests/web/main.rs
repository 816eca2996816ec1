//! The end-to-end tests: one module for each topic, all in this one binary.
//!
//! To add a test, write a `#[tokio::test]` in the module of its topic. For a new topic, add a file
//! next to this one and its name to the list below. Test here only what needs a browser; texts,
//! number formats and tables of figures belong in the native tests of `app`, `cli` and `conjoint`.
//!
//! A test that leaves the shipped study as it is opens it with [`e2e::open`]: such tests share one
//! server. A test that stops or replaces its server, counts its requests, or shows another study
//! starts a [`e2e::Server`]. All tests share one chromedriver, and each has a new browser session.
//!
//! Run `make test-web`, or `make test-web FILTER=offers::` for one module.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod attraction_detail;
mod attraction_figures;
mod attractiveness;
mod choice_model;
mod choosers;
mod damaged_study;
mod data;
mod empty_states;
mod estimate;
mod every_figure;
mod exports;
mod first_visit;
mod harness;
mod help;
mod https;
mod import;
mod importance;
mod keyboard;
mod large_study;
mod layout_shift;
mod licenses;
mod load_failures;
mod locale;
mod menus;
mod offers;
mod offline;
mod optimizer;
mod optional_files;
mod page_layout;
mod price_analyses;
mod print;
mod product_line;
mod reference_figures;
mod scenarios;
mod simulator;
mod simulator_layout;
mod sweep;
mod sweep_table;
mod sweep_worker;
mod updates;
mod wide_study;
