//! Conjoint analysis for what-if market simulation: a study's files in, figures out.
//!
//! Data flows one way: files → [`study::Study`] → [`scenario::Scenario`] (what the user
//! changed) → [`simulation::Simulation`] → results. The model knows nothing of a screen, a
//! server or a command line.

pub mod attraction;
pub mod bootstrap;
pub mod calibration;
pub mod choice;
pub mod comparison;
pub mod demand_curve;
pub mod density;
pub mod detail;
pub mod diversion;
pub mod elasticity;
pub mod finance;
pub mod generate;
pub mod importance;
pub mod indexed;
pub mod interval;
pub mod method;
mod minimum;
pub mod movement;
pub mod optimise;
pub mod order;
pub mod part_worths;
pub mod precompute;
pub mod price;
pub mod scenario;
pub mod simulation;
pub mod study;
pub mod sweep;
mod trial;
mod utility;
pub mod wtp;
