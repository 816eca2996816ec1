//! Analyses of a study and of a simulation, one method per file or folder.
//!
//! The head of each file states its formula with shapes and units, and the source.

pub mod calibration;
pub mod choosers;
pub mod demand_curve;
pub mod diversion;
pub mod elasticity;
pub mod importance;
pub mod interval;
pub(crate) mod offer_trial;
pub mod part_worths;
pub mod price;
pub mod wtp;
