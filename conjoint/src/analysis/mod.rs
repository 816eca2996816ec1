//! Analyses of a study and of a simulation, one method per file.

pub mod calibration;
pub mod demand_curve;
pub mod diversion;
pub mod elasticity;
pub mod importance;
pub mod interval;
pub mod part_worths;
pub mod price;
pub(crate) mod trial;
pub mod wtp;
